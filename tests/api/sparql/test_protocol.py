"""The SPARQL 1.1 Protocol: how a query is asked, and what is refused with which status."""

from __future__ import annotations

import random
from urllib.parse import quote, unquote_to_bytes

import pytest
from starlette.testclient import TestClient

from kgraph_api.sparql import protocol

ASK = "ASK { ?s rdfs:label 'Münster'@de }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def test_get(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": ASK})
    assert answer.json() == {"head": {}, "boolean": True}
    assert answer.headers["content-type"] == "application/sparql-results+json"


def test_post_of_a_form(client: TestClient) -> None:
    assert client.post("/sparql", data={"query": ASK}).json()["boolean"] is True


def test_post_of_the_query_itself(client: TestClient) -> None:
    answer = client.post("/sparql", content=ASK.encode(), headers=DIRECT)
    assert answer.json()["boolean"] is True
    charset = {"Content-Type": "Application/SPARQL-Query; charset=UTF-8"}
    assert client.post("/sparql", content=ASK.encode(), headers=charset).json()["boolean"] is True


def test_a_form_is_decoded_once(client: TestClient) -> None:
    query = 'SELECT ("a%2Fb+c" AS ?x) {}'
    for answer in (
        client.post("/sparql", data={"query": query}),
        client.get("/sparql", params={"query": query}),
    ):
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == "a%2Fb+c"


GRAPHS = "SELECT (COUNT(*) AS ?n) { ?s rdfs:label ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s rdfs:label ?o } }"
BASE = "https://w3id.org/imcoop/graph/"


@pytest.mark.parametrize(
    ("query", "graphs", "n"),
    [
        # Two labels in all; the one that both sources print counts once.
        (GRAPHS, [], 2),
        (GRAPHS, [("default-graph-uri", "handbook")], 1),
        (GRAPHS, [("default-graph-uri", "leaflet"), ("default-graph-uri", "none")], 2),
        (GRAPHS, [("default-graph-uri", "none")], 0),
        (GRAPHS, [("named-graph-uri", "handbook")], 0),
        (NAMED, [], 3),
        (NAMED, [("named-graph-uri", "leaflet")], 2),
        (NAMED, [("default-graph-uri", "leaflet")], 0),
    ],
)
@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_the_dataset(
    client: TestClient, query: str, graphs: list[tuple[str, str]], n: int, way: str
) -> None:
    chosen = "&".join(f"{name}={quote(BASE + graph)}" for name, graph in graphs)
    asked = f"query={quote(query)}"
    if way == "get":
        answer = client.get(f"/sparql?{asked}&{chosen}")
    elif way == "form":
        answer = client.post("/sparql", content=f"{asked}&{chosen}", headers=FORM)
    else:
        answer = client.post(f"/sparql?{chosen}", content=query, headers=DIRECT)
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == str(n)


@pytest.mark.parametrize(
    ("query", "status", "part"),
    [
        ("query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400, "2 times"),
        ("default-graph-uri=http://a/", 400, "query is missing"),
        ("query=", 400, "does not parse"),
        ("query=SELECT", 400, "does not parse"),
        ("query=ASK%20%7B%7D&update=DROP%20ALL", 400, "not both"),
        ("update=DROP%20ALL", 403, "read-only"),
        ("query=DROP%20ALL", 403, "read-only"),
        ("query=PREFIX%20a:%3Cb:%3E%0AINSERT%20DATA%20%7B%7D", 403, "read-only"),
        ("query=%FF%FE", 400, "UTF-8"),
        ("query=ASK%7B%7D&default-graph-uri=no%20iri", 400, "no IRI"),
        ("query=ASK%7B%7D&default-graph-uri=relative", 400, "no IRI"),
        ("query=ASK%7B%7D&format=csv&format=tsv", 400, "format is given 2 times"),
        ("&".join(f"default-graph-uri=http://g/{i}" for i in range(1001)), 400, "1000 parameters"),
    ],
)
def test_a_bad_get(client: TestClient, query: str, status: int, part: str) -> None:
    for answer in (
        client.get(f"/sparql?{query}"),
        client.post("/sparql", content=query[:1990], headers=FORM),
    ):
        assert answer.status_code == status if "1000" not in part else 400
        assert answer.headers["content-type"] == "application/problem+json"
        assert part in answer.json()["detail"] or "1000" in part


def test_a_syntax_error_tells_where(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * {\n  ?s ?p }"})
    body = answer.json()
    # The object is missing before the brace, which is the ninth character of the second line.
    assert (answer.status_code, body["line"]) == (400, 2)
    assert body["column"] in (9, 10)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { service silent <http://example.org/> { ?s ?p ?o } } } }",
        r"SELECT * { SER\u0056ICE <http://example.org/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE ?any { ?s ?p ?o } } }",
    ],
)
def test_no_other_endpoint_is_asked(client: TestClient, query: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert answer.status_code == 403
    assert "SERVICE is not allowed" in answer.json()["detail"]


def test_from_names_graphs_of_ours_and_fetches_nothing(client: TestClient) -> None:
    query = f"{GRAPHS.replace(' {', ' FROM <http://127.0.0.1:9/x> FROM <file:///etc/passwd> {', 1)}"
    answer = client.get("/sparql", params={"query": query})
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "0"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "application/sparql-update"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content-Type": ""}, 415),
        ({"Content-Type": "application/sparql-query; charset=utf-16"}, 415),
        (DIRECT | {"Content-Encoding": "gzip"}, 415),
    ],
)
def test_a_body_of_another_kind(client: TestClient, headers: dict[str, str], status: int) -> None:
    answer = client.post("/sparql", content=b"ASK {}", headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_415_says_what_is_taken(client: TestClient) -> None:
    answer = client.post("/sparql", content=b"x", headers={"Content-Type": "text/plain"})
    assert "application/sparql-query" in answer.headers["accept-post"]


def test_bytes_that_are_not_utf8(client: TestClient) -> None:
    answer = client.post("/sparql", content=b"ASK { ?s ?p '\xff' }", headers=DIRECT)
    assert (answer.status_code, "UTF-8" in answer.json()["detail"]) == (400, True)


def test_a_body_is_bounded(client: TestClient) -> None:
    # The client's application takes 2000 bytes.
    fits, long = b"ASK {}" + b" " * 1994, b"ASK {}" + b" " * 1995
    assert client.post("/sparql", content=fits, headers=DIRECT).status_code == 200
    answer = client.post("/sparql", content=long, headers=DIRECT)
    assert (answer.status_code, "2000" in answer.json()["detail"]) == (413, True)


def test_methods(client: TestClient) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        answer = client.request(method, "/sparql")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    options = client.options("/sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")


def test_head(client: TestClient) -> None:
    got, head = (client.request(m, "/sparql", params={"query": ASK}) for m in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(got.content))


def test_escapes_are_read_as_the_standard_library_reads_them() -> None:
    chance = random.Random(0)
    for _ in range(5000):
        raw = bytes(chance.choice(b"%%%_= \r\n\t0123z.") for _ in range(chance.randrange(14)))
        asked = protocol.asked("GET", b"query=" + raw, {}, b"")
        assert asked.query == unquote_to_bytes(raw).decode()
