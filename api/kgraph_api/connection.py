"""The connections of uvicorn with what it leaves out: patience that ends, and answers in one piece.

uvicorn waits as long as a client likes for the end of the headers, and keeps all of them. It hands
the head of an answer and its body to the system one by one, each of which wakes the client; and it
looks through every header of every answer, also of one that was sent before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

__all__ = ["MAX_HEAD", "SendWhole", "protocol", "rendered", "sender"]

#: Bytes of the first line and the headers; a query by GET may well have 64 KB.
MAX_HEAD = 131_072
#: Bytes that are written at once, however many more there may be.
_MUCH = 65_536
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)
_TOO_LATE = (
    b"HTTP/1.1 408 Request Timeout\r\nContent-Type: application/problem+json\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n%b"
)
_LATE = (
    b'{"type":"about:blank","title":"Request Timeout","status":408,'
    b'"detail":"The request did not arrive within %g seconds."}'
)


#: By this name a request offers to send an answer that is rendered already.
_EXTENSION = "kgraph.whole"

#: Sends the headers and the body of an answer with status 200; False where it is no time for it.
SendWhole = Callable[[bytes, bytes], bool]


def protocol(seconds: float) -> Any:
    """The HTTP protocol, with so many seconds for a request to arrive in."""
    return partial(_Impatient, seconds)


def sender(scope: Scope) -> SendWhole | None:
    """What sends a rendered answer to this request, where the server can."""
    found: SendWhole | None = scope.get("extensions", {}).get(_EXTENSION)
    return found


def rendered(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Headers as they are sent; none of them may have come from a client."""
    return b"".join([b"%b: %b\r\n" % header for header in headers])


class _Impatient(HttpToolsProtocol):
    def __init__(self, seconds: float, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._seconds = seconds
        self._deadline: asyncio.TimerHandle | None = None
        #: Whether a request has begun that is not there as a whole; whether its head is missing.
        self._is_partial = self._is_headless = False
        self._n_bytes = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(cast("asyncio.Transport", _Corked(transport, self.loop)))
        self._deadline = self.loop.call_later(self._seconds, transport.close)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._is_headless:
            self._n_bytes = 0
        else:
            self._n_bytes += len(data)
            if self._n_bytes > MAX_HEAD and not self.transport.is_closing():
                self.transport.write(_TOO_LONG)
                self.transport.close()
        # Most requests come as a whole and need no timer.
        if self._is_partial and self._deadline is None:
            self._deadline = self.loop.call_later(self._seconds, self._give_up)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_partial = self._is_headless = True

    def on_headers_complete(self) -> None:
        self._met()
        self._is_headless = False
        super().on_headers_complete()
        # The request is looked at when this turn of the event loop is over.
        if not self.access_log:
            offered: dict[str, Any] = {_EXTENSION: partial(_send_whole, self.cycle)}
            self.scope["extensions"] = offered

    def on_message_complete(self) -> None:
        self._met()
        self._is_partial = False
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._met()
        super().connection_lost(exc)

    def _met(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        """The rest of a request is late; one whose head is there is told so."""
        if not self._is_headless and not self.cycle.response_started:
            body = _LATE % self._seconds
            self.transport.write(_TOO_LATE % (len(body), body))
        self.transport.close()


def _send_whole(cycle: RequestResponseCycle, head: bytes, body: bytes) -> bool:
    """Do at once what the cycle would do message by message."""
    if cycle.flow.write_paused or cycle.disconnected or cycle.response_started:
        return False
    end = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
    own = rendered(cycle.default_headers)
    cycle.transport.write(b"HTTP/1.1 200 OK\r\n" + own + head + end + body)
    cycle.response_started = cycle.response_complete = True
    cycle.message_event.set()
    if not cycle.keep_alive:
        cycle.transport.close()
    cycle.on_response()
    return True


class _Corked:
    """A transport that sends in one piece what is written in one turn of the event loop."""

    def __init__(self, transport: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._unsent: list[bytes] = []
        self._n_unsent = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._unsent:
            self._loop.call_soon(self._flush)
        self._unsent.append(data)
        self._n_unsent += len(data)
        if self._n_unsent > _MUCH:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._unsent:
            data = b"".join(self._unsent)
            self._unsent.clear()
            self._n_unsent = 0
            self._transport.write(data)
