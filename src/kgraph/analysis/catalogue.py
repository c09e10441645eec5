"""The measures on offer, each a record: titles, definition, references, parameters, function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from kgraph.analysis import betweenness as b
from kgraph.analysis import centrality as c
from kgraph.analysis import similarity as s
from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.parameters import Parameter
from kgraph.analysis.references import REFERENCES, Reference

__all__ = ["CATALOGUE", "Measure"]

Row = dict[str, Any]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it is called, what it says, who defined it, what it takes.

    ``columns`` are the keys of its rows, in order. ``by_distance`` measures sum path
    lengths and are warned about on a graph of several parts.
    """

    id: str
    title_de: str
    title_en: str
    definition_de: str
    definition_en: str
    references: tuple[Reference, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    function: Callable[[Incidence, Values], list[Row]]
    by_distance: bool = False


def _ranked(
    incidence: Incidence, values: Values, score: Mapping[str, float], raw: Mapping[str, float]
) -> list[Row]:
    """The nodes of a mode by falling value, ties by name and IRI; the raw value beside it."""
    rows: list[Row] = []
    labels = incidence.members if values["mode"] == "members" else incidence.networks
    for label in labels:
        key = getattr(label, "slug", None) or getattr(label, "key", "")
        value, bare = score[label.iri], raw[label.iri]
        number = int(bare) if bare.is_integer() else bare
        rows.append(
            {"iri": label.iri, "key": key, "name": label.name, "kind": label.kind,
             "value": value, "raw": number}
        )  # fmt: skip
    rows.sort(key=lambda row: (-round(row["value"], 12), row["name"], row["iri"]))
    return rows[: values["top"]]


def _degree(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    raw = c.degree_centrality(incidence, mode, normalized=False)
    return _ranked(incidence, values, c.degree_centrality(incidence, mode), raw)


def _closeness(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    raw = c.farness(incidence, mode)
    return _ranked(incidence, values, c.closeness_centrality(incidence, mode), raw)


def _harmonic(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    raw = c.harmonic_centrality(incidence, mode, normalized=False)
    return _ranked(incidence, values, c.harmonic_centrality(incidence, mode), raw)


def _betweenness(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    raw, value = b.betweenness_scores(incidence, mode)
    return _ranked(incidence, values, value, raw)


def _partners(incidence: Incidence, values: Values) -> list[Row]:
    found = s.closest_partners(
        incidence, values["member"], values["k"], values["exclude_larger_than"],
        rank_by=values["rank_by"],
    )  # fmt: skip
    return [
        {"iri": row.partner.iri, "key": row.partner.key, "name": row.partner.name,
         "kind": row.partner.kind, "n_shared": row.n_shared, "newman_weight": row.newman_weight,
         "shared": [network.slug for network in row.shared],
         "shared_names": [network.name for network in row.shared]}
        for row in found
    ]  # fmt: skip


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


_TOP = Parameter("top", "integer", "höchstens so viele Zeilen", "at most this many rows", minimum=1)
_MODE = Parameter(
    "mode", "choice", "für Mitglieder oder Netzwerke", "for members or networks", "members",
    choices=("members", "networks"),
)  # fmt: skip
_NODE_COLUMNS = ("iri", "key", "name", "kind", "value", "raw")
_BORGATTI, _FAUST = REFERENCES["borgatti-everett-1997"], REFERENCES["faust-1997"]

CATALOGUE = (
    Measure(
        "degree", "Grad", "Degree",
        "In wie vielen Netzwerken ein Mitglied ist, oder wie viele Mitglieder ein Netzwerk hat; "
        "der Wert teilt durch die Größe der anderen Seite.",
        "In how many networks a member is, or how many members a network has; the value divides "
        "by the size of the other mode.",
        (_BORGATTI, _FAUST), (_MODE, _TOP), _NODE_COLUMNS, _degree,
    ),
    Measure(
        "closeness", "Nähe", "Closeness",
        "Kleinste mögliche Summe der Abstände zu allen anderen, geteilt durch die tatsächliche; "
        "roh steht die Summe der Abstände.",
        "The least possible sum of distances to all others by the actual one; raw is the sum of "
        "distances.",
        (_BORGATTI,), (_MODE, _TOP), _NODE_COLUMNS, _closeness, by_distance=True,
    ),
    Measure(
        "harmonic", "Harmonische Nähe", "Harmonic closeness",
        "Summe der Kehrwerte der Abstände, geteilt durch die größte mögliche; auch dort definiert, "
        "wo der Graph in Teile zerfällt.",
        "The sum of inverse distances by the greatest possible one; defined where the graph falls "
        "into parts as well.",
        (REFERENCES["boldi-vigna-2014"],), (_MODE, _TOP), _NODE_COLUMNS, _harmonic,
    ),
    Measure(
        "betweenness", "Vermittlung", "Betweenness",
        "Auf wie vielen kürzesten Wegen zwischen zwei anderen ein Knoten liegt, geteilt durch den "
        "größten möglichen Wert seiner Seite.",
        "On how many shortest paths between two others a node lies, by the greatest possible value "
        "of its mode.",
        (_BORGATTI, REFERENCES["brandes-2001"]), (_MODE, _TOP), _NODE_COLUMNS, _betweenness,
    ),
    Measure(
        "closest-partners", "Nächste Partner", "Closest partners",
        "Wer mit einem Mitglied die meisten Netzwerke teilt, mit deren Namen. Das Newman-Gewicht "
        "summiert 1 / (Größe − 1): kleine gemeinsame Netzwerke wiegen mehr. Bei Gleichstand zählt "
        "die jeweils andere Zahl, dann der Name.",
        "Who shares most networks with a member, with their names. The Newman weight sums "
        "1 / (size − 1): small shared networks weigh more. Ties are broken by the other of the two "
        "numbers, then by name.",
        (REFERENCES["newman-2001"],),
        (
            Parameter("member", "member", "Mitglied", "Member", required=True),
            Parameter("k", "integer", "Anzahl", "Number of partners", 10, minimum=1),
            Parameter(
                "exclude_larger_than", "integer", "ohne Netzwerke mit mehr Mitgliedern als",
                "without networks of more members than", minimum=1,
            ),
            Parameter(
                "rank_by", "choice", "ordnen nach", "order by", "shared",
                choices=("shared", "newman"),
            ),
        ),
        ("iri", "key", "name", "kind", "n_shared", "newman_weight", "shared", "shared_names"),
        _partners,
    ),
    Measure(
        "network-overlap", "Überschneidung von Netzwerken", "Overlap of networks",
        "Gemeinsame Mitglieder zweier Netzwerke: Anzahl, Anteil am kleineren "
        "(Szymkiewicz–Simpson), Anteil an beiden zusammen (Jaccard), und ob es mehr sind, als die "
        "Größen allein erklären (hypergeometrisch, Benjamini–Hochberg über alle Paare). "
        "Nachbarschaft kennt der Test nicht.",
        "Members that two networks share: count, share of the smaller (Szymkiewicz–Simpson), share "
        "of both together (Jaccard), and whether they are more than the sizes alone explain "
        "(hypergeometric, Benjamini–Hochberg over all pairs). The test does not know geography.",
        tuple(
            REFERENCES[key]
            for key in ("simpson-1943", "tumminello-2011", "benjamini-hochberg-1995", "neal-2021")
        ),
        (
            Parameter(
                "minimum_shared", "integer", "mindestens gemeinsam", "at least shared", 2, minimum=1
            ),
            Parameter("network", "network", "nur Paare mit", "only pairs with"),
            Parameter(
                "alpha", "number", "Anteil falscher Funde", "false discovery rate", 0.05,
                minimum=0.0, maximum=1.0,
            ),
            _TOP,
        ),
        (
            "a", "a_slug", "a_name", "b", "b_slug", "b_name", "size_a", "size_b", "shared",
            "containment", "jaccard", "p_value", "p_adjusted", "more_than_size_explains",
        ),
        _overlaps,
    ),
)  # fmt: skip
