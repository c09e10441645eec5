"""Whether two sets share more than their sizes explain: the hypergeometric tail, many at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["benjamini_hochberg", "hypergeometric_tail"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Terms of the sums that are held at once.
_TERMS = 1_000_000


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
    Each distinct (shared, sizes) is computed once, as a sum of exponentials of log-factorials; to
    1e-9 relative for sets of up to 100,000. Cost O(Σ min(size) − shared + 1) over
    distinct triples. The null model keeps the two sizes and nothing else: that some members join
    everything, and that neighbours join the same, it does not know.

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
    if not len(shared):
        return np.zeros(0)
    small, large = np.minimum(size_a, size_b), np.maximum(size_a, size_b)
    triples = np.stack([shared, small, large], axis=1).astype(np.int64)
    distinct, where = np.unique(triples, axis=0, return_inverse=True)
    ends = np.cumsum(distinct[:, 1] - distinct[:, 0] + 1)
    tails = np.empty(len(distinct))
    first = 0
    while first < len(distinct):
        before = ends[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + _TERMS, side="right")))
        tails[first:last] = _tails(distinct[first:last], n_total)
        first = last
    return tails[where.reshape(-1)]


def _tails(triples: Ints, n_total: int) -> Floats:
    """The tails of some triples (shared, smaller size, larger size)."""
    from scipy.special import gammaln

    log_factorial = gammaln(np.arange(n_total + 1) + 1.0)

    def log_choose(n: Ints, k: Ints) -> Floats:
        result: Floats = log_factorial[n] - log_factorial[k] - log_factorial[n - k]
        return result

    shared, small, large = triples.T
    # More than one set can hold must be shared where the sizes leave no other way.
    least = np.maximum(shared, small + large - n_total)
    lengths = small - least + 1
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    a, b = np.repeat(small, lengths), np.repeat(large, lengths)
    x = np.arange(lengths.sum()) - np.repeat(starts - least, lengths)
    total = np.full_like(a, n_total)
    terms = np.exp(log_choose(b, x) + log_choose(total - b, a - x) - log_choose(total, a))
    return np.minimum(np.add.reduceat(terms, starts), 1.0)


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
    order = np.argsort(p_values, kind="stable")
    raised = p_values[order] * n_tests / np.arange(1, len(order) + 1)
    adjusted = np.empty(len(order))
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return adjusted
