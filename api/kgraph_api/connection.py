"""The connections of uvicorn with what it leaves out: patience that ends, and answers in one piece.

uvicorn waits as long as a client likes for the end of the headers, and keeps all of them. It hands
the head of an answer and its body to the system one by one, each of which wakes the client; and it
makes a task and messages for every request, also for one that was answered before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

__all__ = ["MAX_HEAD", "Early", "Headers", "Prompt", "protocol", "rendered"]

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

#: A longer body is not held back for an early answer.
_SHORT = 16_384

#: In lower case, as ASGI has them.
Headers = list[tuple[bytes, bytes]]
#: Gives the answer that is there before anybody is asked, as headers that are :func:`rendered` and
#: its body; for a method, an address, headers and a body.
Early = Callable[[str, bytes, Headers, bytes], bytes | None]
#: Begins to answer a request by its scope and its body, or does not; then calls with such an
#: answer, or with None for the application to be called.
Prompt = Callable[[Any, bytes, Callable[[bytes | None], None]], bool]


def protocol(seconds: float, early: Early | None = None, prompt: Prompt | None = None) -> Any:
    """The HTTP protocol, with so many seconds for a request to arrive in."""
    return partial(_Impatient, seconds, early, prompt)


def rendered(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Headers as they are sent, after the status and the server's own and before the body.

    None of them may have come from a client: nobody looks whether they are well-formed.
    """
    return b"%b\r\n" % _lines(headers)


def _lines(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    return b"".join([b"%b: %b\r\n" % header for header in headers])


class _Impatient(HttpToolsProtocol):
    def __init__(
        self, seconds: float, early: Early | None, prompt: Prompt | None, *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._seconds, self._early, self._prompt = seconds, early, prompt
        #: The body so far of a request that may have an early answer.
        self._held: bytearray | None = None
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
        if self._may_be_early():
            self._held = bytearray()
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self._held is None:
            super().on_body(body)
        else:
            self._held += body

    def on_message_complete(self) -> None:
        self._met()
        self._is_partial = False
        if (held := self._held) is not None:
            if self._answer_early(bytes(held)):
                self._held = None
                return
            super().on_headers_complete()
            self._held = None
            if held:
                super().on_body(bytes(held))
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        held, prompt = self._held, self._prompt
        done = partial(self._go_on, cycle, app)
        if held is None or prompt is None or not prompt(cycle.scope, bytes(held), done):
            super()._start_asgi_task(cycle, app)

    def _go_on(self, cycle: RequestResponseCycle, app: Any, rest: bytes | None) -> None:
        """Send the answer, or have the application answer."""
        if rest is None:
            super()._start_asgi_task(cycle, app)
        elif not cycle.disconnected:
            cycle.response_started = cycle.response_complete = True
            self._send(rest, cycle.keep_alive)

    def _may_be_early(self) -> bool:
        """Whether nobody else is being answered, and the body is none or short."""
        if self._early is None or self.flow.write_paused or self.parser.should_upgrade():
            return False
        if self.cycle is not None and not self.cycle.response_complete:
            return False
        length = b"0"
        for name, value in self.headers:
            if name == b"content-length":
                length = value
            elif name in (b"transfer-encoding", b"expect"):
                return False
        return length.isdigit() and int(length) <= _SHORT

    def _answer_early(self, body: bytes) -> bool:
        """Send what was sent before; False if there is no such answer."""
        assert self._early is not None
        parser = self.parser
        rest = self._early(parser.get_method().decode("ascii"), self.url, self.headers, body)
        if rest is None:
            return False
        self._send(rest, parser.get_http_version() != "1.0" and parser.should_keep_alive())
        return True

    def _send(self, rest: bytes, keeps: bool) -> None:
        """Send an answer, and close the connection unless the client keeps it."""
        end = b"" if keeps else b"connection: close\r\n"
        own = _lines(self.server_state.default_headers)
        self.transport.write(b"HTTP/1.1 200 OK\r\n%b%b%b" % (own, end, rest))
        if not keeps:
            self.transport.close()
        self.on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._met()
        super().connection_lost(exc)

    def _met(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        """The rest of a request is late; one whose head is there is told so."""
        is_waiting = self._held is not None or not self.cycle.response_started
        if not self._is_headless and is_waiting:
            body = _LATE % self._seconds
            self.transport.write(_TOO_LATE % (len(body), body))
        self.transport.close()


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
