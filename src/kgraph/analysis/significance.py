"""Whether two sets share more than their sizes explain: the hypergeometric tail, many at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import in_parts
from kgraph.analysis.kernels.families import dealt_out, distinct_tests, step_up
from kgraph.analysis.kernels.tails import hypergeometric_tails

__all__ = ["benjamini_hochberg", "hypergeometric_tail", "log_factorials", "overlap_p_values"]

Ints = npt.NDArray[np.signedinteger]
Floats = npt.NDArray[np.float64]

#: Fewer tests than this are done sooner than threads are started.
_FEW = 50_000
#: Three numbers of so many bits are one of 63.
_BITS = 21


def hypergeometric_tail(shared: Ints, size_a: Ints, size_b: Ints, n_total: int) -> Floats:
    """P(at least ``shared`` in common) for sets drawn at random with these sizes.

    Parameters
    ----------
    shared, size_a, size_b : int arrays, n_pairs
    n_total : int
        Of how many the sets are drawn.

    Returns
    -------
    float array in [0, 1], n_pairs

    Notes
    -----
    From a table of log-factorials; to 1e-9 relative for sets out of up to 100,000. Cost O(n_total)
    and a few multiplications a pair. The null model keeps the two sizes and nothing else: that some
    members join everything, and that neighbours join the same, it does not know.

    References
    ----------
    Tumminello, M., Miccichè, S., Lillo, F., Piilo, J., & Mantegna, R. N. (2011). Statistically
    validated networks in bipartite complex systems. PLOS ONE, 6(3), e17994.
    https://doi.org/10.1371/journal.pone.0017994

    Examples
    --------
    Two sets of 3 and 2 out of 5 share both with probability C(3, 2) / C(5, 2):

    >>> two, three = np.array([2]), np.array([3])
    >>> round(hypergeometric_tail(two, three, two, 5).item(), 12)
    0.3
    """
    sizes = np.arange(n_total + 1)
    tests, _, which = _distinct(shared, size_a, size_b, sizes, n_total)
    return _tails(tests, n_total).take(which)


def overlap_p_values(
    shared: Ints, a: Ints, b: Ints, sizes: Ints, n_total: int, n_tests: int
) -> tuple[Floats, Floats]:
    """The tails of pairs of sets, as they are and adjusted for the false discovery rate.

    :func:`hypergeometric_tail` and :func:`benjamini_hochberg` in one.

    Parameters
    ----------
    shared, a, b : int arrays, n_pairs
        How many the sets ``a`` and ``b`` share.
    sizes : int array, n_sets
    n_total : int
        Of how many the sets are drawn.
    n_tests : int
        Number of all pairs, with those that share nothing.

    Returns
    -------
    p_value, p_adjusted : float arrays in [0, 1], n_pairs

    Notes
    -----
    Most pairs share one or two and are of small sets, so that far fewer tests are distinct than
    there are pairs. Each is computed and put in order once.

    Examples
    --------
    >>> shared, a, b = np.array([[2, 1], [0, 1], [1, 2]])
    >>> p_value, p_adjusted = overlap_p_values(shared, a, b, np.array([2, 3, 5]), 5, 3)
    >>> p_value.round(12).tolist(), p_adjusted.round(12).tolist()
    ([0.3, 1.0], [0.9, 1.0])
    """
    tests, n_times, which = _distinct(shared, a, b, sizes, n_total)
    p_value = _tails(tests, n_total)
    return dealt_out(p_value, step_up(p_value, n_times, n_tests), which)


def _distinct(
    shared: Ints, a: Ints, b: Ints, sizes: Ints, n_total: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """The distinct tests, 3 × n_distinct, how often each stands there, and which a pair has."""
    if not shared.dtype == a.dtype == b.dtype:
        shared, a, b = (array.astype(np.int64) for array in (shared, a, b))
    n_bits = (n_total + 1).bit_length()
    if n_bits <= _BITS:
        return distinct_tests(shared, a, b, sizes, n_bits)
    tests = np.stack((shared, sizes[a], sizes[b])).astype(np.int64)
    return tests, np.ones(len(shared), np.int64), np.arange(len(shared), dtype=np.int32)


def _tails(tests: npt.NDArray[np.int64], n_total: int) -> Floats:
    """P(at least as many in common) of tests, 3 × n_tests."""
    log_factorial = log_factorials(n_total)

    def tails(first: int, last: int) -> Floats:
        shared, smaller, larger = tests[:, first:last]
        return hypergeometric_tails(shared, smaller, larger, n_total, log_factorial)

    n_tests = tests.shape[1]
    if n_tests < _FEW:
        return tails(0, n_tests)
    return np.concatenate(list(in_parts(n_tests, tails)))


@lru_cache(maxsize=4)
def log_factorials(n: int) -> Floats:
    """The logarithms of 0! to n!."""
    from scipy.special import gammaln

    table: Floats = gammaln(np.arange(n + 1) + 1.0)
    table.setflags(write=False)
    return table


def benjamini_hochberg(p_values: Floats, n_tests: int) -> Floats:
    """P-values adjusted for the false discovery rate over a family of tests.

    Parameters
    ----------
    p_values : float array
        Those of the family that are not known to be 1.
    n_tests : int
        Size of the whole family. For overlaps these are *all* pairs: one that shares nothing is a
        test as well, with p = 1.

    Returns
    -------
    float array in [0, 1]
        In the order given.

    References
    ----------
    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
    Statistical Society B, 57(1), 289–300. https://doi.org/10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> benjamini_hochberg(np.array([0.04, 0.01]), 10).tolist()
    [0.2, 0.1]
    """
    return step_up(p_values, np.ones(len(p_values), dtype=np.int64), n_tests)
