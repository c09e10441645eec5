"""A transport that sends in one piece what is written in one turn of the event loop."""

from __future__ import annotations

import asyncio
from typing import Any

__all__ = ["Corked"]

#: Bytes that are written at once, however many more there may be.
_MUCH = 65_536


class Corked:
    """A transport around another one.

    Parameters
    ----------
    transport : asyncio.Transport
    loop : asyncio.AbstractEventLoop
    """

    def __init__(self, transport: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._unsent: list[bytes] = []
        self._n_unsent = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send this at the end of the turn, or before if there is much."""
        if not self._unsent:
            self._loop.call_soon(self._flush)
        self._unsent.append(data)
        self._n_unsent += len(data)
        if self._n_unsent > _MUCH:
            self._flush()

    def write_now(self, data: bytes) -> None:
        """Send what is whole by itself."""
        self._flush()
        self._pass_on(data)

    def close(self) -> None:
        """Send what has been written, then close."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._unsent:
            data = b"".join(self._unsent)
            self._unsent.clear()
            self._n_unsent = 0
            self._pass_on(data)

    def _pass_on(self, data: bytes) -> None:
        # The other side may have gone meanwhile; uvloop takes no more then, and says so loudly.
        if not self._transport.is_closing():
            self._transport.write(data)
