"""Every IRI dereferences: 303 from a thing to its page or its document."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kgraph_api.app import create_app
from kgraph_api.settings import Settings

BASE = "https://w3id.org/imcoop/"
CITY = "id/municipality/de-05515000"


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("text/turtle", f"/data/{CITY}.ttl"),
        ("application/ld+json", f"/data/{CITY}.jsonld"),
        ("application/n-triples", f"/data/{CITY}.nt"),
        ("application/rdf+xml", f"/data/{CITY}.rdf"),
        ("application/trig", f"/data/{CITY}.trig"),
        ("application/n-quads", f"/data/{CITY}.nq"),
        ("*/*", f"/data/{CITY}.ttl"),
        ("text/html,*/*;q=0.1", f"/data/{CITY}.html"),
    ],
)
def test_a_thing_leads_to_a_document_or_a_page(
    client: TestClient, accept: str, location: str
) -> None:
    answer = client.get(f"/{CITY}", headers={"Accept": accept}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, location)
    assert answer.headers["vary"] == "Accept"


def test_a_thing_by_the_name_of_a_format(client: TestClient) -> None:
    answer = client.get(f"/{CITY}?format=jsonld", follow_redirects=False)
    assert answer.headers["location"].endswith(".jsonld")
    assert client.get(f"/{CITY}?format=csv", follow_redirects=False).status_code == 406
    image = client.get(f"/{CITY}", headers={"Accept": "image/png"}, follow_redirects=False)
    assert image.status_code == 406


@pytest.mark.parametrize("extension", ["ttl", "nt", "jsonld", "rdf"])
def test_a_document_says_what_the_sources_say(client: TestClient, extension: str) -> None:
    answer = client.get(f"/data/{CITY}.{extension}")
    media_type = answer.headers["content-type"].partition(";")[0]
    quads = ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type))
    assert {(q.subject.value, q.object.value) for q in quads} == {
        (BASE + CITY, "Münster"), (BASE + CITY, "Muenster")
    }  # fmt: skip
    assert f'<{BASE}{CITY}>; rel="describes"' in answer.headers["link"]
    assert answer.headers["link"].count('rel="alternate"') == 7


@pytest.mark.parametrize("extension", ["ttl", "jsonld", "nt", "rdf", "trig", "nq"])
def test_the_same_tag_means_the_same_bytes(real: TestClient, extension: str) -> None:
    # The ontology has blank nodes, which a writer could name anew each time.
    first, second = (real.get(f"/data/ontology.{extension}") for _ in range(2))
    assert first.headers["etag"] == second.headers["etag"]
    assert first.content == second.content


@pytest.mark.parametrize("extension", ["trig", "nq"])
def test_a_document_with_graphs_says_which_source_says_what(
    client: TestClient, extension: str
) -> None:
    answer = client.get(f"/data/{CITY}.{extension}")
    media_type = answer.headers["content-type"].partition(";")[0]
    quads = ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type))
    assert {(q.object.value, q.graph_name.value.rpartition("/")[2]) for q in quads} == {
        ("Münster", "handbook"), ("Münster", "leaflet"), ("Muenster", "leaflet")
    }  # fmt: skip
    assert client.get(f"/data/graph/leaflet.{extension}").text.count("Muenster") == 1


def test_places_in_sources_come_along(real: TestClient) -> None:
    path = "id/membership/stadtregion-muenster/de-05515000/member"
    body = real.get(f"/data/{path}.nq").content
    assert body == real.get(f"/data/{path}.nq").content
    quads = list(ox.parse(body, format=ox.RdfFormat.N_QUADS))
    located = [q for q in quads if q.predicate.value == f"{BASE}ontology#locator"]
    attested = {q.object for q in quads if q.predicate.value == f"{BASE}ontology#attestation"}
    assert len(attested) > 5
    assert {q.subject for q in located} == attested
    assert all(isinstance(q.graph_name, ox.NamedNode) for q in quads)


def test_a_document_that_the_client_has_is_not_sent_again(client: TestClient) -> None:
    tag = client.get(f"/data/{CITY}.ttl").headers["etag"]
    again = client.get(f"/data/{CITY}.ttl", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/data/{CITY}.nt").headers["etag"] != tag


def test_a_graph_holds_what_its_source_says(client: TestClient) -> None:
    assert client.get("/data/graph/handbook.nt").text.count("\n") == 1
    assert client.get("/data/graph/leaflet.nt").text.count("\n") == 2


@pytest.mark.parametrize(
    "path",
    ["id/network/atlantis", "id/x y", "id/%3E%20%7D", "id/", "source/none", "graph/none",
     "codelist/role/x", "data/id/network/atlantis.ttl", f"data/{CITY}", f"data/{CITY}.exe",
     "data/.ttl", "data/../x.ttl", "data/%00.ttl"],
)  # fmt: skip
def test_what_is_not_there(client: TestClient, path: str) -> None:
    answer = client.get(f"/{path}", follow_redirects=False)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    ["id/network/metrex", "id/state/de-05", "id/membership/stadtregion-muenster/de-05515000/member",
     "source/muenster-stadtregion", "graph/muenster-stadtregion", "codelist/role/lead", "ontology",
     "id/project/moro-stadt-land-partnerschaften"],
)  # fmt: skip
def test_the_things_of_the_facts(real: TestClient, path: str) -> None:
    answer = real.get(f"/{path}", headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200
    assert answer.url.path == f"/data/{path}.nt"
    assert f"<{BASE}{path}" in answer.text or path.startswith("graph/")


def test_a_merged_thing_leads_to_what_it_is_now(tables: Any) -> None:
    """The slug of an organisation that turned out to be another stays an address for good."""
    tables.add("mappings/same-organisation.csv", alias="stadtregion-ms",
               org="stadtregion-muenster", reason="an earlier slug")  # fmt: skip
    client = TestClient(create_app(Settings(), tables.build()))
    old, new = "id/network/stadtregion-ms", "id/network/stadtregion-muenster"
    for asked, to in (
        (f"/{old}", f"/{new}"), (f"/{old}?lang=en", f"/{new}?lang=en"),
        (f"/data/{old}.ttl", f"/data/{new}.ttl"),
        (f"/data/{old}.html?lang=de", f"/data/{new}.html?lang=de"),
    ):  # fmt: skip
        answer = client.get(asked, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (301, to)
    followed = client.get(f"/{old}", headers={"Accept": "application/n-triples"})
    assert followed.url.path == f"/data/{new}.nt"
    assert f"<{BASE}{old}> <http://purl.org/dc/terms/isReplacedBy> <{BASE}{new}>" in followed.text
    assert client.get(f"/data/{old}.exe").status_code == 404
