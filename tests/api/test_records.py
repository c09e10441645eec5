"""Programmes, sources, code lists, about, health."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_programmes(client: TestClient) -> None:
    answer = client.get("/api/v1/programmes?q=platze").json()
    (item,) = answer["items"]
    assert answer["total"] == 1
    assert item["name"] == {"de": "Förderung der Plätze", "en": "Funding of squares"}
    assert item["funders"] == [
        {"value": "https://w3id.org/imcoop/id/organisation/land", "source": "handbook",
         "title": "Handbuch der Netze", "url": "https://example.org/handbook",
         "locator": "p. 3"}
    ]  # fmt: skip
    assert item["roles"][0]["agent"]["name"] == "Land NRW"
    assert item["sources"][0]["slug"] == "handbook"


def test_sources(client: TestClient) -> None:
    assert [s["slug"] for s in client.get("/api/v1/sources").json()["items"]] == [
        "leaflet", "handbook"
    ]  # fmt: skip
    one = client.get("/api/v1/sources/leaflet").json()
    assert one["iri"] == "https://w3id.org/imcoop/source/leaflet"
    assert one["graph"] == "https://w3id.org/imcoop/graph/leaflet"
    assert (one["not_before"], one["not_after"], one["url"]) == ("2010", "2012", None)


def test_codelists(client: TestClient) -> None:
    assert "role" in client.get("/api/v1/codelists").json()["items"]
    answer = client.get("/api/v1/codelists/certainty").json()
    found = {item["code"]: item["label"] for item in answer["items"]}
    assert set(found) == {"attested", "presumed", "ended", "not-yet", "unknown"}
    assert found["attested"] == {"de": "belegt", "en": "attested"}
    assert answer["items"][0]["iri"].startswith("https://w3id.org/imcoop/codelist/certainty/")


def test_about(client: TestClient) -> None:
    answer = client.get("/api/v1/about").json()
    assert (answer["version"], answer["as_of"]) == ("0123456789ab", "2024-05-01")
    assert answer["counts"] == {"networks": 3, "sources": 2}


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "version": "0123456789ab"}
