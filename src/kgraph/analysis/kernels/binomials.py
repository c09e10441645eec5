"""Tails of sums of independent trials, of which many are equally likely."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import Kernel

__all__ = ["sum_tails"]

Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: What is less likely than this is left out: far below any level at which a tail is judged.
_FLOOR = 1e-40


@Kernel
def sum_tails(
    probability: Floats,
    n_times: Longs,
    low: Longs,
    high: Longs,
    ptr: Longs,
    asked: Longs,
    log_factorial: Floats,
    chosen: Longs,
    tails: Floats,
) -> None:
    """Fill in P(at least so many) for some sums.

    Sum ``i`` has, for each column ``d``, ``n_times[d]`` trials that succeed with
    ``probability[low[i], d] * probability[high[i], d]``. Its distribution is put together from one
    binomial distribution a column, up to the largest number asked for; all terms are positive, so
    that small tails keep their digits.

    Parameters
    ----------
    ptr, asked : int64 arrays
        The numbers asked for of sum ``i``, rising, at least 1: ``asked[ptr[i]:ptr[i + 1]]``.
    log_factorial : float array
        Up to the largest of ``n_times``.
    chosen : int64 array
        Which sums.
    tails : float array, len(asked)
        To be filled in.
    """
    for i in chosen:
        most = asked[ptr[i + 1] - 1]
        # How many trials have succeeded so far; "most" stands for as many or more.
        states, before = np.zeros(most + 1), np.zeros(most + 1)
        term, rest = np.zeros(most + 1), np.zeros(most + 1)
        states[0] = 1.0
        lowest, highest = 0, 0
        for d in range(len(n_times)):
            q = probability[low[i], d] * probability[high[i], d]
            if q <= 0.0:
                continue
            a, b = _binomial(n_times[d], min(q, 1.0), most, log_factorial, term, rest)
            before[:] = states
            states[:most] = 0.0
            for s in range(lowest, highest + 1):
                for j in range(a, min(b, most - 1 - s) + 1):
                    states[s + j] += before[s] * term[j]
                states[most] += before[s] * rest[most - s]
            lowest, highest = min(lowest + a, most - 1), min(highest + b, most - 1)
            while lowest < highest and states[lowest] < _FLOOR:
                lowest += 1
            while highest > lowest and states[highest] < _FLOOR:
                highest -= 1
        tail, s = 0.0, most
        for place in range(ptr[i + 1] - 1, ptr[i] - 1, -1):
            while s >= asked[place]:
                tail += states[s]
                s -= 1
            tails[place] = min(tail, 1.0)


@Kernel
def _binomial(
    n: int, q: float, most: int, log_factorial: Floats, term: Floats, rest: Floats
) -> tuple[int, int]:
    """Fill in P(= j) and P(>= j) for j up to ``most``; the first and the last j that count."""
    term[:], rest[:] = 0.0, 0.0
    end = min(n, most)
    if q >= 1.0:
        rest[: end + 1] = 1.0
        term[end] = 1.0
        return end, end
    peak, odds = min(int((n + 1) * q), n), q / (1.0 - q)
    top = min(peak, most)
    bottom = top
    term[top] = np.exp(
        log_factorial[n] - log_factorial[top] - log_factorial[n - top]
        + top * np.log(q) + (n - top) * np.log1p(-q)
    )  # fmt: skip
    while bottom > 0 and term[bottom] > _FLOOR:
        term[bottom - 1] = term[bottom] / odds * bottom / (n - bottom + 1)
        bottom -= 1
    while top < end and term[top] > _FLOOR:
        term[top + 1] = term[top] * odds * (n - top) / (top + 1)
        top += 1
    if peak > most:
        rest[top] = 1.0 - term[:top].sum()
    else:
        more, j = term[top], top
        while j < n and more > rest[top] * 1e-17:
            rest[top] += more
            more *= odds * (n - j) / (j + 1)
            j += 1
        rest[top] += more if j == n else 0.0
    for j in range(top - 1, -1, -1):
        rest[j] = rest[j + 1] + term[j]
    return bottom, top
