"""Documents that are long come in pages, in every format, and say so in header and body."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kgraph.namespaces import BASE, HYDRA, graph
from kgraph.queries.things import named_graph, thing
from kgraph.store import Store
from kgraph_api.app import create_app
from kgraph_api.linked import EXTENSIONS
from kgraph_api.served import MANY
from kgraph_api.settings import Settings

FORMATS = {
    "ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml", "trig": "application/trig", "nq": "application/n-quads",
}  # fmt: skip
#: Bavaria: over two thousand municipalities lie in it, so three pages.
STATE, N_PAGES = "id/state/de-09", 3
HERE = "http://testserver/data/"


@pytest.fixture(scope="module")
def store(real: TestClient) -> Store:
    """What ``real`` serves."""
    return real.app.state.served.release.store  # type: ignore[attr-defined]


def _quads(body: bytes, extension: str) -> list[ox.Quad]:
    return list(ox.parse(body, format=ox.RdfFormat.from_media_type(FORMATS[extension])))


def _linked(header: str) -> dict[str, str]:
    """Relation → address, of the links to other pages."""
    return {rel: href for href, rel in re.findall(r'<([^>]*)>; rel="(\w+)"(?!;)', header)
            if rel not in ("describes", "alternate")}  # fmt: skip


def _walked(client: TestClient, path: str, extension: str) -> Iterator[tuple[str, list[ox.Quad]]]:
    """The pages of a document, from one to the next by the header Link alone."""
    href = f"/data/{path}.{extension}"
    while href:
        answer = client.get(href)
        assert answer.status_code == 200
        yield answer.headers["content-location"], _quads(answer.content, extension)
        href = _linked(answer.headers["link"]).get("next", "")


def _is_of_the_page(quad: ox.Quad) -> bool:
    return getattr(quad.subject, "value", "").startswith(HERE)


@pytest.mark.parametrize("extension", FORMATS)
def test_all_pages_are_the_document(real: TestClient, store: Store, extension: str) -> None:
    union: set[ox.Quad] = set()
    pages = list(_walked(real, STATE, extension))
    assert [here for here, _ in pages] == [
        f"{HERE}{STATE}.{extension}?page={n}" for n in range(1, N_PAGES + 1)
    ]
    for _, quads in pages:
        found = {quad for quad in quads if not _is_of_the_page(quad)}
        assert len(found) < len(quads)
        union |= found
    if extension in ("trig", "nq"):
        assert union == set(_quads(store.about(BASE + STATE, "nquads"), "nq"))
    else:
        assert union == set(_quads(thing(store, BASE + STATE).serialize("ntriples"), "nt"))


@pytest.mark.parametrize("extension", ["nt", "nq"])
def test_all_pages_are_the_graph(real: TestClient, store: Store, extension: str) -> None:
    pages = [quads for _, quads in _walked(real, "graph/sources", extension)]
    assert len(pages) > 1
    union = {quad.triple for quads in pages for quad in quads if not _is_of_the_page(quad)}
    whole = named_graph(store, graph("sources")).serialize("ntriples")
    assert union == {quad.triple for quad in _quads(whole, "nt")}


def test_things_stand_on_one_page_each_in_order(real: TestClient) -> None:
    node, seen = ox.NamedNode(BASE + STATE), []
    for _, quads in _walked(real, STATE, "nt"):
        pointing = {quad.subject.value for quad in quads if quad.object == node} - {
            f"{HERE}{STATE}.nt"
        }
        assert 0 < len(pointing) <= MANY
        seen += sorted(pointing)
        labelled = {q.subject.value for q in quads if q.predicate.value.endswith("#label")}
        assert pointing & labelled and BASE + STATE in labelled
    assert len(seen) > 2 * MANY
    assert seen == sorted(set(seen))


@pytest.mark.parametrize("extension", FORMATS)
def test_a_page_says_that_it_is_one(real: TestClient, extension: str) -> None:
    document = f"{HERE}{STATE}.{extension}"
    quads = [q for q in _quads(real.get(f"{document}?page=2").content, extension)
             if _is_of_the_page(q)]  # fmt: skip
    said = {(q.subject.value, q.predicate.value.removeprefix(HYDRA), q.object.value) for q in quads}
    total = {value for subject, name, value in said if name == "totalItems"}
    assert len(total) == 1 and 2 * MANY < int(total.pop()) <= N_PAGES * MANY
    assert {(subject, name, value) for subject, name, value in said if "/" not in name} == {
        (document, "totalItems", next(v for _, name, v in said if name == "totalItems")),
        (document, "view", f"{document}?page=2"),
        (f"{document}?page=2", "first", f"{document}?page=1"),
        (f"{document}?page=2", "previous", f"{document}?page=1"),
        (f"{document}?page=2", "next", f"{document}?page=3"),
        (f"{document}?page=2", "last", f"{document}?page=3"),
    }
    assert (document, "http://xmlns.com/foaf/0.1/primaryTopic", BASE + STATE) in said
    kinds = {(s, v.removeprefix(HYDRA)) for s, name, v in said if name.endswith("#type")}
    assert kinds == {(document, "Collection"), (f"{document}?page=2", "PartialCollectionView")}
    graphs = {str(quad.graph_name) for quad in quads}
    is_quads = extension in ("trig", "nq")
    assert graphs == {f"<{document}?page=2#metadata>" if is_quads else "DEFAULT"}


def test_the_header_names_the_other_pages(real: TestClient) -> None:
    def links(query: str) -> dict[str, str]:
        found = _linked(real.get(f"/data/{STATE}.ttl{query}").headers["link"])
        return {rel: href.removeprefix(f"{HERE}{STATE}.ttl?page=") for rel, href in found.items()}

    assert links("") == links("?page=1") == {"first": "1", "next": "2", "last": "3"}
    assert links("?page=2") == {"first": "1", "prev": "1", "next": "3", "last": "3"}
    assert links("?page=3") == {"first": "1", "prev": "2", "last": "3"}


def test_a_page_leads_to_the_same_page_in_other_formats(real: TestClient) -> None:
    header = real.get(f"/data/{STATE}.ttl?page=2").headers["link"]
    for extension, media_type in FORMATS.items():
        assert f'</data/{STATE}.{extension}?page=2>; rel="alternate"; type="{media_type}"' in header
    assert f'</data/{STATE}.html>; rel="alternate"; type="text/html"' in header
    assert f'<{BASE}{STATE}>; rel="describes"' in header


def test_each_page_has_a_tag(real: TestClient) -> None:
    url = f"/data/{STATE}.ttl"
    first, second = real.get(url), real.get(f"{url}?page=2")
    assert first.headers["etag"] == real.get(f"{url}?page=1").headers["etag"]
    assert first.content == real.get(f"{url}?page=1").content
    assert first.headers["etag"] != second.headers["etag"]
    for page, same, status in ((2, second, 304), (2, first, 200), (1, second, 200)):
        again = real.get(f"{url}?page={page}", headers={"If-None-Match": same.headers["etag"]})
        assert again.status_code == status
        assert 'rel="last"' in again.headers["link"]
    elsewhere = real.get(url, headers={"Host": "other.example"})
    assert b"<http://other.example/data/" in elsewhere.content
    assert elsewhere.headers["etag"] != first.headers["etag"]


def test_head_has_the_headers_of_a_page(real: TestClient) -> None:
    url = f"/data/{STATE}.nq?page=3"
    got, head = real.get(url), real.head(url)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "link", "content-length", "content-location", "content-type"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("page", "status"),
    [("0", 400), ("x", 400), ("", 400), ("-1", 400), ("1.0", 400), ("%C2%B2", 400), ("+2", 400),
     ("9" * 5000, 400), ("4", 404), ("999999999", 404)],
)  # fmt: skip
@pytest.mark.parametrize("extension", ["ttl", "nq"])
def test_a_page_that_is_not_there(real: TestClient, extension: str, page: str, status: int) -> None:
    answer = real.get(f"/data/{STATE}.{extension}?page={page}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["pages"] == N_PAGES
    assert answer.json()["detail"].endswith("this document has 3 pages")
    assert len(answer.content) < 500


def test_what_is_said_of_a_wrong_page(client: TestClient) -> None:
    url = "/data/graph/leaflet.ttl?page="
    assert client.get(f"{url}0").json()["detail"] == (
        "page is '0'; give a number from 1, this document has one page"
    )
    assert (
        client.get(f"{url}2").json()["detail"] == "there is no page 2, this document has one page"
    )


@pytest.mark.parametrize(
    "path", ["id/network/metrex", "id/state/de-15", "graph/muenster-stadtregion", "graph/void"]
)
@pytest.mark.parametrize("extension", FORMATS)
def test_a_short_document_is_whole_and_says_nothing_of_pages(
    real: TestClient, store: Store, path: str, extension: str
) -> None:
    """The void graph makes more statements than a page has things, but of fewer things."""
    answer, name = real.get(f"/data/{path}.{extension}"), EXTENSIONS[extension]
    ask = named_graph if path.startswith("graph/") else thing
    has_graphs = extension in ("trig", "nq")
    iri = BASE + path
    whole = store.about(iri, name) if has_graphs else ask(store, iri).serialize(name)
    assert answer.content == whole == real.get(f"/data/{path}.{extension}?page=1").content
    assert _linked(answer.headers["link"]) == {}
    assert "content-location" not in answer.headers


def test_the_ontology_is_whole(real: TestClient) -> None:
    for path in ("ontology", "graph/ontology"):
        answer = real.get(f"/data/{path}.nt")
        assert HYDRA not in answer.text
        assert _linked(answer.headers["link"]) == {}


def test_a_thing_leads_to_the_page_that_is_asked_for(real: TestClient) -> None:
    def location(query: str, accept: str) -> str:
        answer = real.get(f"/{STATE}{query}", headers={"Accept": accept}, follow_redirects=False)
        assert answer.status_code == 303
        return answer.headers["location"]

    assert location("?page=2", "text/turtle") == f"/data/{STATE}.ttl?page=2"
    assert location("?page=2&format=nq", "*/*") == f"/data/{STATE}.nq?page=2"
    assert location("?page=2&lang=en", "text/html") == f"/data/{STATE}.html?lang=en&page=2"
    assert location("?page=a%26b%0D%0AX:1", "text/turtle").endswith(".ttl?page=a%26b%0D%0AX%3A1")
    assert real.get(f"/{STATE}?page=9", headers={"Accept": "text/turtle"}).status_code == 404


def test_pages_are_cut_once_for_all_formats_and_readers(real: TestClient) -> None:
    """And short documents take no place among those that are kept."""
    app = create_app(Settings(), real.app.state.served.release)  # type: ignore[attr-defined]
    client, served = TestClient(app), app.state.served
    for extension in FORMATS:
        for page in range(1, N_PAGES + 1):
            assert client.get(f"/data/{STATE}.{extension}?page={page}").status_code == 200
        client.get(f"/data/id/network/metrex.{extension}")
    assert served._parts.cache_info()[1:] == (1, 64, 1)
