"""The five answers, case by case: the table of the model, and where it is silent."""

from __future__ import annotations

from datetime import date

import pytest

from kgraph.dates import ALWAYS, NEVER, Bounds, Certainty, PartialDate, bounds


def dates(*texts: str) -> list[PartialDate]:
    return [PartialDate.parse(text) for text in texts]


def span(begin: str, end: str) -> tuple[PartialDate | None, PartialDate | None]:
    return tuple(PartialDate.parse(text) if text else None for text in (begin, end))  # type: ignore[return-value]


#: name, evidence, day → answer
CASES = [
    # attested: within [start, end], both known
    ("start and end", {"starts": "2001-05-01", "ends": "2010-04-30"},
     {"2001-04-30": "not-yet", "2001-05-01": "attested", "2010-04-30": "attested",
      "2010-05-01": "ended"}),
    ("start and end in years", {"starts": "2001", "ends": "2010"},
     {"2000-12-31": "not-yet", "2001-01-01": "presumed", "2001-12-31": "attested",
      "2010-01-01": "attested", "2010-06-01": "presumed", "2011-01-01": "ended"}),
    ("start and end in one year", {"starts": "2013", "ends": "2013"},
     {"2012-12-31": "not-yet", "2013-06-01": "presumed", "2014-01-01": "ended"}),
    # attested: between two dated attestations, also around a gap
    ("two rosters", {"points": "2013-04 2022-08-09"},
     {"2013-03-31": "unknown", "2013-04-01": "attested", "2018-01-01": "attested",
      "2022-08-09": "attested", "2022-08-10": "presumed"}),
    # attested: between the start and the last dated attestation
    ("start and roster", {"starts": "2001", "points": "2013"},
     {"2000-12-31": "not-yet", "2001-06-01": "presumed", "2002-01-01": "attested",
      "2013-12-31": "attested", "2014-01-01": "presumed"}),
    # attested: inside a dated attestation's own precision
    ("roster of a year", {"points": "2013"},
     {"2012-12-31": "unknown", "2013-01-01": "attested", "2013-12-31": "attested",
      "2014-01-01": "presumed"}),
    # presumed: a start and nothing else
    ("start only", {"starts": "2015-07-01"},
     {"2015-06-30": "not-yet", "2015-07-01": "attested", "2015-07-02": "presumed",
      "2030-01-01": "presumed"}),
    ("start in a month", {"starts": "2015-07"},
     {"2015-06-30": "not-yet", "2015-07-01": "presumed", "2015-07-31": "attested",
      "2015-08-01": "presumed"}),
    # presumed: inside a span, and later
    ("span", {"spans": "2017-06/2022-06"},
     {"2017-05-31": "unknown", "2017-06-01": "presumed", "2022-06-30": "presumed",
      "2025-01-01": "presumed"}),
    ("span without end", {"spans": "2022-05/"},
     {"2022-04-30": "unknown", "2022-05-01": "presumed", "2025-01-01": "presumed"}),
    ("span without beginning", {"spans": "/2016-03"},
     {"2016-03-30": "unknown", "2016-03-31": "presumed", "2020-01-01": "presumed"}),
    ("span without beginning, founding known", {"spans": "/2016-03", "founded": "2010"},
     {"2009-12-31": "unknown", "2010-01-01": "presumed", "2016-04-01": "presumed"}),
    ("span and roster", {"spans": "2010/2012", "points": "2013"},
     {"2009-12-31": "unknown", "2010-01-01": "presumed", "2013-06-01": "attested"}),
    # presumed: undated sources only
    ("undated, founding known", {"founded": "2008"},
     {"2007-12-31": "unknown", "2008-01-01": "presumed", "2025-01-01": "presumed"}),
    ("undated, founding unknown", {}, {"1850-01-01": "presumed", "2025-01-01": "presumed"}),
    # ended
    ("end only", {"ends": "2013"},
     {"2012-12-31": "unknown", "2013-06-01": "presumed", "2014-01-01": "ended"}),
    ("roster and end", {"points": "2010", "ends": "2013"},
     {"2009-12-31": "unknown", "2010-01-01": "attested", "2013-01-01": "attested",
      "2013-06-01": "presumed", "2014-01-01": "ended"}),
    ("dissolved network", {"points": "2010", "dissolved": "2020-06-30"},
     {"2020-06-30": "presumed", "2020-07-01": "ended"}),
    ("undated, network dissolved", {"founded": "2008", "dissolved": "2012"},
     {"2007-01-01": "unknown", "2012-12-31": "presumed", "2013-01-01": "ended"}),
    # sources that disagree
    ("one start at two precisions", {"starts": "2006 2006-03-14"},
     {"2006-03-13": "not-yet", "2006-03-14": "attested", "2006-03-15": "presumed"}),
    ("two starts that exclude each other", {"starts": "2006 2009", "points": "2016-11"},
     {"2005-12-31": "not-yet", "2007-01-01": "presumed", "2009-12-30": "presumed",
      "2009-12-31": "attested", "2016-11-30": "attested"}),
    ("roster after the end", {"points": "2015", "ends": "2013"},
     {"2014-06-01": "unknown", "2015-06-01": "attested", "2016-01-01": "ended"}),
    ("roster before the start", {"starts": "2013", "points": "2010"},
     {"2009-12-31": "not-yet", "2010-06-01": "attested", "2012-06-01": "attested",
      "2014-01-01": "presumed"}),
    # over, and nobody says since when
    ("former", {"former": True}, {"2000-01-01": "unknown", "2025-01-01": "unknown"}),
    ("former, once on a roster", {"former": True, "points": "2010"},
     {"2010-06-01": "attested", "2011-01-01": "unknown"}),
    # partial dates: the three precisions, leap years, the ends of months and years
    ("start on a day, end in a year", {"starts": "2001-05-01", "ends": "2010"},
     {"2001-04-30": "not-yet", "2001-05-01": "attested", "2010-01-01": "attested",
      "2010-01-02": "presumed", "2010-12-31": "presumed", "2011-01-01": "ended"}),
    ("start in a year, end on a day", {"starts": "2001", "ends": "2010-04-30"},
     {"2001-12-30": "presumed", "2001-12-31": "attested", "2010-04-30": "attested",
      "2010-05-01": "ended"}),
    ("start and end in months", {"starts": "2001-05", "ends": "2010-02"},
     {"2001-04-30": "not-yet", "2001-05-30": "presumed", "2001-05-31": "attested",
      "2010-02-01": "attested", "2010-02-28": "presumed", "2010-03-01": "ended"}),
    ("end in the February of a leap year", {"starts": "2015", "ends": "2016-02"},
     {"2016-02-01": "attested", "2016-02-29": "presumed", "2016-03-01": "ended"}),
    ("roster in the February of a leap year", {"points": "2024-02"},
     {"2024-01-31": "unknown", "2024-02-29": "attested", "2024-03-01": "presumed"}),
    ("roster of a month", {"points": "2013-04"},
     {"2013-03-31": "unknown", "2013-04-01": "attested", "2013-04-30": "attested",
      "2013-05-01": "presumed"}),
    ("roster of a day", {"points": "2013-04-19"},
     {"2013-04-18": "unknown", "2013-04-19": "attested", "2013-04-20": "presumed"}),
    ("one day", {"starts": "2013-04-19", "ends": "2013-04-19"},
     {"2013-04-18": "not-yet", "2013-04-19": "attested", "2013-04-20": "ended"}),
    ("start and end in neighbouring years", {"starts": "2012", "ends": "2013"},
     {"2012-06-01": "presumed", "2012-12-31": "attested", "2013-01-01": "attested",
      "2013-01-02": "presumed", "2014-01-01": "ended"}),
    ("end in the year of the start, the start on a day", {"starts": "2013-04-19", "ends": "2013"},
     {"2013-01-01": "not-yet", "2013-04-19": "attested", "2013-12-31": "presumed",
      "2014-01-01": "ended"}),
    # attestations: several, nested, around a gap, on both sides of a start
    ("three rosters", {"points": "2005 2010-06 2020-01-15"},
     {"2004-12-31": "unknown", "2007-01-01": "attested", "2015-01-01": "attested",
      "2020-01-15": "attested", "2020-01-16": "presumed"}),
    ("a roster of a year and one of a day in it", {"points": "2013 2013-04-19"},
     {"2012-12-31": "unknown", "2013-01-01": "attested", "2013-12-31": "attested",
      "2014-01-01": "presumed"}),
    ("two rosters around a gap of forty years", {"points": "1980 2020"},
     {"1979-12-31": "unknown", "2000-01-01": "attested", "2021-01-01": "presumed"}),
    ("the same roster twice", {"points": "2013-04 2013-04"},
     {"2013-03-31": "unknown", "2013-04-15": "attested", "2013-05-01": "presumed"}),
    ("start, roster, end", {"starts": "2001", "points": "2005", "ends": "2010"},
     {"2000-12-31": "not-yet", "2001-06-01": "presumed", "2003-01-01": "attested",
      "2010-01-01": "attested", "2010-06-01": "presumed", "2011-01-01": "ended"}),
    ("roster on the day of the start", {"starts": "2015-07-01", "points": "2015-07-01"},
     {"2015-06-30": "not-yet", "2015-07-01": "attested", "2015-07-02": "presumed"}),
    ("roster in the year of the start", {"starts": "2015-07-01", "points": "2015"},
     {"2014-12-31": "not-yet", "2015-03-01": "attested", "2015-12-31": "attested",
      "2016-01-01": "presumed"}),
    ("roster on the day of the end", {"points": "2013-06-30", "ends": "2013-06-30"},
     {"2013-06-29": "unknown", "2013-06-30": "attested", "2013-07-01": "ended"}),
    # spans: open on either side, several, beside points and dates
    ("two spans", {"spans": "2010/2012 2015/2016"},
     {"2009-12-31": "unknown", "2010-01-01": "presumed", "2013-06-01": "presumed",
      "2020-01-01": "presumed"}),
    ("span of a day", {"spans": "2012-02-03/2012-02-03"},
     {"2012-02-02": "unknown", "2012-02-03": "presumed", "2012-02-04": "presumed"}),
    ("span and end", {"spans": "2010/2012", "ends": "2014"},
     {"2009-12-31": "unknown", "2010-01-01": "presumed", "2014-12-31": "presumed",
      "2015-01-01": "ended"}),
    ("span and start", {"spans": "2010/2012", "starts": "2011-03"},
     {"2011-02-28": "not-yet", "2011-03-01": "presumed", "2011-03-31": "attested",
      "2011-04-01": "presumed"}),
    ("span before a roster", {"spans": "/2012", "points": "2015"},
     {"2012-12-30": "unknown", "2012-12-31": "presumed", "2015-06-01": "attested",
      "2016-01-01": "presumed"}),
    ("span without beginning, founded after its end", {"spans": "/2005", "founded": "2010"},
     {"2005-12-30": "unknown", "2005-12-31": "presumed"}),
    ("span and a dissolution", {"spans": "2010/", "dissolved": "2015-06"},
     {"2010-01-01": "presumed", "2015-06-30": "presumed", "2015-07-01": "ended"}),
    # undated sources, by what else is known of the organisation
    ("undated, founded on a day", {"founded": "2008-09-12"},
     {"2008-09-11": "unknown", "2008-09-12": "presumed"}),
    ("undated, founded in a month", {"founded": "2008-09"},
     {"2008-08-31": "unknown", "2008-09-01": "presumed"}),
    ("undated, dissolved, founding unknown", {"dissolved": "2012"},
     {"1900-01-01": "presumed", "2012-12-31": "presumed", "2013-01-01": "ended"}),
    ("undated, founded and dissolved in one year", {"founded": "2012", "dissolved": "2012"},
     {"2011-12-31": "unknown", "2012-06-01": "presumed", "2013-01-01": "ended"}),
    ("a roster does not reach back to the founding", {"points": "2013", "founded": "2008"},
     {"2008-06-01": "unknown", "2012-12-31": "unknown", "2013-01-01": "attested"}),
    # the member itself: a town that merged into another, and a town made of two
    ("the member merged", {"points": "2016", "gone": "2018-12-31"},
     {"2016-06-01": "attested", "2018-12-31": "presumed", "2019-01-01": "ended"}),
    ("the member merged, says a later list", {"points": "2004 2016-10-08", "gone": "2013"},
     {"2013-06-01": "attested", "2016-10-08": "attested", "2016-10-09": "ended"}),
    ("the member came to be", {"spans": "2015/", "formed": "2019-01-01"},
     {"2018-12-31": "not-yet", "2019-01-01": "presumed"}),
    ("the member came to be, founding before", {"founded": "1996", "formed": "2013"},
     {"2012-12-31": "not-yet", "2013-01-01": "presumed"}),
    ("the member came to be, says an earlier list", {"points": "2010", "formed": "2013"},
     {"2009-12-31": "unknown", "2010-06-01": "attested", "2014-01-01": "presumed"}),
    # the end of the organisation ends its memberships
    ("start, and a dissolution", {"starts": "2001", "dissolved": "2020-06-30"},
     {"2000-12-31": "not-yet", "2010-01-01": "presumed", "2020-06-30": "presumed",
      "2020-07-01": "ended"}),
    ("an end before the dissolution", {"starts": "2001", "ends": "2010", "dissolved": "2020"},
     {"2009-01-01": "attested", "2011-01-01": "ended", "2020-01-01": "ended"}),
    ("an end after the dissolution", {"starts": "2001", "ends": "2025", "dissolved": "2020"},
     {"2019-01-01": "attested", "2020-12-31": "attested", "2021-01-01": "ended"}),
    ("a roster after the dissolution", {"points": "2010 2022", "dissolved": "2020"},
     {"2015-01-01": "attested", "2022-06-01": "attested", "2023-01-01": "presumed"}),
    # sources that contradict each other
    ("one end at two precisions", {"points": "2005", "ends": "2013 2013-06-30"},
     {"2013-06-30": "attested", "2013-07-01": "ended"}),
    ("two ends that exclude each other", {"points": "2005", "ends": "2010 2013"},
     {"2010-01-01": "attested", "2012-01-01": "presumed", "2013-12-31": "presumed",
      "2014-01-01": "ended"}),
    ("two starts in one year", {"starts": "2009-02 2009-11"},
     {"2009-01-31": "not-yet", "2009-02-01": "presumed", "2009-11-30": "attested",
      "2009-12-01": "presumed"}),
    ("three starts, two of which agree", {"starts": "2006 2006-03 2009"},
     {"2005-12-31": "not-yet", "2006-03-01": "presumed", "2009-12-31": "attested",
      "2010-01-01": "presumed"}),
    ("a roster between the ends of two sources", {"points": "2012", "ends": "2010 2013"},
     {"2011-12-31": "unknown", "2012-06-01": "attested", "2013-06-01": "presumed",
      "2014-01-01": "ended"}),
    ("former, with an end", {"former": True, "points": "2010", "ends": "2012"},
     {"2010-01-01": "attested", "2012-01-01": "attested", "2013-01-01": "ended"}),
    ("former, with a start", {"former": True, "starts": "2001"},
     {"2000-12-31": "not-yet", "2001-12-31": "attested", "2005-01-01": "unknown"}),
    # the ends of the calendar
    ("the first and the last day there is", {},
     {"0001-01-01": "presumed", "9999-12-31": "presumed"}),
    ("a start in the Middle Ages", {"starts": "1358"},
     {"1357-12-31": "not-yet", "1358-12-31": "attested", "2025-01-01": "presumed"}),
    ("a start in the future", {"starts": "2099-01-01"},
     {"2025-01-01": "not-yet", "2099-01-01": "attested", "2100-01-01": "presumed"}),
]  # fmt: skip


