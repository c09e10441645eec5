"""The files of a release that can be taken: complete, the same each time, and as described."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgraph.dumps import dumps_of, write_dumps
from kgraph.namespaces import graph
from kgraph.release import Release

NAMES = ["graph.nq", "graph.nq.gz", "graph.nq.zst", "graph.trig", "graph.trig.gz",
         "graph.trig.zst", "merged.nt", "ontology.ttl", "manifest.json"]  # fmt: skip


def unpacked(path: Path) -> bytes:
    import importlib

    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".zst":
        try:
            zstd = importlib.import_module("compression.zstd")
        except ImportError:
            zstd = importlib.import_module("backports.zstd")
        return bytes(zstd.decompress(path.read_bytes()))
    return path.read_bytes()


def statements(text: bytes, media_type: str) -> set[str]:
    return {str(q) for q in ox.parse(text, format=ox.RdfFormat.from_media_type(media_type))}


def test_every_file_is_there_and_as_described(small: Release) -> None:
    found = dumps_of(small.path, small.manifest)
    assert list(found) == NAMES
    for name, (dump, path) in found.items():
        assert dump.n_bytes == path.stat().st_size > 0
        if name != "manifest.json":
            assert dump.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("graph.")])
def test_every_form_of_the_graph_says_the_same(small: Release, name: str) -> None:
    dump, path = dumps_of(small.path, small.manifest)[name]
    said = statements((small.path / "graph.nq").read_bytes(), "application/n-quads")
    assert statements(unpacked(path), dump.media_type) == said
    sent = {".gz": "application/gzip", ".zst": "application/zstd"}
    assert dump.sent_as == sent.get(path.suffix, dump.media_type)


def test_the_ontology_alone(small: Release) -> None:
    _, path = dumps_of(small.path, small.manifest)["ontology.ttl"]
    quads = ox.parse(path=small.path / "graph.nq", format=ox.RdfFormat.N_QUADS)
    own = ox.NamedNode(graph("ontology"))
    expected = {str(quad.triple) for quad in quads if quad.graph_name == own}
    found = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    assert {str(quad.triple) for quad in found} == expected
    assert path.read_text(encoding="utf-8").startswith("@prefix code: ")


def test_they_are_the_same_bytes_each_time(small: Release, tmp_path: Path) -> None:
    for name in ("graph.nq", "merged.nt"):
        (tmp_path / name).write_bytes((small.path / name).read_bytes())
    assert write_dumps(tmp_path) == small.manifest["dumps"]


def test_a_release_without_them_has_its_plain_files(small: Release, tmp_path: Path) -> None:
    for name in ("graph.nq", "merged.nt"):
        (tmp_path / name).write_bytes((small.path / name).read_bytes())
    (tmp_path / "manifest.json").write_text(json.dumps({"version": "x"}), encoding="utf-8")
    found = dumps_of(tmp_path, {"version": "x"})
    assert list(found) == ["graph.nq", "merged.nt", "manifest.json"]
    assert {dump.sha256 for dump, _ in found.values()} == {""}


def test_a_file_that_is_gone_is_not_offered(small: Release, tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(b"")
    assert list(dumps_of(tmp_path, small.manifest)) == ["graph.nq"]
