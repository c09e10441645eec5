"""The jobs on kgraph. Each function takes a graph and gives a job: a call that gives its answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from graphs import Edges
from scipy.sparse import csr_array, triu
from stored import DAY, affiliation, records, release, view

from kgraph.analysis import Affiliation, closest_partners
from kgraph.analysis._nxgraph import Graph
from kgraph.analysis.backbone import pair_p_values
from kgraph.analysis.betweenness import class_betweenness, sampled_betweenness
from kgraph.analysis.change import turnover
from kgraph.analysis.eigenvector import singular_vectors
from kgraph.analysis.kernels.pairs import coefficients
from kgraph.analysis.pairs import best_partners, overlaps, pairs
from kgraph.analysis.significance import benjamini_hochberg, overlap_p_values
from kgraph.analysis.survival import survival
from kgraph.release import open_release

Job = Callable[[], tuple[Any, float]]


def incidence(edges: Edges) -> Job:
    stored, held = affiliation(edges).arrays(), range(len(edges.member))
    labels = records(edges)

    def run() -> tuple[Any, float]:
        source = Affiliation.from_arrays(stored, *labels, held)  # type: ignore[arg-type]
        return float(source.at(DAY, isolates=True).n_entries), 1

    return run


def incidence_from_files(edges: Edges) -> Job:
    folder, stored = release(edges)

    def run() -> tuple[Any, float]:
        opened = open_release(folder.name)
        return float(opened.affiliation.at(DAY, isolates=True).n_entries), 1

    assert stored.path.is_dir()
    return run


def partners_of(rows: Callable[[Edges], list[int]]) -> Callable[[Edges], Job]:
    """The job of finding the closest partners of some members."""

    def job(edges: Edges) -> Job:
        graph = view(edges)
        iris = [graph.members[row].iri for row in rows(edges)]

        def run() -> tuple[Any, float]:
            return sum(p.n_shared for iri in iris for p in closest_partners(graph, iri)), 1

        run()  # sorts the entries by network, and loads what is compiled
        return run

    return job


def network_pairs(edges: Edges) -> Job:

    graph = view(edges)

    def run() -> tuple[Any, float]:
        sizes = graph.network_sizes
        a, b, shared = overlaps(graph.indptr, graph.indices, len(sizes))
        containment, jaccard = coefficients(shared, a, b, sizes)
        return float(jaccard.sum() + 0 * containment.sum()), 1

    return run


def member_pairs(edges: Edges) -> Job:

    graph = view(edges)
    return lambda: (sum(int(block.shared.sum()) for block in best_partners(graph)), 1)


def significance(edges: Edges) -> Job:

    shared, a, b, sizes, n_tests = overlapping(edges)

    def run() -> tuple[Any, float]:
        _, adjusted = overlap_p_values(shared, a, b, sizes, edges.n_members, n_tests)
        return float((adjusted < 0.05).sum()), 1

    return run


def significance_whole(edges: Edges) -> Job:
    graph = view(edges)
    return lambda: (float((pairs(graph.matrix).p_adjusted < 0.05).sum()), 1)


def sdsm(edges: Edges) -> Job:
    graph = view(edges)

    def run() -> tuple[Any, float]:
        _, _, _, p_value = pair_p_values(graph.matrix.T)
        n_tests = edges.n_networks * (edges.n_networks - 1) // 2
        return float((benjamini_hochberg(p_value, n_tests) < 0.05).sum()), 1

    return run


def a_day(edges: Edges) -> Job:
    source = affiliation(edges)
    return lambda: (float(source.at(date(2000, 6, 1)).n_entries), 1)


def thirty_years(edges: Edges) -> Job:
    graph = view(edges)
    return lambda: (turnover(graph, first_year=1995)[-1].stock, 1)


def lasting(edges: Edges) -> Job:
    graph = view(edges)
    return lambda: (survival(graph)[-1].survival, 1)


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


def in_the_largest(edges: Edges) -> int:
    """The first member of the largest network."""
    return int(edges.member[edges.network == np.bincount(edges.network).argmax()].min())


def two_hundred(edges: Edges) -> list[int]:
    """Members drawn at random."""
    return np.random.default_rng(1).choice(edges.n_members, 200, replace=False).tolist()


#: The members whose partners are asked for, by the name of the job.
ASKED: dict[str, Callable[[Edges], list[int]]] = {
    "partners": lambda edges: [busiest(edges)],
    "partners-largest": lambda edges: [in_the_largest(edges)],
    "partners-200": two_hundred,
}


def overlapping(edges: Edges) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, int]:
    """Pairs of networks that share members: how many, which two; sizes; number of all pairs."""
    ones = np.ones(len(edges.member), dtype=np.int32)
    shape = (edges.n_members, edges.n_networks)
    matrix = csr_array((ones, (edges.member, edges.network)), shape=shape)
    common = triu(matrix.T @ matrix, k=1, format="coo")
    sizes = np.bincount(edges.network, minlength=edges.n_networks)
    n_tests = edges.n_networks * (edges.n_networks - 1) // 2
    row, column = common.row.astype(np.int32), common.col.astype(np.int32)
    return common.data, row, column, sizes, n_tests


JOBS: dict[str, Callable[[Edges], Job]] = {
    "incidence": incidence,
    "incidence-files": incidence_from_files,
    **{name: partners_of(rows) for name, rows in ASKED.items()},
    "network-pairs": network_pairs,
    "member-pairs": member_pairs,
    "significance": significance,
    "significance-whole": significance_whole,
    "sdsm": sdsm,
    "betweenness": betweenness,
    "betweenness-1000": sampled,
    "closeness": closeness,
    "eigenvector": eigenvector,
    "history-day": a_day,
    "history-years": thirty_years,
    "history-survival": lasting,
}
