"""The graph that the networkx backend computes on: labels and arrays, no dictionaries of edges."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis._paths import Classes, Distances, class_distances, contract, two_mode
from kgraph.analysis.incidence import Incidence

__all__ = ["Graph"]

Ints = npt.NDArray[np.int32]
Sides = npt.NDArray[np.int8]


class Graph:
    """An undirected simple graph without loops, as compressed rows over its nodes.

    networkx hands it to :mod:`kgraph.analysis.backend` without converting anything;
    ``networkx.Graph`` is made where networkx itself has to run.

    Examples
    --------
    >>> from datetime import date
    >>> import networkx as nx
    >>> from kgraph.analysis.example import example
    >>> graph = Graph.from_incidence(example().at(date(2024, 5, 1)))
    >>> len(graph), graph.number_of_edges()
    (9, 9)
    """

    __networkx_backend__ = "kgraph"

    def __init__(self, nodes: list[Any], indptr: Ints, indices: Ints, origin: Any) -> None:
        self.labels = nodes
        self.indptr = indptr
        self.indices = indices
        self._origin = origin

    @classmethod
    def from_incidence(cls, incidence: Incidence) -> Graph:
        """The two-mode graph of a view; the nodes are those of ``incidence.to_networkx()``."""
        from kgraph.analysis.twomode import member_node

        networks = incidence.iris("networks")
        both = set(networks)
        nodes = [member_node(iri, both) for iri in incidence.iris("members")]
        indptr, indices, _ = two_mode(incidence)
        return cls([*nodes, *networks], indptr, indices, incidence)

    @classmethod
    def from_networkx(cls, graph: Any) -> Graph:
        """The same graph; attributes are looked up in the one given.

        Raises
        ------
        NotImplementedError
            If the graph is directed, has parallel edges or loops.
        """
        if graph.is_directed() or graph.is_multigraph():
            raise NotImplementedError("kgraph takes undirected graphs without parallel edges")
        nodes = list(graph)
        index = {node: i for i, node in enumerate(nodes)}
        degrees = [len(neighbours) for neighbours in graph.adj.values()]
        indptr = np.concatenate(([0], np.cumsum(degrees, dtype=np.int64))).astype(np.int32)
        flat = (index[node] for neighbours in graph.adj.values() for node in neighbours)
        indices = np.fromiter(flat, dtype=np.int32, count=int(indptr[-1]))
        rows = np.repeat(np.arange(len(nodes), dtype=np.int32), degrees)
        if (rows == indices).any():
            raise NotImplementedError("kgraph takes graphs without loops")
        return cls(nodes, indptr, indices[np.lexsort((indices, rows))], graph)

    @cached_property
    def networkx(self) -> Any:
        """The ``networkx.Graph`` with all attributes."""
        is_view = isinstance(self._origin, Incidence)
        return self._origin.to_networkx() if is_view else self._origin

    @cached_property
    def index(self) -> dict[Any, int]:
        """The position of each node."""
        return {node: i for i, node in enumerate(self.labels)}

    @property
    def degrees(self) -> Ints:
        """Neighbours of each node."""
        return np.diff(self.indptr)

    @property
    def matrix(self) -> Any:
        """The adjacency as a ``scipy.sparse.csr_array`` of ones."""
        from scipy.sparse import csr_array

        ones = np.ones(len(self.indices), dtype=np.int32)
        return csr_array((ones, self.indices, self.indptr), shape=(len(self), len(self)))

    @cached_property
    def sides(self) -> Sides | None:
        """A mode for each node so that every edge ties two modes; None where there is no such."""
        from scipy.sparse.csgraph import connected_components

        matrix = self.matrix
        _, part = connected_components(matrix, directed=False)
        depth = np.full(len(self), -1)
        step, front = 0, np.unique(part, return_index=True)[1]
        while len(front):
            depth[front] = step
            reached = np.unique(matrix[front].indices)
            step, front = step + 1, reached[depth[reached] < 0]
        side = (depth % 2).astype(np.int8)
        crosses = np.repeat(side, self.degrees) != side[self.indices]
        return side if crosses.all() else None

    @cached_property
    def classes(self) -> Classes:
        """The graph with equal nodes joined."""
        return contract(self.indptr, self.indices, self.sides)

    @cached_property
    def distances(self) -> Distances:
        """Distance sums of every node."""
        found, of = class_distances(self.classes), self.classes.class_of
        return Distances(found.total[of], found.inverse_total[of], found.n_reached[of])

    def is_directed(self) -> bool:
        """No."""
        return False

    def is_multigraph(self) -> bool:
        """No."""
        return False

    def __len__(self) -> int:
        return len(self.labels)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.labels)

    def __contains__(self, node: object) -> bool:
        return node in self.index

    def number_of_nodes(self) -> int:
        """How many nodes."""
        return len(self.labels)

    def number_of_edges(self) -> int:
        """How many edges."""
        return len(self.indices) // 2
