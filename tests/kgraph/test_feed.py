"""What gets into the feed, under which name and day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kgraph.dates import PartialDate, bounds
from kgraph.feed import Feed
from kgraph.model import Change, Evidence, Membership
from kgraph.release import Release

MakeRelease = Callable[..., Release]


def member(role: str, start: str, end: str, *dated: str) -> Membership:
    points = [PartialDate.parse(one) for one in dated if one and "/" not in one]
    starts, ends = ([PartialDate.parse(one)] if one else [] for one in (start, end))
    said = tuple(Evidence(f"source-{one}", "p. 1", "roster", one) for one in dated)
    return Membership(
        f"urn:{role}", "urn:network", "urn:member", role, True, "", start, end,
        bounds(starts, ends, points), said,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (member("member", "2001", ""), [("joined", "2001", date(2001, 12, 31))]),
        (member("member", "2001", "", "2020"), [("joined", "2001", date(2001, 12, 31))]),
        (member("chair", "2001-02", ""), [("began", "2001-02", date(2001, 2, 28))]),
        (
            member("member", "2001", "2013-04-01"),
            [("left", "2013-04-01", date(2013, 4, 1)), ("joined", "2001", date(2001, 12, 31))],
        ),
        (member("host", "", "2013"), [("ended", "2013", date(2013, 12, 31))]),
        (
            member("member", "", "", "2020", "2013-04"),
            [("first-attested", "2013-04", date(2013, 4, 30))],
        ),
        (member("member", "", "", ""), []),
        (member("member", "", "", "2010/2012"), []),
    ],
)  # fmt: skip
def test_memberships(
    make_release: MakeRelease, row: Membership, expected: list[tuple[str, str, date]]
) -> None:
    feed = Feed.of(make_release(memberships=[row]))
    assert [(one.what, one.date, one.updated) for one in feed.entries] == expected
    assert [one.iri for one in feed.entries] == [f"urn:{row.role}#{e[0]}-{e[1]}" for e in expected]
    assert feed.about("urn:network") == feed.about("urn:member") == feed.entries


def test_only_what_attests_first_is_named(make_release: MakeRelease) -> None:
    [entry] = Feed.of(make_release(memberships=[member("member", "", "", "2020", "2013")])).entries
    assert [said.source for said in entry.sources] == ["source-2013"]


def test_changes(make_release: MakeRelease) -> None:
    def change(iri: str, when: str) -> Change:
        return Change(iri, "merger", when, ("urn:a", "urn:b"), ("urn:c",), (), ())

    rows = [change("urn:1", "2013"), change("urn:2", "2013-12-31"), change("urn:3", "")]
    feed = Feed.of(make_release(changes=rows))
    # Undated ones have no place; on the same day the IRI decides.
    assert [one.iri for one in feed.entries] == ["urn:1", "urn:2"]
    assert feed.about("urn:b") == feed.about("urn:c") == feed.entries
    assert feed.about("urn:d") == ()
