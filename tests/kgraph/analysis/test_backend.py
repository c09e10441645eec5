"""The networkx backend: equal to networkx on random graphs, and under networkx's own tests.

A checkout need not be installed, so the entry points of ``pyproject.toml`` are written as the
metadata of a distribution into a temporary folder, and networkx runs in a process that sees it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_array

from kgraph.analysis import backend
from kgraph.analysis.example import example

ROOT = Path(__file__).resolve().parents[3]
PROJECTIONS = (
    "projected_graph",
    "weighted_projected_graph",
    "collaboration_weighted_projected_graph",
    "overlap_weighted_projected_graph",
)


def random_graph(seed: int) -> tuple[nx.Graph, list[Any]]:
    """A two-mode graph with attributes and isolates, its nodes in no order, and one mode."""
    dice = np.random.default_rng(seed)
    shape = int(dice.integers(2, 60)), int(dice.integers(2, 30))
    made = nx.bipartite.from_biadjacency_matrix(csr_array(dice.random(shape) < 0.12))
    graph = nx.Graph(title="made")
    for i in dice.permutation(sum(shape)).tolist():
        graph.add_node(f"n{i}", colour=i)
    graph.add_edges_from((f"n{a}", f"n{b}") for a, b in made.edges)
    return graph, [f"n{i}" for i in range(shape[0])]


@pytest.mark.parametrize("seed", range(10))
def test_two_mode_centralities_equal_networkx(seed: int) -> None:
    graph, top = random_graph(seed)
    ours = backend.convert_from_nx(graph)
    for name in ("degree", "closeness", "betweenness"):
        theirs = getattr(nx.bipartite, f"{name}_centrality")(graph, top)
        found = getattr(backend, f"bipartite_{name}_centrality")(ours, top)
        assert found == pytest.approx(theirs, abs=1e-9)
    bare = nx.bipartite.closeness_centrality(graph, top, normalized=False)
    found = backend.bipartite_closeness_centrality(ours, top, normalized=False)
    assert found == pytest.approx(bare, abs=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_one_mode_centralities_equal_networkx(seed: int) -> None:
    graph = random_graph(seed)[0] if seed % 2 else nx.gnp_random_graph(60, 0.08, seed=seed)
    ours = backend.convert_from_nx(graph)
    some = list(graph)[:5]
    assert backend.degree_centrality(ours) == pytest.approx(nx.degree_centrality(graph))
    for normalized in (True, False):
        assert backend.betweenness_centrality(ours, normalized=normalized) == pytest.approx(
            nx.betweenness_centrality(graph, normalized=normalized), abs=1e-9
        )
        assert backend.closeness_centrality(ours, wf_improved=normalized) == pytest.approx(
            nx.closeness_centrality(graph, wf_improved=normalized), abs=1e-9
        )
    assert backend.closeness_centrality(ours, some[0]) == nx.closeness_centrality(graph, some[0])
    assert backend.harmonic_centrality(ours) == pytest.approx(nx.harmonic_centrality(graph))
    assert backend.harmonic_centrality(ours, some) == pytest.approx(
        nx.harmonic_centrality(graph, some)
    )
    assert backend.eigenvector_centrality(ours, 1000) == pytest.approx(
        nx.eigenvector_centrality(graph, 1000), abs=1e-9
    )


@pytest.mark.parametrize("seed", range(10))
def test_clustering_equals_networkx(seed: int) -> None:
    graph, top = random_graph(seed)
    ours = backend.convert_from_nx(graph)
    for mode in ("dot", "max", "min"):
        for nodes in (None, top, list(graph)[::3]):
            assert backend.latapy_clustering(ours, nodes, mode) == pytest.approx(
                nx.bipartite.latapy_clustering(graph, nodes, mode), abs=1e-12
            )
            assert backend.bipartite_average_clustering(ours, nodes, mode) == pytest.approx(
                nx.bipartite.average_clustering(graph, nodes, mode), abs=1e-12
            )
    for other in (graph, nx.gnp_random_graph(25, 0.25, seed=seed), nx.path_graph(3)):
        assert backend.robins_alexander_clustering(backend.convert_from_nx(other)) == pytest.approx(
            nx.bipartite.robins_alexander_clustering(other), abs=1e-12
        )
    assert backend.is_bipartite(ours) and not backend.is_bipartite(
        backend.convert_from_nx(nx.cycle_graph(5))
    )
    assert backend.density(ours, top) == nx.bipartite.density(graph, top)
    tied = [node for node, degree in graph.degree if degree > 1]
    assert backend.node_redundancy(ours, tied) == pytest.approx(
        nx.bipartite.node_redundancy(graph, tied)
    )


@pytest.mark.parametrize("name", PROJECTIONS)
@pytest.mark.parametrize("seed", range(6))
def test_projections_equal_networkx(seed: int, name: str) -> None:
    graph, top = random_graph(seed)
    ours = backend.convert_from_nx(graph)
    options: list[dict[str, bool]] = [{}]
    if name.startswith(("weighted", "overlap")):
        options.append({"ratio": True} if name.startswith("weighted") else {"jaccard": False})
    # A mode, a part of it in another order, and nodes of both.
    for nodes in (top, top[1::2][::-1], list(graph)[::3]):
        for option in options:
            theirs = getattr(nx.bipartite, name)(graph, nodes, **option)
            found = getattr(backend, name)(ours, nodes, **option)
            assert dict(found.nodes(data=True)) == dict(theirs.nodes(data=True))
            assert found.graph == theirs.graph
            assert found.adj.keys() == theirs.adj.keys()
            assert _weights(found) == pytest.approx(_weights(theirs), abs=1e-9)


def _weights(graph: nx.Graph) -> dict[frozenset[Any], float]:
    return {frozenset(edge[:2]): edge[2].get("weight", 0) for edge in graph.edges(data=True)}


def test_our_view_needs_no_conversion() -> None:
    view = example().at(date(2024, 5, 1))
    ours, theirs = backend.Graph.from_incidence(view), view.to_networkx()
    members = view.iris("members")
    assert list(ours) == list(theirs)
    assert backend.convert_to_nx(ours).adj == theirs.adj
    assert backend.bipartite_closeness_centrality(ours, members) == pytest.approx(
        nx.bipartite.closeness_centrality(theirs, members)
    )


@pytest.mark.parametrize(
    "make",
    [nx.DiGraph, nx.MultiGraph, lambda: nx.Graph([(1, 1)])],
    ids=["directed", "parallel edges", "loop"],
)
def test_other_graphs_are_left_to_networkx(make: Callable[[], Any]) -> None:
    with pytest.raises(NotImplementedError, match="kgraph takes"):
        backend.convert_from_nx(make())


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("betweenness_centrality", {"k": 3}, "k=3"),
        ("betweenness_centrality", {"weight": "w"}, "weight='w'"),
        ("betweenness_centrality", {"endpoints": True}, "endpoints=True"),
        ("closeness_centrality", {"distance": "w"}, "distance='w'"),
        ("harmonic_centrality", {"sources": [1]}, "sources=[1]"),
    ],
)
def test_what_it_does_not_take_it_says(name: str, options: dict[str, Any], reason: str) -> None:
    graph = nx.path_graph(4)
    assert backend.can_run(name, (graph,), {}) is True
    assert backend.can_run(name, (graph,), options) == f"kgraph does not take {reason}"
    assert "undirected" in str(backend.can_run(name, (nx.DiGraph(),), {}))


def test_errors_are_those_of_networkx() -> None:
    graph = backend.convert_from_nx(nx.path_graph(3))
    with pytest.raises(nx.NodeNotFound, match="node 9 is not in the graph"):
        backend.bipartite_degree_centrality(graph, [0, 9])
    with pytest.raises(nx.NetworkXAlgorithmError, match="no mode of a two-mode graph"):
        backend.weighted_projected_graph(graph, [0, 1, 1])
    with pytest.raises(ZeroDivisionError):
        backend.bipartite_betweenness_centrality(graph, [0, 1, 2])
    with pytest.raises(nx.PowerIterationFailedConvergence):
        backend.eigenvector_centrality(graph, max_iter=0)


def test_each_function_is_one_of_networkx() -> None:
    functions = backend.get_info()["functions"]
    registered = nx.utils.backends._registered_algorithms
    assert len(functions) == 18
    for name in functions:
        assert name in registered
        assert callable(getattr(backend, name))


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """The environment of a process in which kgraph's entry points are installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    folder = tmp_path / "kgraph-0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: kgraph\nVersion: 0\n")
    points = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in project["entry-points"].items()
    ]
    (folder / "entry_points.txt").write_text("\n".join(points))
    path = os.pathsep.join([str(tmp_path), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path.rstrip(os.pathsep)}


def test_networkx_dispatches_to_it(installed: dict[str, str], tmp_path: Path) -> None:
    code = """
import functools, warnings; warnings.simplefilter("error")
import networkx as nx
from kgraph.analysis import backend, example
graph = nx.davis_southern_women_graph()
women = graph.graph["top"]
plain = nx.bipartite.betweenness_centrality(graph, women)
ours = nx.bipartite.betweenness_centrality(graph, women, backend="kgraph")
assert all(abs(ours[n] - plain[n]) < 1e-12 for n in plain)
view = backend.Graph.from_incidence(example.example().at(None))
assert nx.harmonic_centrality(view)["https://w3id.org/imcoop/id/network/rail"] > 0
calls = []
inner = backend.closeness_centrality
@functools.wraps(inner)
def counted(*args, **kwargs):
    calls.append(args[0])
    return inner(*args, **kwargs)
backend.closeness_centrality = counted
nx.closeness_centrality(graph)
assert not calls
nx.config.backend_priority.algos = ["kgraph"]
nx.config.warnings_to_ignore.add("cache")
nx.closeness_centrality(graph)
assert type(calls[0]) is backend.Graph
assert nx.closeness_centrality(nx.DiGraph([(1, 2)])) == {1: 0.0, 2: 1.0}
assert len(calls) == 1
assert len(nx.bipartite.weighted_projected_graph(graph, women, backend="kgraph")) == 18
print("done")
"""
    run = subprocess.run(
        [sys.executable, "-c", code], env=installed, cwd=tmp_path, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert run.stdout == "done\n", run.stderr


#: All tests of networkx for its two-mode functions, and for the centralities that are ours.
SUITE = (
    "networkx.algorithms.bipartite",
    "networkx.algorithms.centrality.tests.test_betweenness_centrality",
    "networkx.algorithms.centrality.tests.test_closeness_centrality",
    "networkx.algorithms.centrality.tests.test_harmonic_centrality",
    "networkx.algorithms.centrality.tests.test_degree_centrality",
    "networkx.algorithms.centrality.tests.test_eigenvector_centrality",
)


@pytest.mark.parametrize("fallback", [False, True], ids=["ours alone", "the rest by networkx"])
def test_the_tests_of_networkx_pass(
    installed: dict[str, str], tmp_path: Path, fallback: bool
) -> None:
    # Alone, a test that needs a function which is not ours is marked "xfail" by networkx itself.
    pytest.importorskip("networkx.algorithms.bipartite.tests", reason="networkx without its tests")
    chosen = SUITE if fallback else ("networkx.algorithms.bipartite.tests.test_centrality",
                                     "networkx.algorithms.bipartite.tests.test_project",
                                     "networkx.algorithms.bipartite.tests.test_cluster",
                                     "networkx.algorithms.bipartite.tests.test_redundancy",
                                     *SUITE[1:])  # fmt: skip
    environment = {**installed, "NETWORKX_TEST_BACKEND": "kgraph"}
    if fallback:
        environment["NETWORKX_FALLBACK_TO_NX"] = "1"
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-qrA", "-pno:cacheprovider", "--pyargs", *chosen],
        env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    counts = {word: int(n) for n, word in re.findall(r"(\d+) (passed|xfailed|failed)", run.stdout)}
    assert counts["passed"] >= (300 if fallback else 45)
    for test in ("test_betweenness_centrality", "test_closeness_centrality", "test_davis_degree"):
        assert f"::TestBipartiteCentrality::{test}" in _passed(run.stdout)
    for test in ("test_pairwise_bipartite_cc", "test_ra_clustering_davis", "test_redundant_nodes"):
        assert f"::{test}" in _passed(run.stdout)


def _passed(output: str) -> str:
    return "\n".join(line for line in output.splitlines() if line.startswith("PASSED"))
