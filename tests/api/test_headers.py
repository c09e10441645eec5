"""ETag and 304, HEAD, CORS, and the policies of pages and data."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from kgraph_api.app import create_app
from kgraph_api.headers import PAGE_POLICY
from kgraph_api.settings import Settings

URL = "/api/v1/networks"


def test_an_answer_that_the_client_has_is_not_sent_again(client: TestClient) -> None:
    tag = client.get(URL).headers["etag"]
    assert tag.startswith('"') and not tag.startswith("W/")
    again = client.get(URL, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    weak = client.get(URL, headers={"If-None-Match": f"W/{tag}"})
    assert weak.status_code == 304
    assert client.get(URL, headers={"If-None-Match": '"other"'}).status_code == 200


def test_another_question_has_another_tag(client: TestClient) -> None:
    paths = (URL, f"{URL}?limit=1", f"{URL}?as_of=2020-01-01", "/api/v1/sources")
    assert len({client.get(path).headers["etag"] for path in paths}) == len(paths)


def test_tomorrow_is_another_answer(client: TestClient) -> None:
    from datetime import date

    from kgraph_api.dependencies import today

    overrides = client.app.dependency_overrides  # type: ignore[attr-defined]
    before, tag = overrides[today], client.get(URL).headers["etag"]
    overrides[today] = lambda: date(2024, 5, 2)
    try:
        assert client.get(URL).headers["etag"] != tag
    finally:
        overrides[today] = before


def test_head_has_the_headers_of_get_and_no_body(client: TestClient) -> None:
    got, head = client.get(URL), client.head(URL)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(got.content))
    assert head.headers["etag"] == got.headers["etag"]


@pytest.mark.parametrize("path", [URL, "/", "/sparql", "/nothing", "/docs", "/assets/index-abc.js"])
def test_every_answer_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers
    assert headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/", "/graph", "/docs"])
def test_pages_may_load_their_own_files_only(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == PAGE_POLICY
    assert "unsafe" not in PAGE_POLICY and "http" not in PAGE_POLICY
    assert answer.headers["cache-control"] == "no-cache"


def test_preflight(client: TestClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    answer = client.options("/sparql", headers=asked)
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "POST" not in client.options(URL, headers=asked).headers["access-control-allow-methods"]


def test_hashed_files_are_kept_for_ever_and_others_are_not(client: TestClient) -> None:
    answer = client.get("/assets/index-abc.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/favicon.svg").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    ["/secret.txt", "/index.html", "/assets/../secret.txt", "/assets/%2e%2e/secret.txt",
     "/assets/..%5csecret.txt", "/static/../settings.py", "/static/%2e%2e/settings.py", "/.stamp"],
)  # fmt: skip
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text.replace("secret.txt", "")


def test_without_built_pages_the_server_says_what_to_do(
    client: TestClient, tmp_path: object
) -> None:
    from pathlib import Path

    release = client.app.state.served.release  # type: ignore[attr-defined]
    app = create_app(Settings(pages=Path(str(tmp_path)) / "none"), release)
    answer = TestClient(app).get("/graph")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "text/html; charset=utf-8")
    assert "KGRAPH_SKIP_WEB" in answer.text and "make serve" in answer.text
    assert TestClient(app).get("/assets/x.js").status_code == 404
