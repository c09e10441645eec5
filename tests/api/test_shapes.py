"""The shapes dereference: each has a place in a page, and its file is RDF."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kgraph.namespaces import BASE
from kgraph.resources import ontology

SHAPE = ox.NamedNode("http://www.w3.org/ns/shacl#NodeShape")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def shapes_of(store: ox.Store) -> set[str]:
    return {quad.subject.value for quad in store.quads_for_pattern(None, TYPE, SHAPE)}  # type: ignore[union-attr]


@pytest.mark.parametrize("part", ["must", "should"])
@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples"])
def test_a_file_of_shapes(client: TestClient, part: str, accept: str) -> None:
    answer = client.get(f"/shapes/{part}", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    served, own = ox.Store(), ox.Store()
    served.load(answer.content, format=ox.RdfFormat.from_media_type(accept))
    own.load(path=str(ontology() / "shapes" / f"{part}.ttl"), format=ox.RdfFormat.TURTLE)
    assert shapes_of(served) == shapes_of(own) != set()
    assert len(served) == len(own)


def test_the_page_has_a_place_for_each_shape(client: TestClient) -> None:
    page = client.get("/shapes", headers={"Accept": "text/html"}).text
    rdf = client.get("/shapes", params={"format": "nt"})
    both = ox.Store()
    both.load(rdf.content, format=ox.RdfFormat.N_TRIPLES)
    places = {f"{BASE}shapes#{place}" for place in re.findall(r'<h3 id="([^"]+)"', page)}
    assert places == shapes_of(both)
    assert page.count('lang="de"') == page.count('lang="en"') - 1 > 20, "the page itself is one"


def test_a_part_leads_people_to_the_page(client: TestClient) -> None:
    asked = client.get("/shapes/must", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (asked.status_code, asked.headers["location"]) == (303, "/shapes")


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [("/shapes/may", "text/turtle", 404), ("/shapes", "image/png", 406)],
)
def test_what_is_not_there(client: TestClient, path: str, accept: str, status: int) -> None:
    assert client.get(path, headers={"Accept": accept}).status_code == status
