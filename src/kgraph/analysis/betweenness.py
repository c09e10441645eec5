"""Betweenness on the two-mode graph, exact, as Borgatti and Everett normalise it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis._paths import Classes, contract, path_counts
from kgraph.analysis.centrality import labelled, mode_sizes
from kgraph.analysis.incidence import Incidence, Mode

__all__ = ["betweenness_centrality", "betweenness_scores"]

Floats = npt.NDArray[np.float64]

_MODES: tuple[Mode, Mode] = ("members", "networks")


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
    Exact, by Brandes' accumulation over all nodes as sources, in layers of dense blocks. Cost
    O((n_classes + n_networks) · entries · diameter), where a class is a set of members with the
    same networks.

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
    graph = contract(incidence)
    sums = [np.zeros(size) for size in graph.sizes]
    for sources in _MODES:
        for batch in graph.batches(sources):
            _accumulate(graph, batch, sources, sums)
    raw = (sums[0][graph.class_of] if mode == "members" else sums[1]) / 2
    greatest = _greatest_betweenness(own, other)
    value = raw / greatest if greatest > 0 else np.zeros(own)
    return labelled(incidence, mode, raw), labelled(incidence, mode, value)


def _accumulate(
    graph: Classes, batch: npt.NDArray[np.int64], mode: Mode, sums: list[Floats]
) -> None:
    """Add the dependencies of a batch of sources on every node to the sums."""
    layers = path_counts(graph, batch, mode)
    start = int(mode == "networks")
    source_weight = graph.weight[batch] if mode == "members" else np.ones(len(batch))
    onward: Floats | None = None
    for distance in range(len(layers) - 1, 0, -1):
        side = (start + distance) % 2
        counts = layers[distance]
        dependency = np.zeros_like(counts) if onward is None else counts * onward
        if distance == 1 and mode == "members":
            # The others of its class: one path through each of its networks, ending there.
            dependency += (counts > 0) * (
                graph.twins(batch, mode) / np.maximum(graph.degree[batch], 1)
            )
        sums[side] += dependency @ source_weight
        share = np.divide(1 + dependency, counts, out=np.zeros_like(counts), where=counts > 0)
        onward = graph.rows @ share if side else graph.columns @ (share * graph.weight[:, None])


def _greatest_betweenness(own: int, other: int) -> float:
    """The greatest betweenness of a node whose mode has ``own`` nodes and the other ``other``."""
    if own == 0 or other == 0:
        return 0.0
    s, t = divmod(own - 1, other)
    spread = other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)
    return spread / 2
