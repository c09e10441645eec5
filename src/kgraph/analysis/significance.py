"""Whether two sets share more than their sizes explain: the hypergeometric tail, many at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import in_parts
from kgraph.analysis.kernels.tails import hypergeometric_tails

__all__ = ["benjamini_hochberg", "hypergeometric_tail", "log_factorials"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Fewer tests than this are done sooner than threads are started.
_FEW = 50_000


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
    log_factorial = log_factorials(n_total)
    given = [np.asarray(array, dtype=np.int64) for array in (shared, size_a, size_b)]

    def tails(first: int, last: int) -> Floats:
        k, a, b = (array[first:last] for array in given)
        return hypergeometric_tails(k, a, b, n_total, log_factorial)

    if len(shared) < _FEW:
        return tails(0, len(shared))
    return np.concatenate(list(in_parts(len(shared), tails)))


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
    adjusted = np.ones(len(p_values))
    # What is not below n_left / n_tests is raised to 1, and so is all that comes after it.
    left = np.arange(len(p_values))
    while True:
        kept = left[p_values[left] * n_tests < len(left)]
        if len(kept) == len(left):
            break
        left = kept
    order = left[np.argsort(p_values[left])]  # equal p-values end up equal whatever their order
    raised = p_values[order] * n_tests / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum.accumulate(raised[::-1])[::-1]
    return np.minimum(adjusted, 1.0)
