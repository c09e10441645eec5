"""Tails of the hypergeometric distribution from a table of log-factorials."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import Kernel

__all__ = ["hypergeometric_tails"]

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@Kernel
def hypergeometric_tails(
    shared: Longs, size_a: Longs, size_b: Longs, n_total: int, log_factorial: Floats
) -> Floats:
    """P(at least ``shared`` in common) for each pair of sizes.

    One term is looked up, the next follow by their ratio until they add nothing. From the mean
    downwards the rest is summed and taken from one, which loses no digit there.
    """
    tails = np.ones(len(shared))
    for i in range(len(shared)):
        k, a, b = shared[i], size_a[i], size_b[i]
        least, most = max(0, a + b - n_total), min(a, b)
        if k <= least:
            continue
        if k > most:
            tails[i] = 0.0
            continue
        upper = k * n_total > a * b
        x = k if upper else k - 1
        term = np.exp(
            log_factorial[a] - log_factorial[x] - log_factorial[a - x]
            + log_factorial[n_total - a] - log_factorial[b - x]
            - log_factorial[n_total - a - b + x]
            - log_factorial[n_total] + log_factorial[b] + log_factorial[n_total - b]
        )  # fmt: skip
        total = term
        if upper:
            while x < most and term > total * 1e-17:
                term *= (a - x) * (b - x) / ((x + 1.0) * (n_total - a - b + x + 1.0))
                total += term
                x += 1
            tails[i] = min(total, 1.0)
        else:
            while x > least and term > 1e-17:
                term *= x * (n_total - a - b + x) / ((a - x + 1.0) * (b - x + 1.0))
                total += term
                x -= 1
            tails[i] = max(0.0, 1.0 - total)
    return tails
