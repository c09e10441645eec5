"""Eight connections that ask one server as fast as it answers: a process of its own.

    python client.py PORT PATH SECONDS VARY < request

Standard input has one body (a percent-encoded query). With VARY each request gets a comment of its
own, so that no answer is kept. Printed: requests per second, median and p99 in milliseconds.

The client shares the machine with the server, so it does as little as it can for each answer: it
waits for all connections at once, and reads whatever comes into the same memory.
"""

from __future__ import annotations

import itertools
import select
import socket
import sys
import time
from collections.abc import Callable

CONNECTIONS = 8
ACCEPT = "application/sparql-results+json, application/n-triples"
_HEAD = (
    "POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
)
#: In the place of how many bytes are left: the head is not there yet; the last chunk tells.
_HEADLESS, _CHUNKED = -1, -2
_LAST_CHUNK = b"0\r\n\r\n"


class _Connection:
    """Asks, waits for the whole answer, asks again."""

    def __init__(self, port: int, memory: memoryview) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._memory = memory
        self._left, self._end = _HEADLESS, b""
        self._asked = 0.0
        self.taken: list[float] = []

    def ask(self, request: bytes) -> None:
        self._left, self._end = _HEADLESS, b""
        self._asked = time.perf_counter()
        self.socket.sendall(request)

    def hears_all(self) -> bool:
        """Read what is there; whether that ends the answer."""
        n_bytes = self.socket.recv_into(self._memory)
        if not n_bytes:
            raise SystemExit("the server hung up")
        if self._left >= 0:
            self._left -= n_bytes
        else:
            self._hear(bytes(self._memory[:n_bytes]))
        if self._left and not (self._left == _CHUNKED and self._end.endswith(_LAST_CHUNK)):
            return False
        self.taken.append(time.perf_counter() - self._asked)
        return True

    def _hear(self, data: bytes) -> None:
        """Read the head of an answer, or the chunks of one that does not say how long it is."""
        self._end += data
        if self._left == _HEADLESS and (length := self._end.find(b"\r\n\r\n")) >= 0:
            head = self._end[:length].lower()
            if b" 200 " not in head.split(b"\r\n")[0]:
                raise SystemExit(head.decode())
            _, said, size = head.partition(b"content-length:")
            self._left = _CHUNKED
            if said:
                self._left = int(size.split(b"\r\n")[0]) - (len(self._end) - length - 4)
        if self._left == _CHUNKED:
            self._end = self._end[-len(_LAST_CHUNK) :]


def _converse(port: int, request: Callable[[], bytes], seconds: float) -> tuple[list[float], float]:
    """Ask on all connections until the time is over; what each answer took, and all of it."""
    memory, poll = memoryview(bytearray(1 << 20)), select.epoll()
    connections = [_Connection(port, memory) for _ in range(CONNECTIONS)]
    asking = {one.socket.fileno(): one for one in connections}
    started = time.perf_counter()
    for number, connection in asking.items():
        poll.register(number, select.EPOLLIN)
        connection.ask(request())
    while asking:
        for number, _ in poll.poll():
            if not (connection := asking[number]).hears_all():
                continue
            if time.perf_counter() - started < seconds:
                connection.ask(request())
            else:
                poll.unregister(number)
                del asking[number]
    elapsed = time.perf_counter() - started
    return list(itertools.chain.from_iterable(one.taken for one in connections)), elapsed


def main() -> None:
    port, path, seconds, vary = sys.argv[1:]
    body = sys.stdin.read().strip().encode() + (b"%0A%23" if vary == "1" else b"")
    head = _HEAD.format(path=path, accept=ACCEPT).encode()
    # No run asks what another one has asked.
    numbers = itertools.count(time.time_ns())
    fixed = b"%b%d\r\n\r\n%b" % (head, len(body), body)

    def request() -> bytes:
        if vary != "1":
            return fixed
        said = b"%b%d" % (body, next(numbers))
        return b"%b%d\r\n\r\n%b" % (head, len(said), said)

    found, elapsed = _converse(int(port), request, float(seconds))
    taken = sorted(found)
    middle, late = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    print(f"{len(taken) / elapsed:.1f} {1000 * middle:.2f} {1000 * late:.2f}")


if __name__ == "__main__":
    main()
