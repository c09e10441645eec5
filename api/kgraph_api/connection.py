"""The connections of uvicorn with what it leaves out: patience that ends, and answers in one piece.

uvicorn waits as long as a client likes for the end of the headers, and keeps all of them. It hands
the head of an answer and its body to the system one by one, each of which wakes the client; and it
makes a task and messages for every request, also for one that can be answered without. Such an
answer is given here, apart from the application; uvicorn only learns of the request when something
else happens to the connection before it is answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Literal, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kgraph_api.corked import Corked

__all__ = ["MAX_HEAD", "Done", "Headers", "Prompt", "protocol", "rendered", "unrendered"]

#: Bytes of the first line and the headers; a query by GET may well have 64 KB.
MAX_HEAD = 131_072
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

#: A longer body is not held back for an answer apart from the application.
_SHORT = 16_384

#: In lower case, as ASGI has them.
Headers = list[tuple[bytes, bytes]]
#: Takes an answer as its headers, :func:`rendered`, an empty line and its body; or what the
#: application is to find in the state of the request.
Done = Callable[[bytes | dict[str, Any]], None]
#: Answers a request by its method, its address, its headers and its body: with such an answer at
#: once, with True to call later, or with None for the application to be called.
Prompt = Callable[[bytes, bytes, Headers, bytes, Done], bytes | Literal[True] | None]


def protocol(seconds: float, prompt: Prompt | None = None) -> Any:
    """The HTTP protocol, with so many seconds for a request to arrive in."""
    return partial(_Impatient, seconds, prompt)


def rendered(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Headers as they are sent, after the status and the server's own and before the body.

    None of them may have come from a client: nobody looks whether they are well-formed.

    >>> rendered([(b"etag", b"1")]), unrendered(b"etag: 1\\r\\n\\r\\nbody")
    (b'etag: 1\\r\\n', ([(b'etag', b'1')], b'body'))
    """
    return b"".join([b"%b: %b\r\n" % header for header in headers])


def unrendered(answer: bytes) -> tuple[Headers, bytes]:
    """The headers and the body of an answer whose headers are :func:`rendered`."""
    head, _, body = answer.partition(b"\r\n\r\n")
    pairs = (line.partition(b": ") for line in head.split(b"\r\n"))
    return [(name, value) for name, _, value in pairs], body


class _Apart:
    """A request that is being answered apart from the application, and what uvicorn would know."""

    __slots__ = (
        "body", "connection", "cycle", "headers", "keeps", "method", "start", "url", "version",
    )  # fmt: skip

    def __init__(self, connection: _Impatient, body: bytes) -> None:
        parser = connection.parser
        self.connection, self.body = connection, body
        self.url, self.headers = connection.url, connection.headers
        self.method, self.version = parser.get_method(), parser.get_http_version()
        self.keeps = self.version != "1.0" and parser.should_keep_alive()
        #: Once uvicorn knows of it.
        self.cycle: RequestResponseCycle | None = None
        self.start: Callable[[], None] | None = None

    def done(self, found: bytes | dict[str, Any]) -> None:
        """Send the answer, or have the application answer."""
        self.connection.go_on(self, found)


