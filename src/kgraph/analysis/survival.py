"""How long memberships last: Kaplan and Meier's estimate, with late entry into observation.

A membership since 2001 that is known from a roster of 2013 is known because it lasted until 2013.
To count it from 2001 on would make memberships look longer than they are; it joins those at risk
in its twelfth year.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence
from kgraph.analysis.moments import DAYS_A_YEAR, moment
from kgraph.errors import QueryParameterError

__all__ = ["Spells", "Step", "kaplan_meier", "spells", "survival"]

Floats = npt.NDArray[np.float64]
Truncation = Literal["evidence", "none"]

#: Two-sided 95 %.
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Step:
    """The estimate from one duration on, until the next: with a 95 % interval (log−log)."""

    years: float
    at_risk: int
    ended: int
    survival: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Spells:
    """Memberships with a dated beginning, as years since that beginning.

    Attributes
    ----------
    entry, leave : float arrays
        Observed from and until.
    ended : bool array
        Whether it ended then; otherwise it is only not known for longer.
    n_undated, n_unobserved : int
        Left out: without a dated beginning; over before the first source that is dated.
    """

    entry: Floats
    leave: Floats
    ended: npt.NDArray[np.bool_]
    n_undated: int
    n_unobserved: int


def survival(
    incidence: Incidence, *, truncation: Truncation = "evidence", network: str | None = None
) -> list[Step]:
    """The share of memberships that last longer than a duration.

    Parameters
    ----------
    incidence : Incidence
        All times up to the day of the view count, with its roles and filters.
    truncation : {"evidence", "none"}
        ``evidence``: at risk from the first dated source on. ``none``: from the beginning on, with
        those included that were over when a source first spoke of them. The truth lies between.
    network : str, optional
        Only memberships in this network.

    Returns
    -------
    list of Step
        From 0 on, one for each duration at which one ended. Empty without a spell.

    Notes
    -----
    Spells end at a dated end; the last dated attestation cuts them off otherwise: nothing is
    presumed. Beginnings and ends that a source gives as a year count from its middle. With few at
    risk at short durations, as late entry brings it about, one end can pull the estimate to 0.

    References
    ----------
    Kaplan, E. L., & Meier, P. (1958). Nonparametric estimation from incomplete observations.
    Journal of the American Statistical Association, 53(282), 457–481.
    https://doi.org/10.1080/01621459.1958.10501452

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> for step in survival(example().at(date(2024, 12, 31)), truncation="none"):
    ...     print(round(step.years, 1), step.at_risk, step.ended, round(step.survival, 3))
    0.0 11 0 1.0
    5.0 11 2 0.818
    14.5 9 1 0.727
    """
    found = spells(incidence, truncation=truncation, network=network)
    return kaplan_meier(found.entry, found.leave, found.ended)


def spells(
    incidence: Incidence, *, truncation: Truncation = "evidence", network: str | None = None
) -> Spells:
    """The spells of a view; see :func:`survival`. Several roles of one pair are one spell."""
    if truncation not in ("evidence", "none"):
        raise QueryParameterError(f"truncation is {truncation!r}; give 'evidence' or 'none'")
    always = incidence.on(None)
    until = np.inf if incidence.as_of is None else float(moment(incidence.as_of.isoformat()))
    kept = np.ones(always.n_entries, dtype=np.bool_)
    if network is not None:
        kept = always.indices == always.find_network(network)
    start, end, first_said, last_said = (part[kept] for part in _dated(always, until))
    is_dated = np.isfinite(start)
    n_undated = int((~is_dated).sum())
    chosen = is_dated & (start <= until)
    start, end, first_said, last_said = (
        part[chosen] for part in (start, end, first_said, last_said)
    )
    ended = np.isfinite(end) & (end <= until)
    last = np.where(ended, end, np.maximum(start, last_said))
    first = start
    if truncation == "evidence":
        first = np.maximum(start, np.where(np.isfinite(first_said), first_said, last))
    seen = ~(ended & (last <= first)) if truncation == "evidence" else np.ones_like(ended)
    years = [np.maximum(part - start, 0.0)[seen] / (2 * DAYS_A_YEAR) for part in (first, last)]
    return Spells(years[0], years[1], ended[seen], n_undated, int((~seen).sum()))


def _dated(view: Incidence, until: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Of each entry: when it began and ended, when a source first and last spoke of it by then.

    As moments; infinite where there is none. An entry ends when none of its memberships goes on.
    """
    source, behind = view.affiliation.moments, view.behind
    start = source.start[behind].astype(np.float64)
    end = source.end[behind].astype(np.float64)
    start[start == 0], end[end == 0] = np.inf, np.inf
    said = source.said.astype(np.float64)
    early, late = np.where(said <= until, said, np.inf), np.where(said <= until, said, -np.inf)
    first = _of_groups(np.minimum, early, source.said_ptr, np.inf)[behind]
    last = _of_groups(np.maximum, late, source.said_ptr, -np.inf)[behind]
    ptr = view.behind_ptr
    return (
        _of_groups(np.minimum, start, ptr, np.inf),
        _of_groups(np.maximum, end, ptr, np.inf),
        _of_groups(np.minimum, first, ptr, np.inf),
        _of_groups(np.maximum, last, ptr, -np.inf),
    )


