"""Problem bodies: every error has one, and none tells of the inside."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from kgraph.errors import NotFoundError, QueryError, QueryRefusedError, ReleaseError
from kgraph_api.errors import problem_of


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=501", "limit=x", "offset=-1", "limit=1e3", "as_of=2013", "as_of=2013-02-30",
     "as_of=20130401", "as_of=1700000000", "as_of=2013-W01-1", "as_of=2013-04-01T00:00",
     "as_of=%00", "kind=netwok", "theme=%F0%9F%98%80", "state=xx", "them=culture", "q=" + "a" * 201,
     "limit=5&limit=x", "offset=99999999999999999999"],
)  # fmt: skip
def test_a_wrong_parameter_is_refused(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/v1/networks?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["type"], body["title"], body["status"]) == (
        "about:blank", "Unprocessable Entity", 422
    )  # fmt: skip
    assert body["detail"]
    assert "etag" not in answer.headers


def test_a_misspelt_code_gets_a_hint(client: TestClient) -> None:
    detail = client.get("/api/v1/networks?kind=city-regoin").json()["detail"]
    assert detail == "kind 'city-regoin' is not known; did you mean 'city-region'?"


def test_an_address_that_does_not_exist(client: TestClient) -> None:
    answer = client.get("/api/v1/nothing")
    assert (answer.status_code, answer.json()["title"]) == (404, "Not Found")


@pytest.mark.parametrize("path", ["/api/v1/networks", "/", "/docs", "/healthz"])
def test_a_method_that_is_not_taken(client: TestClient, path: str) -> None:
    answer = client.post(path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_unforeseen_says_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    served = client.app.state.served  # type: ignore[attr-defined]
    monkeypatch.setitem(served.__dict__, "index", None)
    answer = client.get("/api/v1/search?q=x")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "NoneType" not in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFoundError("network", "x"), 404),
        (QueryError("bad", 1, 2), 400),
        (QueryRefusedError("no"), 403),
        (ReleaseError("/secret/folder is broken"), 500),
    ],
)
def test_the_status_of_each_error(error: Exception, status: int) -> None:
    answer = problem_of(error)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert b"secret" not in answer.body
