"""Answers are kept, compressed once, and tagged by what they are."""

from __future__ import annotations

import gzip
import zlib

import pytest
from starlette.testclient import TestClient

from kgraph.release import Release
from kgraph.store import Store
from kgraph_api.app import create_app
from kgraph_api.settings import Settings
from kgraph_api.sparql import coding
from kgraph_api.sparql.cache import AnswerCache, Key

KEY = Key("v1", "ASK {}", (), (), "text/csv", "")
LONG = "SELECT ?x { VALUES ?x { " + " ".join(map(str, range(300))) + " } }"


@pytest.fixture
def asked(release: Release, monkeypatch: pytest.MonkeyPatch) -> tuple[TestClient, list[str]]:
    """A client, and the queries that reach the engine."""
    reached: list[str] = []
    native = Store.query

    def query(self: Store, text: str, **more: object) -> object:
        reached.append(text)
        return native(self, text, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "query", query)
    return TestClient(create_app(Settings(), release)), reached


def test_the_same_question_reaches_the_engine_once(asked: tuple[TestClient, list[str]]) -> None:
    client, reached = asked
    answers = [client.post("/sparql", data={"query": LONG}) for _ in range(3)]
    assert len(reached) == 1
    assert {answer.content for answer in answers} == {answers[0].content}
    assert {answer.headers["etag"] for answer in answers} == {answers[0].headers["etag"]}


@pytest.mark.parametrize(
    "other",
    [{"format": "csv"}, {"default-graph-uri": "urn:x"}, {"named-graph-uri": "urn:x"},
     {"query": f"{LONG} "}],
)  # fmt: skip
def test_another_question_is_another(
    asked: tuple[TestClient, list[str]], other: dict[str, str]
) -> None:
    client, reached = asked
    first = client.post("/sparql", data={"query": LONG})
    second = client.post("/sparql", data={"query": LONG} | other)
    assert len(reached) == 2
    assert first.headers["etag"] != second.headers["etag"]


def test_what_changes_is_asked_again(asked: tuple[TestClient, list[str]]) -> None:
    client, reached = asked
    for _ in range(2):
        client.post("/sparql", data={"query": "SELECT (RAND() AS ?x) {}"})
    assert len(reached) == 2


def test_each_coding_has_its_tag_and_is_known_by_it(asked: tuple[TestClient, list[str]]) -> None:
    client, reached = asked
    found = {}
    for code in ("identity", "gzip"):
        for _ in range(2):
            headers = {"Accept-Encoding": code}
            answer = client.post("/sparql", data={"query": LONG}, headers=headers)
            assert answer.headers.get("content-encoding", "identity") == code
            assert answer.headers["vary"] == "Accept, Accept-Encoding"
            found[code] = (answer.headers["etag"], answer.content)
    assert found["identity"][0] != found["gzip"][0]
    assert found["identity"][1] == found["gzip"][1], "the client unpacks"
    assert len(reached) == 2, "once for each coding"
    for code, (tag, _) in found.items():
        headers = {"Accept-Encoding": code, "If-None-Match": tag}
        answer = client.post("/sparql", data={"query": LONG}, headers=headers)
        assert (answer.status_code, answer.headers["etag"], answer.content) == (304, tag, b"")


def test_a_short_answer_is_not_compressed(asked: tuple[TestClient, list[str]]) -> None:
    client, reached = asked
    for _ in range(2):
        answer = client.get("/sparql?query=ASK%7B%7D", headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in answer.headers
    assert len(reached) == 1


def test_what_was_asked_longest_ago_makes_room() -> None:
    cache = AnswerCache(100_000)
    keys = [KEY._replace(query=str(i)) for i in range(40)]
    for key in keys:
        cache.put(key, b"x" * 2000)
        cache.get(keys[0])
    assert cache.get(keys[0]) and cache.get(keys[-1]) and cache.get(keys[1]) is None
    cache.put(KEY, b"x" * 20_000)
    assert cache.get(KEY) is None, "one answer does not push out all others"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, ""), ("", ""), ("gzip", "gzip"), ("GZIP, deflate", "gzip"), ("*", "zstd"),
        ("br;q=0.9, gzip;q=1.0", "gzip"), ("gzip, br, zstd", "zstd"), ("gzip;q=0, *;q=0.5", "zstd"),
        ("identity", ""), ("gzip;q=x", ""), ("*;q=0", ""), ("gzip;q=0.5, zstd;q=0", "gzip"),
    ],
)  # fmt: skip
def test_the_coding_that_is_chosen(header: str | None, expected: str) -> None:
    assert coding.chosen(header, ["zstd", "br", "gzip"]) == expected


def test_every_coding_that_is_there_works() -> None:
    data = b"abc" * 10_000
    for code, make in coding.available().items():
        compressor = make()
        parts = compressor.compress(data) + compressor.compress(data) + compressor.flush()
        assert 0 < len(parts) < len(data)
        if code == "gzip":
            assert gzip.decompress(parts) == data * 2
            assert zlib.decompress(coding.compress(data, "gzip"), 31) == data
