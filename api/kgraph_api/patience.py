"""A deadline and a bound for the head of a request: one that never ends holds no connection.

The server itself waits as long as a client likes for the end of the headers, and keeps all of them.
What follows them, the body, is for those who read it to bound.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["MAX_HEAD", "protocol"]

#: Bytes of the first line and the headers; a query by GET may well have 64 KB.
MAX_HEAD = 131_072
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)


def protocol(seconds: float) -> Any:
    """The HTTP protocol, with so many seconds from a connection's or a request's first byte to the
    end of its headers."""
    return partial(_Impatient, seconds)


class _Impatient(HttpToolsProtocol):
    def __init__(self, seconds: float, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._seconds = seconds
        self._deadline: asyncio.TimerHandle | None = None
        self._n_bytes = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._deadline = self.loop.call_later(self._seconds, transport.close)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._deadline is None:
            self._n_bytes = 0
            return
        self._n_bytes += len(data)
        if self._n_bytes > MAX_HEAD and not self.transport.is_closing():
            self.transport.write(_TOO_LONG)
            self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._deadline is None:
            self._deadline = self.loop.call_later(self._seconds, self.transport.close)

    def on_headers_complete(self) -> None:
        self._met()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._met()
        super().connection_lost(exc)

    def _met(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
