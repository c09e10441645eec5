"""What a merger ends, what it does not, and how a town leads to what it became and came from."""

from __future__ import annotations

from datetime import date

import pytest

from kgraph.namespaces import thing
from kgraph.periods import on_day
from kgraph.release import Release

ROSTER = "facts/memberships/stadtumbaunetzwerk-nrw.csv"
AUE, BAD_SCHLEMA, TOGETHER = (
    thing(f"municipality/de-{key}") for key in ("14521030", "14521050", "14521035")
)


def on(membership, *days: str) -> list[str]:
    return [membership.bounds.on(date.fromisoformat(day)).value for day in days]


def test_a_merger_ends_what_is_only_presumed(release: Release) -> None:
    """Source: nwste-ueber, second paragraph: merged on 2024-01-01 into one network."""
    rows = release.members_of(thing("network/netzwerk-innenstadt-nrw"))
    members = [row for row in rows if row.role == "member"]
    assert len(members) > 80
    assert {on(row, "2023-12-31", "2024-01-01")[1] for row in members} == {"ended"}
    presumed = [row for row in members if on(row, "2023-12-31") == ["presumed"]]
    assert len(presumed) > 80
    assert {row.ended_by for row in presumed} == {
        thing("change/netzwerk-stadtentwicklung-nrw/merger-netzwerk-innenstadt-nrw-2024-01-01")
    }


def test_what_goes_on_as_a_part_is_not_ended(small: Release) -> None:
    """Source: dortmund-nwste-2024: under one roof since 2024, as a part of what came after."""
    [row] = [row for row in small.members_of(thing("network/ag-stadtumbau"))
             if row.role == "coordinator" and row.member.endswith("/de-05913000")]  # fmt: skip
    assert on(row, "2025-06-01") == ["presumed"]
    assert row.ended_by == ""


def stadtumbau(tables, attested_on: str) -> list[str]:
    for member in ("Ascheberg", "Telgte"):
        tables.add(
            "facts/memberships/stadtregion-muenster.csv", network="stadtumbaunetzwerk-nrw",
            member=member, member_kind="municipality", member_country="DE",
            member_region="Nordrhein-Westfalen", role="member", source="muenster-stadtregion",
            attested_on="2020" if member == "Ascheberg" else attested_on, locator="invented",
        )  # fmt: skip
    release = tables.build()
    [row] = [row for row in release.members_of(thing("network/stadtumbaunetzwerk-nrw"))
             if row.member.endswith("/de-05558004") and row.role == "member"]  # fmt: skip
    return on(row, "2023-12-31", "2024-01-01", "2026-01-01")


def test_a_source_that_speaks_of_it_later_ends_nothing(tables) -> None:
    """The network merged on 2024-01-01; a roster of 2025 says that it goes on."""
    assert stadtumbau(tables, "2025") == ["presumed", "presumed", "presumed"]


def test_a_source_that_speaks_of_it_before_leaves_it_ended(tables) -> None:
    assert stadtumbau(tables, "2023") == ["presumed", "ended", "ended"]


def test_a_merger_of_towns_has_both_sides(release: Release) -> None:
    """Sources: silberberg-2019-fusion, first notice; blick-silberberg-25, first paragraph."""
    merged = {change.date: change for change in release.changes
              if change.kind == "merger" and "/municipality/de-14521" in change.iri.replace(
                  "/change/", "/municipality/")}  # fmt: skip
    assert set(merged) == {"2013", "2019-01-01"}
    assert (set(merged["2019-01-01"].originals), merged["2019-01-01"].results) == (
        {AUE, BAD_SCHLEMA}, (TOGETHER,)
    )  # fmt: skip
    assert [said.source for said in merged["2019-01-01"].sources] == ["silberberg-2019-fusion"]
    assert [said.source for said in merged["2013"].sources] == ["blick-silberberg-25"]
    for town in (AUE, BAD_SCHLEMA, TOGETHER):
        assert merged["2019-01-01"] in release.changes_of(town)


@pytest.mark.parametrize(
    ("town", "day", "expected"),
    [
        (AUE, "2018-12-31", [AUE]),
        (AUE, "2019-01-01", [TOGETHER]),
        (BAD_SCHLEMA, "2024-05-01", [TOGETHER]),
        (TOGETHER, "2018-12-31", [AUE, BAD_SCHLEMA]),
        (TOGETHER, "2019-01-01", [TOGETHER]),
        (thing("municipality/nl-0756"), "2022-01-01", [thing("agent/nl-land-van-cuijk")]),
        (thing("municipality/nl-0299"), "2010-01-01", [thing("municipality/nl-0299")]),
        (thing("municipality/nl-0196"), "2020-01-01", [thing("municipality/nl-0299")]),
        (thing("municipality/de-05515000"), "1900-01-01", [thing("municipality/de-05515000")]),
    ],
)
def test_a_town_leads_to_what_stands_for_it(
    release: Release, town: str, day: str, expected: list[str]
) -> None:
    assert list(on_day(release, town, date.fromisoformat(day))) == expected


def members_on(release: Release, day: str) -> set[str]:
    rows = release.members_of(thing("network/staedtebund-silberberg"))
    return {row.member for row in rows if row.bounds.on(date.fromisoformat(day)).holds}


def test_the_league_has_the_towns_of_the_day(release: Release) -> None:
    """Source: silberberg-2019-fusion: six members before, five after."""
    before, after = (members_on(release, day) for day in ("2010-01-01", "2020-01-01"))
    assert {AUE, BAD_SCHLEMA} <= before and TOGETHER not in before
    assert TOGETHER in after and not {AUE, BAD_SCHLEMA} & after
    assert (len(before), len(after)) == (6, 5)


def test_a_later_list_puts_the_end_off_to_its_own_day(release: Release) -> None:
    """Lauter merged in 2013, but wikipedia-silberberg-2016 lists it on 2016-10-08."""
    rows = [row for row in release.members_of(thing("network/staedtebund-silberberg"))
            if row.member == thing("agent/de-lauter-sachsen") and row.role == "member"]  # fmt: skip
    assert [on(row, "2016-10-08", "2016-10-09") for row in rows] == [["attested", "ended"]]


def test_a_decided_change_says_why(release: Release) -> None:
    [change] = release.changes_of(thing("district/de-03156"))
    assert (change.date, change.sources) == ("2016-11-01", ())
    assert change.note.startswith("the district of Osterode became part")


def test_a_change_of_something_unknown_is_refused(tables) -> None:
    from kgraph.errors import DataError

    tables.add("mappings/changes.csv", change="merger", originals="municipality/de-0551500",
               results="municipality/de-05515000", date="1975", reason="a slip")  # fmt: skip
    with pytest.raises(DataError, match="has 'municipality/de-0551500', which is no thing"):
        tables.build()
