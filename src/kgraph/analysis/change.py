"""Joins and leaves a year, and how much of one year's memberships is there in the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from kgraph.analysis._view import topmost
from kgraph.analysis.affiliation import BOUNDS
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.progress import track
from kgraph.dates import ALWAYS, NEVER
from kgraph.errors import QueryParameterError

__all__ = ["Year", "turnover"]

Numbers = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Year:
    """One year of memberships, counted as pairs of member and network.

    Attributes
    ----------
    year : int
    stock : int
        Memberships at the end of the year, or on the day of the view in its own year; those that
        end in the year are no longer among them, even if they last until its last day.
    presumed : int
        Those of them that no source attests for that day.
    joins, leaves : int
        Memberships of which a source dates the beginning or the end in this year.
    first_known, no_longer_known : int
        Memberships that the stock gains or loses without such a date: somebody is listed for the
        first time, or a network was founded or dissolved.
    persistence : float in [0, 1] or None
        What both this stock and the one before have, by what either has (Jaccard).
    """

    year: int
    stock: int
    presumed: int
    joins: int
    leaves: int
    first_known: int
    no_longer_known: int
    persistence: float | None


def turnover(
    incidence: Incidence,
    *,
    first_year: int | None = None,
    last_year: int | None = None,
    member: str | None = None,
    network: str | None = None,
) -> list[Year]:
    """Joins, leaves and stock of each year.

    Parameters
    ----------
    incidence : Incidence
        The roles, filters and level of this view hold for every year; its day ends the last.
    first_year, last_year : int, optional
        Default: from the first year of which a source dates a membership to the year of the view.
    member, network : str, optional
        Only memberships of this member, or in this network.

    Returns
    -------
    list of Year
        Years from the first to the last, without a gap. Empty if nothing is dated by then.

    Raises
    ------
    NotFoundError
        If there is no such member or network.

    Notes
    -----
    ``stock − stock before = joins + first_known − leaves − no_longer_known`` wherever nobody joins
    and leaves within a year. A stock that grows may be rosters that turned up: few memberships have
    a dated beginning. Rosters are presumed to hold until a source says otherwise, so that
    persistence is too high, not too low. RSiena wants it above about .3.

    References
    ----------
    Snijders, T. A. B., van de Bunt, G. G., & Steglich, C. E. G. (2010). Introduction to stochastic
    actor-based models for network dynamics. Social Networks, 32(1), 44–60.
    https://doi.org/10.1016/j.socnet.2009.02.004

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> for year in turnover(example().at(date(2016, 12, 31)), first_year=2015):
    ...     print(year.year, year.stock, year.joins, year.leaves, year.persistence)
    2015 8 0 3 None
    2016 8 0 0 1.0
    """
    pair = _pairs(incidence)
    rows = _chosen(incidence, member, network)
    days, pairs = incidence.affiliation.days[rows], pair[rows]
    first, last = _span(incidence, days, first_year, last_year)
    found: list[Year] = []
    before: Marks | None = None
    for year in track(range(first, last + 1), max(last + 1 - first, 0), "years"):
        day = _end(incidence, year)
        opened, closed = _dated(days, pairs, date(year, 1, 1), day, int(pair.max(initial=-1)) + 1)
        here, presumed = _stock(incidence.on(day), pair, closed, member, network)
        found.append(_year(year, before, here, presumed, opened, closed))
        before = here
    return found


def _year(
    year: int, before: Marks | None, here: Marks, presumed: int, opened: Marks, closed: Marks
) -> Year:
    """What a year brought."""
    n_here, n_opened, n_closed = (int(marks.sum()) for marks in (here, opened, closed))
    if before is None:
        return Year(year, n_here, presumed, n_opened, n_closed, 0, 0, None)
    both, either = int((before & here).sum()), int((before | here).sum())
    return Year(
        year, n_here, presumed, n_opened, n_closed, int((here & ~before & ~opened).sum()),
        int((before & ~here & ~closed).sum()), both / either if either else None,
    )  # fmt: skip


def _pairs(incidence: Incidence) -> Numbers:
    """The number of each row's pair of member and network: the same in the view of every day."""
    source = incidence.affiliation
    column = topmost(source.parent) if incidence.level == "top" else np.arange(len(source.networks))
    key = source.member.astype(np.int64) * len(source.networks) + column[source.network]
    numbers: Numbers = np.unique(key, return_inverse=True)[1].reshape(-1)
    return numbers


def _chosen(incidence: Incidence, member: str | None, network: str | None) -> Numbers:
    """All rows that this view would hold at any time."""
    always = incidence.on(None)
    keep = np.repeat(_kept(always, member, network), np.diff(always.behind_ptr))
    return always.behind[keep].astype(np.int64)


def _kept(view: Incidence, member: str | None, network: str | None) -> npt.NDArray[np.bool_]:
    """The entries of one member, or of one network, or all."""
    keep = np.ones(view.n_entries, dtype=np.bool_)
    if member is not None:
        keep &= view.member_of_entry == _found(view.find_member(member))
    if network is not None:
        keep &= view.indices == _found(view.find_network(network))
    return keep


def _found(position: int | None) -> int:
    return -1 if position is None else position


def _span(
    incidence: Incidence, days: Days, first_year: int | None, last_year: int | None
) -> tuple[int, int]:
    """The first and the last year."""
    known = days[(days > ALWAYS.toordinal()) & (days < NEVER.toordinal())]
    if not len(known):
        return 1, 0
    years = [date.fromordinal(int(day)).year for day in (known.min(), known.max())]
    last = years[1] if incidence.as_of is None else incidence.as_of.year
    first, last = first_year or years[0], last_year or last
    if last - first > 1000:
        raise QueryParameterError(f"{first} to {last} is too long; give at most 1000 years")
    return first, last


def _end(incidence: Incidence, year: int) -> date:
    """The last day of a year, or the day of the view if it comes before."""
    end = date(year, 12, 31)
    return min(end, incidence.as_of) if incidence.as_of else end


def _stock(
    view: Incidence, pair: Numbers, closed: Marks, member: str | None, network: str | None
) -> tuple[Marks, int]:
    """The pairs that hold on a day and do not end in its year, and how many are presumed."""
    pairs = pair[view.behind[view.behind_ptr[:-1]]]
    keep = _kept(view, member, network) & ~closed[pairs]
    return _marked(pairs[keep], len(closed)), int(view.certainty[keep].sum())


def _dated(
    days: Days, pairs: Numbers, since: date, until: date, n_pairs: int
) -> tuple[Marks, Marks]:
    """The pairs that a source says began, and ended, between two days.

    Somebody who changes from one role to another neither joins nor leaves.
    """
    first, last = since.toordinal(), until.toordinal()
    start, end = days[:, BOUNDS.index("not_yet_before")], days[:, BOUNDS.index("ended_after")]
    begins, ends, earlier, later = (
        _marked(pairs[rows], n_pairs)
        for rows in (
            (first <= start) & (start <= last),
            (first <= end) & (end <= last),
            (start < first) & (end >= first),
            (end > last) & (start <= last),
        )
    )
    return begins & ~earlier, ends & ~later


def _marked(pairs: Numbers, n_pairs: int) -> Marks:
    """A mark for each pair that is among some."""
    marks = np.zeros(n_pairs, dtype=np.bool_)
    marks[pairs] = True
    return marks
