"""The jobs on kgraph. Each function takes a graph and gives a job: a call that gives its answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from graphs import Edges
from scipy.sparse import csr_array, triu

from kgraph.analysis import Affiliation, closest_partners
from kgraph.analysis._nxgraph import Graph
from kgraph.analysis.betweenness import class_betweenness, sampled_betweenness
from kgraph.analysis.eigenvector import singular_vectors
from kgraph.analysis.example import member, network
from kgraph.analysis.kernels.products import shared_pairs
from kgraph.analysis.pairs import best_partners
from kgraph.analysis.significance import benjamini_hochberg, hypergeometric_tail

Job = Callable[[], tuple[Any, float]]

DAY = date(2024, 6, 1)


def records(edges: Edges) -> tuple[list[Any], list[Any]]:
    """Members and networks that have nothing but a key and a name."""

    members = [member(f"{i:06}", f"Town {i}") for i in range(edges.n_members)]
    return members, [network(f"{j:06}") for j in range(edges.n_networks)]


def arrays(edges: Edges) -> dict[str, np.ndarray]:
    """What a release stores of the memberships."""
    first, last = date.min.toordinal(), date.max.toordinal()
    n_rows = len(edges.member)
    return {
        "source_row": np.arange(n_rows, dtype=np.int32),
        "member": edges.member.astype(np.int32),
        "network": edges.network.astype(np.int32),
        "role": np.zeros(n_rows, dtype=np.int32),
        "days": np.tile(np.array([first, last, first, last, first, last], np.int32), (n_rows, 1)),
        "participates": np.ones(n_rows, dtype=np.bool_),
        "roles": np.array(["member"]),
    }


def view(edges: Edges) -> Any:
    """The incidence that the measures take."""

    held = range(len(edges.member))  # its length is all that is read of the memberships
    affiliation = Affiliation.from_arrays(arrays(edges), *records(edges), held)  # type: ignore[arg-type]
    return affiliation.at(DAY, isolates=True)


def incidence(edges: Edges) -> Job:

    stored, labels, held = arrays(edges), records(edges), range(len(edges.member))

    def run() -> tuple[Any, float]:
        affiliation = Affiliation.from_arrays(stored, *labels, held)  # type: ignore[arg-type]
        return float(affiliation.at(DAY, isolates=True).n_entries), 1

    return run


def partners(edges: Edges) -> Job:

    graph = view(edges)
    iri = graph.members[busiest(edges)].iri
    return lambda: (sum(p.n_shared for p in closest_partners(graph, iri)), 1)


def network_pairs(edges: Edges) -> Job:

    graph = view(edges)

    def run() -> tuple[Any, float]:
        sizes, columns = graph.network_sizes, graph.matrix.tocsc()
        a, b, shared = shared_pairs(graph.indptr, graph.indices, columns.indptr, columns.indices)
        containment = shared / np.minimum(sizes[a], sizes[b])
        jaccard = shared / (sizes[a] + sizes[b] - shared)
        return float(jaccard.sum() + 0 * containment.sum()), 1

    return run


def member_pairs(edges: Edges) -> Job:

    graph = view(edges)
    return lambda: (sum(int(block.shared.sum()) for block in best_partners(graph)), 1)


def significance(edges: Edges) -> Job:

    shared, size_a, size_b, n_tests = overlaps(edges)

    def run() -> tuple[Any, float]:
        p_value = hypergeometric_tail(shared, size_a, size_b, edges.n_members)
        return float((benjamini_hochberg(p_value, n_tests) < 0.05).sum()), 1

    return run


def betweenness(edges: Edges) -> Job:

    view_ = view(edges)

    def run() -> tuple[Any, float]:
        classes = Graph.from_incidence(view_).classes
        return float(class_betweenness(classes)[classes.class_of].sum()), 1

    return run


def sampled(edges: Edges) -> Job:
    graph = view(edges)
    return lambda: (sum(sampled_betweenness(graph, n_sources=1000).estimate.values()), 1)


def closeness(edges: Edges) -> Job:

    view_ = view(edges)

    def run() -> tuple[Any, float]:
        return float(Graph.from_incidence(view_).distances.inverse_total.sum()), 1

    return run


def eigenvector(edges: Edges) -> Job:

    graph = view(edges)
    return lambda: (float(singular_vectors(graph)[2]), 1)


def busiest(edges: Edges) -> int:
    """The member with most networks: the dearest question."""
    return int(np.bincount(edges.member).argmax())


def overlaps(edges: Edges) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Shared members and sizes of all pairs of networks that share any, and how many pairs are."""

    ones = np.ones(len(edges.member), dtype=np.int64)
    shape = (edges.n_members, edges.n_networks)
    matrix = csr_array((ones, (edges.member, edges.network)), shape=shape)
    common = triu(matrix.T @ matrix, k=1, format="coo")
    sizes = np.bincount(edges.network, minlength=edges.n_networks)
    n_tests = edges.n_networks * (edges.n_networks - 1) // 2
    return common.data, sizes[common.row], sizes[common.col], n_tests


JOBS: dict[str, Callable[[Edges], Job]] = {
    "incidence": incidence,
    "partners": partners,
    "network-pairs": network_pairs,
    "member-pairs": member_pairs,
    "significance": significance,
    "betweenness": betweenness,
    "betweenness-1000": sampled,
    "closeness": closeness,
    "eigenvector": eigenvector,
}
