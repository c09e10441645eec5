"""The difference of two releases that lie beside each other."""

from __future__ import annotations

import shutil

import pytest
from starlette.testclient import TestClient

from kgraph.release import Release, open_release
from kgraph_api.app import create_app
from kgraph_api.settings import Settings

OLD, NEW = "0123456789ab", "ba9876543210"
LINE = (
    "<https://w3id.org/imcoop/id/municipality/de-05515000> "
    '<http://www.w3.org/2000/01/rdf-schema#label> "Muenster"@en '
    "<https://w3id.org/imcoop/graph/leaflet> .\n"
)


@pytest.fixture(scope="module")
def two(release: Release, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A server over two releases: the second lacks a label that the leaflet gives."""
    root = tmp_path_factory.mktemp("releases")
    for version in (OLD, NEW):
        folder = root / version
        shutil.copytree(release.path, folder)
        manifest = folder / "manifest.json"
        manifest.write_text(manifest.read_text().replace(OLD, version))
    graph = root / NEW / "graph.nq"
    text = graph.read_text(encoding="utf-8")
    assert LINE in text
    graph.write_text(text.replace(LINE, ""), encoding="utf-8")
    (root / "current").write_text(NEW)
    return TestClient(create_app(Settings(), open_release(root)), raise_server_exceptions=False)


def test_what_was_withdrawn(two: TestClient) -> None:
    found = two.get(f"/api/v1/diff/releases?from={OLD}").json()
    assert (found["version_from"], found["version_to"], found["total"]) == (OLD, NEW, 1)
    assert found["n_statements"] == {"added": 0, "changed": 0, "withdrawn": 1}
    [item] = found["items"]
    assert (item["kind"], item["object"], item["was"]) == ("withdrawn", None, '"Muenster"@en')


@pytest.mark.parametrize(
    ("form", "media_type", "part"),
    [
        ("text", "text/plain", "statements withdrawn: 1"),
        ("csv", "text/csv", "withdrawn,https://w3id.org/imcoop/graph/leaflet,"),
        ("nquads", "application/n-quads", "<https://w3id.org/imcoop/graph/withdrawn> ."),
        ("patch", "application/rdf-patch", f"D {LINE}"),
    ],
)
def test_other_forms(two: TestClient, form: str, media_type: str, part: str) -> None:
    answer = two.get(f"/api/v1/diff/releases?from={OLD}&to={NEW}&as={form}")
    assert answer.headers["content-type"].startswith(media_type)
    assert part in answer.text


@pytest.mark.parametrize("version", ["ffffffffffff", "../x", "%2e%2e"])
def test_a_release_that_is_not_here(two: TestClient, version: str) -> None:
    assert two.get(f"/api/v1/diff/releases?from={version}").status_code == 404


def test_a_form_that_is_none(two: TestClient) -> None:
    assert two.get(f"/api/v1/diff/releases?from={OLD}&as=pdf").status_code == 422
