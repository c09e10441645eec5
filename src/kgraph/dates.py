"""Dates at the precision of their source, and the one answer to "did it hold on day D?".

A source writes ``2013``, ``2013-04`` or ``2013-04-19``. A :class:`PartialDate` keeps that text and
the first and last day it can mean. :func:`bounds` condenses all evidence for one membership into
six days; :meth:`Bounds.on` compares a day with them. SPARQL, JSON, analysis, exports and the
command line all compare with these same six days, so that no two of them can disagree.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

__all__ = ["ALWAYS", "NEVER", "Bounds", "Certainty", "Evidence", "PartialDate", "bounds"]

#: The open ends: days that lie before and after every date of a source.
ALWAYS, NEVER = date.min, date.max

_TEXT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Certainty(StrEnum):
    """The five answers to whether something held on a day (``codelist/certainty``)."""

    ATTESTED = "attested"
    PRESUMED = "presumed"
    ENDED = "ended"
    NOT_YET = "not-yet"
    UNKNOWN = "unknown"

    @property
    def holds(self) -> bool:
        """Whether a view "as of" the day contains it."""
        return self in (Certainty.ATTESTED, Certainty.PRESUMED)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as a source gives it, with the first and last day that it can mean."""

    text: str
    earliest: date
    latest: date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises
        ------
        ValueError
            If the text has another form or names a day that does not exist.

        Examples
        --------
        >>> PartialDate.parse("2016-02").latest
        datetime.date(2016, 2, 29)
        >>> PartialDate.parse("2020-02-31")
        Traceback (most recent call last):
        ValueError: '2020-02-31' is no day of the calendar
        """
        match = _TEXT.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no date of the form YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            first = date(year or 0, month or 1, day or 1)
            last_month = month or 12
            last_day = day or calendar.monthrange(first.year, last_month)[1]
            return cls(text, first, date(first.year, last_month, last_day))
        except ValueError:
            raise ValueError(f"{text!r} is no day of the calendar") from None

    @property
    def datatype(self) -> str:
        """The XSD datatype of the text: ``gYear``, ``gYearMonth`` or ``date``."""
        return ("gYear", "gYearMonth", "date")[self.text.count("-")]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Bounds:
    """Six days that answer for every day.

    ``attested_from`` … ``attested_until`` and ``held_from`` … ``held_until`` are closed intervals
    (empty where the first lies after the second). ``not_yet_before`` and ``ended_after`` are where
    a known start and a known end put the limits.
    """

    attested_from: date
    attested_until: date
    held_from: date
    held_until: date
    not_yet_before: date
    ended_after: date

    def on(self, day: date) -> Certainty:
        """Whether it held on the day.

        Examples
        --------
        >>> held = bounds(starts=[PartialDate.parse("2001")], points=[PartialDate.parse("2013-04")])
        >>> [held.on(date(year, 1, 1)).value for year in (2000, 2001, 2002, 2014)]
        ['not-yet', 'presumed', 'attested', 'presumed']
        """
        if day > self.ended_after:
            return Certainty.ENDED
        if day < self.not_yet_before:
            return Certainty.NOT_YET
        if self.attested_from <= day <= self.attested_until:
            return Certainty.ATTESTED
        if self.held_from <= day <= self.held_until:
            return Certainty.PRESUMED
        return Certainty.UNKNOWN

    @property
    def ever(self) -> Certainty:
        """Whether it was ever attested, or is only presumed: the answer for all times together."""
        is_attested = self.attested_from <= self.attested_until
        return Certainty.ATTESTED if is_attested else Certainty.PRESUMED


@dataclass(slots=True)
class Evidence:
    """What the sources say about the time of one membership, gathered row by row.

    Attributes
    ----------
    starts, ends : list of PartialDate
        Joining and leaving dates that a source itself gives.
    points : list of PartialDate
        Dates on which a source says that it held: a roster's own date, or a publication date.
    spans : list of (PartialDate or None, PartialDate or None)
        For undated documents, the span in which the text was current.
    former : bool
        A source says that it is over and not since when.
    """

    starts: list[PartialDate] = field(default_factory=list)
    ends: list[PartialDate] = field(default_factory=list)
    points: list[PartialDate] = field(default_factory=list)
    spans: list[tuple[PartialDate | None, PartialDate | None]] = field(default_factory=list)
    former: bool = False

    def bounds(
        self,
        founded: PartialDate | None = None,
        dissolved: PartialDate | None = None,
        formed: PartialDate | None = None,
        gone: PartialDate | None = None,
    ) -> Bounds:
        """The six days that all of this amounts to; see :func:`bounds`."""
        return bounds(
            self.starts, self.ends, self.points, self.spans, founded, dissolved, self.former,
            formed, gone,
        )  # fmt: skip


def bounds(
    starts: Iterable[PartialDate] = (),
    ends: Iterable[PartialDate] = (),
    points: Iterable[PartialDate] = (),
    spans: Iterable[tuple[PartialDate | None, PartialDate | None]] = (),
    founded: PartialDate | None = None,
    dissolved: PartialDate | None = None,
    former: bool = False,
    formed: PartialDate | None = None,
    gone: PartialDate | None = None,
) -> Bounds:
    """Condense the evidence for one membership into six days.

    Parameters
    ----------
    starts, ends, points, spans
        See :class:`Evidence`.
    founded, dissolved : PartialDate, optional
        Of the organisation that the membership is in. They bound what nothing else bounds: a name
        that only undated sources give is presumed from the founding on, and nobody is a member of
        what is dissolved.
    former : bool
        A source says that it is over and not since when: then nothing is presumed beyond what is
        attested, and the rest is unknown.
    formed, gone : PartialDate, optional
        When the member came to be and its last day: of a municipality out of a merger, and of one
        that merged into another. A later attestation puts the end off to its own day.

    Notes
    -----
    The table of answers is the one of the project's model. Where it is silent:

    - ``2006`` and ``2006-03-14`` are the same start at two precisions: the days they share count.
      Starts that share no day contradict each other; the earliest of them bounds *not-yet*, the
      latest of them begins *attested*.
    - An end that a later dated attestation contradicts counts from that attestation on; so does
      the end of the member. An organisation that somebody attests after its dissolution or its
      merger has not ended.
    - Between a dated attestation and a known end it is *attested*: it held until it ended.
    - Within the imprecision of a start or an end (joined ``2013``: in March of that year?) the
      answer is *presumed*.
    """
    start = _agreed(starts)
    end = _agreed(ends)
    dated = list(points)
    first_point = min((p.earliest for p in dated), default=None)
    last_point = max((p.latest for p in dated), default=None)

    known_from = [d for d in (start and start[0], first_point) if d]
    sure_from = [d for d in (start and start[1], first_point) if d]
    sure_until = [d for d in (end and end[0], last_point, start and start[1]) if d]
    attested = (min(sure_from), max(sure_until)) if sure_from else (NEVER, ALWAYS)

    spans = list(spans)
    begin = known_from + [_span_start(span, founded) for span in spans]
    if not begin and end is None:
        begin = [founded.earliest if founded else ALWAYS]
    elif not begin and end:
        begin = [end[0]]

    ended_after = end[1] if end else NEVER
    if last_point and end:
        ended_after = max(ended_after, last_point)
    if dissolved and not (last_point and last_point > dissolved.latest):
        ended_after = min(ended_after, dissolved.latest)
    if gone:
        ended_after = min(ended_after, max(gone.latest, last_point or ALWAYS))
    over = former and end is None
    not_yet_before = min(start[0], first_point or start[0]) if start else ALWAYS
    if formed and not any(day < formed.earliest for day in known_from):
        not_yet_before = max(not_yet_before, formed.earliest)
        begin = [max(day, formed.earliest) for day in begin]
    return Bounds(
        attested_from=attested[0],
        attested_until=min(attested[1], ended_after),
        held_from=NEVER if over and not sure_from else min(begin),
        held_until=min(attested[1], ended_after) if over else ended_after,
        not_yet_before=not_yet_before,
        ended_after=ended_after,
    )


def _agreed(dates: Iterable[PartialDate]) -> tuple[date, date] | None:
    """The days that all dates share, or the whole range where they contradict each other."""
    dates = list(dates)
    if not dates:
        return None
    latest_first = max(d.earliest for d in dates)
    earliest_last = min(d.latest for d in dates)
    if latest_first <= earliest_last:
        return latest_first, earliest_last
    return min(d.earliest for d in dates), max(d.latest for d in dates)


def _span_start(
    span: tuple[PartialDate | None, PartialDate | None], founded: PartialDate | None
) -> date:
    """The first day of a span; one without a beginning reaches back to the founding at most."""
    begin, end = span
    if begin:
        return begin.earliest
    last = end.latest if end else NEVER
    return min(founded.earliest, last) if founded else last
