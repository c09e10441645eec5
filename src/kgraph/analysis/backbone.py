"""Which pairs share more than chance gives them, by what chance is held to.

Three answers to "what would chance give": the sizes of the two are kept and nothing else (fixed
row, the hypergeometric), both margins are kept on average (SDSM), both are kept exactly (FDSM).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from kgraph.analysis.configuration import cell_probabilities
from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.kernels._lazy import in_parts
from kgraph.analysis.kernels.binomials import sum_tails
from kgraph.analysis.nulls import sample_fixed_margins
from kgraph.analysis.pairs import overlaps
from kgraph.analysis.progress import track
from kgraph.analysis.significance import (
    benjamini_hochberg,
    hypergeometric_tail,
    log_factorials,
)
from kgraph.errors import QueryParameterError
from kgraph.model import Agent, Network

__all__ = ["Model", "Tie", "backbone", "pair_p_values"]

Model = Literal["sdsm", "fdsm", "fixed-row"]
Ints = npt.NDArray[np.signedinteger]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tie:
    """Two of one mode that share significantly much; ``p_adjusted`` is over all pairs."""

    a: Agent | Network
    b: Agent | Network
    shared: int
    p_value: float
    p_adjusted: float


def backbone(
    incidence: Incidence,
    mode: Mode = "members",
    *,
    model: Model = "sdsm",
    alpha: float = 0.05,
    correction: Literal["bh", "none"] = "bh",
    minimum_shared: int = 1,
    n_samples: int = 1000,
    seed: int = 0,
) -> list[Tie]:
    """The pairs of members or of networks that share more than the null model gives them.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}
    model : {"sdsm", "fdsm", "fixed-row"}
        The null model, see above. FDSM is a simulation: its p-values cannot fall below
        1 / (n_samples + 1), which a correction over thousands of pairs seldom survives.
    alpha : float
        Level of the (adjusted) p-value.
    correction : {"bh", "none"}
        Benjamini–Hochberg over all n(n − 1)/2 pairs, those that share nothing included.
    minimum_shared : int
        Pairs that share fewer are not listed; they stay in the family of tests.
    n_samples, seed : int
        For FDSM only.

    Returns
    -------
    list of Tie
        By p-value, then by what is shared, falling, then by IRI.

    Notes
    -----
    SDSM is conservative, the fixed-row model liberal: it does not know that some members join
    everything. No model knows geography; neighbours share what neighbours join.

    References
    ----------
    Neal, Z. P. (2014). The backbone of bipartite projections: Inferring relationships from
    co-authorship, co-sponsorship, co-attendance and other co-behaviors. Social Networks, 39, 84–97.
    https://doi.org/10.1016/j.socnet.2014.06.001

    Neal, Z. P., Domagalski, R., & Sagan, B. (2021). Comparing alternatives to the fixed degree
    sequence model for extracting the backbone of bipartite projections. Scientific Reports, 11,
    23929. https://doi.org/10.1038/s41598-021-03238-3

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> view = example().at(date(2024, 5, 1))
    >>> [(tie.a.name, tie.b.name, round(tie.p_value, 3))
    ...  for tie in backbone(view, "networks", correction="none", alpha=0.5)]
    [('Rail', 'Water', 0.418)]
    """
    if mode not in get_args(Mode):
        raise QueryParameterError(f"mode is {mode!r}; give 'members' or 'networks'")
    matrix = incidence.matrix if mode == "members" else incidence.matrix.T
    a, b, shared, p_value = pair_p_values(matrix, model, n_samples, seed)
    n_own = matrix.shape[0]
    adjusted = benjamini_hochberg(p_value, n_own * (n_own - 1) // 2)
    judged = adjusted if correction == "bh" else p_value
    rows = np.flatnonzero((judged < alpha) & (shared >= minimum_shared))
    order = rows[np.lexsort((b[rows], a[rows], -shared[rows], p_value[rows]))]
    labels = incidence.members if mode == "members" else incidence.networks
    return [
        Tie(labels[a[i]], labels[b[i]], int(shared[i]), float(p_value[i]), float(adjusted[i]))
        for i in order
    ]


def pair_p_values(
    matrix: Any, model: Model = "sdsm", n_samples: int = 1000, seed: int = 0
) -> tuple[Ints, Ints, Ints, Floats]:
    """The rows a < b of all pairs that share a column, how many, and their upper-tail p-values.

    Raises
    ------
    QueryParameterError
        If there is no such model.
    """
    from scipy.sparse import csr_array

    rows = csr_array(matrix, dtype=np.int64)
    columns = rows.tocsc()  # ordered, as `rows` need not be
    a, b, shared = overlaps(columns.indptr, columns.indices, rows.shape[0])
    totals = np.diff(rows.indptr).astype(np.int64)
    if model == "fixed-row":
        return a, b, shared, hypergeometric_tail(shared, totals[a], totals[b], rows.shape[1])
    if model == "sdsm":
        sizes = np.bincount(rows.indices, minlength=rows.shape[1]).astype(np.int64)
        return a, b, shared, _sdsm(a, b, shared, totals, sizes)
    if model == "fdsm":
        return a, b, shared, _fdsm(rows, a, b, shared, n_samples, seed)
    raise QueryParameterError(f"model is {model!r}; give one of {', '.join(get_args(Model))}")


def _sdsm(a: Ints, b: Ints, shared: Ints, totals: Ints, sizes: Ints) -> Floats:
    """P(at least as many) as a sum of independent entries, exactly (Poisson-binomial).

    Pairs with the same two totals have the same distribution, which is computed once.
    """
    if not len(a):
        return np.zeros(0)
    p = cell_probabilities(totals, sizes)
    row_class = np.searchsorted(np.unique(totals), totals)
    _, n_times = np.unique(sizes, return_counts=True)
    low = np.minimum(row_class[a], row_class[b])
    high = np.maximum(row_class[a], row_class[b])
    room = int(shared.max()) + 1
    asked, where = np.unique((low * len(p) + high) * room + shared, return_inverse=True)
    sums, starts = np.unique(asked // room, return_index=True)
    ptr = np.append(starts, len(asked))
    # Dear ones and cheap ones in turn, for parts of the work that last as long.
    turns = np.argsort(asked[ptr[1:] - 1] % room, kind="stable")
    turns = turns[np.argsort(np.arange(len(sums)) % 16, kind="stable")]
    tails = np.ones(len(asked))

    def work(first: int, last: int) -> None:
        sum_tails(
            p, n_times, sums // len(p), sums % len(p), ptr, asked % room,
            log_factorials(int(n_times.max())), turns[first:last], tails,
        )  # fmt: skip

    list(in_parts(len(sums), work, "pairs"))
    found: Floats = tails[where.reshape(-1)]
    return found


def _fdsm(rows: Any, a: Ints, b: Ints, shared: Ints, n_samples: int, seed: int) -> Floats:
    """The share of random matrices with the same margins in which a pair shares as much."""
    at_least, n_rows = np.zeros(len(a), dtype=np.int64), rows.shape[0]
    pair = a.astype(np.int64) * n_rows + b
    for sample in track(sample_fixed_margins(rows, n_samples, seed), n_samples, "samples"):
        columns = sample.tocsc()
        drawn_a, drawn_b, drawn = overlaps(columns.indptr, columns.indices, n_rows)
        drawn_pair = np.append(drawn_a.astype(np.int64) * n_rows + drawn_b, n_rows**2)
        place = np.searchsorted(drawn_pair, pair)  # both rise
        at_least += np.where(drawn_pair[place] == pair, np.append(drawn, 0)[place], 0) >= shared
    return np.asarray((1.0 + at_least) / (1.0 + n_samples), dtype=np.float64)
