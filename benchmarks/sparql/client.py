"""Eight connections that ask one server as fast as it answers: a process of its own.

    python client.py PORT PATH SECONDS VARY < request

Standard input has one body (a percent-encoded query). With VARY each request gets a comment of its
own, so that no answer is kept. Printed: requests per second, median and p99 in milliseconds.

The client shares the machine with the server, so it does as little as it can for each answer.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from typing import cast

import uvloop

CONNECTIONS = 8
_HEAD = (
    "POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
)
ACCEPT = "application/sparql-results+json, application/n-triples"


class _Connection(asyncio.Protocol):
    """Asks, waits for the whole answer, asks again."""

    def __init__(self, head: bytes, body: bytes, vary: bool, until: float) -> None:
        self._head, self._body, self._until = head, body, until
        self._counter = _NUMBERS if vary else None
        self._transport: asyncio.Transport
        self._buffer = bytearray()
        self._left = -1
        self._asked = 0.0
        self.taken: list[float] = []
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def _ask(self) -> None:
        self._buffer.clear()
        self._left = -1
        self._asked = time.perf_counter()
        if self._asked > self._until:
            self._transport.close()
            self.done.set_result(None)
            return
        body = self._body if self._counter is None else b"%b%d" % (self._body, next(self._counter))
        self._transport.write(b"%b%d\r\n\r\n%b" % (self._head, len(body), body))

    def data_received(self, data: bytes) -> None:
        if self._left > 0:
            self._left -= len(data)
        else:
            self._buffer += data
            if self._left < 0:
                self._begin()
        if self._left == 0 or (self._left == _CHUNKED and self._buffer.endswith(b"0\r\n\r\n")):
            self.taken.append(time.perf_counter() - self._asked)
            self._ask()

    def _begin(self) -> None:
        """Read the head of an answer, once it is there."""
        if self._left == _CHUNKED or (end := self._buffer.find(b"\r\n\r\n")) < 0:
            return
        head = bytes(self._buffer[:end]).lower()
        if b" 200 " not in head.split(b"\r\n")[0]:
            self.done.set_exception(SystemExit(head.decode()))
            return
        _, said, length = head.partition(b"content-length:")
        self._left = _CHUNKED
        if said:
            self._left = int(length.split(b"\r\n")[0]) - (len(self._buffer) - end - 4)


#: In the place of how many bytes are left.
_CHUNKED = -2
#: No run asks what another one has asked.
_NUMBERS = itertools.count(time.time_ns())


async def main() -> None:
    port, path, seconds, vary = sys.argv[1:]
    body = sys.stdin.read().strip().encode() + (b"%0A%23" if vary == "1" else b"")
    head = _HEAD.format(path=path, accept=ACCEPT).encode()
    started = time.perf_counter()
    until = started + float(seconds)
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(
            lambda: _Connection(head, body, vary == "1", until), "127.0.0.1", int(port)
        )
        for _ in range(CONNECTIONS)
    ]
    await asyncio.gather(*(connection.done for _, connection in opened))
    elapsed = time.perf_counter() - started
    taken = sorted(itertools.chain.from_iterable(one.taken for _, one in opened))
    middle, late = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    print(f"{len(taken) / elapsed:.1f} {1000 * middle:.2f} {1000 * late:.2f}")


if __name__ == "__main__":
    uvloop.run(main())
