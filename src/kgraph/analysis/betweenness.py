"""Betweenness on the two-mode graph, exact, as Borgatti and Everett normalise it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgraph.analysis._paths import Classes, contract, two_mode, within
from kgraph.analysis.centrality import labelled, mode_sizes
from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.kernels._lazy import in_parts
from kgraph.analysis.kernels.lanes import LANES, two_mode_betweenness_sums
from kgraph.analysis.kernels.paths import betweenness_sums
from kgraph.errors import QueryParameterError

__all__ = [
    "SampledBetweenness",
    "betweenness_centrality",
    "betweenness_scores",
    "class_betweenness",
    "greatest_betweenness",
    "sampled_betweenness",
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

    return sum(in_parts(len(ends) - 1, accumulate, "sources"), np.zeros(len(weight))) / 2


@dataclass(frozen=True, slots=True)
class SampledBetweenness:
    """Estimates and their standard errors, both as bare sums over unordered pairs, by IRI."""

    estimate: dict[str, float]
    standard_error: dict[str, float]
    n_sources: int


def sampled_betweenness(
    incidence: Incidence, mode: Mode = "members", n_sources: int = 1000, *, seed: int = 0
) -> SampledBetweenness:
    """Betweenness estimated from some sources, for graphs on which the exact one takes too long.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}
    n_sources : int
        Nodes of both modes, drawn without replacement; all of them give the exact value.
    seed : int
        The same seed draws the same nodes.

    Returns
    -------
    SampledBetweenness
        The error is that of a mean over the sources, with the correction for a finite population.
        It is itself an estimate, and too small for a node that few sources lead through.

    References
    ----------
    Brandes, U., & Pich, C. (2007). Centrality estimation in large networks. International Journal
    of Bifurcation and Chaos, 17(7), 2303–2318. https://doi.org/10.1142/S0218127407018403

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> found = sampled_betweenness(example().at(date(2024, 5, 1)), n_sources=9)
    >>> list(found.estimate.values()), set(found.standard_error.values())
    ([0.0, 1.0, 17.0, 12.0, 0.0], {0.0})
    """
    if n_sources < 2:
        raise QueryParameterError(f"n_sources is {n_sources}; give at least 2")
    mode_sizes(incidence, mode)
    graph = contract(*two_mode(incidence))
    n = len(graph.class_of)
    k = min(n_sources, n)
    drawn = np.random.default_rng(seed).choice(n, k, replace=False)
    sources, times = np.unique(graph.class_of[drawn], return_counts=True)
    weight, degree = graph.weight.astype(np.float64), graph.degree.astype(np.float64)
    sums, squares = np.zeros(len(weight)), np.zeros(len(weight))
    for found in in_parts(
        len(sources),
        lambda first, last: betweenness_sums(
            graph.indptr, graph.indices, weight, degree, sources.astype(np.int32),
            times.astype(np.float64), first, last,
        ),
        "sources",
    ):  # fmt: skip
        sums, squares = sums + found[0], squares + found[1]
    variance = np.maximum(squares - sums**2 / max(k, 1), 0.0) / max(k - 1, 1)
    error = n / 2 * np.sqrt(variance / max(k, 1) * (1 - k / max(n, 1)))
    own = graph.class_of[within(incidence, mode)]
    estimate = sums * n / (2 * max(k, 1))
    return SampledBetweenness(
        labelled(incidence, mode, estimate[own]), labelled(incidence, mode, error[own]), k
    )


def greatest_betweenness(own: int, other: int) -> float:
    """The greatest betweenness of a node whose mode has ``own`` nodes and the other ``other``."""
    if own == 0 or other == 0:
        return 0.0
    s, t = divmod(own - 1, other)
    spread = other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)
    return spread / 2
