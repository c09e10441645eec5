"""Who resembles whom: the closest partners of a member, the overlap of networks."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence
from kgraph.analysis.pairs import Pairs, pairs
from kgraph.errors import QueryParameterError
from kgraph.model import Agent, Network

__all__ = ["Overlap", "Partner", "closest_partners", "network_overlap"]


@dataclass(frozen=True, slots=True)
class Partner:
    """Another member, and the networks that it shares with the one asked for.

    ``newman_weight`` is Σ 1 / (size − 1) over the shared networks: a network of two weighs 1, a
    network of 101 weighs 0.01.
    """

    partner: Agent
    n_shared: int
    newman_weight: float
    shared: tuple[Network, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two networks, their sizes, and what they share.

    ``containment`` (Szymkiewicz–Simpson) is shared by the smaller size, ``jaccard`` shared by the
    size of the union. ``p_value`` is the hypergeometric tail, ``p_adjusted`` after Benjamini and
    Hochberg over all pairs of the view.
    """

    a: Network
    b: Network
    size_a: int
    size_b: int
    shared: int
    containment: float
    jaccard: float
    p_value: float
    p_adjusted: float
    more_than_size_explains: bool


def closest_partners(
    incidence: Incidence,
    member: str,
    k: int | None = 10,
    exclude_larger_than: int | None = None,
    *,
    rank_by: Literal["shared", "newman"] = "shared",
) -> list[Partner]:
    """The members that share most networks with one member, with the networks named.

    Parameters
    ----------
    incidence : Incidence
    member : str
        IRI, path or key.
    k : int or None
        How many; None: all that share anything.
    exclude_larger_than : int, optional
        Leave out networks with more members than this: to share a national association with
        somebody says little.
    rank_by : {"shared", "newman"}
        Order by the number of shared networks, or by the Newman weight.

    Returns
    -------
    list of Partner
        Ties in the first are broken by the second of the two, then by name, then by IRI. The k-th
        may tie with the next in both numbers. Empty if the member has no membership in this view.

    Raises
    ------
    NotFoundError
        If nobody has that IRI, path or key.

    Notes
    -----
    Cost O(entries), a millisecond for 100,000 of them. The weights of one member sum to its number
    of networks with at least two members: they rank partners, they are no centrality.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. Shortest paths, weighted
    networks, and centrality. Physical Review E, 64, 016132.
    https://doi.org/10.1103/PhysRevE.64.016132

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> for found in closest_partners(example().at(date(2024, 5, 1)), "xx-3"):
    ...     print(found.partner.name, found.n_shared, found.newman_weight,
    ...           [network.slug for network in found.shared])
    Berg 2 1.5 ['rail', 'water']
    Dorf 1 1.0 ['climate']
    Ahof 1 0.5 ['water']
    """
    _at_least("k", k, 0)
    _at_least("exclude_larger_than", exclude_larger_than, 1)
    if rank_by not in ("shared", "newman"):
        raise QueryParameterError(f"rank_by is {rank_by!r}; give 'shared' or 'newman'")
    row = _row(incidence, member)
    if row is None:
        return []
    sizes = incidence.network_sizes
    own = incidence.indices[incidence.indptr[row] : incidence.indptr[row + 1]]
    if exclude_larger_than is not None:
        own = own[sizes[own] <= exclude_larger_than]
    wanted = np.zeros(len(sizes), dtype=np.bool_)
    wanted[own] = True
    entries = np.flatnonzero(wanted[incidence.indices])
    others = np.searchsorted(incidence.indptr, entries, side="right") - 1
    entries, others = entries[others != row], others[others != row]
    columns = incidence.indices[entries]
    weights = np.bincount(others, 1 / np.maximum(sizes[columns] - 1, 1), len(incidence.members))
    rows, starts, counts = np.unique(others, return_index=True, return_counts=True)
    best = _best(counts, weights[rows], len(rows) if k is None else k, rank_by)
    partners = [
        Partner(
            incidence.members[rows[i]], int(counts[i]), float(weights[rows[i]]),
            _shared(incidence, columns[starts[i] : starts[i] + counts[i]]),
        )
        for i in best.tolist()
    ]  # fmt: skip
    partners.sort(key=lambda found: _rank(found, rank_by))
    return partners[:k]


def _row(incidence: Incidence, name: str) -> int | None:
    """The row of a member; found at once if it is named by its IRI, as the rows are in order."""
    place = bisect_left(incidence.members, name, key=attrgetter("iri"))
    if place < len(incidence.members) and incidence.members[place].iri == name:
        return place
    return incidence.find_member(name)


