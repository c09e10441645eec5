"""An answer is whole, or plainly none: limits, streams, slow clients; on a real server."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import time
from urllib.parse import quote

import pytest

from .conftest import Walled, raw, read

#: Nine thousand statements in the ring; two of them side by side are 81 million.
PAIRS = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT "


def test_a_streamed_answer_is_the_answer(walled: Walled) -> None:
    status, body, headers = walled.ask(PAIRS + "20000")
    assert (status, headers["transfer-encoding"]) == (200, "chunked")
    assert len(json.loads(body)["results"]["bindings"]) == 20_000
    status, again, headers = walled.ask(PAIRS + "20000")
    assert (status, again, headers["content-length"]) == (200, body, str(len(body))), "kept"
    status, zipped, headers = walled.ask(PAIRS + "20000", **{"Accept-Encoding": "gzip"})
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(zipped) == body


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_stream_that_meets_a_limit_breaks_off(walled: Walled, coding: str) -> None:
    with pytest.raises(http.client.IncompleteRead):
        walled.ask(PAIRS + "50001", **{"Accept-Encoding": coding})
    assert walled.ask("ASK {}")[0] == 200


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_exactly(walled: Walled, format: str) -> None:
    # The text looks like what stands between two rows.
    text = r"""'},{\"a\",\r\n\"<result>' AS ?text"""
    for n, is_whole in ((50_000, True), (50_001, False)):
        inner = f"SELECT ?a {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {n}"
        query = f"SELECT ?text ?none {{ {{ {inner} }} BIND({text}) }}"
        try:
            status, _, _ = walled.ask(query, Accept=TYPES[format])
        except http.client.IncompleteRead:
            status = 0
        assert (status == 200) == is_whole


TYPES = {
    "json": "application/sparql-results+json", "xml": "application/sparql-results+xml",
    "csv": "text/csv", "tsv": "text/tab-separated-values",
}  # fmt: skip


def test_a_client_of_http_1_0_gets_a_status(walled: Walled) -> None:
    # It could not tell a body that breaks off from one that ends.
    for limit, expected in (("20000", b"200"), ("50001", b"422")):
        with raw(walled, f"GET /sparql?query={quote(PAIRS + limit)} HTTP/1.0\r\n\r\n") as opened:
            assert read(opened).split(b" ", 2)[1] == expected


def test_a_reader_who_stops_is_left(walled: Walled) -> None:
    query = quote(PAIRS + "49999")
    with raw(walled, f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n") as opened:
        time.sleep(4)
        got = read(opened)
    assert got.startswith(b"HTTP/1.1 200") and not got.endswith(b"0\r\n\r\n")


def test_a_sender_who_stops_is_answered(walled: Walled) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    started = time.perf_counter()
    with raw(walled, f"{head}Content-Length: 100\r\n\r\nASK") as opened:
        got = read(opened)
    assert got.startswith(b"HTTP/1.1 408")
    assert time.perf_counter() - started < 5


def test_a_head_that_never_ends_is_cut_off(walled: Walled) -> None:
    started = time.perf_counter()
    with raw(walled, "GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nX-Slow: ") as opened:
        assert read(opened) == b""
    assert 1 < time.perf_counter() - started < 5
    # A connection that has asked before is no exception.
    whole = "GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
    with raw(walled, f"{whole}GET /slow") as opened:
        assert read(opened).startswith(b"HTTP/1.1 200")
    assert time.perf_counter() - started < 10


def test_the_head_is_bounded(walled: Walled) -> None:
    # A query of 64 KB by GET is none too long.
    query = quote("ASK {} #" + "x" * 64_000)
    with raw(walled, f"GET /sparql?query={query} HTTP/1.0\r\n\r\n") as opened:
        assert read(opened).split(b" ", 2)[1] == b"200"
    with raw(walled, "GET / HTTP/1.1\r\nX-Long: ") as opened:
        got = b""
        try:
            for _ in range(200):
                opened.sendall(b"x" * 10_000)
        except (BrokenPipeError, ConnectionResetError):
            pass
        else:
            got = read(opened)
        assert got == b"" or got.startswith(b"HTTP/1.1 431")
    assert walled.ask("ASK {}")[0] == 200


def test_nobody_else_is_asked(walled: Walled) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"http://127.0.0.1:{other.getsockname()[1]}/x"
        for query in (
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICESILENT<{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{address}> FROM <file:///etc/passwd> {{ GRAPH ?g {{}} }}",
            f"LOAD <{address}>", "LOAD <file:///etc/passwd>", f"DESCRIBE <{address}>",
            f"PREFIX a: <a> SELECT * {{ ?s a:\\# 1 . SERVICE <{address}> {{ ?s ?p ?o }} }}",
        ):  # fmt: skip
            _, body, _ = walled.ask(query)
            assert b"root:" not in body
        other.settimeout(0.3)
        with pytest.raises(TimeoutError):
            other.accept()


def test_a_kept_answer_is_sent_over_the_same_connection(walled: Walled) -> None:
    # The connection itself answers what was asked before, in the order of the requests.
    texts = [quote(f"SELECT (COUNT(*) AS ?n) {{ ?s <urn:next> ?o }} #{i}") for i in range(3)]
    walled.ask("ASK {}")
    asked = "GET /sparql?query={} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n{}\r\n"
    answers = []
    for _ in range(3):
        many = "".join(asked.format(text, "") for text in texts)
        with raw(walled, many + asked.format(texts[0], "Connection: close\r\n")) as opened:
            answers.append(read(opened))
    # The order of headers means nothing, and the clock goes on.
    lines = [
        sorted(line for line in answer.split(b"\r\n") if not line.startswith(b"date:"))
        for answer in answers
    ]
    assert lines[0] == lines[1] == lines[2]
    assert answers[0].count(b"HTTP/1.1 200 OK") == answers[0].count(b"\r\n\r\nn\r\n6000") == 4
    assert answers[0].count(b"connection: close") == 1


def test_a_kept_answer_by_post_in_pieces(walled: Walled) -> None:
    body = "query=ASK%7B%7D"
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    found = []
    for _ in range(2):
        with raw(
            walled, f"{head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        ) as opened:
            time.sleep(0.1)
            for piece in (body[:5], body[5:]):
                opened.sendall(piece.encode())
                time.sleep(0.1)
            found.append(read(opened))
    assert all(one.startswith(b"HTTP/1.1 200 OK") and b'"boolean":true' in one for one in found)
