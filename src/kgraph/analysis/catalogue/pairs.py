"""Measures of pairs: overlap, suggestions, redundancy, backbone."""

from __future__ import annotations

from kgraph.analysis import backbone as bb
from kgraph.analysis import cost
from kgraph.analysis import similarity as s
from kgraph.analysis.catalogue.record import (
    LARGE,
    MODE,
    SAMPLES,
    SEED,
    TOP,
    Measure,
    Row,
    Values,
    cited,
    node_of,
)
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.parameters import Parameter
from kgraph.analysis.peers import peer_networks
from kgraph.analysis.redundancy import redundancy

__all__ = ["BACKBONE", "PAIRS"]


def _overlaps(incidence: Incidence, values: Values) -> list[Row]:
    found = s.network_overlap(
        incidence, values["minimum_shared"], network=values["network"], alpha=values["alpha"],
        top=values["top"],
    )  # fmt: skip
    return [
        {"a": row.a.iri, "a_slug": row.a.slug, "a_name": row.a.name, "b": row.b.iri,
         "b_slug": row.b.slug, "b_name": row.b.name, "size_a": row.size_a, "size_b": row.size_b,
         "shared": row.shared, "containment": row.containment, "jaccard": row.jaccard,
         "p_value": row.p_value, "p_adjusted": row.p_adjusted,
         "more_than_size_explains": row.more_than_size_explains}
        for row in found
    ]  # fmt: skip


def _redundancy(incidence: Incidence, values: Values) -> list[Row]:
    found = redundancy(
        incidence, member=values["member"], minimum_containment=values["minimum_containment"],
        minimum_shared=values["minimum_shared"], any_theme=values["themes"] == "any",
    )  # fmt: skip
    return [
        {"a": row.overlap.a.iri, "a_slug": row.overlap.a.slug, "a_name": row.overlap.a.name,
         "b": row.overlap.b.iri, "b_slug": row.overlap.b.slug, "b_name": row.overlap.b.name,
         "themes": list(row.themes), "size_a": row.overlap.size_a, "size_b": row.overlap.size_b,
         "shared": row.overlap.shared, "containment": row.overlap.containment,
         "jaccard": row.overlap.jaccard, "related": row.related,
         "more_than_size_explains": row.overlap.more_than_size_explains}
        for row in found[: values["top"]]
    ]  # fmt: skip


def _peers(incidence: Incidence, values: Values) -> list[Row]:
    found = peer_networks(
        incidence, values["member"], values["k"], area=values["area"],
        minimum_peers=values["minimum_peers"], exclude_larger_than=values["exclude_larger_than"],
        candidates=values["candidates"],
    )  # fmt: skip
    return [
        {**node_of(row.network), "themes": list(row.network.themes), "n_members": row.n_members,
         "n_claimed": row.n_claimed, "score": row.score, "n_peers": len(row.peers),
         "peers": [peer.agent.key for peer in row.peers],
         "peer_names": [peer.agent.name for peer in row.peers],
         "shared_with_peers": sorted({n.name for peer in row.peers for n in peer.shared})}
        for row in found[: values["top"]]
    ]  # fmt: skip


def _backbone(incidence: Incidence, values: Values) -> list[Row]:
    found = bb.backbone(
        incidence, values["mode"], model=values["model"], alpha=values["alpha"],
        correction=values["correction"], minimum_shared=values["minimum_shared"],
        n_samples=values["n_samples"], seed=values["seed"],
    )  # fmt: skip
    return [
        {"a": row.a.iri, "a_name": row.a.name, "b": row.b.iri, "b_name": row.b.name,
         "shared": row.shared, "p_value": row.p_value, "p_adjusted": row.p_adjusted}
        for row in found[: values["top"]]
    ]  # fmt: skip


