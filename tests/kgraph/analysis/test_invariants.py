"""What holds for every graph: sums, symmetry, permutation, isolates, and the degenerate ones."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array

from kgraph.analysis import (
    MEASURES,
    Affiliation,
    Incidence,
    betweenness_centrality,
    closeness_centrality,
    closest_partners,
    harmonic_centrality,
    run,
)
from kgraph.analysis.backbone import pair_p_values
from kgraph.analysis.clustering import opsahl_clustering, robins_alexander_clustering
from kgraph.analysis.communities import communities
from kgraph.analysis.eigenvector import eigenvector_centrality
from kgraph.analysis.example import member, membership, network
from kgraph.analysis.interlock import interlock_connectivity
from kgraph.analysis.nestedness import nodf
from kgraph.analysis.pairs import pairs
from kgraph.analysis.rank import birank

MATRICES = arrays(
    np.int8,
    st.tuples(st.integers(1, 8), st.integers(1, 6)),
    elements=st.integers(0, 1),
)
quick = settings(
    max_examples=30, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


def view(matrix: np.ndarray, isolates: bool = True) -> Incidence:
    rows = [member(f"{i:04}", f"Town {i}") for i in range(matrix.shape[0])]
    columns = [network(f"{j:04}") for j in range(matrix.shape[1])]
    held = [membership(columns[j], rows[i], start="2000") for i, j in np.argwhere(matrix)]
    affiliation = Affiliation.from_memberships(rows, columns, held)
    return affiliation.at(date(2020, 1, 1), isolates=isolates)


@quick
@given(MATRICES)
def test_newman_weights_sum_to_memberships_in_networks_of_two(matrix: np.ndarray) -> None:
    graph = view(matrix)
    shared = (matrix[:, matrix.sum(axis=0) >= 2]).sum(axis=1)
    for agent, expected in zip(graph.members, shared, strict=True):
        found = closest_partners(graph, agent.iri, k=None)
        assert sum(p.newman_weight for p in found) == pytest.approx(int(expected), abs=1e-9)


@quick
@given(MATRICES)
def test_interlock_sums_to_twice_the_pairs(matrix: np.ndarray) -> None:
    # Every network of n members with value 1 each hands out n(n − 1).
    sizes = matrix.sum(axis=0).astype(int)
    values = interlock_connectivity(view(matrix), values=None, normalized=False)
    assert sum(values.values()) == int((sizes * (sizes - 1)).sum())
    networks = interlock_connectivity(view(matrix), "networks", values=None, normalized=False)
    degrees = matrix.sum(axis=1).astype(int)
    assert sum(networks.values()) == int((degrees * (degrees - 1)).sum())


@quick
@given(arrays(np.int8, st.tuples(st.integers(1, 8), st.integers(1, 6)), elements=st.integers(0, 3)))
def test_interlock_by_two_formulas(roles: np.ndarray) -> None:
    # Entry by entry, Σ_j v_aj (S_j − v_aj), as it is computed; and row sums of V Vᵀ without its
    # diagonal. 1: observer (value 1), 2: member (2), 3: lead (5).
    names, worth = ("", "observer", "member", "lead"), np.array([0.0, 1.0, 2.0, 5.0])
    rows = [member(f"{i:04}", f"Town {i}") for i in range(roles.shape[0])]
    columns = [network(f"{j:04}") for j in range(roles.shape[1])]
    held = [membership(columns[j], rows[i], names[roles[i, j]]) for i, j in np.argwhere(roles)]
    affiliation = Affiliation.from_memberships(rows, columns, held)
    found = interlock_connectivity(affiliation.at(None, isolates=True), normalized=False)
    v = worth[roles]
    products = v @ v.T
    assert list(found.values()) == pytest.approx(products.sum(axis=1) - np.diag(products))


@quick
@given(MATRICES, st.randoms(use_true_random=False))
def test_places_in_the_graph_do_not_depend_on_the_order(matrix: np.ndarray, dice: object) -> None:
    order = list(range(len(matrix)))
    dice.shuffle(order)  # type: ignore[attr-defined]
    turned = matrix[order]
    for place in (closeness_centrality, harmonic_centrality, betweenness_centrality):
        before, after = (list(place(view(m)).values()) for m in (matrix, turned))
        assert after == pytest.approx([before[i] for i in order], abs=1e-9)


@quick
@given(MATRICES, st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(matrix: np.ndarray, dice: object) -> None:
    order = list(range(len(matrix)))
    dice.shuffle(order)  # type: ignore[attr-defined]
    turned = matrix[order]
    one, two = csr_array(matrix), csr_array(turned)
    assert nodf(one) == pytest.approx(nodf(two), abs=1e-9, nan_ok=True)
    assert robins_alexander_clustering(one) == pytest.approx(robins_alexander_clustering(two))
    assert opsahl_clustering(one) == pytest.approx(opsahl_clustering(two))
    before, after = (list(birank(view(m)).values()) for m in (matrix, turned))
    assert after == pytest.approx([before[i] for i in order], abs=1e-7)


@quick
@given(MATRICES)
def test_pairs_are_symmetric(matrix: np.ndarray) -> None:
    # The same pairs, p-values and counts, whichever of the two comes first.
    found, turned = pairs(csr_array(matrix)), pairs(csr_array(matrix[:, ::-1].copy()))
    last = matrix.shape[1] - 1
    one = {(a, b): p for a, b, p in zip(found.a, found.b, found.p_value, strict=True)}
    two = {
        (last - b, last - a): p for a, b, p in zip(turned.a, turned.b, turned.p_value, strict=True)
    }
    assert one.keys() == two.keys()
    assert all(one[pair] == pytest.approx(two[pair], abs=1e-12) for pair in one)


@quick
@given(MATRICES)
def test_values_lie_where_they_are_said_to(matrix: np.ndarray) -> None:
    graph = view(matrix)
    for mode in ("members", "networks"):
        values = eigenvector_centrality(graph, mode, per_mode=True)  # type: ignore[arg-type]
        assert all(0 <= value <= 1 + 1e-9 for value in values.values())
        length = sum(value**2 for value in values.values())
        assert length == pytest.approx(1.0 if matrix.any() else 0.0, abs=1e-9)
    assert 0 <= opsahl_clustering(csr_array(matrix)) <= 1
    p_value = pair_p_values(csr_array(matrix), "sdsm")[3]
    assert all(0 <= p <= 1 for p in p_value)
    found = communities(graph, n_runs=2)
    assert -0.5 <= found.modularity < 1
    # Never worse than all in one community, or each for itself.
    assert found.modularity >= -1e-12


@quick
@given(MATRICES)
def test_isolates_change_no_sum(matrix: np.ndarray) -> None:
    padded = np.zeros((matrix.shape[0] + 2, matrix.shape[1] + 1), dtype=np.int8)
    padded[:-2, :-1] = matrix
    for statistic in (robins_alexander_clustering, opsahl_clustering):
        assert statistic(csr_array(padded)) == pytest.approx(statistic(csr_array(matrix)))
    raw = interlock_connectivity(view(matrix), normalized=False)
    wide = interlock_connectivity(view(padded), normalized=False)
    assert {iri: wide[iri] for iri in raw} == raw


DEGENERATE = {
    "one member": np.ones((1, 3)),
    "one network": np.ones((4, 1)),
    "one membership": np.ones((1, 1)),
    "a network of all": np.hstack([np.ones((5, 1)), np.eye(5)]),
    "everybody in everything": np.ones((4, 3)),
    "no membership, but isolates": np.zeros((3, 2)),
    "pairs apart": np.kron(np.eye(3), np.ones((2, 1))),
}


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("graph", DEGENERATE)
def test_every_measure_takes_degenerate_graphs(name: str, graph: str) -> None:
    asked: dict[str, object] = {
        "member": "0000", "network": "0000", "other": "0000", "n_samples": 5, "n_runs": 2,
    }  # fmt: skip
    known = {parameter.name for parameter in MEASURES[name].parameters}
    required = {p.name for p in MEASURES[name].parameters if p.required}
    given = {k: v for k, v in asked.items() if k in required | ({"n_samples", "n_runs"} & known)}
    result = run(name, view(DEGENERATE[graph]), given)
    for row in result.rows:
        assert tuple(row) == MEASURES[name].columns
        assert not any(isinstance(value, float) and np.isnan(value) for value in row.values())
