"""Who resembles whom: the closest partners of a member, the overlap of networks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from kgraph.analysis.coverage import claimed_sizes
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.kernels.pairs import coefficients
from kgraph.analysis.pairs import Pairs, check_how, pairs, partners_of
from kgraph.errors import QueryParameterError
from kgraph.model import Agent, Network

__all__ = ["Overlap", "Partner", "closest_partners", "network_overlap"]


#: From so many entries in the rosters of a member on, compiled code is worth its loading.
_MANY = 1_000


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
    sizes: Literal["listed", "claimed"] = "listed",
    kinds: Collection[str] | None = None,
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
    sizes : {"listed", "claimed"}
        What counts as the size of a network: its members in this view, or what a source claims if
        that is more. Two listed members of two thousand are no club of two.
    kinds : collection of str, optional
        Kinds of members that can be partners.

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
    Cost O(Σ sizes of the member's networks), well below a millisecond for most; the first call on a
    view sorts its entries by network. With listed sizes and all kinds the weights of one member sum
    to its number of networks with at least two members: they rank partners, they are no centrality.

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
    check_how(k, exclude_larger_than, rank_by, sizes)
    row = incidence.find_member(member)
    if row is None:
        return []
    own = _networks_of(incidence, row)
    counted = incidence.network_sizes[own]
    if sizes == "claimed":
        counted = np.maximum(counted, claimed_sizes(incidence, own.tolist()))
    if exclude_larger_than is not None:
        own, counted = own[counted <= exclude_larger_than], counted[counted <= exclude_larger_than]
    if k and kinds is None and incidence.network_sizes[own].sum() > _MANY:
        weights = np.full(len(incidence.networks), -1.0)
        weights[own] = 1 / np.maximum(counted - 1, 1)
        block = partners_of(incidence, row, k, weights, rank_by == "newman")
        found = block.partner[0], block.shared[0], block.newman_weight[0]
        others, n_shared, weight = (numbers[block.partner[0] >= 0] for numbers in found)
    else:
        others, n_shared, weight = _sharing(incidence, row, own, counted)
        if kinds is not None:
            wanted = incidence.members.codes("kind").among(set(kinds))[others]
            others, n_shared, weight = others[wanted], n_shared[wanted], weight[wanted]
        numbers = [n_shared, np.round(weight, 9)]
        by_name = -incidence.members.order[others]
        best = _best([*(numbers if rank_by == "shared" else numbers[::-1]), by_name], k)
        others, n_shared, weight = others[best], n_shared[best], weight[best]
    members, networks, mine = incidence.members, incidence.networks, set(own.tolist())
    return [
        Partner(
            members[other], shared, weight_,
            tuple([networks[j] for j in _networks_of(incidence, other).tolist() if j in mine]),
        )
        for other, shared, weight_ in zip(
            others.tolist(), n_shared.tolist(), weight.tolist(), strict=True
        )
    ]  # fmt: skip


def _networks_of(incidence: Incidence, row: int) -> npt.NDArray[np.int32]:
    """The columns of a member."""
    return incidence.indices[incidence.indptr[row] : incidence.indptr[row + 1]]


def _sharing(
    incidence: Incidence,
    row: int,
    own: npt.NDArray[np.int32],
    counted: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Who else is in some networks, rising; in how many of them, and the Newman weight.

    ``counted`` is the size of each of them by which it weighs.
    """
    ptr, rows = incidence.columns
    rosters = [rows[ptr[column] : ptr[column + 1]] for column in own.tolist()]
    sizes = np.array([len(roster) for roster in rosters], dtype=np.intp)
    everyone = np.concatenate([np.zeros(0, np.int32), *rosters])
    weights = np.repeat(1 / np.maximum(counted - 1, 1), sizes)
    order = everyone.argsort(kind="stable")
    ordered = everyone[order]
    new = np.ones(len(ordered), dtype=np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(new)
    others = ordered[starts].astype(np.intp)
    n_shared = np.diff(starts, append=len(ordered))
    summed = np.add.reduceat(weights[order], starts) if len(starts) else weights
    kept = others != row
    return others[kept], n_shared[kept], summed[kept]


def _best(numbers: list[npt.NDArray[Any]], k: int | None) -> npt.NDArray[np.intp]:
    """The positions of the ``k`` largest by several numbers, the first one first."""
    left = np.arange(len(numbers[0]))
    kept: list[npt.NDArray[np.intp]] = []
    for number in numbers:
        n_left = len(left) if k is None else k - sum(map(len, kept))
        if not 0 < n_left < len(left):
            break
        values = number[left]
        last = np.partition(values, -n_left)[-n_left]
        kept.append(left[values > last])
        left = left[values == last]
    best = np.concatenate((*kept, left))
    return best[np.lexsort([-number[best] for number in numbers[::-1]])][:k]


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
    jaccard = coefficients(found.shared, found.a, found.b, sizes)[1]
    rows = np.flatnonzero(listed)
    order = np.lexsort((found.b[rows], found.a[rows], -jaccard[rows], -found.shared[rows]))
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
    containment, jaccard = coefficients(shared, a, b, sizes)
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
