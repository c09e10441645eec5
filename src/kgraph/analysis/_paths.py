"""Shortest paths on the two-mode graph, for many sources at once.

Members with the same networks are at the same distance from everything, so they are contracted
into one *class* with a weight before anything is counted; most members of a real roster vanish
this way. Two members of one class are two steps apart, which is added back by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence, Mode

__all__ = ["Classes", "Distances", "contract", "distances", "path_counts"]

Floats = npt.NDArray[np.float64]

#: Cells of one dense block of (nodes × sources); bounds the memory of a batch.
_CELLS = 400_000


@dataclass(frozen=True, slots=True)
class Classes:
    """The incidence with one row for all members that have the same networks.

    ``class_of`` maps each member to its row, ``weight`` counts the members of a row, ``degree`` its
    networks. ``rows`` is n_classes × n_networks, ``columns`` its transpose.
    """

    class_of: npt.NDArray[np.int64]
    weight: Floats
    degree: Floats
    rows: Any
    columns: Any

    @property
    def sizes(self) -> tuple[int, int]:
        """Number of classes, number of networks."""
        n_classes, n_networks = self.rows.shape
        return int(n_classes), int(n_networks)

    def batches(self, mode: Mode) -> Iterator[npt.NDArray[np.int64]]:
        """All sources of one mode, as many at once as fit a block."""
        n_sources = self.sizes[mode == "networks"]
        step = max(1, _CELLS // max(1, sum(self.sizes)))
        for first in range(0, n_sources, step):
            yield np.arange(first, min(first + step, n_sources))

    def twins(self, sources: npt.NDArray[np.int64], mode: Mode) -> Floats:
        """How many others of its class each source reaches in two steps."""
        if mode == "networks":
            return np.zeros(len(sources))
        return np.where(self.degree[sources] > 0, self.weight[sources] - 1, 0.0)


def contract(incidence: Incidence) -> Classes:
    """Join the members that have the same networks; O(entries)."""
    from scipy.sparse import csr_array

    numbers: dict[bytes, int] = {}
    parts = np.split(incidence.indices, incidence.indptr[1:-1]) if incidence.members else []
    class_of = np.array(
        [numbers.setdefault(part.tobytes(), len(numbers)) for part in parts], dtype=np.int64
    )
    networks = [np.frombuffer(key, dtype=np.int32) for key in numbers]
    degree = np.array([len(part) for part in networks], dtype=np.float64)
    indptr = np.concatenate(([0], np.cumsum(degree))).astype(np.int32)
    indices = np.concatenate([np.zeros(0, dtype=np.int32), *networks])
    shape = (len(numbers), len(incidence.networks))
    rows = csr_array((np.ones(len(indices)), indices, indptr), shape=shape)
    weight = np.bincount(class_of, minlength=len(numbers)).astype(np.float64)
    return Classes(class_of, weight, degree, rows, rows.T.tocsr())


def path_counts(graph: Classes, sources: npt.NDArray[np.int64], mode: Mode) -> list[Floats]:
    """Breadth-first search from a batch of sources, as layers of path counts.

    Returns
    -------
    list of arrays
        Layer ``d`` holds the number of shortest paths from each source (column) to each node (row)
        at distance ``d``, else 0. Even layers have the rows of the sources' mode, odd ones those of
        the other.
    """
    side = int(mode == "networks")
    first = np.zeros((graph.sizes[side], len(sources)))
    first[sources, np.arange(len(sources))] = 1
    seen = [np.zeros((size, len(sources)), dtype=np.bool_) for size in graph.sizes]
    layers = [first]
    while True:
        reached = layers[-1]
        seen[side] |= reached > 0
        # A path may go through any member of a class, except at its start.
        through = reached if side or len(layers) == 1 else reached * graph.weight[:, None]
        onward = (graph.rows if side else graph.columns) @ through
        side = 1 - side
        onward[seen[side]] = 0
        if not onward.any():
            return layers
        layers.append(onward)


@dataclass(frozen=True, slots=True)
class Distances:
    """Sums over the nodes that a node reaches, itself excepted; one value a node of the mode."""

    total: Floats
    inverse_total: Floats
    n_reached: Floats


def distances(incidence: Incidence, mode: Mode) -> Distances:
    """Distance sums of every node of one mode; O(sources × entries × diameter) at most."""
    graph = contract(incidence)
    found = [_distances(graph, batch, mode) for batch in graph.batches(mode)]
    sums = np.concatenate([np.zeros((3, 0)), *found], axis=1)
    if mode == "members":
        sums = sums[:, graph.class_of]
    return Distances(sums[0], sums[1], sums[2])


def _distances(graph: Classes, batch: npt.NDArray[np.int64], mode: Mode) -> Floats:
    """Total distance, total inverse distance and number reached, for one batch of sources."""
    twins = graph.twins(batch, mode)
    sums = np.stack([2 * twins, twins / 2, twins])
    for distance, layer in enumerate(path_counts(graph, batch, mode)[1:], start=1):
        on_members = (distance % 2 == 1) == (mode == "networks")
        weight = graph.weight if on_members else np.ones(graph.sizes[1])
        n_at = weight @ (layer > 0)
        sums += np.stack([n_at * distance, n_at / distance, n_at])
    return sums
