"""Communities of members and networks together, by Barber's modularity of the two-mode graph.

The modularity of a projection compares with a graph that no roster could give; Barber's compares
the memberships with those that the two margins alone would make likely.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis._leiden import optimise
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.progress import track
from kgraph.errors import QueryParameterError

__all__ = ["Communities", "barber_modularity", "communities"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Communities:
    """The best partition of several runs, and how far the others agree with it.

    Attributes
    ----------
    members, networks : tuple of int
        Number of the community of each, in the order of the view; 0 is the largest. −1 for who has
        no membership.
    member_agreement, network_agreement : tuple of float in [0, 1]
        How much of a node's community it keeps in the other runs: the mean Jaccard of the two
        communities that it is in. Low values mark nodes that belong here only by chance.
    member_core, network_core : tuple of int
        The consensus of the runs: a number for those who are together in every one of them, 0 for
        the most; −1 for who is together with nobody in all.
    modularity : float
        Barber's, of the best run.
    modularities : tuple of float
        Of all runs, in the order of their seeds.
    """

    members: tuple[int, ...]
    networks: tuple[int, ...]
    member_agreement: tuple[float, ...]
    network_agreement: tuple[float, ...]
    member_core: tuple[int, ...]
    network_core: tuple[int, ...]
    modularity: float
    modularities: tuple[float, ...]

    @property
    def n_communities(self) -> int:
        """How many communities the best run has."""
        return max(self.members, default=-1) + 1


def barber_modularity(matrix: Any, members: Ints, networks: Ints, resolution: float = 1.0) -> float:
    """Q = 1/m Σ (B_ij − γ k_i d_j / m), over members and networks of the same community.

    Parameters
    ----------
    matrix : scipy.sparse array of 0 and 1, n_members × n_networks
    members, networks : int arrays
        The community of each.
    resolution : float
        γ; above 1 the communities are smaller.

    References
    ----------
    Barber, M. J. (2007). Modularity and community detection in bipartite networks. Physical Review
    E, 76, 066102. https://doi.org/10.1103/PhysRevE.76.066102
    """
    from scipy.sparse import coo_array

    entries = coo_array(matrix)
    m = entries.nnz
    if not m:
        return 0.0
    inside = int((members[entries.row] == networks[entries.col]).sum())
    n = int(max(members.max(), networks.max())) + 2
    rows = np.bincount(members[entries.row] + 1, minlength=n).astype(np.float64)
    columns = np.bincount(networks[entries.col] + 1, minlength=n).astype(np.float64)
    return float(inside / m - resolution * (rows @ columns) / m**2)


def communities(
    incidence: Incidence, *, n_runs: int = 20, seed: int = 0, resolution: float = 1.0
) -> Communities:
    """Search the partition of largest modularity, several times, and say how stable it is.

    Parameters
    ----------
    incidence : Incidence
    n_runs : int
        Searches with seeds ``seed``, ``seed + 1``, …
    seed : int
    resolution : float

    Notes
    -----
    Local moves, refinement and aggregation as in the Leiden algorithm, on both modes at once. A
    heuristic: the maximum is not proven. Modularity has a resolution limit; communities of a few
    members may hide in large ones, and graphs with no structure have partitions of a high value
    too, so read the agreement.

    References
    ----------
    Barber, M. J. (2007). Modularity and community detection in bipartite networks. Physical Review
    E, 76, 066102. https://doi.org/10.1103/PhysRevE.76.066102

    Traag, V. A., Waltman, L., & van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing
    well-connected communities. Scientific Reports, 9, 5233.
    https://doi.org/10.1038/s41598-019-41695-z

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> found = communities(example().at(date(2024, 5, 1)), n_runs=3)
    >>> found.members, found.networks, round(found.modularity, 4)
    ((0, 0, 0, 1, 1), (1, 1, 0, 0), 0.3704)
    """
    if n_runs < 1:
        raise QueryParameterError(f"n_runs is {n_runs}; give at least 1")
    n_members = incidence.shape[0]
    found = [
        optimise(incidence.matrix, resolution, np.random.default_rng(seed + run))
        for run in track(range(n_runs), n_runs, "searches")
    ]
    scores = [
        barber_modularity(incidence.matrix, nodes[:n_members], nodes[n_members:], resolution)
        for nodes in found
    ]
    best = _ordered(found[int(np.argmax(np.round(scores, 12)))], incidence)
    agreement, core = _agreement(best, found), _cores(best, found)
    return Communities(
        tuple(best[:n_members].tolist()), tuple(best[n_members:].tolist()),
        tuple(agreement[:n_members].tolist()), tuple(agreement[n_members:].tolist()),
        tuple(core[:n_members].tolist()), tuple(core[n_members:].tolist()),
        max(scores), tuple(scores),
    )  # fmt: skip


def _ordered(nodes: Ints, incidence: Incidence) -> Ints:
    """Communities numbered from the largest, equal ones by their first node; −1 for isolates."""
    linked = np.concatenate([incidence.member_degrees, incidence.network_sizes]) > 0
    numbers, first, sizes = np.unique(nodes[linked], return_index=True, return_counts=True)
    rank = {int(numbers[i]): k for k, i in enumerate(np.lexsort((first, -sizes)))}
    return np.array(
        [rank[int(c)] if is_linked else -1 for c, is_linked in zip(nodes, linked, strict=True)],
        dtype=np.int64,
    )


def _cores(best: Ints, runs: list[Ints]) -> Ints:
    """The intersection of all partitions, its groups of two and more numbered by size."""
    _, first, group, sizes = np.unique(
        np.array(runs), axis=1, return_index=True, return_inverse=True, return_counts=True
    )
    # Isolates are alone, whatever number they got.
    group = group.reshape(-1)
    order = np.lexsort((first, -sizes))
    number = np.full(len(sizes), -1, dtype=np.int64)
    number[order] = np.arange(len(order))
    number[sizes < 2] = -1
    return np.where(best >= 0, number[group], -1)


def _agreement(best: Ints, runs: list[Ints]) -> npt.NDArray[np.float64]:
    """The mean over all runs of the Jaccard of a node's communities in the run and in the best."""
    total = np.zeros(len(best))
    linked = best >= 0
    if not linked.any():
        return total
    own = best[linked]
    for nodes in runs:
        other = nodes[linked]
        _, where, both = np.unique(
            own * (int(other.max()) + 1) + other, return_inverse=True, return_counts=True
        )
        joint = both[where.reshape(-1)]
        total[linked] += joint / (np.bincount(own)[own] + np.bincount(other)[other] - joint)
    return total / len(runs)
