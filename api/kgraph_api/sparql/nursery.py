"""The zygote as the event loop uses it: has workers forked and ended, and hears how they ended."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

from kgraph_api.sparql import zygote
from kgraph_api.sparql.limits import Limits
from kgraph_api.sparql.zygote import FORK, KILL, ORDER, SLOW

__all__ = ["Nursery"]

_LOG = logging.getLogger(__name__)


class Nursery:
    """The process that holds a release and forks query workers.

    Parameters
    ----------
    release : Path
    limits : Limits
    on_end : callable
        Told the number of a worker and how its process ended.
    on_loss : callable
        Told that the zygote itself is gone; :meth:`spawn` makes another one.
    """

    def __init__(
        self,
        release: Path,
        limits: Limits,
        on_end: Callable[[int, int], None],
        on_loss: Callable[[], None],
    ) -> None:
        self._release, self._limits = release, limits
        self._on_end, self._on_loss = on_end, on_loss
        self._loop: asyncio.AbstractEventLoop | None = None
        self._process: subprocess.Popen[bytes]
        self._orders: socket.socket
        self.is_alive = False
        self.spawn()

    def spawn(self) -> None:
        """Start a zygote; it begins to load the release."""
        self._process, self._orders = zygote.spawn(self._release, self._limits)
        self._orders.setblocking(False)
        self.is_alive = True

    def listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hear from the zygote on this event loop."""
        self._loop = loop
        loop.add_reader(self._orders, self._report)

    def fork(self, number: int) -> socket.socket:
        """Have a worker forked: where it will say that it is there."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs, contextlib.suppress(OSError):
            order = ORDER.pack(FORK, number, 0)
            socket.send_fds(self._orders, [order], [theirs.fileno()])
        return ours

    def kill(self, number: int) -> None:
        """End a worker."""
        self._order(KILL, number)

    def slow(self, number: int) -> None:
        """Let a worker give way to the others."""
        self._order(SLOW, number)

    def close(self) -> None:
        """End the zygote and its workers; from any thread but the event loop's."""
        if self._loop and self._loop.is_running():
            self._loop.call_soon_threadsafe(self._hang_up)
        else:
            self._hang_up()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        self._end()

    def _hang_up(self) -> None:
        """Let the zygote know that nobody is there any more."""
        if self._loop and not self._loop.is_closed():
            self._loop.remove_reader(self._orders)
        self._orders.close()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()

    def _order(self, kind: bytes, number: int) -> None:
        with contextlib.suppress(OSError):
            self._orders.send(ORDER.pack(kind, number, 0))

    def _report(self) -> None:
        """Hear from the zygote that a worker ended; or that the zygote itself did."""
        report = b""
        with contextlib.suppress(OSError):
            report = self._orders.recv(ORDER.size)
        if len(report) == ORDER.size:
            _, number, code = ORDER.unpack(report)
            self._on_end(number, code)
            return
        _LOG.error("the zygote of the query workers ended; another one is started")
        self.is_alive = False
        self._hang_up()
        self._end()
        self._on_loss()
