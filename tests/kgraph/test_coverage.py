"""Coverage of the real rosters: the figures that the sources print, and what of it is listed."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from kgraph.cli import app
from kgraph.coverage import NetworkCoverage, by, coverage, history
from kgraph.errors import NotFoundError, QueryParameterError
from kgraph.release import Release


def one(release: Release, slug: str, day: date | None) -> NetworkCoverage:
    [found] = coverage(release, day, network=slug)
    return found


def test_a_roster_that_is_complete_on_its_day(release: Release) -> None:
    # vm-nrw-netzwerk-innenstadt-2013: a list of 78 towns, and the sentence that there are 78
    found = one(release, "netzwerk-innenstadt-nrw", date(2013, 4, 1))
    assert (found.n_listed, found.n_attested, found.n_claimed, found.share) == (78, 78, 78, 1.0)
    assert found.roster is not None
    assert (found.roster.date, found.roster.n_members) == ("2013-04", 78)


def test_ten_years_later_half_is_known_and_the_roster_is_old(release: Release) -> None:
    # ratsinfo-meerbusch-innenstadt-2023: 168 members in March 2023; it names 7 of them
    found = one(release, "netzwerk-innenstadt-nrw", date(2023, 12, 31))
    assert found.n_claimed == 168
    assert found.share == pytest.approx(found.n_listed / 168)
    assert 78 <= found.n_listed < 168
    assert found.roster is not None
    assert found.roster.date == "2013-04"


def test_a_later_claim_does_not_speak_for_an_earlier_day(release: Release) -> None:
    # wn-stadtregion-2019 counts 12 members in October 2019; the roster is of 2013
    before = one(release, "stadtregion-muenster", date(2016, 1, 1))
    after = one(release, "stadtregion-muenster", date(2020, 1, 1))
    assert (before.n_listed, before.n_claimed, before.share) == (12, None, None)
    assert (after.n_listed, after.n_claimed, after.share) == (12, 12, 1.0)
    assert [claim.date for claim in before.claims] == ["", "2019-10"]  # one is undated


def test_every_claim_beside_what_is_listed_on_its_day(release: Release) -> None:
    found = [(f.date, f.value, f.qualifier, n)
             for f, n in history(release, "netzwerk-innenstadt-nrw")]  # fmt: skip
    assert found[0] == ("2013-04", 78.0, "exactly", 78)
    assert [row[:3] for row in found[1:]] == [
        ("2021-02", 100.0, "over"),  # lokalkompass-haltern-2021
        ("2023", 169.0, "over"),  # meerbusch-rat-innenstadt-2023
        ("2023-03", 168.0, "exactly"),  # ratsinfo-meerbusch-innenstadt-2023
    ]


def test_it_agrees_with_the_coverage_of_analysis(release: Release) -> None:
    day = date(2020, 1, 1)
    view = release.affiliation.at(day, isolates=True)
    wanted = {r.network: (r.n_listed, r.n_claimed) for r in view.coverage.rosters}
    assert len(wanted) > 200
    found = {r.network: (r.n_listed, r.n_claimed) for r in coverage(release, day)}
    assert found.items() <= wanted.items()
    # two working groups were dissolved in 2015, one was replaced in 2016
    assert {iri.rpartition("/")[2] for iri in wanted.keys() - found.keys()} == {
        "arge-historische-ortskerne-nrw", "arge-historische-stadtkerne-nrw",
        "kag-region-erfurt-weimar-jena",
    }  # fmt: skip


def test_filters(release: Release) -> None:
    day = date(2020, 1, 1)
    rows = coverage(release, day, kind="city-region", state="de-05")
    assert "stadtregion-muenster" in {row.slug for row in rows}
    assert {row.kind for row in rows} == {"city-region"}
    assert all(0 < row.n_in_state <= row.n_listed for row in rows)
    themed = coverage(release, day, theme="urban-development")
    assert themed
    assert all("urban-development" in row.themes for row in themed)
    for wrong in ({"state": "de-99"}, {"kind": "club"}, {"theme": "chess"}, {"network": "none"}):
        with pytest.raises(NotFoundError):
            coverage(release, day, **wrong)


def test_groups_add_up(release: Release) -> None:
    rows = coverage(release, None)
    kinds = by("kind", rows)
    assert sum(group.n_networks for group in kinds) == len(rows) == len(release.networks)
    assert sum(group.n_listed for group in kinds) == sum(row.n_listed for row in rows)
    assert all(group.share is None or 0 <= group.share <= 1 for group in kinds)
    with pytest.raises(QueryParameterError):
        by("colour", rows)  # type: ignore[arg-type]


def test_the_command_says_the_same() -> None:
    answer = CliRunner().invoke(
        app, ["coverage", "--network", "netzwerk-innenstadt-nrw", "--as-of", "2013-04-01",
              "--format", "json"],
    )  # fmt: skip
    assert answer.exit_code == 0, answer.output
    [row] = json.loads(answer.stdout)
    assert (row["listed"], row["claimed"], row["share"], row["roster"]) == (78, 78, 1.0, "2013-04")
    assert "2013-04: 78 listed, exactly 78 claimed by vm-nrw" in answer.stderr
    grouped = CliRunner().invoke(app, ["coverage", "--by", "state", "--format", "csv"])
    assert grouped.stdout.startswith("key,networks,listed")
    assert "\nde-05," in grouped.stdout
