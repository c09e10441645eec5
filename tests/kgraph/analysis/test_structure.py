"""Clustering, nestedness, random graphs, communities, core, brokerage against published numbers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_array

from kgraph.analysis import Affiliation, Incidence
from kgraph.analysis.brokerage import brokerage
from kgraph.analysis.clustering import (
    latapy_clustering,
    opsahl_clustering,
    robins_alexander_clustering,
)
from kgraph.analysis.communities import barber_modularity, communities
from kgraph.analysis.core_periphery import core_periphery, coreness
from kgraph.analysis.cores import pq_core
from kgraph.analysis.example import member, membership, network
from kgraph.analysis.nestedness import nodf
from kgraph.analysis.nulls import compare, sample_fixed_margins
from kgraph.errors import QueryParameterError

ViewOf = Callable[..., Incidence]


def random_matrix(seed: int, rows: int = 9, columns: int = 7) -> np.ndarray:
    return (np.random.default_rng(seed).random((rows, columns)) < 0.35).astype(int)


def test_davis_has_opsahls_coefficients(davis: Incidence) -> None:
    # Opsahl 2013 as tnet computes it: women .7718968, events .8187362.
    assert opsahl_clustering(davis.matrix) == pytest.approx(0.7718968, abs=5e-8)
    assert opsahl_clustering(davis.matrix.T) == pytest.approx(0.8187362, abs=5e-8)


@pytest.mark.parametrize("seed", range(5))
def test_opsahl_equals_the_count_of_all_paths(seed: int) -> None:
    b = random_matrix(seed)
    paths = closed = 0
    for i, j, k in permutations(range(len(b)), 3):
        for p, q in permutations(range(b.shape[1]), 2):
            if b[i, p] and b[j, p] and b[j, q] and b[k, q]:
                paths += 1
                shared = {e for e in range(b.shape[1]) if b[i, e] and b[k, e]}
                closed += bool(shared - {p, q})
    assert paths > 0
    assert opsahl_clustering(csr_array(b)) == pytest.approx(closed / paths, abs=1e-12)


def test_equal_members_count_each() -> None:
    # Repeating a row puts it in a class of two; counted by hand it is the same as without classes.
    b = random_matrix(11, 6, 5)
    doubled = np.vstack([b, b[:3]])
    shuffled = doubled[np.random.default_rng(0).permutation(9)]
    assert opsahl_clustering(csr_array(doubled)) == opsahl_clustering(csr_array(shuffled))


@pytest.mark.parametrize("seed", range(4))
def test_robins_alexander_and_latapy_equal_networkx(view_of: ViewOf, seed: int) -> None:
    view = view_of(random_matrix(seed, 14, 9))
    graph = view.to_networkx()
    expected = nx.bipartite.robins_alexander_clustering(graph)
    assert robins_alexander_clustering(view.matrix) == pytest.approx(expected, abs=1e-12)
    assert robins_alexander_clustering(view.matrix.T) == pytest.approx(expected, abs=1e-12)
    theirs = nx.bipartite.latapy_clustering(graph)
    ours = latapy_clustering(view) | latapy_clustering(view, "networks")
    assert ours == pytest.approx(theirs, abs=1e-12)


def test_davis_is_clustered_and_its_projection_says_nothing(davis: Incidence) -> None:
    # Projection transitivity .9283963 is what random graphs with the margins have (.931 ± .016);
    # Robins–Alexander .468 against .419 ± .019 is more.
    projected = nx.bipartite.projected_graph(davis.to_networkx(), davis.iris("members"))
    assert nx.transitivity(projected) == pytest.approx(0.9283963, abs=5e-8)
    found = compare(davis.matrix, robins_alexander_clustering, 200)
    assert found.observed == pytest.approx(0.4677641, abs=5e-8)
    assert found.mean == pytest.approx(0.419, abs=0.006)
    assert found.z is not None and 2 < found.z < 4


def test_davis_looks_nested_and_is_not(davis: Incidence) -> None:
    # vegan's nestednodf gives 48.58119; graphs with the same margins 48.37 ± 1.06.
    assert nodf(davis.matrix)[0] == pytest.approx(48.58119, abs=5e-6)
    found = compare(davis.matrix, lambda matrix: nodf(matrix)[0], 200)
    assert found.z is not None and abs(found.z) < 1


def test_the_matrix_of_almeida_neto() -> None:
    # Almeida-Neto et al. 2008, the worked example: NODF 58.33, of rows 53.33, of columns 63.33.
    matrix = np.array(
        [[1, 0, 1, 1, 1], [1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [1, 1, 0, 0, 0], [1, 1, 0, 0, 0]]
    )
    assert nodf(matrix) == pytest.approx((58.333, 53.333, 63.333), abs=5e-4)
    order = np.random.default_rng(2).permutation(5)
    assert nodf(matrix[order][:, order]) == pytest.approx(nodf(matrix), abs=1e-12)


def test_random_graphs_keep_both_margins(davis: Incidence) -> None:
    samples = list(sample_fixed_margins(davis.matrix, 20, seed=4))
    for sample in samples:
        assert sample.sum(axis=0).tolist() == davis.network_sizes.tolist()
        assert sample.sum(axis=1).tolist() == davis.member_degrees.tolist()
        assert set(sample.data.tolist()) == {1}
    assert len({sample.toarray().tobytes() for sample in samples}) == 20
    again = list(sample_fixed_margins(davis.matrix, 20, seed=4))
    assert all((a != b).nnz == 0 for a, b in zip(samples, again, strict=True))


def test_random_graphs_come_equally_often() -> None:
    # With rows of 2, 1, 1 and columns of 2, 1, 1 there are five matrices: the row of two holds the
    # column of two and one of the others (2 · 2), or both others (1). A χ² with 4 degrees of
    # freedom is below 18.5 with probability .999.
    matrix = csr_array(np.array([[1, 1, 0], [1, 0, 0], [0, 0, 1]]))
    counts: dict[bytes, int] = {}
    for sample in sample_fixed_margins(matrix, 2000, seed=1):
        key = sample.toarray().tobytes()
        counts[key] = counts.get(key, 0) + 1
    assert len(counts) == 5
    assert sum((n - 400) ** 2 / 400 for n in counts.values()) < 18.5


def test_a_graph_without_freedom_has_no_z() -> None:
    found = compare(csr_array(np.ones((3, 3))), robins_alexander_clustering, 10)
    assert (found.observed, found.sd, found.z, found.p_at_least) == (1, 0, None, 1)
    with pytest.raises(QueryParameterError, match="n_samples is 0"):
        list(sample_fixed_margins(csr_array(np.ones((3, 3))), 0))


def test_davis_reaches_barbers_maximum(davis: Incidence) -> None:
    # The maximum of Barber's modularity on Davis: .3455372, four communities.
    found = communities(davis)
    assert found.modularity == pytest.approx(0.3455372, abs=5e-8)
    assert found.n_communities == 4
    assert max(found.modularities) == found.modularity
    assert all(0 < a <= 1 for a in (*found.member_agreement, *found.network_agreement))


@pytest.mark.parametrize("seed", range(3))
def test_barber_equals_its_definition(seed: int) -> None:
    b = random_matrix(seed)
    dice = np.random.default_rng(seed)
    rows, columns = dice.integers(0, 3, len(b)), dice.integers(0, 3, b.shape[1])
    m, k, d = b.sum(), b.sum(axis=1), b.sum(axis=0)
    same = rows[:, None] == columns[None, :]
    expected = ((b - np.outer(k, d) / m) * same).sum() / m
    assert barber_modularity(csr_array(b), rows, columns) == pytest.approx(expected, abs=1e-12)


def test_communities_find_the_best_partition_of_a_small_graph(view_of: ViewOf) -> None:
    b = random_matrix(3, 4, 4)
    view = view_of(b)
    best = max(
        barber_modularity(view.matrix, np.array(p[:4]), np.array(p[4:]))
        for p in np.ndindex(*(3,) * 8)
    )
    assert communities(view).modularity >= best - 1e-12


def test_parts_are_communities_and_isolates_none(view_of: ViewOf) -> None:
    matrix = np.zeros((5, 3))
    matrix[:2, 0] = matrix[2:4, 1] = 1
    found = communities(view_of(matrix))
    assert found.members == (0, 0, 1, 1, -1)
    assert found.networks == (0, 1, -1)
    assert found.modularity == pytest.approx(0.5)


def test_the_core_of_a_full_block(view_of: ViewOf) -> None:
    matrix = np.zeros((8, 6))
    matrix[:4, :3] = 1
    matrix[np.arange(4, 8), [3, 4, 5, 3]] = 1
    found = core_periphery(view_of(matrix))
    assert found.member_core.tolist() == [True] * 4 + [False] * 4
    assert found.network_core.tolist() == [True] * 3 + [False] * 3
    cut = np.zeros((8, 6))
    cut[:4, :3] = 1
    assert found.fit == pytest.approx(np.corrcoef(matrix.ravel(), cut.ravel())[0, 1], abs=1e-12)


def test_coreness_gives_back_a_product() -> None:
    # P_ij = c_i c_j off the diagonal is fitted exactly.
    c = np.array([3.0, 2.0, 2.0, 1.0])
    fitted = coreness(csr_array(np.outer(c, c)))
    assert fitted == pytest.approx(c / np.linalg.norm(c), abs=1e-6)


def test_pq_core_by_hand(today: Incidence) -> None:
    # Ahof has one network, Eck one; without Eck forest has one member, so Dorf keeps climate only.
    members, networks = pq_core(today, 2, 2)
    assert members.tolist() == [0, 2, 2, 0, 0]
    assert networks.tolist() == [0, 0, 2, 2]
    assert pq_core(today, 1, 1)[0].tolist() == today.member_degrees.tolist()
    assert not pq_core(today, 3, 2)[0].any()


@pytest.mark.parametrize("k", [1, 2, 3])
def test_equal_thresholds_give_the_core_of_networkx(davis: Incidence, k: int) -> None:
    core = set(nx.k_core(davis.to_networkx(), k))
    members, networks = pq_core(davis, k, k)
    ours = {davis.members[i].iri for i in np.flatnonzero(members)}
    ours |= {davis.networks[j].iri for j in np.flatnonzero(networks)}
    assert ours == core


@pytest.mark.parametrize("seed", range(3))
def test_brokerage_equals_the_count_of_open_chains(view_of: ViewOf, seed: int) -> None:
    b = random_matrix(seed, 10, 6)
    shared = b @ b.T
    for j, broker in enumerate(brokerage(view_of(b), by="kind")):
        others = [i for i in range(10) if i != j]
        expected = sum(
            int(shared[i, j] * shared[j, k]) for i, k in combinations(others, 2) if not shared[i, k]
        )
        # All are of one kind.
        assert (broker.chains, broker.coordinator) == (expected, expected)


@pytest.mark.parametrize("seed", range(4))
def test_brokers_by_the_groups_of_the_three(seed: int) -> None:
    b, states = random_matrix(seed, 14, 6), np.random.default_rng(seed).integers(0, 3, 14)
    rows = [member(f"{i:02}", f"Town {i}", state=f"s{states[i]}") for i in range(14)]
    columns = [network(f"n{j}") for j in range(6)]
    held = [membership(columns[j], rows[i]) for i, j in np.argwhere(b)]
    view = Affiliation.from_memberships(rows, columns, held).at(None, isolates=True)
    shared = b @ b.T
    for j, broker in enumerate(brokerage(view, by="state")):
        expected = dict.fromkeys(("coordinator", "gatekeeper", "itinerant", "liaison"), 0)
        for i, k in combinations([i for i in range(14) if i != j], 2):
            ends, middle = (states[i], states[k]), states[j]
            kind = (
                "coordinator" if ends == (middle, middle)
                else "gatekeeper" if middle in ends
                else "itinerant" if ends[0] == ends[1]
                else "liaison"
            )  # fmt: skip
            expected[kind] += int(shared[i, j] * shared[j, k]) * (not shared[i, k])
        assert {kind: getattr(broker, kind) for kind in expected} == expected
        assert broker.chains == sum(expected.values())


def test_brokerage_by_group_adds_up(today: Incidence) -> None:
    # West: Ahof Berg Chaus; East: Dorf Eck. Chaus ties Ahof and (twice) Berg to Dorf; Dorf ties
    # Chaus to Eck.
    found = {b.node.name: b for b in brokerage(today, by="state")}
    assert (found["Chaus"].chains, found["Chaus"].gatekeeper) == (3, 3)
    assert (found["Dorf"].chains, found["Dorf"].gatekeeper) == (1, 1)
    for broker in found.values():
        kinds = (broker.coordinator, broker.gatekeeper, broker.itinerant, broker.liaison)
        assert broker.chains == sum(kinds)
    with pytest.raises(QueryParameterError, match="by is 'name'"):
        brokerage(today, by="name")  # type: ignore[arg-type]


def test_the_cores_of_communities_are_together_in_every_run(davis: Incidence) -> None:
    once = communities(davis, n_runs=1)
    assert (once.member_core, once.network_core) == (once.members, once.networks)
    found = communities(davis, n_runs=12)
    cores = np.array([*found.member_core, *found.network_core])
    nodes = np.array([*found.members, *found.networks])
    sizes = np.bincount(cores[cores >= 0])
    assert len(sizes) > 1 and sizes.min() >= 2
    assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)
    for core in range(len(sizes)):  # each lies in one community of the best run
        assert len(set(nodes[cores == core])) == 1


def test_who_is_alone_in_some_run_has_no_core(view_of: ViewOf) -> None:
    # Two separate blocks, and a member of nothing.
    block = np.ones((3, 2))
    matrix = np.zeros((7, 4))
    matrix[:3, :2], matrix[3:6, 2:] = block, block
    found = communities(view_of(matrix), n_runs=4)
    assert found.member_core == (0, 0, 0, 1, 1, 1, -1) and found.network_core == (0, 0, 1, 1)
