"""Fixtures of the analysis tests.

`towns`     the affiliation of kgraph.analysis.example, counted by hand (5 towns, 4 networks)
`today`     its view on 2024-05-01, of which the tests state every value
`view_of`   a view from a 0/1 matrix or a networkx graph with `bipartite`; for random graphs
`davis`     Davis Southern Women (18 women, 14 events) as networkx ships it, as a view
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import networkx as nx
import numpy as np
import pytest

from kgraph.analysis import Affiliation, Incidence
from kgraph.analysis.example import example, member, membership, network

ViewOf = Callable[..., Incidence]


@pytest.fixture
def towns() -> Affiliation:
    return example()


@pytest.fixture
def today(towns: Affiliation) -> Incidence:
    return towns.at(date(2024, 5, 1))


@pytest.fixture
def view_of() -> ViewOf:
    def build(matrix: np.ndarray, row_names: list[str] | None = None) -> Incidence:
        n_rows, n_columns = matrix.shape
        rows = [
            member(f"{i:04}", row_names[i] if row_names else f"Town {i}") for i in range(n_rows)
        ]
        columns = [network(f"{j:04}") for j in range(n_columns)]
        held = [membership(columns[j], rows[i], start="2000") for i, j in np.argwhere(matrix)]
        affiliation = Affiliation.from_memberships(rows, columns, held)
        return affiliation.at(date(2020, 1, 1), isolates=True)

    return build


@pytest.fixture
def davis(view_of: ViewOf) -> Incidence:
    graph = nx.davis_southern_women_graph()
    women, events = graph.graph["top"], graph.graph["bottom"]
    matrix = nx.bipartite.biadjacency_matrix(graph, women, events).toarray()
    return view_of(matrix, women)
