"""Graphs with the same margins: every member as many networks, every network as many members.

A figure such as clustering follows to a large part from how many networks members are in. Only
its distance from what such graphs have says something about who is with whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis.progress import track
from kgraph.errors import QueryParameterError

__all__ = ["Comparison", "compare", "compare_all", "sample_fixed_margins"]

#: Trades a row between two samples; Strona et al. find the matrix mixed after about five.
_TRADES_PER_ROW = 5


@dataclass(frozen=True, slots=True)
class Comparison:
    """An observed value beside those of random graphs with the same margins.

    ``z`` is None where the random graphs do not vary. ``p_at_least`` is the share of graphs, the
    observed one counted in, that have at least the observed value.
    """

    observed: float
    mean: float
    sd: float
    z: float | None
    p_at_least: float
    n_samples: int


def sample_fixed_margins(matrix: Any, n_samples: int, seed: int = 0) -> Iterator[Any]:
    """Random 0/1 matrices with the row and column totals of one, by the curveball algorithm.

    Parameters
    ----------
    matrix : scipy.sparse array of 0 and 1
    n_samples : int
    seed : int
        The same seed gives the same matrices.

    Yields
    ------
    scipy.sparse.csr_array of int32
        Successive states of one chain, five trades a row apart; before the first, ten times as many
        are made.

    Notes
    -----
    In a trade two rows put what only one of them has into a pot and draw their numbers from it
    anew. The chain reaches every matrix with these margins, each as often. Rows or columns are
    traded, whichever are fewer. Cost O(entries) a sample.

    References
    ----------
    Strona, G., Nappo, D., Boccacci, F., Fattorini, S., & San-Miguel-Ayanz, J. (2014). A fast and
    unbiased procedure to randomize ecological binary matrices with fixed row and column totals.
    Nature Communications, 5, 4114. https://doi.org/10.1038/ncomms5114

    Godard, K., & Neal, Z. P. (2022). fastball: a fast algorithm to randomly sample bipartite graphs
    with fixed degree sequences. Journal of Complex Networks, 10(6), cnac049.
    https://doi.org/10.1093/comnet/cnac049

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> matrix = example().at(date(2024, 5, 1)).matrix
    >>> (other,) = sample_fixed_margins(matrix, 1, seed=3)
    >>> other.sum(axis=0).tolist() == matrix.sum(axis=0).tolist()
    True
    """
    from scipy.sparse import csr_array

    if n_samples < 1:
        raise QueryParameterError(f"n_samples is {n_samples}; give at least 1")
    turned = matrix.shape[0] > matrix.shape[1]
    rows = csr_array(matrix.T if turned else matrix)
    held = [set(part.tolist()) for part in np.split(rows.indices, rows.indptr[1:-1])]
    held = held if rows.shape[0] else []
    generator = np.random.default_rng(seed)
    _trade(held, 10 * _TRADES_PER_ROW * len(held), generator)
    for _ in range(n_samples):
        _trade(held, _TRADES_PER_ROW * len(held), generator)
        indptr = np.concatenate(([0], np.cumsum([len(row) for row in held]))).astype(np.int32)
        indices = np.array([x for row in held for x in sorted(row)], dtype=np.int32)
        sample = csr_array(
            (np.ones(len(indices), dtype=np.int32), indices, indptr), shape=rows.shape
        )
        yield csr_array(sample.T) if turned else sample


def _trade(held: list[set[int]], n_trades: int, generator: np.random.Generator) -> None:
    """Let pairs of rows trade, in place."""
    if len(held) < 2:
        return
    first = generator.integers(0, len(held), n_trades)
    second = (first + generator.integers(1, len(held), n_trades)) % len(held)
    for i, j in zip(first.tolist(), second.tolist(), strict=True):
        one, two = held[i], held[j]
        only_one, only_two = one - two, two - one
        if not only_one or not only_two:
            continue
        pot = sorted(only_one) + sorted(only_two)
        drawn = {pot[k] for k in generator.permutation(len(pot))[: len(only_one)].tolist()}
        both = one & two
        held[i], held[j] = both | drawn, both | (only_one | only_two) - drawn


def compare(
    matrix: Any, statistic: Callable[[Any], float], n_samples: int = 100, seed: int = 0
) -> Comparison:
    """A statistic of a matrix beside that of random matrices with the same margins.

    Parameters
    ----------
    matrix : scipy.sparse array of 0 and 1
    statistic : function of a matrix
    n_samples : int
    seed : int

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> from kgraph.analysis.nestedness import nodf
    >>> view = example().at(date(2024, 5, 1))
    >>> found = compare(view.matrix, lambda matrix: nodf(matrix)[0], 50)
    >>> round(found.observed, 2), found.n_samples
    (37.5, 50)
    """
    (found,) = compare_all(matrix, lambda other: (statistic(other),), n_samples, seed)
    return found


def compare_all(
    matrix: Any, statistics: Callable[[Any], Sequence[float]], n_samples: int = 100, seed: int = 0
) -> list[Comparison]:
    """Several statistics beside those of the same random matrices; see :func:`compare`."""
    graphs = chain((matrix,), sample_fixed_margins(matrix, n_samples, seed))
    observed, *others = [statistics(one) for one in track(graphs, 1 + n_samples, "samples")]
    drawn = np.array(others, dtype=np.float64)
    return [_beside(float(value), drawn[:, i]) for i, value in enumerate(observed)]


def _beside(observed: float, drawn: npt.NDArray[np.float64]) -> Comparison:
    """An observed value beside drawn ones; those that are undefined are left out."""
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn) or np.isnan(observed):
        return Comparison(observed, float("nan"), float("nan"), None, float("nan"), len(drawn))
    sd = float(drawn.std(ddof=1)) if len(drawn) > 1 else 0.0
    mean = float(drawn.mean())
    z = (observed - mean) / sd if sd > 1e-12 * max(abs(mean), 1.0) else None
    at_least = (1 + int((drawn >= observed - 1e-12).sum())) / (1 + len(drawn))
    return Comparison(observed, mean, sd, z, at_least, len(drawn))
