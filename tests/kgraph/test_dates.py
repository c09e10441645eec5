"""The five answers, case by case: the table of the model, and where it is silent."""

from __future__ import annotations

from datetime import date

import pytest

from kgraph.dates import ALWAYS, NEVER, Certainty, PartialDate, bounds


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
]  # fmt: skip


@pytest.mark.parametrize(("name", "evidence", "answers"), CASES, ids=[case[0] for case in CASES])
def test_answers(name: str, evidence: dict[str, str], answers: dict[str, str]) -> None:
    founded, dissolved = (
        PartialDate.parse(evidence[key]) if key in evidence else None
        for key in ("founded", "dissolved")
    )
    found = bounds(
        starts=dates(*evidence.get("starts", "").split()),
        ends=dates(*evidence.get("ends", "").split()),
        points=dates(*evidence.get("points", "").split()),
        spans=[span(*text.split("/")) for text in evidence.get("spans", "").split()],
        founded=founded,
        dissolved=dissolved,
        former=bool(evidence.get("former")),
    )
    assert {day: found.on(date.fromisoformat(day)).value for day in answers} == answers


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
