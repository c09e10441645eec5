"""``/api/v1/networks``; every value is counted by hand from the rows in conftest.py."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


def slugs(client: TestClient, query: str) -> list[str]:
    return [item["slug"] for item in client.get(f"/api/v1/networks{query}").json()["items"]]


def test_a_list_says_what_it_is_a_part_of(client: TestClient) -> None:
    answer = client.get("/api/v1/networks?limit=1&offset=1").json()
    assert [item["slug"] for item in answer["items"]] == ["innenstadt"]
    assert (answer["total"], answer["limit"], answer["offset"]) == (3, 1, 1)
    assert (answer["as_of"], answer["version"]) == ("2024-05-01", "0123456789ab")


def test_an_offset_behind_the_end_gives_no_items(client: TestClient) -> None:
    answer = client.get("/api/v1/networks?offset=99").json()
    assert (answer["items"], answer["total"]) == ([], 3)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=munster", ["stadtregion"]),
        ("?q=MÜNSTER", ["stadtregion"]),
        ("?q=inner city", ["innenstadt"]),
        ("?q=%25", []),
        ("?q=x' OR 1=1", []),
        ("?kind=city-region", ["stadtregion"]),
        ("?kind=city-region,working-group", ["ag-plaetze", "stadtregion"]),
        ("?theme=culture", ["innenstadt"]),
        ("?state=de-05", ["innenstadt", "stadtregion"]),
        ("?state=Niedersachsen", []),
        ("?kind=network&theme=mobility", []),
    ],
)
def test_filters(client: TestClient, query: str, expected: list[str]) -> None:
    assert slugs(client, query) == expected


def test_one_network_shows_both_foundings_and_the_claimed_count(client: TestClient) -> None:
    item = client.get("/api/v1/networks/stadtregion").json()
    assert item["iri"] == "https://w3id.org/imcoop/id/network/stadtregion"
    assert item["name"] == {"de": "Stadtregion Münster", "en": None}
    assert [said["value"] for said in item["founded"]] == ["2001", "2013"]
    assert item["counts"] == [
        {"kind": "members", "value": 12, "qualifier": "over", "counted": "Kommunen", "date": "2019",
         "until": None, "source": "handbook", "locator": "p. 2"}
    ]  # fmt: skip
    assert item["sources"] == [
        {"slug": "handbook", "title": "Handbuch der Netze", "url": "https://example.org/handbook",
         "locator": "chapter 1", "basis": "publication", "date": "2020"}
    ]  # fmt: skip


def test_a_network_is_described_in_both_languages_where_it_is(client: TestClient) -> None:
    """In the list as in the single answer; a network without description has none."""
    empty = {"de": None, "en": None}
    one = client.get("/api/v1/networks/stadtregion").json()["description"]
    assert one == {"de": "Ein Bund von Städten.", "en": "A league of towns."}
    items = client.get("/api/v1/networks").json()["items"]
    assert {i["slug"]: i["description"] for i in items if i["slug"] != "stadtregion"} == {
        "ag-plaetze": empty, "innenstadt": empty
    }  # fmt: skip


def test_the_parent_of_a_working_group(client: TestClient) -> None:
    assert client.get("/api/v1/networks/ag-plaetze").json()["parent"] == {
        "iri": "https://w3id.org/imcoop/id/network/innenstadt",
        "slug": "innenstadt",
        "name": "Netzwerk Innenstadt",
        "kind": "network",
    }


@pytest.mark.parametrize(
    ("day", "n_members"),
    [
        # Münster and Telgte; Greven left in 2015, the chair is a person, the Land only pays.
        ("2024-05-01", 2),
        ("2010-01-01", 3),
        ("2000-12-31", 0),
        ("all", 3),
    ],
)
def test_members_are_counted_on_the_day(client: TestClient, day: str, n_members: int) -> None:
    item = client.get(f"/api/v1/networks/stadtregion?as_of={day}").json()
    assert item["n_members"] == n_members
    assert item["as_of"] == (None if day == "all" else day)


def members(client: TestClient, query: str) -> list[tuple[str, str, str]]:
    items = client.get(f"/api/v1/networks/stadtregion/members{query}").json()["items"]
    return [(item["member"]["name"], item["role"], item["certainty"]) for item in items]


def test_members_today_are_presumed_after_the_last_roster(client: TestClient) -> None:
    assert members(client, "") == [
        ("Münster", "host", "presumed"),
        ("Münster", "member", "presumed"),
        ("Telgte", "member", "presumed"),
    ]


def test_members_on_a_day_between_start_and_roster_are_attested(client: TestClient) -> None:
    assert ("Greven", "member", "attested") in members(client, "?as_of=2010-01-01")


def test_who_has_left_is_listed_when_asked_for(client: TestClient) -> None:
    assert members(client, "?certainty=ended") == [("Greven", "member", "ended")]


def test_roles(client: TestClient) -> None:
    assert members(client, "?role=host") == [("Münster", "host", "presumed")]
    assert members(client, "?role=chair") == [("Erika Muster", "chair", "presumed")]
    assert [role for _, role, _ in members(client, "?role=any")] == [
        "chair", "funder", "host", "member", "member"
    ]  # fmt: skip
    assert members(client, "?role=patron") == []


def test_a_membership_has_its_iri_its_dates_and_its_place_in_the_source(client: TestClient) -> None:
    items = client.get("/api/v1/networks/stadtregion/members").json()["items"]
    telgte = items[2]
    assert telgte["iri"].endswith("/id/membership/stadtregion/de-05570048/member")
    assert telgte["member"] == {
        "iri": "https://w3id.org/imcoop/id/municipality/de-05570048",
        "kind": "municipality",
        "key": "de-05570048",
        "name": "Telgte",
        "state": "Nordrhein-Westfalen",
    }
    assert (telgte["start"], telgte["end"], telgte["function"]) == ("2001", None, None)
    assert telgte["sources"][0]["locator"] == "table stadtregion"


def test_a_network_can_be_a_member(client: TestClient) -> None:
    items = client.get("/api/v1/networks/innenstadt/members").json()["items"]
    found = {item["member"]["name"]: item["member"]["kind"] for item in items}
    assert found == {"Kreis Warendorf": "district", "Stadtregion Münster": "network"}


def test_the_members_that_sources_print(real: TestClient) -> None:
    # muenster-stadtregion: 12 municipalities; the roster of Netzwerk Innenstadt NRW of April 2013
    # has 78.
    one = real.get("/api/v1/networks/stadtregion-muenster").json()
    other = real.get("/api/v1/networks/netzwerk-innenstadt-nrw?as_of=2013-04-15").json()
    assert (one["n_members"], other["n_members"]) == (12, 78)


def test_what_a_network_came_from_is_named_though_it_never_had_members(real: TestClient) -> None:
    changes = real.get("/api/v1/networks/metropolregion-mitteldeutschland").json()["changes"]
    [merger] = [one for one in changes if one["kind"] == "merger"]
    [origin] = merger["originals"]
    assert origin["name"] == "Wirtschaftsinitiative für Mitteldeutschland"
    assert merger["sources"][0]["title"]


def test_a_network_shows_where_its_sources_disagree(real: TestClient) -> None:
    # havixbeck-stadtregion-2013 says 2001, muenster-stadtregion 2013
    found = real.get("/api/v1/networks/stadtregion-muenster").json()["disagreements"]
    assert ("founding-date", {"2001", "2013"}) in [
        (one["on"], {one["first"]["value"], one["second"]["value"]}) for one in found
    ]
    said = [one[side] for one in found for side in ("first", "second")]
    assert all(one["locator"] and one["title"] for one in said)
    assert any((one["url"] or "").startswith("http") for one in said)
