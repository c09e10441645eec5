"""The compiled loops against networkx, scipy and the slow way, on random graphs.

They need no fixture. Sizes are chosen so that a search has several batches, classes have weights of
several binary digits, and the graph falls into parts.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import networkx as nx
import numba
import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.stats import hypergeom

from kgraph.analysis import closest_partners
from kgraph.analysis._nxgraph import Graph
from kgraph.analysis._paths import Classes, class_distances, contract
from kgraph.analysis.affiliation import Affiliation
from kgraph.analysis.betweenness import (
    betweenness_centrality,
    class_betweenness,
    sampled_betweenness,
)
from kgraph.analysis.example import example, member, membership, network
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.kernels import _lazy
from kgraph.analysis.kernels._lazy import Kernel, in_parts
from kgraph.analysis.kernels.paths import betweenness_sums
from kgraph.analysis.kernels.tails import hypergeometric_tails
from kgraph.analysis.pairs import best_partners, pairs
from kgraph.analysis.significance import hypergeometric_tail
from kgraph.errors import QueryParameterError
from kgraph.model import Figure


def random_matrix(seed: int, n_rows: int, n_columns: int) -> np.ndarray:
    """A sparse 0/1 matrix in which many rows are alike and some are empty."""
    dice = np.random.default_rng(seed)
    matrix = dice.random((n_rows, n_columns)) < dice.uniform(0.5, 3) / n_columns
    return matrix[np.minimum(dice.geometric(3 / n_rows, n_rows), n_rows) - 1]


def two_mode_graph(seed: int, n_rows: int, n_columns: int) -> nx.Graph:
    return nx.bipartite.from_biadjacency_matrix(csr_array(random_matrix(seed, n_rows, n_columns)))


def view_of(matrix: np.ndarray) -> Incidence:
    rows = [member(f"{i:04}", f"Town {i:04}") for i in range(len(matrix))]
    columns = [network(f"{j:04}") for j in range(matrix.shape[1])]
    held = [membership(columns[j], rows[i], start="2000") for i, j in np.argwhere(matrix)]
    return Affiliation.from_memberships(rows, columns, held).at(None, isolates=True)


GRAPHS: dict[str, Callable[[], nx.Graph]] = {
    "two-mode, many parts": lambda: two_mode_graph(1, 500, 90),
    "two-mode, alike": lambda: two_mode_graph(2, 900, 12),
    "one of all": lambda: nx.star_graph(300),
    "one-mode": lambda: nx.gnp_random_graph(320, 0.012, seed=3),
    "one-mode, dense": lambda: nx.gnp_random_graph(70, 0.5, seed=4),
    "complete": lambda: nx.complete_graph(9),
    "a long line": lambda: nx.path_graph(290),
    "no edge": lambda: nx.empty_graph(5),
    "nothing": lambda: nx.empty_graph(0),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_distance_sums_equal_networkx(name: str) -> None:
    graph = GRAPHS[name]()
    ours = Graph.from_networkx(graph).distances
    reach = [nx.single_source_shortest_path_length(graph, node) for node in graph]
    assert ours.total.tolist() == [sum(found.values()) for found in reach]
    assert ours.n_reached.tolist() == [len(found) - 1 for found in reach]
    harmonic = nx.harmonic_centrality(graph)
    assert ours.inverse_total.tolist() == pytest.approx(list(harmonic.values()), abs=1e-9)


@pytest.mark.parametrize("name", GRAPHS)
def test_betweenness_equals_networkx(name: str) -> None:
    graph = GRAPHS[name]()
    classes = Graph.from_networkx(graph).classes
    ours = class_betweenness(classes)[classes.class_of]
    theirs = nx.betweenness_centrality(graph, normalized=False)
    assert ours.tolist() == pytest.approx(list(theirs.values()), rel=1e-9, abs=1e-9)


def test_a_sample_of_all_is_exact_and_one_of_half_errs_as_it_says() -> None:
    view = view_of(random_matrix(11, 300, 60))
    exact = betweenness_centrality(view, normalized=False)
    whole = sampled_betweenness(view, n_sources=1000)
    assert whole.n_sources == 360
    assert whole.estimate == pytest.approx(exact, rel=1e-9, abs=1e-9)
    assert set(whole.standard_error.values()) == {0.0}
    half = sampled_betweenness(view, n_sources=180, seed=3)
    assert half == sampled_betweenness(view, n_sources=180, seed=3)
    near = [
        abs(half.estimate[iri] - value) <= 3 * half.standard_error[iri] + 1e-6
        for iri, value in exact.items()
    ]
    assert sum(near) >= 0.95 * len(near)
    assert any(half.standard_error.values())
    with pytest.raises(QueryParameterError, match="n_sources is 1; give at least 2"):
        sampled_betweenness(view, n_sources=1)
    empty = sampled_betweenness(view_of(np.zeros((0, 0))))
    assert (empty.estimate, empty.n_sources) == ({}, 0)


@pytest.mark.parametrize("n_parts", [1, 3, 1000])
def test_parts_add_up(n_parts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    classes = Graph.from_networkx(two_mode_graph(5, 400, 60)).classes
    whole = class_betweenness(classes)
    monkeypatch.setattr(_lazy, "_PARTS", n_parts)
    assert class_betweenness(classes) == pytest.approx(whole, rel=1e-12)
    assert class_distances(classes).total.dtype == np.float64


def test_the_number_of_cores_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    classes = Graph.from_networkx(two_mode_graph(6, 700, 100)).classes
    found = []
    for cores in (1, 3):
        monkeypatch.setattr(_lazy, "_n_cores", lambda cores=cores: cores)
        found.append((class_betweenness(classes), class_distances(classes).inverse_total))
    assert found[0][0].tolist() == found[1][0].tolist()
    assert found[0][1].tolist() == found[1][1].tolist()


def test_parts_come_in_order() -> None:
    spans = list(in_parts(37, lambda first, last: (first, last)))
    assert spans[0][0] == 0
    assert spans[-1][1] == 37
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert list(in_parts(0, lambda first, last: (first, last))) == []


def test_equal_nodes_are_joined_on_both_sides() -> None:
    # Two members in {0, 1}, one in {1}, one in nothing; network 0 and 2 have the same members.
    matrix = np.array([[1, 1, 1], [1, 1, 1], [0, 1, 0], [0, 0, 0]])
    graph = Graph.from_incidence(view_of(matrix))
    classes: Classes = contract(graph.indptr, graph.indices, graph.sides)
    assert sorted(classes.weight.tolist()) == [1, 1, 1, 2, 2]
    of = classes.class_of
    assert of[0] == of[1]
    assert of[4] == of[6]
    assert classes.degree[of[[0, 2, 3, 4, 5]]].tolist() == [3, 1, 0, 2, 3]
    assert classes.side[of].tolist()[:3] == [0, 0, 0]
    assert classes.side[of].tolist()[4:] == [1, 1, 1]


@pytest.mark.parametrize("few", [0, 10**9])
@pytest.mark.parametrize("seed", range(4))
def test_pairs_equal_the_product_of_scipy(
    seed: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kgraph.analysis.significance._FEW", few)
    matrix = csr_array(random_matrix(seed, 300, [3, 40, 200, 700][seed]).astype(np.int64))
    found = pairs(matrix)
    product = np.triu((matrix.T @ matrix).toarray(), k=1)
    a, b = np.nonzero(product)
    assert found.a.tolist() == a.tolist()
    assert found.b.tolist() == b.tolist()
    assert found.shared.tolist() == product[a, b].tolist()


def test_pairs_of_a_graph_that_needs_more_room_than_guessed() -> None:
    found = pairs(csr_array(np.ones((2, 400), dtype=np.int64)))
    assert len(found.a) == 400 * 399 // 2
    assert set(found.shared.tolist()) == {2}


@pytest.mark.parametrize("rank_by", ["shared", "newman"])
@pytest.mark.parametrize("exclude", [None, 6])
@pytest.mark.parametrize("compiled_from", [0, 10**9])
def test_best_partners_equal_those_of_each_member(
    rank_by: Any, exclude: int | None, compiled_from: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kgraph.analysis.similarity._MANY", compiled_from)
    view = view_of(random_matrix(8, 120, 30))
    (block,) = best_partners(view, 4, exclude, rank_by=rank_by)
    for row, agent in enumerate(view.members):
        expected = closest_partners(view, agent.iri, 4, exclude, rank_by=rank_by)
        held = block.partner[row] >= 0
        # Towns are named in the order of their IRIs, so ties go the same way.
        assert [view.members[i] for i in block.partner[row][held]] == [p.partner for p in expected]
        assert block.shared[row][held].tolist() == [p.n_shared for p in expected]
        weights = [p.newman_weight for p in expected]
        assert block.newman_weight[row][held].tolist() == pytest.approx(weights, abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rank_by", ["shared", "newman"])
def test_best_partners_of_some_kinds(rank_by: Any, seed: int) -> None:
    matrix, dice = random_matrix(seed, 90, 20), np.random.default_rng(seed)
    kinds = dice.choice(["municipality", "district", "firm"], 90).tolist()
    rows = [member(f"{i:04}", f"Town {i:04}", kinds[i]) for i in range(90)]
    columns = [network(f"{j:04}") for j in range(20)]
    held = [membership(columns[j], rows[i], start="2000") for i, j in np.argwhere(matrix)]
    claims = [
        Figure(f"f{j}", columns[j].iri, "members", float(3 * j), "", "", "", "s", "")
        for j in range(0, 20, 2)
    ]
    view = Affiliation.from_memberships(rows, columns, held, claims).at(None, isolates=True)
    wanted = {"municipality", "district"}
    (block,) = best_partners(view, 5, 25, rank_by=rank_by, sizes="claimed", kinds=wanted)
    assert any(agent.kind == "firm" for agent in view.members)
    for row, agent in enumerate(view.members):
        expected = closest_partners(
            view, agent.iri, 5, 25, rank_by=rank_by, sizes="claimed", kinds=wanted
        )
        numbers = block.shared[row].tolist(), block.newman_weight[row].tolist()
        held_ = block.partner[row] >= 0
        named = [view.members[i].iri for i in block.partner[row][held_]]
        assert named == [one.partner.iri for one in expected]
        assert numbers[0][: len(named)] == [one.n_shared for one in expected]
        weights = [one.newman_weight for one in expected]
        assert numbers[1][: len(named)] == pytest.approx(weights, abs=1e-12)
    (nobody,) = best_partners(view, 5, kinds={"state"})
    assert (nobody.partner == -1).all()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"k": -1}, "k is -1"), ({"exclude_larger_than": 0}, "exclude_larger_than is 0"),
     ({"rank_by": "jaccard"}, "rank_by is 'jaccard'"), ({"sizes": "guessed"}, "sizes is")],
)  # fmt: skip
def test_best_partners_refuse_what_says_nothing(given: Any, sentence: str) -> None:
    with pytest.raises(QueryParameterError, match=sentence):
        next(best_partners(view_of(random_matrix(1, 9, 3)), **given))


def test_best_partners_come_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(random_matrix(9, 50, 10))
    (whole,) = best_partners(view, 3)
    monkeypatch.setattr("kgraph.analysis.pairs._ROWS", 7)
    blocks = list(best_partners(view, 3))
    assert [block.first for block in blocks] == list(range(0, 50, 7))
    assert np.concatenate([block.partner for block in blocks]).tolist() == whole.partner.tolist()
    assert next(best_partners(view, 0)).partner.shape == (7, 0)


@pytest.mark.parametrize("n_total", [50, 11_000, 100_000])
def test_tails_equal_scipy_over_both_tails(n_total: int) -> None:
    dice = np.random.default_rng(n_total)
    a, b = dice.integers(1, n_total, (2, 400))
    mean, spread = a * b / n_total, np.sqrt(a * b / n_total) + 2
    shared = np.clip(np.round(mean + spread * dice.normal(0, 3, 400)), 0, np.minimum(a, b))
    ours = hypergeometric_tail(shared.astype(np.int64), a, b, n_total)
    theirs = hypergeom.sf(shared - 1, n_total, a, b)
    assert ours == pytest.approx(theirs, rel=2e-9, abs=1e-300)


def test_tails_at_their_ends() -> None:
    shared, a, b = np.array([[0, 3, 4, 2, 9], [3, 3, 3, 9, 5], [5, 5, 5, 3, 5]])
    # Nothing; all three of ten; more than there are; 9 + 3 - 10 is forced; more than five.
    assert hypergeometric_tail(shared, a, b, 10).tolist() == pytest.approx(
        [1, 10 / 120, 0, 1, 0], abs=1e-12
    )
    assert hypergeometric_tail(shared[:0], a[:0], b[:0], 10).tolist() == []


def test_a_kernel_says_the_same_uncompiled() -> None:
    classes = Graph.from_networkx(two_mode_graph(7, 60, 15)).classes
    n = len(classes.weight)
    weight, degree = classes.weight.astype(float), classes.degree.astype(float)
    given = (
        classes.indptr, classes.indices, weight, degree, np.arange(n, dtype=np.int32), weight, 0, n
    )  # fmt: skip
    for slow, fast in zip(betweenness_sums.python(*given), betweenness_sums(*given), strict=True):
        assert slow == pytest.approx(fast, rel=1e-12)
    sizes = np.arange(1, 20)
    table = np.cumsum(np.log(np.maximum(np.arange(41), 1)))
    given = (sizes // 2, sizes, sizes[::-1].copy(), 40, table)
    assert hypergeometric_tails.python(*given) == pytest.approx(hypergeometric_tails(*given))


def test_a_folder_that_cannot_be_written_only_costs_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compile_ = numba.njit

    def without_cache(*, cache: bool = False, **options: Any) -> Any:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return compile_(**options)

    monkeypatch.setattr(numba, "njit", without_cache)
    twice = Kernel(_twice)
    assert not twice.is_compiled
    assert twice(4.0) == 8.0
    assert twice.is_compiled


def _twice(number: float) -> float:
    return 2 * number


def test_importing_compiles_nothing() -> None:
    code = (
        "import sys, kgraph, kgraph.analysis, kgraph.analysis.backend; "
        "loaded = {'numba', 'networkx', 'scipy'} & set(sys.modules); "
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_example_is_unchanged() -> None:
    graph = Graph.from_incidence(example().at(None))
    assert graph.number_of_nodes() == len(graph) == len(list(graph))
    assert graph.sides is not None
    assert graph.labels[0] in graph
    assert "nobody" not in graph
