"""The same request again is answered from memory, and only the same."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from kgraph.release import Release
from kgraph_api.app import create_app
from kgraph_api.served import Served
from kgraph_api.settings import Settings
from kgraph_api.sparql.route import Endpoint

QUERY = {"query": "SELECT ?x { VALUES ?x { 1 2 3 } }"}


@pytest.fixture
def asked(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> tuple[TestClient, list[tuple[str, str]]]:
    """A client, and the requests that reach the endpoint."""
    reached: list[tuple[str, str]] = []
    native = Endpoint.__call__

    async def call(self: Endpoint, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        reached.append((scope["method"], scope["path"]))
        await native(self, scope, receive, send)

    monkeypatch.setattr(Endpoint, "__call__", call)
    return TestClient(create_app(Settings(), release)), reached


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_the_second_answer_is_the_first(
    asked: tuple[TestClient, list[tuple[str, str]]], way: str
) -> None:
    client, reached = asked

    def ask() -> tuple[int, bytes, dict[str, str]]:
        if way == "get":
            answer = client.get("/sparql", params=QUERY)
        elif way == "form":
            answer = client.post("/sparql", data=QUERY)
        else:
            headers = {"Content-Type": "application/sparql-query"}
            answer = client.post("/sparql", content=QUERY["query"], headers=headers)
        return answer.status_code, answer.content, dict(answer.headers)

    first = ask()
    assert first[0] == 200 and "access-control-allow-origin" in first[2]
    assert [ask() for _ in range(3)] == [first] * 3
    assert len(reached) == 1


@pytest.mark.parametrize(
    ("changed", "headers"),
    [
        ({}, {"Accept": "text/csv"}), ({}, {"Accept-Encoding": "identity"}),
        ({"query": QUERY["query"] + " "}, {}), ({"format": "csv"}, {}),
        ({"default-graph-uri": "urn:x"}, {}), ({}, {"If-None-Match": '"x"'}),
        ({}, {"Content-Encoding": "gzip"}),
    ],
)  # fmt: skip
def test_another_request_is_another(
    asked: tuple[TestClient, list[tuple[str, str]]],
    changed: dict[str, str],
    headers: dict[str, str],
) -> None:
    client, reached = asked
    client.post("/sparql", data=QUERY)
    client.post("/sparql", data=QUERY | changed, headers=headers)
    assert len(reached) == 2


@pytest.mark.parametrize(
    "data",
    [{"query": "SELECT (RAND() AS ?x) {}"}, {"query": "SELECT"}, {"update": "DROP ALL"},
     QUERY | {"format": "exe"}, {}],
)  # fmt: skip
def test_what_may_change_or_is_an_error_is_asked_again(
    asked: tuple[TestClient, list[tuple[str, str]]], data: dict[str, str]
) -> None:
    client, reached = asked
    for _ in range(2):
        client.post("/sparql", data=data)
    assert len(reached) == 2


def test_head_and_options_go_the_long_way(asked: tuple[TestClient, list[tuple[str, str]]]) -> None:
    client, reached = asked
    client.get("/sparql", params=QUERY)
    head = client.head("/sparql", params=QUERY)
    assert (head.status_code, head.content, head.headers["content-length"] != "0") == (
        200,
        b"",
        True,
    )
    assert client.options("/sparql").status_code == 204
    assert len(reached) == 3


def test_another_release_forgets(asked: tuple[TestClient, list[tuple[str, str]]]) -> None:
    client, reached = asked
    first = client.get("/sparql", params=QUERY)
    app = client.app
    release: Release = app.state.served.release  # type: ignore[attr-defined]
    other = Release(release.path, {**release.manifest, "version": "another"})
    app.state.served = Served(other)  # type: ignore[attr-defined]
    second = client.get("/sparql", params=QUERY)
    assert second.headers["x-release-version"] == "another"
    assert second.headers["etag"] != first.headers["etag"]
    assert len(reached) == 2


def test_long_requests_and_answers_are_not_remembered(
    asked: tuple[TestClient, list[tuple[str, str]]],
) -> None:
    client, reached = asked
    long = {"query": QUERY["query"] + " " * 20_000}
    many = {"query": "SELECT ?x { VALUES ?x { " + "1 " * 2000 + "} }"}
    for _ in range(2):
        assert client.post("/sparql", data=long).status_code == 200
        assert (
            len(client.post("/sparql", data=many, headers={"Accept-Encoding": ""}).content) > 9999
        )
    assert len(reached) == 4


@pytest.mark.parametrize(
    "headers",
    [[("Accept", "text/csv," + "a/b," * 500)], [("Accept", "text/csv")] * 50],
    ids=["long", "many"],
)
def test_headers_that_would_fill_the_memory_are_not_remembered(
    asked: tuple[TestClient, list[tuple[str, str]]], headers: list[tuple[str, str]]
) -> None:
    client, reached = asked
    for _ in range(2):
        assert client.get("/sparql", params=QUERY, headers=headers).status_code == 200
    assert len(reached) == 2