class _Impatient(HttpToolsProtocol):
    def __init__(self, seconds: float, prompt: Prompt | None, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._seconds, self._prompt = seconds, prompt
        #: The body so far of a request that may be answered apart, and one that is.
        self._held: bytearray | None = None
        self._apart: _Apart | None = None
        #: The latter while uvicorn is told of it.
        self._told: _Apart | None = None
        self._deadline: asyncio.TimerHandle | None = None
        #: Whether a request has begun that is not there as a whole; whether its head is missing.
        self._is_partial = self._is_headless = False
        self._n_bytes = 0
        #: When the last answer was sent, if nothing has come since; and what then ends it.
        self._at_rest = 0.0
        self._rest: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(cast("asyncio.Transport", Corked(transport, self.loop)))
        self._deadline = self.loop.call_later(self._seconds, transport.close)

    def data_received(self, data: bytes) -> None:
        self._at_rest = 0.0
        self._tell_of_apart()
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
        self._tell_of_apart()
        self.url, self.headers, self.expect_100_continue = b"", [], False
        self._is_partial = self._is_headless = True

    def on_headers_complete(self) -> None:
        self._met()
        self._is_headless = False
        if self._may_be_apart():
            self._held = bytearray()
        else:
            self._tell_of_head()

    def on_body(self, body: bytes) -> None:
        if self._held is None:
            super().on_body(body)
        else:
            self._held += body

    def on_message_complete(self) -> None:
        self._met()
        self._is_partial = False
        if (held := self._held) is None:
            super().on_message_complete()
            return
        self._held = None
        assert self._prompt is not None
        apart = _Apart(self, bytes(held))
        found = self._prompt(apart.method, apart.url, apart.headers, apart.body, apart.done)
        if found is None:
            self._tell_of(apart.body)
        elif found is True:
            self._apart = apart
        else:
            self._send(found, apart.keeps)

    def go_on(self, apart: _Apart, found: bytes | dict[str, Any]) -> None:
        """Send the answer to what was answered apart, or have the application answer."""
        if isinstance(found, dict):
            self._tell_of_apart()
            assert apart.cycle and apart.start
            apart.cycle.scope["state"].update(found)
            apart.start()
        elif (cycle := apart.cycle) is None:
            self._apart = None
            self._send(found, apart.keeps)
        elif not cycle.disconnected:
            cycle.response_started = cycle.response_complete = True
            self._send(found, cycle.keep_alive)

    def _tell_of_apart(self) -> None:
        """Have uvicorn know of what is being answered apart: more has come, or has gone."""
        if (apart := self._apart) is None:
            return
        self._told = apart
        self._tell_of(apart.body)
        self._apart = self._told = None
        assert apart.cycle
        # The parser may be at what came after it.
        apart.cycle.keep_alive = apart.keeps
        scope = apart.cycle.scope
        scope["method"], scope["http_version"] = apart.method.decode(), apart.version

    def _tell_of(self, body: bytes) -> None:
        """Have uvicorn know of a request that is there as a whole."""
        self._tell_of_head()
        if body:
            super().on_body(body)
        super().on_message_complete()

    def _tell_of_head(self) -> None:
        """Have uvicorn know of a request: its scope, which nothing else needs, and what follows."""
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers.extend(headers)
        super().on_headers_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        start = partial(super()._start_asgi_task, cycle, app)
        if self._told:
            self._told.cycle, self._told.start = cycle, start
        else:
            start()

    def _may_be_apart(self) -> bool:
        """Whether nobody else is being answered, and the body is none or short."""
        if self._prompt is None or self.flow.write_paused or self.parser.should_upgrade():
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

    def _send(self, found: bytes, keeps: bool) -> None:
        """Send an answer, and close the connection unless the client keeps it."""
        end = b"" if keeps else b"connection: close\r\n"
        own = rendered(self.server_state.default_headers)
        cast("Any", self.transport).write_now(b"".join((b"HTTP/1.1 200 OK\r\n", own, end, found)))
        if not keeps:
            self.transport.close()
        if self.pipeline:
            self.on_response_complete()
            return
        self.server_state.total_requests += 1
        # One timer serves many answers: to set one for each takes longer than to look at the clock.
        self._at_rest = 0.0 if self._is_partial else self.loop.time()
        if self._rest is None:
            self._rest = self.loop.call_later(self.timeout_keep_alive, self._end_rest)

    def _end_rest(self) -> None:
        """Close a connection on which nothing has come for long."""
        self._rest = None
        if self._at_rest:
            left = self._at_rest + self.timeout_keep_alive - self.loop.time()
            if left > 0:
                self._rest = self.loop.call_later(left, self._end_rest)
            else:
                self.transport.close()

    def shutdown(self) -> None:
        self._tell_of_apart()
        super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        self._met()
        if self._rest is not None:
            self._rest.cancel()
        self._tell_of_apart()
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
