"""Which page a browser gets at /sparql, with the pages built and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kgraph.release import Release
from kgraph_api.app import create_app
from kgraph_api.settings import Settings

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def edited(release: Release, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """An application whose query page is built."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "sparql.html").write_text("<!doctype html><title>editor</title>", encoding="utf-8")
    return TestClient(create_app(Settings(pages=Path(folder)), release))


def test_a_browser_gets_the_editor(edited: TestClient) -> None:
    answer = edited.get("/sparql", headers=BROWSER)
    assert "editor" in answer.text
    assert (answer.headers["vary"], answer.headers["cache-control"]) == ("Accept", "no-cache")
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_without_a_script_there_is_a_plain_form(edited: TestClient) -> None:
    assert 'name="query"' in edited.get("/sparql?format=html").text


def test_where_the_editor_is_not_built_the_form_answers(client: TestClient) -> None:
    assert 'name="query"' in client.get("/sparql", headers=BROWSER).text


def test_programs_still_get_the_description(edited: TestClient) -> None:
    answer = edited.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"].startswith("text/turtle")


def test_both_pages_are_entries_of_the_build() -> None:
    root = Path(__file__).parents[2]
    for name in ("index.html", "sparql.html"):
        assert f"'{name}'" in (root / "web/vite.config.ts").read_text(encoding="utf-8")
        assert f'"{name}"' in (root / "hatch_build.py").read_text(encoding="utf-8")
