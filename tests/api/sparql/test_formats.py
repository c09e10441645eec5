"""In which format an answer comes, and when it need not be sent again."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

SELECT = "SELECT ?s { ?s rdfs:label 'Muenster'@en }"
CONSTRUCT = "CONSTRUCT WHERE { ?s rdfs:label ?o }"
CITY = "https://w3id.org/imcoop/id/municipality/de-05515000"


def parsed(answer: Response) -> set[tuple[str, str]]:
    """(predicate, object) of the statements of an answer, read as what it says it is."""
    media_type = answer.headers["content-type"].partition(";")[0]
    rdf_format = ox.RdfFormat.from_media_type(media_type)
    quads = ox.parse(answer.content, format=rdf_format)
    return {(q.predicate.value, getattr(q.object, "value", "")) for q in quads}


@pytest.mark.parametrize(
    ("accept", "content_type", "body"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", CITY),
        ("application/json", "application/json", CITY),
        ("application/sparql-results+xml", "application/sparql-results+xml", f"<uri>{CITY}</uri>"),
        ("text/csv", "text/csv; charset=utf-8", f"s\r\n{CITY}\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", f"?s\n<{CITY}>"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.5", "application/sparql-results+xml",
         CITY),
    ],
)  # fmt: skip
def test_tables(client: TestClient, accept: str, content_type: str, body: str) -> None:
    answer = client.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
    assert answer.headers["content-type"] == content_type
    assert body in answer.text
    assert answer.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize(
    "accept",
    ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml",
     "application/trig", "application/n-quads"],
)  # fmt: skip
@pytest.mark.parametrize("query", [CONSTRUCT, f"DESCRIBE <{CITY}>"])
def test_graphs(client: TestClient, accept: str, query: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert {value for _, value in parsed(answer)} == {"Münster", "Muenster"}


@pytest.mark.parametrize(
    ("name", "query", "content_type"),
    [
        ("csv", SELECT, "text/csv; charset=utf-8"),
        ("json", SELECT, "application/sparql-results+json"),
        ("xml", "ASK {}", "application/sparql-results+xml"),
        ("json", CONSTRUCT, "application/ld+json"),
        ("ttl", CONSTRUCT, "text/turtle; charset=utf-8"),
        ("text/turtle", CONSTRUCT, "text/turtle; charset=utf-8"),
    ],
)
def test_a_format_by_name_goes_before_accept(
    client: TestClient, name: str, query: str, content_type: str
) -> None:
    answer = client.get(
        "/sparql", params={"query": query, "format": name}, headers={"Accept": "image/png"}
    )
    assert answer.headers["content-type"] == content_type


@pytest.mark.parametrize(
    ("query", "accept", "name"),
    [
        (SELECT, "image/png", ""),
        (SELECT, "text/turtle", ""),
        (CONSTRUCT, "text/csv", ""),
        (SELECT, "*/*", "turtle"),
        (CONSTRUCT, "*/*", "exe"),
    ],
)
def test_what_no_answer_comes_as(client: TestClient, query: str, accept: str, name: str) -> None:
    params = {"query": query} | ({"format": name} if name else {})
    answer = client.get("/sparql", params=params, headers={"Accept": accept})
    assert answer.status_code == 406
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    assert "comes as" in answer.json()["detail"]


def test_asked_in_disguise_the_format_is_still_right(client: TestClient) -> None:
    # The beginning is written with an escape, so that only the engine knows what it is.
    query = r"\u0043ONSTRUCT WHERE { ?s rdfs:label ?o }"
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert answer.headers["content-type"].startswith("text/turtle")


def test_an_answer_that_the_client_has_is_not_sent_again(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": SELECT})
    tag = answer.headers["etag"]
    again = client.get("/sparql", params={"query": SELECT}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    csv = client.get("/sparql", params={"query": SELECT}, headers={"Accept": "text/csv"})
    other = client.get("/sparql", params={"query": "ASK {}"})
    assert len({tag, csv.headers["etag"], other.headers["etag"]}) == 3


def test_what_differs_at_each_run_is_not_kept(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT (rand() AS ?x) {}"})
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_the_description_of_the_service(client: TestClient) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for accept in ("*/*", "application/ld+json", "application/rdf+xml", "application/n-quads"):
        values = parsed(client.get("/sparql", headers={"Accept": accept}))
        assert (f"{sd}endpoint", "http://testserver/sparql") in values
        assert (f"{sd}supportedLanguage", f"{sd}SPARQL11Query") in values
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_a_browser_gets_a_form_that_needs_no_script(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<textarea" in answer.text and "<script" not in answer.text
    assert "form-action 'self'" in answer.headers["content-security-policy"]


def test_a_host_that_is_none_is_not_repeated(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Host": 'a"><script>'})
    assert answer.status_code in (200, 400), "the framework or we pass it over"
    assert "<script" not in answer.text


def test_the_example_of_the_form_has_an_answer(real: TestClient) -> None:
    from importlib.resources import files

    query = files("kgraph_api.sparql").joinpath("example.rq").read_text(encoding="utf-8")
    rows = json.loads(real.post("/sparql", data={"query": query}).content)["results"]["bindings"]
    assert len(rows) == 20
    assert int(rows[0]["networks"]["value"]) >= int(rows[-1]["networks"]["value"]) > 1