PAIRS: tuple[Measure, ...] = (
    Measure(
        "network-overlap", "Überschneidung von Netzwerken", "Overlap of networks",
        "Gemeinsame Mitglieder zweier Netzwerke: Anzahl, Anteil am kleineren "
        "(Szymkiewicz–Simpson), Anteil an beiden zusammen (Jaccard), und ob es mehr sind, als die "
        "Größen allein erklären (hypergeometrisch, Benjamini–Hochberg über alle Paare). "
        "Nachbarschaft kennt der Test nicht.",
        "Members that two networks share: count, share of the smaller (Szymkiewicz–Simpson), share "
        "of both together (Jaccard), and whether they are more than the sizes alone explain "
        "(hypergeometric, Benjamini–Hochberg over all pairs). The test does not know geography.",
        cited("simpson-1943", "tumminello-2011", "benjamini-hochberg-1995", "neal-2021"),
        (
            Parameter(
                "minimum_shared", "integer", "mindestens gemeinsam", "at least shared", 2, minimum=1
            ),
            Parameter("network", "network", "nur Paare mit", "only pairs with"),
            Parameter(
                "alpha", "number", "Anteil falscher Funde", "false discovery rate", 0.05,
                minimum=0.0, maximum=1.0,
            ),
            TOP,
        ),
        (
            "a", "a_slug", "a_name", "b", "b_slug", "b_name", "size_a", "size_b", "shared",
            "containment", "jaccard", "p_value", "p_adjusted", "more_than_size_explains",
        ),
        _overlaps, cost=cost.overlap,
    ),
    Measure(
        "peer-networks", "Netzwerke der Vergleichskommunen", "Networks of one's peers",
        "Netzwerke, in denen die ähnlichsten Mitglieder gleicher Art sind und das gefragte nicht, "
        "mit deren Namen. Der Wert ist ihr Anteil an der Ähnlichkeit (Jaccard) aller "
        "Vergleichsmitglieder. Ohne Gremien, Verträge und Spitzenverbände und ohne Netzwerke "
        "anderer Gegenden (candidates=joinable). Wer beitreten darf, ist nicht bekannt; nennt eine "
        "Quelle mehr Mitglieder (n_claimed), als aufgeführt sind, kann es schon dabei sein.",
        "Networks that the most similar members of the same kind are in and the one asked for is "
        "not, with their names. The score is their part of the similarity (Jaccard) of all peers. "
        "Without bodies, agreements and national associations, and without networks of other areas "
        "(candidates=joinable). Who may join is not known; where a source claims more members "
        "(n_claimed) than are listed, it may be in already.",
        cited("sarwar-2001"),
        (
            Parameter("member", "member", "Mitglied", "Member", required=True),
            Parameter("k", "integer", "Vergleichsmitglieder", "Number of peers", 10, minimum=1),
            Parameter(
                "area", "choice", "woher", "from where", "anywhere",
                choices=("anywhere", "country", "state"),
            ),
            Parameter(
                "minimum_peers", "integer", "mindestens so viele darin", "at least as many in it",
                2, minimum=1,
            ),
            Parameter(
                "candidates", "choice", "welche Netzwerke", "which networks", "joinable",
                choices=("joinable", "all"),
            ),
            LARGE, TOP,
        ),
        (
            "iri", "key", "name", "kind", "themes", "n_members", "n_claimed", "score", "n_peers",
            "peers", "peer_names", "shared_with_peers",
        ),
        _peers,
    ),
    Measure(
        "redundancy", "Doppelstrukturen", "Redundancy",
        "Netzwerke zum selben Thema, deren kleineres größtenteils im anderen aufgeht, die "
        "ähnlichsten zuerst. Ob das "
        "Verschwendung ist oder Arbeitsteilung, sagt die Zahl nicht; „related“ kennzeichnet eine "
        "Untergliederung.",
        "Networks on the same theme of which the smaller lies mostly in the other, the most alike "
        "first. Whether that is "
        "waste or division of labour the figure does not say; \"related\" marks a body of the "
        "other.",
        cited("simpson-1943"),
        (
            Parameter("member", "member", "nur mit dem Mitglied", "only with this member"),
            Parameter(
                "minimum_containment", "number", "gemeinsamer Anteil des kleineren mindestens",
                "shared part of the smaller at least", 0.5, minimum=0.01, maximum=1.0,
            ),
            Parameter(
                "minimum_shared", "integer", "mindestens gemeinsam", "at least shared", 3, minimum=1
            ),
            Parameter(
                "themes", "choice", "Themen", "themes", "common", choices=("common", "any")
            ),
            TOP,
        ),
        (
            "a", "a_slug", "a_name", "b", "b_slug", "b_name", "themes", "size_a", "size_b",
            "shared", "containment", "jaccard", "related", "more_than_size_explains",
        ),
        _redundancy, cost=cost.overlap,
    ),
)  # fmt: skip

BACKBONE: tuple[Measure, ...] = (
    Measure(
        "backbone", "Rückgrat", "Backbone",
        "Paare, die mehr teilen, als der Zufall ihnen gibt. SDSM hält, in wie vielen Netzwerken "
        "Mitglieder sind und wie groß Netzwerke sind, im Mittel fest; FDSM genau (simuliert); "
        "fixed-row nur die beiden eigenen Größen. Nachbarschaft kennt keines.",
        "Pairs that share more than chance gives them. SDSM keeps how many networks members are "
        "in and how large networks are on average; FDSM exactly (simulated); fixed-row only the "
        "two own sizes. None knows geography.",
        cited("neal-2014", "neal-2021", "saracco-2015", "godard-neal-2022"),
        (
            MODE,
            Parameter(
                "model", "choice", "Nullmodell", "null model", "sdsm",
                choices=("sdsm", "fdsm", "fixed-row"),
            ),
            Parameter(
                "alpha", "number", "Signifikanzniveau", "level", 0.05, minimum=0.0, maximum=1.0
            ),
            Parameter(
                "correction", "choice", "Korrektur für alle Paare", "correction for all pairs",
                "bh", choices=("bh", "none"),
            ),
            Parameter(
                "minimum_shared", "integer", "mindestens gemeinsam", "at least shared", 1, minimum=1
            ),
            SAMPLES, SEED, TOP,
        ),
        ("a", "a_name", "b", "b_name", "shared", "p_value", "p_adjusted"),
        _backbone, cost=cost.backbone,
    ),
)  # fmt: skip
