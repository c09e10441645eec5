"""The difference of two days: each kind of move by hand, then the real networks."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from kgraph.cli import app
from kgraph.dates import PartialDate, bounds
from kgraph.difference import What, difference
from kgraph.errors import NotFoundError, QueryParameterError
from kgraph.model import Change, Evidence, Statement
from kgraph.release import Release

FROM, TO = date(2010, 1, 1), date(2020, 1, 1)
A, B, C, D = (f"municipality/de-0551500{i}" for i in range(4))


def held(start: str = "", end: str = "", point: str = "") -> dict[str, Any]:
    """Bounds, dates and evidence of a membership as a build would make them."""
    starts, ends, points = ([PartialDate.parse(t)] if t else [] for t in (start, end, point))
    evidence = (Evidence("s", "p. 1", "roster", point),) if point else ()
    known = {"start": start, "end": end, "evidence": evidence}
    return {"bounds": bounds(starts, ends, points), **known}


@pytest.fixture
def small(
    make_release: Callable[..., Release],
    agent: Callable[..., Any],
    network: Callable[..., Any],
    membership: Callable[..., Any],
) -> Release:
    young = network("young", founded=(Statement("2015", "s", "p. 2"),))
    iri = young.iri
    return make_release(
        agents=[agent(path, "de-05" if path != D else "de-03") for path in (A, B, C, D)],
        networks=[network("old"), young],
        memberships=[
            membership("old", A, **held(start="2001")),
            membership("old", B, **held(start="2012")),
            membership("old", C, **held(start="2001", end="2014")),
            membership("old", D, **held(point="2016-05")),
            membership("young", A, **held(point="2018")),
            membership("young", B, **held(start="2015"), role="chair"),
        ],
        changes=[
            Change("c1", "founding", "2015", (), (iri,), (), ()),
            Change("c2", "founding", "2009", (), (iri,), (), ()),
            Change("c3", "renaming", "2020", (iri,), (iri,), ("Junge",), ()),
            Change("c4", "dissolution", "", (iri,), (), (), ()),
        ],
    )


def moves(found: Any) -> list[tuple[str, str, str, str]]:
    return [
        (str(m.what), m.network.rpartition("/")[2], m.member.rpartition("/")[2], m.since)
        for m in found.moves
    ]


def test_joined_left_and_newly_attested(small: Release) -> None:
    assert moves(difference(small, FROM, TO)) == [
        ("joined", "old", "de-05515001", "2012"),
        ("left", "old", "de-05515002", "2014"),
        # first on a roster of 2016: nobody says that it joined then
        ("newly-attested", "old", "de-05515003", "2016-05"),
        # its network was founded in between: it cannot have been a member before
        ("joined", "young", "de-05515000", "2015"),
        ("joined", "young", "de-05515001", "2015"),
    ]


def test_nothing_is_different_where_nothing_happened(small: Release) -> None:
    found = difference(small, date(2004, 1, 1), date(2005, 1, 1))
    assert (found.moves, found.events) == ((), ())
    assert (found.ties.n_before, found.ties.n_came) == (1, 0)


def test_one_network_and_one_state(small: Release) -> None:
    assert {row[1] for row in moves(difference(small, FROM, TO, "young"))} == {"young"}
    assert "de-05515003" not in {row[2] for row in moves(difference(small, FROM, TO, "", "de-05"))}
    with pytest.raises(NotFoundError):
        difference(small, FROM, TO, "older")
    with pytest.raises(NotFoundError):
        difference(small, FROM, TO, "", "de-99")
    with pytest.raises(QueryParameterError, match="earlier first"):
        difference(small, TO, FROM)


def test_events_with_a_date_between_the_days(small: Release) -> None:
    found = [(e.change.iri, e.certain) for e in difference(small, FROM, TO).events]
    # 2009 is before; 2020 may be the second day itself; without a date nothing is told
    assert found == [("c1", True), ("c3", False)]


def test_ties(small: Release) -> None:
    ties = difference(small, FROM, TO).ties
    # 2010: A and C in old. 2020: A, B, D in old; A, B in young. A–C went; A–B, A–D, B–D came
    assert (ties.n_before, ties.n_after, ties.n_came, ties.n_went) == (1, 3, 3, 1)
    assert (ties.came, ties.went) == (((0, 1), (0, 3), (1, 3)), ((0, 2),))
    assert difference(small, FROM, TO, n_ties=1).ties.came == ((0, 1),)


def test_a_municipality_that_joined_in_march_2021(release: Release) -> None:
    # lokalkompass-haltern-2021: Haltern am See has been a member since 1 March 2021
    found = difference(release, date(2013, 4, 1), date(2023, 12, 31), "netzwerk-innenstadt-nrw")
    assert [(m.member.rpartition("/")[2], m.since) for m in found.of(What.JOINED)] == [
        ("de-05562016", "2021-03-01")
    ]
    newly = {m.member.rpartition("/")[2]: m.since for m in found.of(What.NEWLY_ATTESTED)}
    assert newly["de-05162016"] == "2023-03"  # ratsinfo-meerbusch-innenstadt-2023
    assert not found.of(What.LEFT)


def test_what_left_the_metropolitan_region_of_central_germany(release: Release) -> None:
    # wikipedia-en-central-german-metropolitan-region: Chemnitz and Magdeburg until 2013
    slug = "metropolregion-mitteldeutschland"
    found = difference(release, date(2012, 1, 1), date(2016, 1, 1), slug)
    left = {m.member.rpartition("/")[2] for m in found.of(What.LEFT)}
    assert {"de-15003000"} <= left


def test_mergers_of_2024(release: Release) -> None:
    # soziale-stadt-nrw-struktur: Städtenetz Soziale Stadt merged into the working group on 1/1/2024
    events = difference(release, date(2023, 6, 1), date(2024, 6, 1)).events
    merged = {iri.rpartition("/")[2] for e in events if e.change.kind == "merger"
              for iri in e.change.originals}  # fmt: skip
    assert {"staedtenetz-soziale-stadt-nrw", "netzwerk-innenstadt-nrw"} <= merged


def test_the_members_of_a_network_that_merged_did_not_leave(release: Release) -> None:
    # nwste-ueber, second paragraph: on 1 January 2024 into Netzwerk Stadtentwicklung NRW
    days = date(2023, 12, 31), date(2024, 1, 1)
    found = difference(release, *days, "netzwerk-innenstadt-nrw")
    assert set(found.counts) == {"merged"} and found.counts["merged"] > 80
    assert {move.since for move in found.moves} == {"2024-01-01"}


def test_a_town_made_of_two_members_did_not_join(release: Release) -> None:
    # silberberg-2019-fusion, first notice: Aue and Bad Schlema became one town on 1 January 2019
    found = difference(release, date(2018, 1, 1), date(2019, 6, 1), "staedtebund-silberberg")
    assert [row[::2] for row in moves(found)] == [
        ("merged", "de-14521030"), ("merged", "de-14521050"),
        ("newly-attested", "de-14521355"), ("succeeded", "de-14521035"),
    ]  # fmt: skip
    assert [(e.change.kind, e.change.date) for e in found.events] == [("merger", "2019-01-01")]


def test_what_came_and_went_is_the_difference_of_the_two_views(release: Release) -> None:
    days = date(2013, 4, 1), date(2020, 1, 1)
    found = difference(release, *days)
    views = [release.affiliation.at(day) for day in days]
    change = views[1].n_entries - views[0].n_entries
    gains = (What.JOINED, What.SUCCEEDED, What.NEWLY_ATTESTED)
    gained = sum(len(found.of(what)) for what in gains)
    assert gained - (len(found.moves) - gained) == change
    for view, n_ties in zip(views, (found.ties.n_before, found.ties.n_after), strict=True):
        product = (view.matrix @ view.matrix.T).tocoo()
        assert n_ties == ((product.row < product.col) & (product.data > 0)).sum()


def test_the_command() -> None:
    answer = CliRunner().invoke(
        app, ["diff", "--from", "2013-04-01", "--to", "2023-12-31", "--network",
              "netzwerk-innenstadt-nrw", "--ties", "2", "-f", "json"],
    )  # fmt: skip
    assert answer.exit_code == 0, answer.output
    rows = json.loads(answer.stdout)
    [joined] = [row for row in rows if row["what"] == "joined"]
    assert joined["thing"] == ["municipality/de-05562016"]
    assert joined["sources"] == ["lokalkompass-haltern-2021"]
    assert len([row for row in rows if row["what"] == "tie-came"]) == 2
    assert "1 joined" in answer.stderr
    wrong = CliRunner().invoke(app, ["diff", "--from", "2013", "--to", "2025-01-01"])
    assert isinstance(wrong.exception, QueryParameterError)
