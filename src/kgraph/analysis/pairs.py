"""What two columns of an incidence share, for all pairs; the best partners of every member."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from kgraph.analysis.coverage import claimed_sizes
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.kernels._lazy import in_parts
from kgraph.analysis.kernels.pairs import shared_pairs
from kgraph.analysis.kernels.products import shared_columns, top_partners
from kgraph.analysis.progress import track
from kgraph.analysis.significance import overlap_p_values
from kgraph.errors import QueryParameterError

__all__ = [
    "Pairs", "Partners", "best_partners", "check_how", "overlaps", "pairs", "partners_of",
]  # fmt: skip

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

#: Members whose partners are held at once.
_ROWS = 4096


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of columns that share at least one row, as arrays of one length; ``a`` < ``b``."""

    a: npt.NDArray[np.int32]
    b: npt.NDArray[np.int32]
    shared: npt.NDArray[np.int32]
    p_value: npt.NDArray[np.float64]
    p_adjusted: npt.NDArray[np.float64]


def pairs(matrix: Any) -> Pairs:
    """All pairs of columns that share a row, tested against sets of the same sizes.

    Parameters
    ----------
    matrix : scipy.sparse array of 0 and 1, n_rows × n_columns
        ``incidence.matrix`` for pairs of networks, its transpose for pairs of members.

    Returns
    -------
    Pairs
        Ordered by ``a``, then ``b``.
    """
    from scipy.sparse import csr_array

    rows = csr_array(matrix)
    rows.sort_indices()
    n_rows, n_columns = rows.shape
    sizes = np.bincount(rows.indices, minlength=n_columns)
    a, b, shared = overlaps(rows.indptr, rows.indices, n_columns)
    n_tests = n_columns * (n_columns - 1) // 2
    p_value, p_adjusted = overlap_p_values(shared, a, b, sizes, n_rows, n_tests)
    return Pairs(a, b, shared, p_value, p_adjusted)


def overlaps(indptr: Ints, indices: Ints, n_columns: int) -> tuple[Ints, Ints, Ints]:
    """The pairs of columns a < b that share a row, ordered, and how many rows they share.

    Parameters
    ----------
    indptr, indices : int arrays
        The columns of each row, rising.

    Notes
    -----
    Cost O(Σ over rows of degree²); twice the memory of the answer.
    """
    row_ptr, row_columns = (np.require(part, np.int32, ("C", "W")) for part in (indptr, indices))
    return shared_pairs(row_ptr, row_columns, n_columns)


@dataclass(frozen=True, slots=True)
class Partners:
    """The best partners of the members ``first`` to ``first + len(partner)``, best first.

    ``partner`` holds rows of the incidence, -1 where a member has fewer; ``shared`` the number of
    networks shared, ``newman_weight`` the sum of 1 / (size − 1) over them.
    """

    first: int
    partner: npt.NDArray[np.int32]
    shared: npt.NDArray[np.int32]
    newman_weight: npt.NDArray[np.float64]


def best_partners(
    incidence: Incidence,
    k: int = 10,
    exclude_larger_than: int | None = None,
    *,
    rank_by: Literal["shared", "newman"] = "shared",
    sizes: Literal["listed", "claimed"] = "listed",
    kinds: Collection[str] | None = None,
) -> Iterator[Partners]:
    """The closest partners of every member, a few thousand members at a time.

    :func:`~kgraph.analysis.similarity.closest_partners` for all members, as arrays; the arguments
    are the same.

    Raises
    ------
    QueryParameterError
        When the first block is asked for, if an argument is not allowed.

    Notes
    -----
    Cost O(Σ size²) over the networks at most: members with the same networks are looked at once.
    Memory is bounded by the members at once, times ``k``.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> (block,) = best_partners(example().at(date(2024, 5, 1)), k=2)
    >>> block.partner.tolist(), block.shared.tolist()[2]
    ([[1, 2], [2, 0], [1, 3], [2, 4], [3, -1]], [2, 1])
    """
    check_how(k, exclude_larger_than, rank_by, sizes)
    weight = _weights(incidence, exclude_larger_than, claimed=sizes == "claimed")
    order, wanted = incidence.members.order, np.ones(len(incidence.members), dtype=np.bool_)
    if kinds is not None:
        wanted = incidence.members.codes("kind").among(set(kinds))
    alike = _alike(incidence, order, wanted)
    starts = range(0, len(incidence.members), _ROWS)
    for start in track(starts, len(starts), "blocks"):
        n_rows = min(_ROWS, len(incidence.members) - start)
        rows, place = np.unique(alike.row_of[start : start + n_rows], return_inverse=True)

        def work(first: int, last: int, rows: Ints = rows) -> Ints:
            return top_partners(
                alike.row_ptr, alike.row_columns, alike.column_ptr, alike.column_rows, weight,
                alike.ptr, alike.nodes, order, k + 1, rank_by == "newman", rows[first:last],
            )  # fmt: skip

        found = np.concatenate(list(in_parts(len(rows), work)))[place]
        partner = _without(found, np.arange(start, start + n_rows))
        shared, summed = shared_columns(incidence.indptr, incidence.indices, weight, start, partner)
        yield Partners(start, partner, shared, summed)