def _of_groups(
    function: np.ufunc, values: Floats, ptr: npt.NDArray[np.int32], empty: float
) -> Floats:
    """One value for each group of values; groups may be empty."""
    found = np.full(len(ptr) - 1, empty)
    filled = np.flatnonzero(np.diff(ptr))
    if len(filled):
        found[filled] = function.reduceat(values, ptr[filled])
    return found


def kaplan_meier(entry: Floats, leave: Floats, ended: npt.NDArray[np.bool_]) -> list[Step]:
    """The product-limit estimate; at risk at t is who entered before t and has not left before it.

    Parameters
    ----------
    entry, leave : float arrays
    ended : bool array

    Examples
    --------
    >>> steps = kaplan_meier(np.zeros(3), np.array([1.0, 2.0, 3.0]), np.array([True, False, True]))
    >>> [(step.years, step.at_risk, round(step.survival, 3)) for step in steps]
    [(0.0, 3, 1.0), (1.0, 3, 0.667), (3.0, 1, 0.0)]
    """
    if not len(leave):
        return []
    steps = [Step(0.0, int((entry <= 0).sum()), 0, 1.0, 1.0, 1.0)]
    # Whoever enters and leaves at once was never at risk, unless it was at the very start.
    at_risk_at_all = (entry < leave) | ((leave == 0) & (entry == 0))
    times, n_ended = np.unique(leave[ended & at_risk_at_all], return_counts=True)
    entered = np.searchsorted(np.sort(entry), times, side="left")
    entered += np.where(times == 0, (entry == 0).sum(), 0)
    at_risk = entered - np.searchsorted(np.sort(leave), times, side="left")
    estimate = np.cumprod(1 - n_ended / at_risk)
    left = at_risk - n_ended
    with np.errstate(divide="ignore"):
        greenwood = np.cumsum(np.where(left > 0, n_ended / (at_risk * left), np.inf))
    rows = zip(*(part.tolist() for part in (times, at_risk, n_ended, estimate, greenwood)),
               strict=True)  # fmt: skip
    return steps + [
        Step(years, risk, n, share, *_interval(share, error))
        for years, risk, n, share, error in rows
    ]


def _interval(estimate: float, greenwood: float) -> tuple[float, float]:
    """The 95 % interval on the scale of log(−log S); open where nobody is left."""
    if not 0 < estimate < 1 or not np.isfinite(greenwood):
        return (0.0, 1.0) if estimate <= 0 else (estimate, estimate)
    width = _Z * np.sqrt(greenwood) / np.log(estimate)
    return float(estimate ** np.exp(-width)), float(estimate ** np.exp(width))
