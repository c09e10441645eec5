"""Betweenness on the two-mode graph, exact, as Borgatti and Everett normalise it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis._paths import Classes, contract, two_mode, within
from kgraph.analysis.centrality import labelled, mode_sizes
from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.kernels._lazy import in_parts
from kgraph.analysis.kernels.lanes import LANES, two_mode_betweenness_sums
from kgraph.analysis.kernels.paths import betweenness_sums

__all__ = [
    "betweenness_centrality",
    "betweenness_scores",
    "class_betweenness",
    "greatest_betweenness",
]

Floats = npt.NDArray[np.float64]


def betweenness_centrality(
    incidence: Incidence, mode: Mode = "members", *, normalized: bool = True
) -> dict[str, float]:
    """On how many shortest paths between two others a node lies.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}
    normalized : bool
        Divide by the greatest value that a node of the mode can have in any two-mode graph of this
        size. Without it, the bare sum over unordered pairs; a pair with several shortest paths
        counts in parts.

    Returns
    -------
    dict IRI → float in [0, 1], or sum
        Ordered by IRI; 0 where no value but 0 is possible (networkx divides by zero there).

    Notes
    -----
    Exact, by Brandes' accumulation with every node as a source. Nodes with the same neighbours are
    one class; cost O(classes · entries between classes).

    References
    ----------
    Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical
    Sociology, 25(2), 163–177. https://doi.org/10.1080/0022250X.2001.9990249

    Borgatti, S. P., & Everett, M. G. (1997). Network analysis of 2-mode data. Social Networks,
    19(3), 243–269. https://doi.org/10.1016/S0378-8733(96)00301-2

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> view = example().at(date(2024, 5, 1))
    >>> list(betweenness_centrality(view, normalized=False).values())
    [0.0, 1.0, 17.0, 12.0, 0.0]
    """
    raw, value = betweenness_scores(incidence, mode)
    return value if normalized else raw


def betweenness_scores(
    incidence: Incidence, mode: Mode = "members"
) -> tuple[dict[str, float], dict[str, float]]:
    """The bare and the normalised betweenness of :func:`betweenness_centrality` in one pass."""
    own, other = mode_sizes(incidence, mode)
    graph = contract(*two_mode(incidence))
    raw = class_betweenness(graph)[graph.class_of[within(incidence, mode)]]
    greatest = greatest_betweenness(own, other)
    value = raw / greatest if greatest > 0 else np.zeros(own)
    return labelled(incidence, mode, raw), labelled(incidence, mode, value)


def class_betweenness(graph: Classes) -> Floats:
    """The bare betweenness of a node of every class, over unordered pairs of nodes."""
    weight, degree = graph.weight.astype(np.float64), graph.degree.astype(np.float64)
    two_mode_graph = len(weight) > 0 and graph.side[0] >= 0
    sources = np.argsort(graph.side, kind="stable").astype(np.int32)
    ends = graph.batches(sources, LANES) if two_mode_graph else np.arange(len(weight) + 1)

    def accumulate(first: int, last: int) -> Floats:
        given = graph.indptr, graph.indices, weight, degree, sources
        if two_mode_graph:
            return two_mode_betweenness_sums(*given, ends[first : last + 1])
        return betweenness_sums(*given, weight, first, last)[0]

    return sum(in_parts(len(ends) - 1, accumulate), np.zeros(len(weight))) / 2


def greatest_betweenness(own: int, other: int) -> float:
    """The greatest betweenness of a node whose mode has ``own`` nodes and the other ``other``."""
    if own == 0 or other == 0:
        return 0.0
    s, t = divmod(own - 1, other)
    spread = other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)
    return spread / 2