def partners_of(
    incidence: Incidence, row: int, k: int, weight: npt.NDArray[np.float64], by_weight: bool
) -> Partners:
    """The closest partners of one member, where a shared network adds its own weight.

    Networks of weight below 0 are passed over.
    """
    every = np.arange(len(incidence.members) + 1, dtype=np.int32)
    found = top_partners(
        incidence.indptr, incidence.indices, *incidence.columns, weight, every, every[:-1],
        incidence.members.order, k + 1, by_weight, np.array([row], dtype=np.int32),
    )  # fmt: skip
    partner = _without(found, np.array([row]))
    return Partners(
        row, partner, *shared_columns(incidence.indptr, incidence.indices, weight, row, partner)
    )


def check_how(k: int | None, exclude_larger_than: int | None, rank_by: str, sizes: str) -> None:
    """Refuse what says how partners are chosen, if it says nothing."""
    for name, value, least in (("k", k, 0), ("exclude_larger_than", exclude_larger_than, 1)):
        if value is not None and value < least:
            raise QueryParameterError(f"{name} is {value}; give at least {least}")
    if rank_by not in ("shared", "newman"):
        raise QueryParameterError(f"rank_by is {rank_by!r}; give 'shared' or 'newman'")
    if sizes not in ("listed", "claimed"):
        raise QueryParameterError(f"sizes is {sizes!r}; give 'listed' or 'claimed'")


def _weights(
    incidence: Incidence, exclude_larger_than: int | None, *, claimed: bool
) -> npt.NDArray[np.float64]:
    """What a shared network adds to the Newman weight; below 0 if it is to be passed over."""
    sizes = incidence.network_sizes
    if claimed:
        sizes = np.maximum(sizes, claimed_sizes(incidence, range(len(sizes))))
    weight = np.divide(1.0, sizes - 1, out=np.zeros(len(sizes)), where=sizes > 1)
    if exclude_larger_than is not None:
        weight[sizes > exclude_larger_than] = -1.0
    return weight


@dataclass(frozen=True, slots=True)
class _Alike:
    """The incidence with one row for all members that have the same networks.

    Member ``i`` stands in row ``row_of[i]``, of whose members ``nodes[ptr[row]:ptr[row + 1]]`` can
    be partners. Columns name only rows that have one.
    """

    row_of: Ints
    ptr: Ints
    nodes: Ints
    row_ptr: Ints
    row_columns: Ints
    column_ptr: Ints
    column_rows: Ints


def _alike(incidence: Incidence, order: Ints, wanted: npt.NDArray[np.bool_]) -> _Alike:
    """Join members; those of a row are ordered as given."""
    numbers: dict[bytes, int] = {}
    data, cuts = incidence.indices.tobytes(), (4 * incidence.indptr.astype(np.int64)).tolist()
    row_of = np.array(
        [numbers.setdefault(data[a:b], len(numbers)) for a, b in pairwise(cuts)], dtype=np.int32
    )
    stands = np.zeros(len(row_of), dtype=np.bool_)
    stands[np.unique(row_of, return_index=True)[1]] = True
    nodes = np.lexsort((order, row_of)).astype(np.int32)
    nodes = nodes[wanted[nodes]]
    counts = np.bincount(row_of[nodes], minlength=len(numbers))
    kept = stands[incidence.member_of_entry]
    row, column = row_of[incidence.member_of_entry[kept]], incidence.indices[kept]
    ptr = _pointers(row_of[nodes], len(numbers))
    by_row = np.argsort(row, kind="stable")
    row_ptr, columns = _pointers(row, len(numbers)), column[by_row]
    row, column = row[counts[row] > 0], column[counts[row] > 0]
    column_ptr, by_column = _pointers(column, len(incidence.networks)), np.lexsort((row, column))
    return _Alike(row_of, ptr, nodes, row_ptr, columns, column_ptr, row[by_column])


def _pointers(numbered: Ints, n: int) -> Ints:
    """Where the entries of each of ``n`` numbers begin, once they are ordered."""
    counts = np.bincount(numbered, minlength=n)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)


def _without(found: Ints, nodes: npt.NDArray[np.int64]) -> Ints:
    """Each row without the node itself, or without its last place if the node is not there."""
    is_self = found == nodes[:, None]
    is_self[:, -1] |= ~is_self.any(axis=1)
    others: Ints = found[~is_self].reshape(len(found), found.shape[1] - 1)
    return others
