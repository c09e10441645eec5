"""What only a real server shows: bodies that arrive in parts, clients that leave, many at once."""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest


def connect(server: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)


def test_a_page_an_answer_and_a_query(server: str) -> None:
    for path in ("/", "/api/v1/networks", "/sparql?query=ASK%7B%7D", "/readyz"):
        with urllib.request.urlopen(f"{server}{path}", timeout=20) as answer:
            assert answer.status == 200
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_head_sends_no_body(server: str) -> None:
    connection = connect(server)
    for path in ("/api/v1/networks", "/", "/sparql?query=ASK%7B%7D"):
        connection.request("HEAD", path)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"")
    connection.close()


def test_a_body_without_length_is_bounded_while_it_arrives(server: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 100

    connection = connect(server)
    headers = {"Content-Type": "application/sparql-query"}
    try:
        connection.request("POST", "/sparql", body=endless(), headers=headers, encode_chunked=True)
        assert connection.getresponse().status == 413
    except (BrokenPipeError, ConnectionResetError):
        pass  # the server hung up before the whole body was sent, which is its right
    connection.close()


def test_a_client_that_leaves_harms_nobody(server: str) -> None:
    address = urlsplit(server)
    for sent in (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 100\r\n\r\nASK",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n",
    ):
        with socket.create_connection((str(address.hostname), int(address.port or 0))) as left:
            left.sendall(sent)
    with urllib.request.urlopen(f"{server}/healthz", timeout=20) as answer:
        assert answer.read() == b'{"status":"ok"}'


def test_slow_queries_do_not_hold_up_the_rest(server: str) -> None:
    # A product of three million rows takes the engine a good while.
    digits = " ".join(str(i) for i in range(12))
    product = "".join(f"VALUES ?v{i} {{ {digits} }} " for i in range(6))
    query = f"SELECT (COUNT(*) AS ?n) {{ {product} }}".encode()
    headers = {"Content-Type": "application/sparql-query"}
    request = urllib.request.Request(f"{server}/sparql", data=query, headers=headers)
    done: list[int] = []

    def slow() -> None:
        with urllib.request.urlopen(request, timeout=60) as answer:
            done.append(answer.status)

    threads = [threading.Thread(target=slow) for _ in range(2)]
    for thread in threads:
        thread.start()
    with urllib.request.urlopen(f"{server}/api/v1/networks", timeout=20) as answer:
        assert answer.status == 200
    for thread in threads:
        thread.join(60)
    assert done == [200, 200]


def test_many_at_once(server: str) -> None:
    statuses: list[int] = []

    def ask() -> None:
        with urllib.request.urlopen(f"{server}/sparql?query=ASK%7B%7D", timeout=30) as answer:
            statuses.append(answer.status)

    threads = [threading.Thread(target=ask) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert statuses == [200] * 30


@pytest.mark.parametrize("path", ["/api/v1/networks?q=%FF%00", "/%2e%2e/%2e%2e/etc/passwd"])
def test_hostile_addresses(server: str, path: str) -> None:
    try:
        with urllib.request.urlopen(f"{server}{path}", timeout=20) as answer:
            assert b"root:" not in answer.read()
    except urllib.error.HTTPError as error:
        assert error.code in (400, 404, 422)
