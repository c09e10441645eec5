"""The same jobs on networkx and scipy, and on igraph and others where they are installed.

A job that networkx needs hours for is run on some of its nodes, drawn at random, until a budget of
seconds is spent; the second number that it gives says by how much to multiply.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import networkx as nx
import numpy as np
from graphs import Edges
from ours import ASKED, Job, overlapping
from scipy.sparse import csr_matrix
from scipy.stats import false_discovery_control, hypergeom
from stored import DAY, memberships, records, release

from kgraph.release import open_release

#: Seconds that a job on a sample of nodes may take.
BUDGET = 4.0


def sampled(nodes: Sequence[Any], step: Callable[[Any], float]) -> tuple[Any, float]:
    """Run a step for nodes in random order within the budget; the sum is None if that ran out."""
    order = random.Random(1).sample(list(nodes), len(nodes))
    end, total, done = time.perf_counter() + BUDGET, 0.0, 0
    for node in order:
        total += step(node)
        done += 1
        if time.perf_counter() > end:
            break
    return (total if done == len(order) else None), len(order) / done


def plain_graph(edges: Edges) -> Any:
    """Members are 0 to n − 1, networks follow."""

    graph = nx.Graph()
    graph.add_nodes_from(range(edges.n_members + edges.n_networks))
    ends = zip(edges.member.tolist(), (edges.network + edges.n_members).tolist(), strict=True)
    graph.add_edges_from(ends)
    return graph


def as_graph(members: Any, networks: Any, held: Any) -> Any:
    """The graph of one day, with names and kinds."""
    graph = nx.Graph()
    for agent in members:
        graph.add_node(agent.iri, bipartite=0, name=agent.name, kind=agent.kind)
    for network in networks:
        graph.add_node(network.iri, bipartite=1, name=network.name, kind=network.kind)
    for row in held:
        if row.participates and row.bounds.on(DAY) in ("attested", "presumed"):
            graph.add_edge(row.member, row.network, role=row.role, start=row.start)
    return graph


def nx_incidence(edges: Edges) -> Job:
    members, networks = records(edges)
    held = memberships(edges, members, networks)
    return lambda: (float(as_graph(members, networks, held).number_of_edges()), 1)


def nx_incidence_from_files(edges: Edges) -> Job:
    folder, _ = release(edges)

    def run() -> tuple[Any, float]:
        opened = open_release(folder.name)
        graph = as_graph(opened.agents, opened.networks, opened.memberships)
        return float(graph.number_of_edges()), 1

    return run


def nx_partners(rows: Callable[[Edges], list[int]]) -> Callable[[Edges], Job]:
    """The closest partners by a loop over the dictionaries of the graph, written for it."""

    def job(edges: Edges) -> Job:
        graph, chosen = plain_graph(edges), rows(edges)

        def partners(row: int) -> int:
            shared = Counter(other for j in graph[row] for other in graph[j] if other != row)
            weight: dict[int, float] = {}
            for j in graph[row]:
                adds = 1 / max(len(graph[j]) - 1, 1)
                for other in graph[j]:
                    weight[other] = weight.get(other, 0.0) + adds
            return best_of(graph, row, shared, weight)

        return lambda: (sum(map(partners, chosen)), 1)

    return job


def nx_projected_partners(rows: Callable[[Edges], list[int]]) -> Callable[[Edges], Job]:
    """The closest partners by the projections that networkx has."""

    def job(edges: Edges) -> Job:
        graph, chosen = plain_graph(edges), rows(edges)

        def partners(row: int) -> int:
            counted = nx.bipartite.weighted_projected_graph(graph, [row])[row]
            weighed = nx.bipartite.collaboration_weighted_projected_graph(graph, [row])[row]
            shared = {other: data["weight"] for other, data in counted.items()}
            weight = {other: data["weight"] for other, data in weighed.items()}
            return best_of(graph, row, shared, weight)

        return lambda: (sum(map(partners, chosen)), 1)

    return job


def best_of(graph: Any, row: int, shared: Any, weight: Any) -> int:
    """What the ten best share, with the networks listed as the answer would have them."""
    best = sorted(shared, key=lambda other: (-shared[other], -weight[other], other))[:10]
    own = set(graph[row])
    return sum(len([j for j in graph[other] if j in own]) for other in best)


def nx_network_pairs(edges: Edges) -> Job:

    graph = plain_graph(edges)

    def step(network: int) -> float:
        found = nx.bipartite.overlap_weighted_projected_graph(graph, [network])
        return sum(weight for _, _, weight in found.edges(data="weight")) / 2

    return lambda: sampled(range(edges.n_members, len(graph)), step)


def nx_member_pairs(edges: Edges) -> Job:

    graph = plain_graph(edges)

    def step(row: int) -> float:
        found = nx.bipartite.weighted_projected_graph(graph, [row])
        return sum(sorted((data["weight"] for data in found[row].values()), reverse=True)[:10])

    return lambda: sampled(range(edges.n_members), step)


def scipy_significance(edges: Edges) -> Job:
    shared, a, b, sizes, n_tests = overlapping(edges)
    size_a, size_b = sizes[a], sizes[b]

    def run() -> tuple[Any, float]:
        end, parts = time.perf_counter() + BUDGET, []
        for first in range(0, len(shared), 1000):
            part = slice(first, first + 1000)
            tails = hypergeom.sf(shared[part] - 1, edges.n_members, size_a[part], size_b[part])
            parts.append(tails)
            if time.perf_counter() > end:
                return None, len(shared) / min(first + 1000, len(shared))
        p_value = np.concatenate([*parts, np.ones(n_tests - len(shared))])
        return float((false_discovery_control(p_value) < 0.05).sum()), 1

    return run


def nx_significance(edges: Edges) -> Job:
    """A call of scipy for each edge of the projection of networkx."""
    graph = plain_graph(edges)

    def step(network: int) -> float:
        found = nx.bipartite.weighted_projected_graph(graph, [network])[network]
        return sum(
            hypergeom.sf(data["weight"] - 1, edges.n_members, len(graph[network]), len(graph[b]))
            for b, data in found.items()
            if b > network
        )

    def run() -> tuple[Any, float]:
        _, factor = sampled(range(edges.n_members, len(graph)), step)
        return None, factor

    return run


def nx_betweenness(edges: Edges) -> Job:

    graph = plain_graph(edges)
    n = len(graph)

    def run() -> tuple[Any, float]:
        end, done = time.perf_counter() + BUDGET, 0
        if n < 1000:
            return sum(nx.betweenness_centrality(graph, normalized=False).values()), 1
        while time.perf_counter() < end:
            nx.betweenness_centrality(graph, k=4, seed=done)
            done += 4
        return None, n / done

    return run


def nx_sampled(edges: Edges) -> Job:
    exact = nx_betweenness(edges)
    n = edges.n_members + edges.n_networks

    def run() -> tuple[Any, float]:
        _, factor = exact()
        return None, factor * min(1.0, 1000 / n)

    return run


def nx_closeness(edges: Edges) -> Job:

    graph = plain_graph(edges)

    def step(node: int) -> float:
        reached = nx.single_source_shortest_path_length(graph, node)
        return sum(1 / distance for distance in reached.values() if distance)

    return lambda: sampled(range(len(graph)), step)


def nx_eigenvector(edges: Edges) -> Job:

    graph = plain_graph(edges)

    def run() -> tuple[Any, float]:
        found = nx.eigenvector_centrality(graph, max_iter=5000, tol=1e-9)
        value = np.array(list(found.values()))
        rows, columns = value[edges.member], value[edges.network + edges.n_members]
        return float(2 * (rows * columns).sum() / (value @ value)), 1

    return run


def _igraph(edges: Edges) -> Any:
    ends = np.stack((edges.member, edges.network + edges.n_members), axis=1)
    n = edges.n_members + edges.n_networks
    return import_module("igraph").Graph(n=n, edges=ends.tolist())


def igraph_betweenness(edges: Edges) -> Job:
    graph = _igraph(edges)
    n = graph.vcount()
    chosen = random.Random(1).sample(range(n), min(n, 1000))

    def run() -> tuple[Any, float]:
        if n < 20_000:
            return sum(graph.betweenness()), 1
        graph.betweenness(sources=chosen)
        return None, n / len(chosen)

    return run


def igraph_closeness(edges: Edges) -> Job:
    graph = _igraph(edges)
    n = graph.vcount()

    def run() -> tuple[Any, float]:
        chosen = range(n) if n < 20_000 else random.Random(1).sample(range(n), 1000)
        found = np.nan_to_num(graph.harmonic_centrality(list(chosen))) * (n - 1)
        return (float(found.sum()) if len(chosen) == n else None), n / len(chosen)

    return run


def igraph_eigenvector(edges: Edges) -> Job:
    graph = _igraph(edges)
    return lambda: (graph.eigenvector_centrality(return_eigenvalue=True)[1], 1)


def rustworkx_betweenness(edges: Edges) -> Job:
    rx = import_module("rustworkx")
    graph = rx.PyGraph()
    graph.add_nodes_from(range(edges.n_members + edges.n_networks))
    ends = zip(edges.member.tolist(), (edges.network + edges.n_members).tolist(), strict=True)
    graph.extend_from_edge_list(list(ends))
    return lambda: (sum(rx.betweenness_centrality(graph, normalized=False).values()), 1)


def networkit_betweenness(edges: Edges) -> Job:
    nk = import_module("networkit")
    graph = nk.Graph(edges.n_members + edges.n_networks)
    for i, j in zip(edges.member.tolist(), (edges.network + edges.n_members).tolist(), strict=True):
        graph.addEdge(i, j)
    return lambda: (sum(nk.centrality.Betweenness(graph).run().scores()) / 2, 1)


def networkit_closeness(edges: Edges) -> Job:
    nk = import_module("networkit")
    graph = nk.Graph(edges.n_members + edges.n_networks)
    for i, j in zip(edges.member.tolist(), (edges.network + edges.n_members).tolist(), strict=True):
        graph.addEdge(i, j)
    return lambda: (sum(nk.centrality.HarmonicCloseness(graph, False).run().scores()), 1)


def sknetwork_eigenvector(edges: Edges) -> Job:

    svd = import_module("sknetwork.embedding").SVD
    ones = np.ones(len(edges.member))
    shape = (edges.n_members, edges.n_networks)
    matrix = csr_matrix((ones, (edges.member, edges.network)), shape=shape)
    return lambda: (float(svd(1, normalized=False).fit(matrix).singular_values_[0]), 1)


#: job → library → what makes it. The name of a library begins with that of its module.
JOBS: dict[str, dict[str, Callable[[Edges], Job]]] = {
    "incidence": {"networkx": nx_incidence},
    "incidence-files": {"networkx": nx_incidence_from_files},
    **{
        name: {"networkx": nx_partners(rows), "networkx projection": nx_projected_partners(rows)}
        for name, rows in ASKED.items()
    },
    "network-pairs": {"networkx": nx_network_pairs},
    "member-pairs": {"networkx": nx_member_pairs},
    "significance": {"scipy": scipy_significance},
    "significance-whole": {"networkx": nx_significance},
    "betweenness": {
        "networkx": nx_betweenness,
        "igraph": igraph_betweenness,
        "rustworkx": rustworkx_betweenness,
        "networkit": networkit_betweenness,
    },
    "betweenness-1000": {"networkx": nx_sampled},
    "closeness": {
        "networkx": nx_closeness,
        "igraph": igraph_closeness,
        "networkit": networkit_closeness,
    },
    "eigenvector": {
        "networkx": nx_eigenvector,
        "igraph": igraph_eigenvector,
        "sknetwork": sknetwork_eigenvector,
    },
}
