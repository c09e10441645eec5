"""Releases on the disk: pages, files, citation and catalogue, of the served one and older ones."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kgraph.ingest.build import build
from kgraph.release import Release, open_release
from kgraph_api.app import create_app
from kgraph_api.pages.words import say
from kgraph_api.settings import Settings

FACTS = Path(__file__).parents[1] / "fixtures" / "facts"
DCAT, SPDX = "http://www.w3.org/ns/dcat#", "http://spdx.org/rdf/terms#"
HERE = "http://testserver/data/release"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Release, Release]]:
    """A client of an application over two releases of the slice: the older and the served one."""
    root = tmp_path_factory.mktemp("two")
    older = build(data=FACTS, root=root / "releases").release
    shutil.copytree(FACTS, root / "data")
    roster = root / "data" / "facts" / "memberships" / "stadtregion-muenster.csv"
    changed = roster.read_text(encoding="utf-8").replace("members and partners", "members", 1)
    roster.write_text(changed, encoding="utf-8")
    newer = build(data=root / "data", root=root / "releases").release
    assert older.version != newer.version
    app = create_app(Settings(pages=root / "none"), open_release(root / "releases"))
    yield TestClient(app), older, newer


def graph_of(client: TestClient, path: str, **headers: str) -> ox.Store:
    answer = client.get(path, headers={"Accept": "text/turtle"} | headers)
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    store = ox.Store()
    store.load(answer.content, format=ox.RdfFormat.TURTLE)
    return store


def values(store: ox.Store, subject: str, name: str) -> set[str]:
    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(name), None)
    return {quad.object.value for quad in quads}  # type: ignore[union-attr]


def test_every_file_of_both_can_be_taken(two: tuple[TestClient, Release, Release]) -> None:
    client, *releases = two
    for release in releases:
        assert len(release.manifest["dumps"]) == 8
        for dump in release.manifest["dumps"]:
            answer = client.get(f"/data/release/{release.version}/{dump['name']}")
            digest = hashlib.sha256(answer.content).digest()
            assert (len(answer.content), digest.hex()) == (dump["n_bytes"], dump["sha256"])
            assert answer.headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest).decode()}:"
            type_ = answer.headers["content-type"].partition(";")[0]
            assert type_ == (dump["compression"] or dump["media_type"])
            assert (
                f"kgraph-{release.version}-{dump['name']}"
                in (answer.headers["content-disposition"])
            )
            assert "immutable" in answer.headers["cache-control"]
            assert "content-encoding" not in answer.headers


def test_a_file_can_be_taken_in_parts_and_again(two: tuple[TestClient, Release, Release]) -> None:
    client, older, _ = two
    address = f"/data/release/{older.version}/graph.nq.gz"
    whole = client.get(address)
    assert gzip.decompress(whole.content) == (older.path / "graph.nq").read_bytes()
    part = client.get(address, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    again = client.get(address, headers={"If-None-Match": whole.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_has_a_page_with_its_own_numbers(
    two: tuple[TestClient, Release, Release], language: str
) -> None:
    client, older, newer = two
    cited = {"de": "Datenstand", "en": "release"}[language]
    old = {"de": "anderer Datenstand", "en": "another release"}[language]
    for release, other in ((older, newer), (newer, older)):
        page = client.get(f"/data/release/{release.version}?lang={language}")
        assert f"{cited} {release.version}. {HERE}/{release.version}" in page.text
        assert (old in page.text) == (release is older)
        for dump in release.manifest["dumps"]:
            assert f'href="/data/release/{release.version}/{dump["name"]}"' in page.text
            assert dump["sha256"] in page.text
        assert f'href="/data/release/{other.version}?lang={language}"' in page.text
        assert page.headers["content-language"] == language


def test_whatever_a_manifest_counts_has_a_name(small: Release) -> None:
    words = [f"count.{name}" for name in small.manifest["counts"]]
    words += [f"licence.{name}" for name in small.manifest["licences"]]
    assert len(words) > 10
    for word in words:
        assert say("de", word) != word and say("en", word)


def test_search_engines_find_a_data_set(two: tuple[TestClient, Release, Release]) -> None:
    client, older, newer = two
    for release in (older, newer):
        text = client.get(f"/data/release/{release.version}?lang=en").text
        [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
        said = json.loads(block)
        assert (said["@type"], said["version"]) == ("Dataset", release.version)
        assert said["url"] == f"{HERE}/{release.version}"
        assert 50 <= len(said["description"]) <= 5000
        assert said["license"] == ["https://creativecommons.org/licenses/by/4.0/",
                                   "https://www.apache.org/licenses/LICENSE-2.0"]  # fmt: skip
        found = {one["name"]: one for one in said["distribution"]}
        for dump in release.manifest["dumps"]:
            one = found[dump["name"]]
            assert one["contentUrl"] == f"{HERE}/{release.version}/{dump['name']}"
            assert (one["sha256"], one["contentSize"]) == (dump["sha256"], f"{dump['n_bytes']} B")


def test_the_catalogue_lists_every_release_and_file(
    two: tuple[TestClient, Release, Release],
) -> None:
    client, older, newer = two
    found = graph_of(client, "/.well-known/void")
    whole = "https://w3id.org/imcoop/graph/void#dataset"
    assert values(found, whole, f"{DCAT}hasCurrentVersion") == {f"{HERE}/{newer.version}"}
    assert values(found, whole, f"{DCAT}hasVersion") == {
        f"{HERE}/{older.version}", f"{HERE}/{newer.version}"
    }  # fmt: skip
    for release in (older, newer):
        own = graph_of(client, f"/data/release/{release.version}")
        node = f"{HERE}/{release.version}"
        assert values(own, node, f"{DCAT}version") == {release.version}
        files = values(own, node, f"{DCAT}distribution")
        assert files == values(found, node, f"{DCAT}distribution")
        named = {f"{node}/{dump['name']}" for dump in release.manifest["dumps"]}
        assert files == named | {f"{node}/manifest.json"}
        for dump in release.manifest["dumps"]:
            file = f"{node}/{dump['name']}"
            assert values(own, file, f"{DCAT}byteSize") == {str(dump["n_bytes"])}
            media = "https://www.iana.org/assignments/media-types/"
            assert values(own, file, f"{DCAT}mediaType") == {media + dump["media_type"]}
            packed = {media + dump["compression"]} - {media}
            assert values(own, file, f"{DCAT}compressFormat") == packed
            [checksum] = values(own, file, f"{SPDX}checksum")
            assert values(own, checksum, f"{SPDX}checksumValue") == {dump["sha256"]}


def test_a_release_is_described_in_what_the_client_likes(
    two: tuple[TestClient, Release, Release],
) -> None:
    client, older, _ = two
    path = f"/data/release/{older.version}"
    for accept, kind in (
        ("text/turtle", "text/turtle"), ("application/ld+json", "application/ld+json"),
        ("text/html", "text/html"), ("*/*", "text/html"),
        ("application/rdf+xml, text/html;q=0.5", "application/rdf+xml"),
    ):  # fmt: skip
        answer = client.get(path, headers={"Accept": accept})
        assert answer.headers["content-type"].partition(";")[0] == kind
        assert "Accept" in answer.headers["vary"]
    assert client.get(f"{path}?format=nt").headers["content-type"] == "application/n-triples"
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(f"{path}?format=csv").status_code == 406
    again = client.get(path, headers={"Accept": "text/turtle"})
    tag = {"Accept": "text/turtle", "If-None-Match": again.headers["etag"]}
    assert client.get(path, headers=tag).status_code == 304


def test_a_release_that_this_kgraph_cannot_open_keeps_its_files(
    two: tuple[TestClient, Release, Release],
) -> None:
    client, older, newer = two
    folder = newer.path.parent / "00000000aaaa"
    folder.mkdir()
    (folder / "graph.nq").write_bytes(b"<urn:a> <urn:b> <urn:c> <urn:d> .\n")
    (folder / "manifest.json").write_text('{"format": 1, "version": "00000000aaaa"}')
    try:
        assert client.get(f"/data/release/{folder.name}/graph.nq").text.count("\n") == 1
        page = client.get(f"/data/release/{folder.name}").text
        assert "graph.nq" in page and "graph.trig" not in page
        assert f"{HERE}/{folder.name}" in values(
            graph_of(client, "/.well-known/void"), "https://w3id.org/imcoop/graph/void#dataset",
            f"{DCAT}hasVersion",
        )  # fmt: skip
    finally:
        shutil.rmtree(folder)
    assert client.get(f"/data/release/{folder.name}").status_code == 404
    assert older.version in client.get("/data/release").text
