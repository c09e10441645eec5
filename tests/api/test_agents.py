"""``/api/v1/municipalities`` and ``/api/v1/agents``."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Greven", "Munster", "Münster", "Telgte"]),
        ("?q=munster", ["Munster", "Münster"]),
        ("?q=muenster", ["Münster"]),
        ("?q=de-0557", ["Telgte"]),
        ("?state=de-03", ["Munster"]),
        ("?state=Nordrhein-Westfalen&limit=1&offset=1", ["Münster"]),
    ],
)
def test_municipalities(client: TestClient, query: str, expected: list[str]) -> None:
    items = client.get(f"/api/v1/municipalities{query}").json()["items"]
    assert [item["name"] for item in items] == expected


def test_one_municipality(client: TestClient) -> None:
    assert client.get("/api/v1/municipalities/de-05515000").json() == {
        "iri": "https://w3id.org/imcoop/id/municipality/de-05515000",
        "kind": "municipality", "key": "de-05515000", "name": "Münster", "name_en": None,
        "state": "Nordrhein-Westfalen", "state_key": "de-05", "district": None, "country": "DE",
        "within": None, "population": 322904, "lat": 51.96, "lon": 7.63, "n_networks": 1,
        "certainty": "presumed", "names": [], "changes": [], "disagreements": [],
        "on_day": [{"iri": "https://w3id.org/imcoop/id/municipality/de-05515000",
                    "slug": "de-05515000", "name": "Münster", "kind": "municipality"}],
        "sources": [{"slug": "handbook", "title": "Handbuch der Netze", "locator": f"table {slug}",
                     "url": "https://example.org/handbook", "basis": None, "date": None}
                    for slug in ("innenstadt", "stadtregion")],
        "as_of": "2024-05-01", "version": "0123456789ab", "receipts": None, "computed": None,
    }  # fmt: skip


def test_memberships_of_a_municipality_by_day(client: TestClient) -> None:
    def found(query: str) -> list[tuple[str, str]]:
        items = client.get(f"/api/v1/municipalities/de-05515000/memberships{query}").json()["items"]
        return [(item["network"]["slug"], item["role"]) for item in items]

    assert found("") == [("stadtregion", "host"), ("stadtregion", "member")]
    # The roster of 2025 names Münster in the Netzwerk Innenstadt; before it nothing is known.
    assert found("?as_of=2025-06-01&role=member") == [
        ("innenstadt", "member"),
        ("stadtregion", "member"),
    ]
    assert found("?certainty=unknown") == [("innenstadt", "member")]


def test_the_network_of_a_membership(client: TestClient) -> None:
    items = client.get("/api/v1/agents/district/de-05570/memberships").json()["items"]
    assert [item["network"] for item in items] == [
        {"iri": "https://w3id.org/imcoop/id/network/innenstadt", "slug": "innenstadt",
         "name": "Netzwerk Innenstadt", "kind": "network"}
    ]  # fmt: skip


def test_agents_by_kind(client: TestClient) -> None:
    items = client.get("/api/v1/agents/district").json()["items"]
    assert [(item["name"], item["n_networks"]) for item in items] == [("Kreis Warendorf", 1)]
    assert client.get("/api/v1/agents/person/erika-muster").json()["name"] == "Erika Muster"


def test_what_a_state_is_in(client: TestClient) -> None:
    assert client.get("/api/v1/agents/state/de-05").json()["state"] == "Nordrhein-Westfalen"


@pytest.mark.parametrize(
    "path",
    ["municipalities/de-99999999", "agents/dragon", "agents/municipality/x", "networks/atlantis",
     "networks/atlantis/members", "sources/none", "codelists/none", "analysis/pagerank",
     "municipalities/..%2F..%2Fetc%2Fpasswd", "networks/%00"],
)  # fmt: skip
def test_what_is_not_there(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Not Found"


def test_a_misspelt_slug_gets_a_hint(client: TestClient) -> None:
    assert "innenstadt" in client.get("/api/v1/networks/inenstadt").json()["detail"]


def test_a_key_of_absurd_length_is_not_looked_for(client: TestClient) -> None:
    assert client.get(f"/api/v1/municipalities/{'x' * 5000}").status_code == 422
