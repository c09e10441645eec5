"""Measures of the whole graph, and of where members and networks stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from kgraph.analysis import clustering as cl
from kgraph.analysis import cost
from kgraph.analysis.brokerage import brokerage
from kgraph.analysis.catalogue.record import (
    MODE,
    NODE_COLUMNS,
    SAMPLES,
    SEED,
    TOP,
    Measure,
    Row,
    Values,
    cited,
    node_of,
    node_rows,
    number,
)
from kgraph.analysis.centrality import degree_centrality
from kgraph.analysis.communities import communities
from kgraph.analysis.core_periphery import core_periphery
from kgraph.analysis.cores import pq_core
from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.nestedness import nodf
from kgraph.analysis.nulls import Comparison, compare, compare_all
from kgraph.analysis.parameters import Parameter
from kgraph.model import Agent, Network

__all__ = ["STRUCTURE"]

_COMPARISON = ("value", "mean", "sd", "z", "p_at_least", "n_samples")


def _compared(found: Comparison) -> Row:
    return {
        "value": number(found.observed), "mean": number(found.mean), "sd": number(found.sd),
        "z": found.z, "p_at_least": number(found.p_at_least), "n_samples": found.n_samples,
    }  # fmt: skip


def _clustering(incidence: Incidence, values: Values) -> list[Row]:
    if not incidence.n_entries:
        return []
    matrix = incidence.matrix if values["mode"] == "members" else incidence.matrix.T
    opsahl = values["coefficient"] == "opsahl"
    measured = cl.opsahl_clustering if opsahl else cl.robins_alexander_clustering
    found = compare(matrix, measured, values["n_samples"], values["seed"])
    return [{"coefficient": values["coefficient"], "mode": values["mode"], **_compared(found)}]


def _local_clustering(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    degrees = degree_centrality(incidence, mode, normalized=False)
    return node_rows(incidence, values, cl.latapy_clustering(incidence, mode), degrees)


def _nestedness(incidence: Incidence, values: Values) -> list[Row]:
    if not incidence.n_entries:
        return []
    found = compare_all(incidence.matrix, nodf, values["n_samples"], values["seed"])
    return [
        {"of": of, **_compared(one)}
        for of, one in zip(("all", "members", "networks"), found, strict=True)
    ]


def _communities(incidence: Incidence, values: Values) -> list[Row]:
    found = communities(
        incidence, n_runs=values["n_runs"], seed=values["seed"], resolution=values["resolution"]
    )
    sides = (
        ("members", incidence.members, found.members, found.member_agreement, found.member_core),
        (
            "networks",
            incidence.networks,
            found.networks,
            found.network_agreement,
            found.network_core,
        ),
    )
    rows = [
        {"community": community, "mode": mode, **node_of(node), "agreement": agreement,
         "core": core, "modularity": found.modularity}
        for mode, nodes, numbers, agreements, cores in sides
        for node, community, agreement, core in zip(nodes, numbers, agreements, cores, strict=True)
        if community >= 0
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["community"], row["mode"], row["name"], row["iri"]))


def _core_periphery(incidence: Incidence, values: Values) -> list[Row]:
    found = core_periphery(incidence)
    first = values["mode"] == "members"
    nodes = incidence.members if first else incidence.networks
    coreness = found.members if first else found.networks
    core = found.member_core if first else found.network_core
    rows = [
        {**node_of(node), "value": float(value), "core": bool(inside), "fit": found.fit}
        for node, value, inside in zip(nodes, coreness, core, strict=True)
    ]
    rows.sort(key=lambda row: (not row["core"], -round(row["value"], 9), row["name"], row["iri"]))
    return rows[: values["top"]]


def _brokerage(incidence: Incidence, values: Values) -> list[Row]:
    rows = [
        {**node_of(row.node), **{name: getattr(row, name) for name in _CHAINS}}
        for row in brokerage(incidence, values["mode"], values["by"])
    ]
    rows.sort(key=lambda row: (-row["chains"], row["name"], row["iri"]))
    return rows[: values["top"]]


def _pq_core(incidence: Incidence, values: Values) -> list[Row]:
    kept = pq_core(incidence, values["p"], values["q"])
    degrees = incidence.member_degrees, incidence.network_sizes
    nodes: tuple[Sequence[Agent | Network], ...] = incidence.members, incidence.networks
    rows: list[Row] = []
    for mode, labels, inside, whole in zip(
        ("members", "networks"), nodes, kept, degrees, strict=True
    ):
        found = [
            {"mode": mode, **node_of(node), "value": int(a), "raw": int(b)}
            for node, a, b in zip(labels, inside, whole, strict=True)
            if a
        ]
        rows += sorted(found, key=lambda row: (-row["value"], row["name"], row["iri"]))
    return rows


_CHAINS = ("chains", "coordinator", "gatekeeper", "itinerant", "liaison")
_LEAST = (
    Parameter("p", "integer", "Netzwerke je Mitglied", "networks a member", 2, minimum=1),
    Parameter("q", "integer", "Mitglieder je Netzwerk", "members a network", 2, minimum=1),
)

STRUCTURE: tuple[Measure, ...] = (
    Measure(
        "clustering", "Verdichtung", "Clustering",
        "Wie oft sich Wege schließen, im Zwei-Moden-Graphen selbst: über drei Kanten (Robins und "
        "Alexander) oder über vier (Opsahl). Nur neben dem Wert von Zufallsgraphen mit denselben "
        "Randsummen zu lesen (z).",
        "How often paths close, on the two-mode graph itself: paths of three ties (Robins and "
        "Alexander) or of four (Opsahl). To be read only beside random graphs with the same "
        "margins (z).",
        cited("robins-alexander-2004", "opsahl-2013", "strona-2014"),
        (
            Parameter(
                "coefficient", "choice", "Koeffizient", "coefficient", "robins-alexander",
                choices=("robins-alexander", "opsahl"),
            ),
            MODE, SAMPLES, SEED,
        ),
        ("coefficient", "mode", *_COMPARISON), _clustering,
        cost=cost.clustering,
    ),
    Measure(
        "local-clustering", "Lokale Verdichtung", "Local clustering",
        "Wie ähnlich ein Knoten denen ist, mit denen er etwas teilt (mittlerer Jaccard); roh steht "
        "der Grad. Wer nur in einem Netzwerk ist, hat hohe Werte.",
        "How alike a node is to those it shares something with (mean Jaccard); raw is the degree. "
        "Who is in one network only has high values.",
        cited("latapy-2008"), (MODE, TOP), NODE_COLUMNS, _local_clustering,
        cost=cost.own_pairs,
    ),
    Measure(
        "nestedness", "Verschachtelung (NODF)", "Nestedness (NODF)",
        "Ob die Netzwerke der wenig Vernetzten unter denen der viel Vernetzten sind (0 bis 100), "
        "neben dem Wert von Zufallsgraphen mit denselben Randsummen (z).",
        "Whether the networks of the little-tied are among those of the much-tied (0 to 100), "
        "beside the value of random graphs with the same margins (z).",
        cited("almeida-neto-2008", "strona-2014"), (SAMPLES, SEED), ("of", *_COMPARISON),
        _nestedness, cost=cost.nestedness,
    ),
    Measure(
        "communities", "Gemeinschaften", "Communities",
        "Gruppen von Mitgliedern und Netzwerken, zwischen denen mehr Mitgliedschaften liegen, als "
        "die Randsummen erwarten lassen (Barbers Modularität). Die Übereinstimmung sagt, wie viel "
        "ihrer Gruppe andere Suchläufe bestätigen; core zählt, wer in allen beisammen ist.",
        "Groups of members and networks with more memberships between them than the margins let "
        "expect (Barber's modularity). The agreement says how much of their group other searches "
        "confirm; core numbers those who are together in all of them.",
        cited("barber-2007", "traag-2019"),
        (
            Parameter("n_runs", "integer", "Suchläufe", "searches", 5, minimum=1, maximum=100),
            SEED,
            Parameter(
                "resolution", "number", "Auflösung", "resolution", 1.0, minimum=0.01, maximum=100.0
            ),
        ),
        ("community", "mode", "iri", "key", "name", "kind", "agreement", "core", "modularity"),
        _communities, cost=cost.communities,
    ),
    Measure(
        "core-periphery", "Kern und Rand", "Core and periphery",
        "Kernnähe aus beiden Projektionen zugleich, geschnitten, wo der Zwei-Moden-Graph am besten "
        "zu einem vollen Kern passt (fit, −1 bis 1).",
        "Coreness from both projections at once, cut where the two-mode graph fits a full core "
        "best (fit, −1 to 1).",
        cited("everett-borgatti-2013", "borgatti-everett-2000"), (MODE, TOP),
        ("iri", "key", "name", "kind", "value", "core", "fit"), _core_periphery,
        cost=cost.core_periphery,
    ),
    Measure(
        "brokerage", "Vermittlerrollen", "Brokerage",
        "Ketten, in deren Mitte jemand steht und deren Enden nichts gemeinsam haben, nach den "
        "Gruppen der drei: alle gleich (coordinator) bis alle verschieden (liaison).",
        "Chains in whose middle somebody stands and whose ends share nothing, by the groups of the "
        "three: all alike (coordinator) to all different (liaison).",
        cited("jasny-lubell-2015"),
        (
            MODE,
            Parameter(
                "by", "choice", "Gruppen nach", "groups by", "state",
                choices=("state", "country", "kind"),
            ),
            TOP,
        ),
        ("iri", "key", "name", "kind", *_CHAINS), _brokerage, cost=cost.brokerage,
    ),
    Measure(
        "pq-core", "(p, q)-Kern", "(p, q)-core",
        "Mitglieder in mindestens p Netzwerken, die mindestens q Mitglieder haben, alle innerhalb "
        "des Kerns; roh steht der Grad im ganzen Graphen.",
        "Members in at least p networks that have at least q members, all within the core; raw is "
        "the degree in the whole graph.",
        cited("cerinsek-batagelj-2015"), _LEAST,
        ("mode", "iri", "key", "name", "kind", "value", "raw"), _pq_core,
    ),
)  # fmt: skip
