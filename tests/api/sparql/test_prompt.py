"""What the connection has answered itself, among what it leaves to the application."""

from __future__ import annotations

import re
import threading
import time
from urllib.parse import quote

import pytest

from .conftest import Walled, raw, read

SHORT = "SELECT (COUNT(*) AS ?n) { ?s <urn:next> ?o } # in order "
#: Too long to be held back, and longer than a moment.
LONG = "SELECT ?a ?c { ?a <urn:next> ?b . ?c <urn:next> ?d } LIMIT 20000 #"
SLOW = "SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 200000 } } #"
BROKEN = "SELECT { #"


def _answers(walled: Walled, queries: list[str], accept: str = "text/csv") -> bytes:
    """What comes back for many requests in one piece."""
    asked = "GET /sparql?query={} HTTP/1.1\r\nHost: x\r\nAccept: {}\r\n{}\r\n"
    ends = [""] * (len(queries) - 1) + ["Connection: close\r\n"]
    many = "".join(
        asked.format(quote(q), accept, end) for q, end in zip(queries, ends, strict=True)
    )
    with raw(walled, many) as opened:
        return read(opened)


def _requests(walled: Walled) -> int:
    """How many answers of the endpoint have been counted."""
    connection = walled.connect()
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    found = re.findall(r'^kgraph_http_requests_total{route="sparql".*} (\d+)$', text, re.MULTILINE)
    return sum(map(int, found))


def test_answers_come_in_the_order_of_the_questions(walled: Walled) -> None:
    before = _requests(walled)
    kinds = [SHORT, LONG, SHORT, BROKEN, SLOW, SHORT, LONG, SHORT]
    got = _answers(walled, [f"{text}{i}" for i, text in enumerate(kinds)])
    statuses = re.findall(rb"HTTP/1.1 (\d+)", got)
    assert statuses == [b"400" if text == BROKEN else b"200" for text in kinds]
    parts = re.split(rb"HTTP/1.1 \d+", got)[1:]
    for text, part in zip(kinds, parts, strict=True):
        if text == SHORT:
            assert part.endswith(b"\r\n\r\nn\r\n6000\r\n"), "each is the answer to its question"
        if text == LONG:
            assert part.count(b"urn:n") == 40_000
    walled.settle()
    assert _requests(walled) == before + len(kinds), "each is counted once"


def test_a_connection_is_kept_and_closed_as_asked(walled: Walled) -> None:
    for version, end, keeps in (
        ("1.1", "", True), ("1.1", "Connection: close\r\n", False), ("1.0", "", False),
    ):  # fmt: skip
        query = quote(f"{SHORT}kept {version} {end.strip()}")
        with raw(
            walled, f"GET /sparql?query={query} HTTP/{version}\r\nHost: x\r\n{end}\r\n"
        ) as one:
            one.settimeout(1)
            if keeps:
                with pytest.raises(TimeoutError):
                    while one.recv(65_536):
                        pass
            else:
                assert b"connection: close" in read(one)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_coded_answer_is_coded_once_and_kept(walled: Walled, coding: str) -> None:
    query = f"SELECT ?a {{ ?a <urn:next> ?b }} LIMIT 300 # {coding}"
    status, first, headers = walled.ask(query, **{"Accept-Encoding": coding})
    assert (status, headers["content-encoding"]) == (200, coding)
    again = walled.ask(query, **{"Accept-Encoding": coding})
    assert (again[1], again[2]["etag"]) == (first, headers["etag"])
    known = walled.ask(query, **{"Accept-Encoding": coding, "If-None-Match": headers["etag"]})
    assert known[:2] == (304, b"")


def test_many_at_once_all_get_their_own(walled: Walled) -> None:
    found: dict[int, bytes] = {}

    def ask(i: int) -> None:
        found[i] = walled.ask(f"SELECT ({i} AS ?own) {{}}", Accept="text/csv")[1]

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {i: b"own\r\n%d\r\n" % i for i in range(40)}
    walled.settle()


def test_what_comes_before_an_answer_is_there_waits_for_it(walled: Walled) -> None:
    first = f"GET /sparql?query={quote(SLOW + 'first')} HTTP/1.1\r\nHost: x\r\n\r\n"
    again = f"GET /sparql?query={quote(SHORT + 'again')} HTTP/1.1\r\nHost: x\r\n"
    with raw(walled, first) as opened:
        for part in (again, "Accept: text/csv\r\n", "Connection: close\r\n\r\n"):
            time.sleep(0.001)
            opened.sendall(part.encode())
        got = read(opened)
    assert re.findall(rb"HTTP/1.1 (\d+)", got) == [b"200", b"200"]
    assert got.index(b"200000") < got.index(b"\r\n\r\nn\r\n6000")


def test_who_hangs_up_before_the_answer_harms_nobody(walled: Walled) -> None:
    for i in range(20):
        query = quote(f"{SLOW if i % 2 else SHORT} gone {i}")
        raw(walled, f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n").close()
    assert walled.ask(f"{SHORT} still there")[0] == 200
    walled.settle()


def test_a_connection_at_rest_is_closed_in_the_end(walled: Walled) -> None:
    request = "GET /sparql?query={} HTTP/1.1\r\nHost: x\r\n\r\n"
    with raw(walled, request.format(quote(f"{SHORT}one"))) as opened:
        time.sleep(3)
        opened.sendall(request.format(quote(f"{SHORT}two")).encode())
        started = time.monotonic()
        assert len(re.findall(rb"HTTP/1.1 200", read(opened))) == 2
    assert 4 < time.monotonic() - started < 8, "five seconds after the last answer"