def _best(
    n_shared: npt.NDArray[np.int64], weight: npt.NDArray[np.float64], k: int, rank_by: str
) -> npt.NDArray[np.intp]:
    """The first ``k`` by the two numbers, and all that tie with the last of them."""
    numbers = (np.round(-weight, 9), -n_shared)
    order = np.lexsort(numbers if rank_by == "shared" else numbers[::-1])
    if k >= len(order):
        return order
    last = order[max(k - 1, 0)]
    ties = (n_shared == n_shared[last]) & (numbers[0] == numbers[0][last])
    return np.union1d(order[:k], np.flatnonzero(ties))


def _shared(incidence: Incidence, columns: npt.NDArray[np.int32]) -> tuple[Network, ...]:
    """The records of some networks."""
    return tuple(incidence.networks[column] for column in columns.tolist())


def _rank(found: Partner, rank_by: str) -> tuple[float, float, str, str]:
    """What partners are ordered by; weights that differ by rounding alone are equal."""
    numbers = (-found.n_shared, -round(found.newman_weight, 9))
    first, second = numbers if rank_by == "shared" else numbers[::-1]
    return first, second, found.partner.name, found.partner.iri


def network_overlap(
    incidence: Incidence,
    minimum_shared: int = 2,
    *,
    network: str | None = None,
    alpha: float = 0.05,
    top: int | None = None,
) -> list[Overlap]:
    """Pairs of networks that share members, with coefficients and significance.

    Parameters
    ----------
    incidence : Incidence
    minimum_shared : int
        Fewer shared members are not listed: a pair of two small networks wins every coefficient by
        chance. They still count in the family of tests.
    network : str, optional
        List only pairs with this network (IRI, path or slug).
    alpha : float
        False discovery rate at which a pair is called more than size explains.
    top : int, optional
        At most this many.

    Returns
    -------
    list of Overlap
        By shared members, then Jaccard, both falling, then the IRIs of a and b.

    Raises
    ------
    NotFoundError
        If there is no such network.

    Notes
    -----
    Sets are drawn from all members of the view. "More than size explains" does not know geography:
    neighbours share what neighbours join. A working group and its parent share everything by
    definition; compute on one level. Cost O(Σ over members of degree²) for the counts.

    References
    ----------
    Neal, Z. P., Domagalski, R., & Sagan, B. (2021). Comparing alternatives to the fixed degree
    sequence model for extracting the backbone of bipartite projections. Scientific Reports, 11,
    23929. https://doi.org/10.1038/s41598-021-03238-3

    Simpson, G. G. (1943). Mammals and the nature of continents. American Journal of Science,
    241(1), 1–31. https://doi.org/10.2475/ajs.241.1.1

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> (pair,) = network_overlap(example().at(date(2024, 5, 1)))
    >>> pair.a.slug, pair.b.slug, pair.shared, pair.containment, round(pair.p_value, 12)
    ('rail', 'water', 2, 1.0, 0.3)
    """
    _at_least("minimum_shared", minimum_shared, 1)
    _at_least("top", top, 0)
    found = pairs(incidence.matrix)
    listed = found.shared >= minimum_shared
    if network is not None:
        column = incidence.find_network(network)
        listed &= (found.a == column) | (found.b == column) if column is not None else False
    sizes = incidence.network_sizes
    union = sizes[found.a] + sizes[found.b] - found.shared
    rows = np.flatnonzero(listed)
    order = np.lexsort((found.b[rows], found.a[rows], -(found.shared / union)[rows],
                        -found.shared[rows]))  # fmt: skip
    return _overlaps(incidence, found, sizes, rows[order][:top], alpha)


def _overlaps(
    incidence: Incidence,
    found: Pairs,
    sizes: npt.NDArray[np.int64],
    rows: npt.NDArray[np.intp],
    alpha: float,
) -> list[Overlap]:
    """The records of some pairs."""
    a, b, shared = found.a[rows], found.b[rows], found.shared[rows]
    containment = shared / np.minimum(sizes[a], sizes[b])
    jaccard = shared / (sizes[a] + sizes[b] - shared)
    p_adjusted = found.p_adjusted[rows]
    numbers = (
        a, b, sizes[a], sizes[b], shared, containment, jaccard, found.p_value[rows], p_adjusted,
        p_adjusted < alpha,
    )  # fmt: skip
    networks = incidence.networks
    return [
        Overlap(networks[i], networks[j], *rest)
        for i, j, *rest in zip(*(column.tolist() for column in numbers), strict=True)
    ]


def _at_least(name: str, value: int | None, least: int) -> None:
    """Refuse a number below its least value; None means no limit."""
    if value is not None and value < least:
        raise QueryParameterError(f"{name} is {value}; give at least {least}")
