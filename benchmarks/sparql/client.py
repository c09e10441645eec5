"""Eight connections that ask one server as fast as it answers: a process of its own.

    python client.py PORT SECONDS VARY < requests

Standard input has one body a line (percent-encoded query). With VARY each request gets a comment of
its own, so that no answer is kept. Printed: requests per second, median and p99 in milliseconds.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import time

import uvloop

CONNECTIONS = 8
_HEAD = (
    "POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
)
ACCEPT = "application/sparql-results+json, application/n-triples"


async def _one(
    port: int,
    path: str,
    bodies: list[str],
    until: float,
    vary: itertools.count[int] | None,
    taken: list[float],
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**26)
    for body in itertools.cycle(bodies):
        if time.perf_counter() > until:
            break
        text = f"{body}%0A%23{next(vary)}" if vary is not None else body
        head = _HEAD.format(path=path, accept=ACCEPT, length=len(text))
        started = time.perf_counter()
        writer.write((head + text).encode())
        await _answer(reader)
        taken.append(time.perf_counter() - started)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise SystemExit(head.decode())
    if b"content-length:" in head:
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        return
    while size := int((await reader.readuntil(b"\r\n")).strip() or b"0", 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)


async def main() -> None:
    port, path, seconds, vary = sys.argv[1:]
    bodies = [line.strip() for line in sys.stdin]
    counter = itertools.count() if vary == "1" else None
    taken: list[float] = []
    started = time.perf_counter()
    until = started + float(seconds)
    await asyncio.gather(
        *(_one(int(port), path, bodies, until, counter, taken) for _ in range(CONNECTIONS))
    )
    elapsed = time.perf_counter() - started
    taken.sort()
    middle, late = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    print(f"{len(taken) / elapsed:.1f} {1000 * middle:.2f} {1000 * late:.2f}")


if __name__ == "__main__":
    uvloop.run(main())
