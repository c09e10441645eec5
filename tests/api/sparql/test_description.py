"""What the endpoint and the data set say of themselves."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
BASE = "https://w3id.org/imcoop/"


def read(client: TestClient, path: str, accept: str = "application/n-triples") -> ox.Store:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 200
    store = ox.Store()
    store.load(answer.content, format=ox.RdfFormat.from_media_type(accept))
    return store


def values(store: ox.Store, name: str, subject: str = "") -> list[str]:
    node = ox.NamedNode(subject) if subject else None
    quads = store.quads_for_pattern(node, ox.NamedNode(name), None)
    return sorted(quad.object.value for quad in quads)  # type: ignore[union-attr]


def test_the_graphs_of_the_service(client: TestClient) -> None:
    found = read(client, "/sparql")
    assert values(found, f"{SD}endpoint") == ["http://testserver/sparql"]
    assert values(found, f"{SD}name") == [f"{BASE}graph/handbook", f"{BASE}graph/leaflet"]
    assert values(found, f"{SD}defaultGraph") == [f"{BASE}graph/void#dataset"]


def test_the_page_may_be_asked_for_in_a_language(client: TestClient) -> None:
    pages = [client.get(f"/sparql{asked}", headers={"Accept": "text/html"})
             for asked in ("", "?lang=de", "?format=html&lang=en")]  # fmt: skip
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all(page.headers["content-type"].startswith("text/html") for page in pages)


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples"])
def test_void(client: TestClient, accept: str) -> None:
    found = read(client, "/.well-known/void", accept)
    dataset = f"{BASE}graph/void#dataset"
    assert values(found, f"{VOID}sparqlEndpoint", dataset) == ["http://testserver/sparql"]
    place = "http://testserver/data/release/0123456789ab"
    assert values(found, f"{DCAT}hasCurrentVersion") == [place]
    assert values(found, f"{DCAT}downloadURL") == [
        f"{place}/{name}" for name in ("graph.nq", "manifest.json", "merged.nt")
    ]


def test_void_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/.well-known/void").headers["etag"]
    again = client.get("/.well-known/void", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/.well-known/void", headers={"Accept": "image/png"}).status_code == 406


def test_void_of_the_facts_counts_classes_and_their_properties(real: TestClient) -> None:
    found = read(real, "/.well-known/void")
    [n] = values(found, f"{VOID}triples", f"{BASE}graph/void#dataset")
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert real.post("/sparql", data={"query": query, "format": "csv"}).text.split() == ["n", n]
    counts = {}
    for quad in found.quads_for_pattern(None, ox.NamedNode(f"{VOID}class"), None):
        assert isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode)
        (n,) = values(found, f"{VOID}entities", quad.subject.value)
        counts[quad.object.value] = int(n)
        assert values(found, f"{VOID}propertyPartition", quad.subject.value)
    query = "SELECT (COUNT(*) AS ?n) { ?x a imc:CooperationNetwork }"
    answer = real.post("/sparql", data={"query": query, "format": "csv"}).text.split()
    assert counts[f"{BASE}ontology#CooperationNetwork"] == int(answer[1]) > 10


def test_the_service_names_every_graph_of_the_facts(real: TestClient) -> None:
    found = read(real, "/sparql")
    query = "SELECT ?g { GRAPH ?g {} } ORDER BY ?g"
    answer = real.post("/sparql", data={"query": query, "format": "csv"}).text.split()
    assert values(found, f"{SD}name") == answer[1:]
    assert f"{BASE}graph/examples" in answer