def bounds_of(evidence: dict[str, str]) -> Bounds:
    founded, dissolved, formed, gone = (
        PartialDate.parse(evidence[key]) if key in evidence else None
        for key in ("founded", "dissolved", "formed", "gone")
    )
    return bounds(
        starts=dates(*evidence.get("starts", "").split()),
        ends=dates(*evidence.get("ends", "").split()),
        points=dates(*evidence.get("points", "").split()),
        spans=[span(*text.split("/")) for text in evidence.get("spans", "").split()],
        founded=founded,
        dissolved=dissolved,
        former=bool(evidence.get("former")),
        formed=formed,
        gone=gone,
    )


@pytest.mark.parametrize(("name", "evidence", "answers"), CASES, ids=[case[0] for case in CASES])
def test_answers(name: str, evidence: dict[str, str], answers: dict[str, str]) -> None:
    found = bounds_of(evidence)
    assert {day: found.on(date.fromisoformat(day)).value for day in answers} == answers


@pytest.mark.parametrize("evidence", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_what_the_short_filter_relies_on(evidence: dict[str, str]) -> None:
    """docs/time.md: what is attested is held as well, and nothing is held after the end."""
    found = bounds_of(evidence)
    if found.attested_from <= found.attested_until:
        assert found.held_from <= found.attested_from
        assert found.attested_until <= found.held_until
    assert found.held_until <= found.ended_after


@pytest.mark.parametrize(
    "text", ["", "13", "2013-4", "2013-13", "2013-02-30", "2013-04-31", "04.2013"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        PartialDate.parse(text)


def test_a_leap_year_ends_february_on_the_29th() -> None:
    assert PartialDate.parse("2024-02").latest == date(2024, 2, 29)


def test_open_ends_are_the_first_and_last_day_there_is() -> None:
    found = bounds()
    assert (found.held_from, found.held_until) == (ALWAYS, NEVER)


def test_only_attested_and_presumed_hold() -> None:
    assert [c.value for c in Certainty if c.holds] == ["attested", "presumed"]
