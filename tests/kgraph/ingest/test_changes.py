"""Claims about founding, merging, renaming and the end."""

from __future__ import annotations

from datetime import date

ASK = """
SELECT ?date ?original ?result ?former ?source {{
  ?change a org:ChangeEvent ; imc:changeType <https://w3id.org/imcoop/codelist/change-type/{}> ;
          imc:attestation/prov:wasDerivedFrom ?source .
  OPTIONAL {{ ?change imc:date ?date }}
  OPTIONAL {{ ?change org:originalOrganization ?original }}
  OPTIONAL {{ ?change org:resultingOrganization ?result }}
  OPTIONAL {{ ?change imc:formerName ?former }}
}} ORDER BY ?result ?date ?former ?source
"""


def changes(release, kind: str) -> list[tuple[str, ...]]:
    rows = release.query(ASK.format(kind)).rows()
    return [tuple(cell.rpartition("/")[2] for cell in row[:3]) + row[3:4] + (
        row[4].rpartition("/")[2],) for row in rows]  # fmt: skip


def test_sources_that_disagree_stay_two_foundings(small) -> None:
    """2001 (havixbeck-stadtregion-2013: municipal network) and 2013 (became reality)."""
    found = [row for row in changes(small, "founding") if row[2] == "stadtregion-muenster"]
    assert {(row[0], row[4]) for row in found} == {
        ("2001", "havixbeck-stadtregion-2013"),
        ("2001", "muenster-ist-bunt-stadtregion-2022"),
        ("2013", "muenster-ist-bunt-stadtregion-2022"),
        ("2013", "muenster-stadtregion"),
    }
    network = small.network("stadtregion-muenster")
    assert {said.value for said in network.founded} == {"2001", "2013"}


def test_a_merger_leads_from_the_old_to_the_new(small) -> None:
    """Source: dortmund-nwste-2024, section on the bundling."""
    assert changes(small, "merger") == [
        ("2024", "ag-stadtumbau", "netzwerk-stadtentwicklung-nrw", "", "dortmund-nwste-2024")
    ]


def test_a_succession_leads_from_the_predecessor_to_the_subject(small) -> None:
    """Source: nwste-ueber, second paragraph: five networks continue as working groups."""
    assert changes(small, "succession") == [
        ("2024-01-01", "stadtumbaunetzwerk-nrw", "ag-stadtumbau", "", "nwste-ueber")
    ]


def test_undated_former_names_are_renamings_of_their_own(small) -> None:
    """Sources: stadtumland-rs1-phase-1, headline; tmblv-metropolregion, two paragraphs."""
    assert {(row[2], row[3]) for row in changes(small, "renaming")} == {
        ("innovationsband-rs1", "Innovationsband Radschnellweg Ruhr"),
        ("metropolregion-mitteldeutschland", "Metropolregion Halle/Leipzig – Sachsendreieck"),
        ("metropolregion-mitteldeutschland", "Sachsendreieck"),
    }
    answer = small.query(
        "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c imc:formerName ?name ; org:resultingOrganization "
        "<https://w3id.org/imcoop/id/network/metropolregion-mitteldeutschland> }"
    )
    assert list(answer.rows()) == [("2",)]


def test_a_former_name_finds_its_network(small) -> None:
    answer = small.query(
        "SELECT ?network { ?network skos:altLabel ?name "
        "FILTER (STR(?name) = 'Innovationsband Radschnellweg Ruhr') }"
    )
    assert list(answer.rows()) == [("https://w3id.org/imcoop/id/network/innovationsband-rs1",)]


def dissolved(tables, year: str):
    claims = "facts/claims/stadtregion-muenster.csv"
    tables.add("mappings/claim-types.csv", property="dissolvedOn", pattern="change",
               term="dissolution")  # fmt: skip
    tables.add(claims, subject="stadtregion-muenster", property="dissolvedOn", value=year,
               source="muenster-stadtregion", locator="invented for this test")  # fmt: skip
    release = tables.build()
    telgte = "https://w3id.org/imcoop/id/municipality/de-05570044"
    [membership] = [
        m for m in release.memberships_of(telgte)
        if m.role == "member" and m.network.endswith("/network/stadtregion-muenster")
    ]  # fmt: skip
    return release, membership.bounds


def test_nobody_is_a_member_of_what_is_dissolved(tables) -> None:
    release, bounds = dissolved(tables, "2023")
    assert [s.value for s in release.network("stadtregion-muenster").dissolved] == ["2023"]
    assert bounds.on(date(2022, 1, 1)).value == "attested"
    assert bounds.on(date(2023, 12, 31)).value == "presumed"
    assert bounds.on(date(2024, 1, 1)).value == "ended"


def test_what_was_founded_again_is_not_dissolved(tables) -> None:
    """As Deutscher Städtetag: dissolved in 1933, formed again in 1945."""
    _, bounds = dissolved(tables, "2005")
    assert bounds.on(date(2013, 4, 15)).value == "attested"
    assert bounds.on(date(2024, 1, 1)).value == "presumed"
