"""Claims that name who holds an office, who joined and who left."""

from __future__ import annotations

from datetime import date

import pytest

CLAIMS = "facts/claims/stadtregion-muenster.csv"


def offices(release, organisation: str) -> dict[tuple[str, str], object]:
    """(role, member) → membership, for one organisation by its path."""
    iri = f"https://w3id.org/imcoop/id/{organisation}"
    return {(m.role, m.member.rpartition("/id/")[2]): m for m in release.members_of(iri)}


def on(membership, *days: str) -> list[str]:
    return [membership.bounds.on(date.fromisoformat(day)).value for day in days]


def test_the_chair_of_the_city_region_and_whom_he_stands_for(small) -> None:
    """Source: muenster-stadtregion-organisation, chair and speaker."""
    chair = offices(small, "network/stadtregion-muenster")["chair", "person/joern-moeltgen"]
    assert chair.function == "Bürgermeister der Gemeinde Havixbeck"
    rows = small.query(
        "SELECT ?town ?post { ?m org:member <https://w3id.org/imcoop/id/person/joern-moeltgen> ; "
        "org:role <https://w3id.org/imcoop/codelist/role/chair> ; imc:represents ?who ; "
        "imc:post ?p . ?who rdfs:label ?town . ?p rdfs:label ?post FILTER (LANG(?post) = 'de') } "
        "ORDER BY ?town"
    ).rows()
    assert list(rows) == [("Havixbeck", "Vorsitz: Stadtregion Münster")]


def test_a_lone_date_is_the_day_for_which_a_source_speaks(small) -> None:
    """Speaker in 2018-09 (muenster-journal-stadtregion-2018): not a start."""
    speaker = offices(small, "network/stadtregion-muenster")["speaker", "person/carsten-grawunder"]
    assert (speaker.start, speaker.end) == ("", "")
    assert on(speaker, "2018-08-31", "2018-09-15", "2018-10-01") == [
        "unknown", "attested", "presumed"
    ]  # fmt: skip


def test_an_office_from_a_day_on(small) -> None:
    """Source: dortmund-nwste-2024, headline and lead: Dortmund coordinates from 2025-01-01."""
    coordinator = offices(small, "network/ag-stadtumbau")["coordinator", "municipality/de-05913000"]
    assert coordinator.start == "2025-01-01"
    assert on(coordinator, "2024-12-31", "2025-01-01", "2026-01-01") == [
        "not-yet", "attested", "presumed"
    ]  # fmt: skip


def test_a_former_chair_with_an_end(small) -> None:
    """Source: leader-baumberge-vorstand-2026: Marion Dirks until 2026-01, then another."""
    held = offices(small, "network/leader-baumberge")
    assert on(held["chair", "person/marion-dirks"], "2026-02-01") == ["ended"]
    assert on(held["chair", "person/christoph-gottheil"], "2025-12-31", "2026-02-01") == [
        "not-yet", "presumed"
    ]  # fmt: skip


def test_a_former_chair_without_dates_is_nowhere_presumed(small) -> None:
    """Source: wikipedia-de-eurocities-2009: "Wolfgang Tiefensee … (früher)"."""
    chair = offices(small, "network/eurocities")["chair", "person/wolfgang-tiefensee"]
    assert on(chair, "1990-01-01", "2009-01-01", "2026-01-01") == ["unknown"] * 3


@pytest.mark.parametrize("key", ["de-14612000", "de-15003000"])
def test_members_that_left(small, key: str) -> None:
    """Source: wikipedia-en-central-german-metropolitan-region: Dresden, Magdeburg left in 2013."""
    held = offices(small, "network/metropolregion-mitteldeutschland")
    member = held["member", f"municipality/{key}"]
    assert member.end == "2013"
    assert on(member, "2013-01-01", "2013-12-31", "2014-01-01") == ["presumed", "presumed", "ended"]


def test_a_member_that_joined(small) -> None:
    """Source: wikipedia-en-central-german-metropolitan-region: Jena joined in 2009.

    In which month the source does not say, so that until the year's last day it is presumed.
    """
    held = offices(small, "network/metropolregion-mitteldeutschland")
    member = held["member", "municipality/de-16053000"]
    assert member.start == "2009"
    assert on(member, "2008-12-31", "2009-06-30", "2009-12-31", "2010-01-01") == [
        "not-yet", "presumed", "attested", "presumed"
    ]  # fmt: skip


def test_participation_has_the_subject_as_its_member(small) -> None:
    """Source: nottuln-stadtregion-2018: in the programme StadtUmland.NRW, 2016 to 2017."""
    iri = "https://w3id.org/imcoop/id/network/stadtregion-muenster"
    [membership] = [m for m in small.memberships if m.member == iri]
    assert membership.network.endswith("/stadtumland-nrw")
    assert (membership.role, membership.start, membership.end) == ("participant", "2016", "2017")
    assert on(membership, "2015-12-31", "2018-01-01") == ["not-yet", "ended"]


def test_two_terms_of_one_person_are_two_memberships(tables) -> None:
    value = "Carsten Grawunder (Bürgermeister Drensteinfurt)"
    for since, until in (("2010", "2012"), ("2016", "2018")):
        tables.add(
            CLAIMS, subject="stadtregion-muenster", property="chairedBy", value=value,
            valid_from=since, valid_to=until, source="muensteraktiv-veloregion", locator=since,
        )  # fmt: skip
    release = tables.build()
    terms = {
        m.start: m
        for m in release.memberships
        if m.member.endswith("/carsten-grawunder") and m.role == "chair" and m.start
    }
    assert sorted(terms) == ["2010", "2016"]
    assert on(terms["2010"], "2011-06-01", "2014-06-01") == ["attested", "ended"]
    assert on(terms["2016"], "2014-06-01", "2017-06-01") == ["not-yet", "attested"]


def test_a_role_decides_whether_it_counts_as_membership(small) -> None:
    held = offices(small, "network/stadtregion-muenster")
    counts = {role: m.participates for (role, _), m in held.items()}
    assert counts == {
        "member": True, "chair": True, "deputy-chair": True, "speaker": True, "host": False,
        "managing-director": False,
    }  # fmt: skip


def test_a_place_in_a_roster_is_its_evidence(small) -> None:
    """Ostbevern joined in 2007, says havixbeck-stadtregion-2013; eight documents list it."""
    held = offices(small, "network/stadtregion-muenster")
    ostbevern = held["member", "municipality/de-05570032"]
    assert ostbevern.start == "2007"
    assert len({e.source for e in ostbevern.evidence}) == 8
    said = {(e.source, e.basis, e.date) for e in ostbevern.evidence}
    assert ("muenster-ist-bunt-stadtregion-2022", "roster", "2022-08-09") in said
    assert on(ostbevern, "2006-12-31", "2007-06-01", "2013-04-15", "2022-08-09", "2024-01-01") == [
        "not-yet", "presumed", "attested", "attested", "presumed"
    ]  # fmt: skip
