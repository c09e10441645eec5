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
from kgraph.dates import PartialDate
from kgraph.errors import QueryParameterError
from kgraph.model import Membership

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
    column = None if network is None else always.find_network(network)
    until = np.inf if incidence.as_of is None else _year(incidence.as_of.isoformat())
    rows: list[tuple[float, float, bool]] = []
    n_undated = n_unobserved = 0
    for entry in range(always.n_entries):
        if network is not None and always.indices[entry] != column:
            continue
        behind = always.memberships_of(entry)
        start = min((_year(one.start) for one in behind if one.start), default=None)
        if start is None or start > until:
            n_undated += start is None
            continue
        spell = _spell(behind, start, until, truncation)
        if spell is None:
            n_unobserved += 1
        else:
            rows.append(spell)
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 3)
    return Spells(table[:, 0], table[:, 1], table[:, 2] > 0, n_undated, n_unobserved)


def _spell(
    behind: tuple[Membership, ...], start: float, until: float, truncation: Truncation
) -> tuple[float, float, bool] | None:
    """Entry, exit and whether it ended; None if no observed time is left."""
    over = all(one.end for one in behind)
    end = max(_year(one.end) for one in behind) if over else np.inf
    ended = end <= until
    # A span in which an undated text was current ("2020-01-01/..") attests no day of it.
    said = [
        _year(at.date) for one in behind for at in one.evidence if at.date and "/" not in at.date
    ]
    said = [when for when in said if when <= until]
    last = end if ended else max([start, *said])
    first = start if truncation == "none" else max(start, min(said, default=last))
    if ended and last <= first and truncation == "evidence":
        return None
    return max(first - start, 0.0), max(last - start, 0.0), ended


def _year(text: str) -> float:
    """A date as a number of years; an imprecise one at its middle."""
    day = PartialDate.parse(text)
    middle = (day.earliest.toordinal() + day.latest.toordinal()) / 2
    return middle / 365.2425


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
    estimate, greenwood = 1.0, 0.0
    for t in np.unique(leave[ended]):
        observed = (entry < t) | ((t == 0) & (entry == 0))
        at_risk = int((observed & (leave >= t)).sum())
        n_ended = int((observed & ended & (leave == t)).sum())
        if not n_ended:
            continue
        estimate *= 1 - n_ended / at_risk
        greenwood += n_ended / (at_risk * (at_risk - n_ended)) if at_risk > n_ended else np.inf
        steps.append(Step(float(t), at_risk, n_ended, estimate, *_interval(estimate, greenwood)))
    return steps


def _interval(estimate: float, greenwood: float) -> tuple[float, float]:
    """The 95 % interval on the scale of log(−log S); open where nobody is left."""
    if not 0 < estimate < 1 or not np.isfinite(greenwood):
        return (0.0, 1.0) if estimate <= 0 else (estimate, estimate)
    width = _Z * np.sqrt(greenwood) / np.log(estimate)
    return float(estimate ** np.exp(-width)), float(estimate ** np.exp(width))
