"""Local moves, refinement and aggregation for Barber's modularity.

A node carries two weights: its ties as a member and its ties as a network. At the start one of them
is zero; an aggregate of nodes of both modes has both. To join a community c gains
e(node, c) − γ (k_node · d_c + d_node · k_c) / m, at every level alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_LEAST_GAIN = 1e-10
_ITERATIONS = 10
#: How far below the best a gain may be and still be drawn in the refinement, in ties.
_HEAT = 0.1


@dataclass(slots=True)
class _Graph:
    """Nodes with their ties to others, and their two weights."""

    ties: list[dict[int, float]]
    as_member: list[float]
    as_network: list[float]


class _State:
    """A partition of the nodes of a graph, with the weights of its communities."""

    def __init__(self, graph: _Graph, community: list[int], factor: float) -> None:
        self.graph, self.community, self.factor = graph, community, factor
        size = len(graph.ties)
        self.as_member, self.as_network = [0.0] * size, [0.0] * size
        self.count = [0] * size
        for node, c in enumerate(community):
            self._add(node, c, 1)
        self.empty = [c for c in range(size) if not self.count[c]]

    def _add(self, node: int, c: int, sign: int) -> None:
        self.as_member[c] += sign * self.graph.as_member[node]
        self.as_network[c] += sign * self.graph.as_network[node]
        self.count[c] += sign

    def leave(self, node: int) -> int:
        """Take a node out of its community."""
        c = self.community[node]
        self._add(node, c, -1)
        if not self.count[c]:
            self.empty.append(c)
        return c

    def enter(self, node: int, c: int) -> None:
        """Put a node into a community."""
        if not self.count[c]:
            self.empty.remove(c)
        self._add(node, c, 1)
        self.community[node] = c

    def gains(self, node: int, stay: int, within: list[int] | None = None) -> dict[int, float]:
        """What a node outside all communities gains in each that it has a tie to, and in its own.

        Only ties to nodes of the same group count where ``within`` gives groups.
        """
        k, d = self.graph.as_member[node], self.graph.as_network[node]
        ties: dict[int, float] = {}
        for other, weight in self.graph.ties[node].items():
            if within is None or within[other] == within[node]:
                c = self.community[other]
                ties[c] = ties.get(c, 0.0) + weight
        ties.setdefault(stay, 0.0)
        return {
            c: weight - self.factor * (k * self.as_network[c] + d * self.as_member[c])
            for c, weight in ties.items()
        }


def optimise(matrix: Any, resolution: float, generator: np.random.Generator) -> Ints:
    """The community of each row, then of each column, after one search."""
    base = _two_mode(matrix)
    m = sum(base.as_member)
    community = list(range(len(base.ties)))
    if not m:
        return np.array(community, dtype=np.int64)
    factor = resolution / m
    for _ in range(_ITERATIONS):
        before = list(community)
        community = _search(base, community, factor, generator)
        if community == before:
            break
    return np.array(community, dtype=np.int64)


def _search(
    base: _Graph, community: list[int], factor: float, generator: np.random.Generator
) -> list[int]:
    """Move, refine and aggregate until nothing is left to aggregate."""
    graph, place = base, list(range(len(base.ties)))
    while True:
        state = _State(graph, community, factor)
        _move(state, generator)
        refined = _refine(graph, state.community, factor, generator)
        labels = {c: i for i, c in enumerate(dict.fromkeys(refined))}
        if len(labels) == len(graph.ties):
            numbers = {c: i for i, c in enumerate(dict.fromkeys(state.community))}
            return [numbers[state.community[node]] for node in place]
        merged = [labels[c] for c in refined]
        community = _carried(merged, state.community, len(labels))
        graph = _aggregate(graph, merged, len(labels))
        place = [merged[node] for node in place]


def _carried(merged: list[int], coarse: list[int], n_nodes: int) -> list[int]:
    """The communities of aggregates, numbered from 0."""
    above = [0] * n_nodes
    for node, aggregate in enumerate(merged):
        above[aggregate] = coarse[node]
    numbers = {c: i for i, c in enumerate(dict.fromkeys(above))}
    return [numbers[c] for c in above]


def _move(state: _State, generator: np.random.Generator) -> None:
    """Move single nodes as long as one gains by it; who gains equally much in several, by lot."""
    size = len(state.graph.ties)
    lots = generator.random(size).tolist()
    queue = [int(node) for node in generator.permutation(size)]
    waiting = [True] * size
    while queue:
        todo, queue = queue, []
        for node in todo:
            waiting[node] = False
            old = state.leave(node)
            gains = state.gains(node, old)
            most = max(gains.values())
            best = [c for c, gain in gains.items() if gain > most - _LEAST_GAIN]
            new = old if old in best else best[int(lots[node] * len(best))]
            if most < -_LEAST_GAIN and state.empty:
                new = state.empty[-1]
            state.enter(node, new)
            if new == old:
                continue
            for other in state.graph.ties[node]:
                if not waiting[other] and state.community[other] != new:
                    waiting[other] = True
                    queue.append(other)


def _refine(
    graph: _Graph, coarse: list[int], factor: float, generator: np.random.Generator
) -> list[int]:
    """Split each community into nodes and merge those again that gain by it.

    A node draws among the groups that it gains in, the more likely the more it gains; so searches
    with other seeds find other ways.
    """
    state = _State(graph, list(range(len(coarse))), factor)
    for node in generator.permutation(len(coarse)).tolist():
        if state.count[state.community[node]] > 1:
            continue
        old = state.leave(node)
        gains = state.gains(node, old, coarse)
        better = [c for c, gain in gains.items() if c != old and gain > _LEAST_GAIN]
        if better:
            odds = np.exp((np.array([gains[c] for c in better]) - max(gains.values())) / _HEAT)
            state.enter(node, better[int(generator.choice(len(better), p=odds / odds.sum()))])
        else:
            state.enter(node, old)
    return state.community


def _aggregate(graph: _Graph, merged: list[int], n_nodes: int) -> _Graph:
    """One node for each group, with the ties between groups."""
    found = _Graph([{} for _ in range(n_nodes)], [0.0] * n_nodes, [0.0] * n_nodes)
    for node, own in enumerate(merged):
        found.as_member[own] += graph.as_member[node]
        found.as_network[own] += graph.as_network[node]
        ties = found.ties[own]
        for other, weight in graph.ties[node].items():
            if merged[other] != own:
                ties[merged[other]] = ties.get(merged[other], 0.0) + weight
    return found


def _two_mode(matrix: Any) -> _Graph:
    """Rows, then columns, as nodes."""
    from scipy.sparse import coo_array

    entries = coo_array(matrix)
    n_rows, n_columns = entries.shape
    ties: list[dict[int, float]] = [{} for _ in range(n_rows + n_columns)]
    for i, j in zip(entries.row.tolist(), entries.col.tolist(), strict=True):
        ties[i][n_rows + j] = 1.0
        ties[n_rows + j][i] = 1.0
    degrees = [float(len(own)) for own in ties]
    return _Graph(ties, degrees[:n_rows] + [0.0] * n_columns, [0.0] * n_rows + degrees[n_rows:])
