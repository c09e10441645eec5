"""What was answered, in numbers; and the id by which a request is known."""

from __future__ import annotations

import io
import json
import re

import pytest
from starlette.testclient import TestClient

from kgraph.errors import ReleaseError
from kgraph.release import Release
from kgraph_api.access_log import Logged, log_to
from kgraph_api.app import create_app
from kgraph_api.metrics import BUCKETS, Metrics, exposition, route_class
from kgraph_api.settings import Settings

LINE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$")


@pytest.fixture
def fresh(release: Release) -> TestClient:
    """A client of an application that has answered nothing yet."""
    return TestClient(create_app(Settings(), release), raise_server_exceptions=False)


def numbers(client: TestClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    found = {}
    for line in lines:
        match = LINE.match(line)
        assert match, line
        found[f"{match[1]}{{{match[2] or ''}}}"] = float(match[3])
    assert len(found) == len(lines)
    return found


def test_answers_are_counted_by_route_and_status(fresh: TestClient) -> None:
    for path in ("/api/v1/networks", "/api/v1/nothing", "/healthz", "/wp-login.php", "/ontology"):
        fresh.get(path, follow_redirects=False)
    for query in ("ASK {}", "ASK {}", "ASK {"):
        fresh.post("/sparql", data={"query": query})
    found = numbers(fresh)
    assert {name: n for name, n in found.items() if "requests_total" in name} == {
        'kgraph_http_requests_total{route="api",status="200"}': 1,
        'kgraph_http_requests_total{route="api",status="404"}': 1,
        'kgraph_http_requests_total{route="data",status="404"}': 1,
        'kgraph_http_requests_total{route="health",status="200"}': 1,
        'kgraph_http_requests_total{route="other",status="404"}': 1,
        'kgraph_http_requests_total{route="sparql",status="200"}': 1,
        'kgraph_http_requests_total{route="sparql",status="400"}': 1,
    }
    assert found["kgraph_sparql_repeated_total{}"] == 1
    assert found['kgraph_http_request_seconds_count{route="api"}'] == 2
    assert found['kgraph_http_request_seconds_bucket{route="api",le="+Inf"}'] == 2
    info = next(name for name in found if name.startswith("kgraph_release_info"))
    assert 'version="0123456789ab"' in info


def test_the_histogram_is_cumulative() -> None:
    metrics = Metrics()
    for seconds in (0.0005, 0.001, 0.02, 99.0):
        metrics.note("api", 200, seconds)
    _, histogram = metrics.samples()
    values = [value for labels, value in histogram.values if labels[""] == "_bucket"]
    assert values == [2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4]
    assert len(values) == len(BUCKETS) + 1
    text = exposition([histogram])
    assert 'kgraph_http_request_seconds_sum{route="api"} 99.0215\n' in text


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", "page"), ("/graph", "page"), ("/graph/derived", "data"), ("/id/network/x", "data"),
     ("/.well-known/void", "data"), ("/assets/a.js", "file"), ("//", "page"), ("", "page"),
     ("/reconcile", "reconcile"), ("/feeds/changes.atom", "feed"), ("/\n", "other")],
)  # fmt: skip
def test_classes_of_routes(path: str, expected: str) -> None:
    assert route_class({"path": path}) == expected
    assert route_class({"path": f"/here{path}", "root_path": "/here"}) == expected


def test_an_error_tells_the_id_of_its_request(fresh: TestClient) -> None:
    for path in ("/api/v1/networks/none", "/sparql?query=ASK%20%7B", "/id/network/none"):
        answer = fresh.get(path)
        own = answer.json()["request_id"]
        assert re.fullmatch(r"[0-9a-f]{12}-\d+", own)
        assert answer.headers["x-request-id"] == own
        given = fresh.get(path, headers={"X-Request-ID": "proxy-17"})
        assert given.json()["request_id"] == given.headers["x-request-id"] == "proxy-17"
        again = fresh.get(path)
        assert again.json()["request_id"] not in (own, "proxy-17")


def test_the_unforeseen_has_an_id_too(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> None:
        raise ReleaseError("secret")

    monkeypatch.setattr("kgraph_api.pages.release.all_published", fall)
    answer = fresh.get("/data/release", headers={"X-Request-ID": "proxy-18"})
    assert (answer.status_code, answer.json()["request_id"]) == (500, "proxy-18")
    assert "secret" not in answer.text


def test_an_id_of_a_client_comes_back_and_stays_with_it(fresh: TestClient) -> None:
    query = "/sparql?query=ASK%7B%7D"
    given = fresh.get(query, headers={"X-Request-ID": "proxy-1"})
    assert given.headers["x-request-id"] == "proxy-1"
    for _ in range(2):
        assert "x-request-id" not in fresh.get(query).headers
    assert fresh.get(query, headers={"X-Request-ID": "b"}).headers["x-request-id"] == "b"
    assert fresh.get("/healthz", headers={"X-Request-ID": "c"}).headers["x-request-id"] == "c"


@pytest.mark.parametrize("forged", ['a","status":1', "a b", "x" * 129, "", "ä"])
def test_an_id_that_is_none_is_not_taken(fresh: TestClient, forged: str) -> None:
    answer = fresh.get("/id/network/none", headers={"X-Request-ID": forged.encode("latin-1")})  # type: ignore[dict-item]
    assert re.fullmatch(r"[0-9a-f]{12}-\d+", answer.headers["x-request-id"])


def test_a_request_is_one_line_of_json(release: Release) -> None:
    lines = io.StringIO()
    log_to(lines)
    client = TestClient(Logged(create_app(Settings(), release)), raise_server_exceptions=False)
    asked = [
        client.get("/sparql?query=ASK%7B%7D", headers={"X-Request-ID": "proxy-1"}),
        client.get("/sparql?query=ASK%7B%7D"),
        client.get("/sparql?query=ASK%7B%7D"),
        client.get("/api/v1/networks/none"),
        client.head("/healthz"),
    ]
    said = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert len(said) == len(asked)
    for answer, line in zip(asked, said, strict=True):
        assert line["request_id"] == answer.headers["x-request-id"]
        assert (line["status"], line["bytes"]) == (answer.status_code, len(answer.content))
        assert line["path"] == answer.url.path and line["seconds"] >= 0
        assert "query" not in line and "ASK" not in json.dumps(line)
    assert [line["route"] for line in said] == ["sparql"] * 3 + ["api", "health"]
    assert said[0]["request_id"] == "proxy-1"
    assert len({line["request_id"] for line in said}) == len(said)
    assert said[0]["release"] == release.version
    assert asked[3].json()["request_id"] == said[3]["request_id"]


def test_numbers_are_read_again_when_they_have_changed(fresh: TestClient) -> None:
    first = numbers(fresh)
    second = numbers(fresh)
    name = 'kgraph_http_requests_total{route="health",status="200"}'
    assert second[name] == first.get(name, 0) + 1
