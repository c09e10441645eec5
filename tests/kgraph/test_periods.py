"""What held on a day besides membership: names, agreements, money, offices, territories."""

from __future__ import annotations

from datetime import date

import pytest

from kgraph.dates import Certainty
from kgraph.errors import NotFoundError, QueryParameterError
from kgraph.namespaces import thing
from kgraph.periods import certainties, holding
from kgraph.release import Release


def labels(release: Release, kind: str, about: str, day: str) -> dict[str, str]:
    found = holding(release, date.fromisoformat(day), kind=kind, about=about,
                    certainty=tuple(Certainty))  # fmt: skip
    return {one.label or one.iri.rpartition("/")[2]: sure.value for one, sure in found}


ICLEI = "International Council for Local Environmental Initiatives"


@pytest.mark.parametrize(
    ("day", "former", "present"),
    [
        ("1989-12-31", "not-yet", "not-yet"),
        ("1995-01-01", "attested", "not-yet"),
        ("2004-01-01", "ended", "attested"),
    ],
)
def test_a_name_has_its_time(release: Release, day: str, former: str, present: str) -> None:
    """Source: boell-iclei: the council was called so from 1990 to 2003."""
    found = labels(release, "name", "network/iclei", day)
    assert found[ICLEI] == former
    assert found["ICLEI – Local Governments for Sustainability"] == present


def test_a_renaming_of_a_day_ends_the_name_the_day_before(release: Release) -> None:
    """Source: rgre-vorstellung-alt: renamed on 1984-10-15."""
    days = ("1984-10-14", "1984-10-15")
    former = [labels(release, "name", "network/rgre", day)["Rat der Gemeinden Europas"]
              for day in days]  # fmt: skip
    assert former == ["presumed", "ended"]


def test_a_former_name_without_dates_is_nowhere_presumed(release: Release) -> None:
    found = labels(release, "name", "metropolregion-mitteldeutschland", "2000-01-01")
    assert found["Sachsendreieck"] == "unknown"


@pytest.mark.parametrize(("day", "answer"), [("2009-07-13", "not-yet"), ("2009-07-14", "attested")])
def test_an_agreement_holds_from_the_day_of_signing(
    release: Release, day: str, answer: str
) -> None:
    """Source: innenstadt-nrw-mitglied-werden: signed on 2009-07-14."""
    about = "agreement/kooperationsvereinbarung-netzwerk-innenstadt-nrw"
    iri = thing(about)
    found = holding(release, date.fromisoformat(day), kind="agreement", certainty=tuple(Certainty))
    assert {one.iri: sure.value for one, sure in found}[iri] == answer


def test_the_fee_that_was_suspended(release: Release) -> None:
    """Source: lokalkompass-haltern-2021: no fee from 2021 to 2023."""
    found = holding(release, date(2022, 6, 1), kind="fee", about="netzwerk-innenstadt-nrw")
    assert 0.0 in {one.amount for one, _ in found}
    found = holding(release, date(2025, 6, 1), kind="fee", about="netzwerk-innenstadt-nrw")
    assert 0.0 not in {one.amount for one, _ in found}


def test_who_speaks_on_a_day(release: Release) -> None:
    """Source: muenster-journal-stadtregion-2018: speaker in September 2018."""
    on_the_day = labels(release, "office", "stadtregion-muenster", "2018-09-15")
    assert "attested" in {on_the_day[name] for name in on_the_day if name.startswith("speaker")}


@pytest.mark.parametrize(
    ("day", "answer"),
    [("2007-12-31", "not-yet"), ("2020-01-01", "attested"), ("2024-01-01", "ended")],
)
def test_a_network_has_its_time(release: Release, day: str, answer: str) -> None:
    """Founded in 2008, merged on 2024-01-01 (nwste-ueber, second paragraph)."""
    found = holding(release, date.fromisoformat(day), kind="network",
                    about="netzwerk-innenstadt-nrw", certainty=tuple(Certainty))  # fmt: skip
    assert [sure.value for _, sure in found] == [answer]


def test_a_network_that_ended_is_in_no_coverage(release: Release) -> None:
    from kgraph.coverage import coverage

    slugs = {day: {one.slug for one in coverage(release, date.fromisoformat(day))}
             for day in ("2023-12-31", "2024-01-01")}  # fmt: skip
    assert "netzwerk-innenstadt-nrw" in slugs["2023-12-31"] - slugs["2024-01-01"]
    [one] = coverage(release, date(2025, 1, 1), network="netzwerk-innenstadt-nrw")
    assert (one.n_listed, one.n_claimed) == (0, None)


def test_memberships_are_asked_for_by_name(release: Release) -> None:
    without = {one.kind for one, _ in holding(release, date(2020, 1, 1))}
    assert "membership" not in without and {"office", "fee", "name", "territory"} <= without
    found = holding(release, date(2022, 6, 1), kind="membership", about="stadtregion-muenster")
    members = {dict(one.parties)["member"] for one, _ in found
               if dict(one.parties)["organisation"].endswith("/stadtregion-muenster")}  # fmt: skip
    assert len(members) == 12  # muenster-stadtregion lists twelve


def test_every_period_says_where_it_comes_from(release: Release) -> None:
    without = {one.kind for one in release.periods if not one.evidence}
    assert without <= {"network", "territory", "name"}
    named = [one for one in release.periods if one.kind == "name" and not one.evidence]
    assert [one.label for one in named] == ["Schlema"]  # decided in mappings/changes.csv


def test_what_is_not_there(release: Release) -> None:
    assert holding(release, date(1800, 1, 1), kind="fee") == ()
    with pytest.raises(QueryParameterError, match="'feee' has a time; there is membership, office"):
        holding(release, None, kind="feee")
    with pytest.raises(NotFoundError):
        holding(release, None, about="network/atlantis")
    with pytest.raises(QueryParameterError, match="certainty 'sure' is none of attested"):
        certainties(["sure"])
