"""Measures of how central a member or a network is."""

from __future__ import annotations

from math import sqrt
from typing import cast

from kgraph.analysis import betweenness as b
from kgraph.analysis import centrality as c
from kgraph.analysis import cost
from kgraph.analysis.catalogue.record import (
    MODE,
    NODE_COLUMNS,
    SEED,
    TOP,
    Measure,
    Row,
    Values,
    cited,
    node_rows,
)
from kgraph.analysis.eigenvector import eigenvector_centrality
from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.interlock import interlock_connectivity
from kgraph.analysis.parameters import Parameter
from kgraph.analysis.rank import birank

__all__ = ["CENTRALITY"]


def _degree(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    raw = c.degree_centrality(incidence, mode, normalized=False)
    return node_rows(incidence, values, c.degree_centrality(incidence, mode), raw)


def _closeness(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    raw, value = c.closeness_scores(incidence, mode)
    return node_rows(incidence, values, value, raw)


def _harmonic(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    raw = c.harmonic_centrality(incidence, mode, normalized=False)
    greatest = c.greatest_harmonic(*c.mode_sizes(incidence, mode))
    value = {iri: bare / greatest if greatest > 0 else bare for iri, bare in raw.items()}
    return node_rows(incidence, values, value, raw)


def _betweenness(incidence: Incidence, values: Values) -> list[Row]:
    mode, n_sources = cast(Mode, values["mode"]), values["n_sources"]
    if n_sources is None:
        raw, value = b.betweenness_scores(incidence, mode)
        return [{**row, "error": 0.0} for row in node_rows(incidence, values, value, raw)]
    found = b.sampled_betweenness(incidence, mode, n_sources, seed=values["seed"])
    greatest = b.greatest_betweenness(*c.mode_sizes(incidence, mode))
    value = {iri: x / greatest if greatest > 0 else 0.0 for iri, x in found.estimate.items()}
    rows = node_rows(incidence, values, value, found.estimate)
    return [{**row, "error": found.standard_error[row["iri"]]} for row in rows]


def _eigenvector(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    raw = eigenvector_centrality(incidence, mode, per_mode=True)
    total = sum(raw.values())
    rows = node_rows(incidence, values, {iri: x / sqrt(2) for iri, x in raw.items()}, raw)
    return [{**row, "hits": row["raw"] / total if total else 0.0} for row in rows]


def _birank(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    raw = birank(
        incidence, mode, alpha=values["alpha"], beta=values["beta"], member=values["member"]
    )
    total = sum(raw.values())
    share = {iri: score / total if total else 0.0 for iri, score in raw.items()}
    return node_rows(incidence, values, share, raw)


def _interlock(incidence: Incidence, values: Values) -> list[Row]:
    mode = cast(Mode, values["mode"])
    raw = interlock_connectivity(incidence, mode, normalized=False)
    plain = interlock_connectivity(incidence, mode, values=None)
    rows = node_rows(incidence, values, interlock_connectivity(incidence, mode), raw)
    order = sorted(plain, key=lambda iri: -round(plain[iri], 12))
    rank = {iri: place for place, iri in enumerate(order, start=1)}
    return [
        {**row, "rank": place, "unweighted": plain[row["iri"]], "unweighted_rank": rank[row["iri"]]}
        for place, row in enumerate(rows, start=1)
    ]


def _share(name: str, de: str, en: str) -> Parameter:
    return Parameter(name, "number", de, en, 0.85, minimum=0.0, maximum=0.999)


CENTRALITY = (
    Measure(
        "degree", "Grad", "Degree",
        "In wie vielen Netzwerken ein Mitglied ist, oder wie viele Mitglieder ein Netzwerk hat; "
        "der Wert teilt durch die Größe der anderen Seite.",
        "In how many networks a member is, or how many members a network has; the value divides "
        "by the size of the other mode.",
        cited("borgatti-everett-1997", "faust-1997"), (MODE, TOP), NODE_COLUMNS, _degree,
    ),
    Measure(
        "closeness", "Nähe", "Closeness",
        "Kleinste mögliche Summe der Abstände zu allen anderen, geteilt durch die tatsächliche; "
        "roh steht die Summe der Abstände.",
        "The least possible sum of distances to all others by the actual one; raw is the sum of "
        "distances.",
        cited("borgatti-everett-1997"), (MODE, TOP), NODE_COLUMNS, _closeness,
        by_distance=True, cost=cost.closeness,
    ),
    Measure(
        "harmonic", "Harmonische Nähe", "Harmonic closeness",
        "Summe der Kehrwerte der Abstände, geteilt durch die größte mögliche; auch dort definiert, "
        "wo der Graph in Teile zerfällt.",
        "The sum of inverse distances by the greatest possible one; defined where the graph falls "
        "into parts as well.",
        cited("boldi-vigna-2014"), (MODE, TOP), NODE_COLUMNS, _harmonic,
        cost=cost.closeness,
    ),
    Measure(
        "betweenness", "Vermittlung", "Betweenness",
        "Auf wie vielen kürzesten Wegen zwischen zwei anderen ein Knoten liegt, geteilt durch den "
        "größten möglichen Wert seiner Seite. Mit n_sources aus Wegen von so vielen Knoten "
        "geschätzt; error ist der Standardfehler des rohen Werts, genau gerechnet 0.",
        "On how many shortest paths between two others a node lies, by the greatest possible value "
        "of its mode. With n_sources estimated from the paths of so many nodes; error is the "
        "standard error of the raw value, 0 if exact.",
        cited("borgatti-everett-1997", "brandes-2001", "brandes-pich-2007"),
        (
            MODE,
            Parameter(
                "n_sources", "integer", "geschätzt aus so vielen Knoten",
                "estimated from so many nodes", minimum=2,
            ),
            SEED, TOP,
        ),
        (*NODE_COLUMNS, "error"), _betweenness, cost=cost.betweenness,
    ),
    Measure(
        "eigenvector", "Eigenvektor-Zentralität", "Eigenvector centrality",
        "Zentral ist ein Mitglied, dessen Netzwerke es sind, und umgekehrt (Singulärvektoren der "
        "Inzidenz). Wert: beide Seiten zusammen haben die Länge 1; roh: jede Seite für sich; hits: "
        "dieselben Werte mit der Summe 1. Außerhalb des stärksten Teils 0.",
        "A member is central if its networks are, and the other way round (singular vectors of "
        "the incidence). Value: both modes together have length 1; raw: each mode of its own; "
        "hits: the same scaled to sum 1. 0 outside the strongest part.",
        cited("bonacich-1991", "faust-1997", "kleinberg-1999"), (MODE, TOP),
        (*NODE_COLUMNS, "hits"), _eigenvector,
    ),
    Measure(
        "birank", "BiRank", "BiRank",
        "Wechselseitige Rangfolge, in der große Netzwerke weniger wiegen als beim Eigenvektor. Mit "
        "einem Mitglied als Ausgangspunkt: was ihm nahe liegt. Der Wert ist der Anteil an der "
        "Summe der Seite.",
        "Mutual ranking in which large networks weigh less than in the eigenvector. With a member "
        "as its origin: what lies near to it. The value is the share of the sum of the mode.",
        cited("he-2017"),
        (
            MODE,
            Parameter("member", "member", "vom Mitglied aus", "from this member"),
            _share("alpha", "Anteil der Mitglieder am Netzwerk", "what a network has from members"),
            _share("beta", "Anteil der Netzwerke am Mitglied", "what a member has from networks"),
            TOP,
        ),
        NODE_COLUMNS, _birank,
    ),
    Measure(
        "interlock", "Verflechtung (Taylor)", "Interlock connectivity",
        "Summe über die Netzwerke eines Mitglieds: eigener Rollenwert mal Rollenwerte der anderen "
        "(0 bis 5, im Methodenteil abgedruckt), geteilt durch den größten Wert; daneben ohne "
        "Rollenwerte. Zahl und Größe der Netzwerke legen das meiste fest.",
        "Sum over the networks of a member: its role's value times those of the others (0 to 5, "
        "printed in the methods guide), by the largest value; beside it without role values. "
        "Number and size of the networks fix most of it.",
        cited("taylor-2001", "taylor-2002"), (MODE, TOP),
        (*NODE_COLUMNS, "rank", "unweighted", "unweighted_rank"), _interlock,
    ),
)  # fmt: skip
