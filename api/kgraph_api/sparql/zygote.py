"""The zygote: holds a release and forks query workers that share its memory.

It is a fresh interpreter of its own, so that it forks with no other thread and no event loop, and
whatever the server does. It listens on one socket, its standard input, for what the server wants:
``FORK`` comes with a socket for the new worker, ``KILL`` ends one. It reports each worker that
ended. When the server is gone it ends all of them, and itself.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import struct
import subprocess
import sys
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph_api.sparql.limits import Limits

if TYPE_CHECKING:
    from kgraph.store import Store

__all__ = ["ENDED", "FORK", "KILL", "ORDER", "SLOW", "is_available", "spawn"]

#: What is said between the server and the zygote: an order or a report, a worker's number, how it
#: ended (as :func:`os.waitstatus_to_exitcode` says).
ORDER = struct.Struct("<cqi")
FORK, KILL, SLOW, ENDED = b"F", b"K", b"S", b"E"

#: The engine makes and drops thousands of small things for a query, beside the millions of the
#: release. With as many kept at hand the C library need not look for their places. One that is not
#: glibc does not read this; whoever sets the variable has the last word.
_MALLOC = "glibc.malloc.tcache_count=2000"

#: How much a worker gives way to others once its query takes long.
_NICE = 10


def is_available() -> bool:
    """Whether this system can fork and pass sockets on."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


def spawn(release: Path, limits: Limits) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start a zygote for a release.

    Returns
    -------
    (Popen, socket)
        Its process, and where it takes orders. It can be sent orders at once; it carries them out
        when it has loaded the release.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        arguments = [str(release), *(str(value) for value in astuple(limits))]
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__, *arguments],
            stdin=theirs.fileno(), stdout=subprocess.DEVNULL, start_new_session=True,
            env={"GLIBC_TUNABLES": _MALLOC, **os.environ},
        )  # fmt: skip
    return process, ours


class _Zygote:
    """The forked workers by number, and the socket on which they are ordered."""

    def __init__(self, store: Store, orders: socket.socket, limits: Limits) -> None:
        self._store, self._orders, self._limits = store, orders, limits
        self._workers: dict[int, int] = {}
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(self._woken, False)

    def run(self) -> None:
        """Take orders and report until the server is gone."""
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        # A report may be the first to find the server gone; its workers end all the same.
        with suppress(ConnectionError):
            self._listen()
        for pid in self._workers.values():
            os.kill(pid, signal.SIGKILL)

    def _listen(self) -> None:
        while True:
            ready, _, _ = select.select([self._orders.fileno(), self._woken], [], [])
            if self._woken in ready:
                os.read(self._woken, 4096)
                self._report()
            if self._orders.fileno() in ready and not self._obey():
                break

    def _obey(self) -> bool:
        """Carry out one order; False if there will be none any more."""
        try:
            order, sockets, _, _ = socket.recv_fds(self._orders, ORDER.size, 1)
        except ConnectionError:
            return False
        if len(order) < ORDER.size:
            return False
        kind, number, _ = ORDER.unpack(order)
        if kind == FORK:
            self._fork(number, socket.socket(fileno=sockets[0]))
        elif number in self._workers and kind == KILL:
            os.kill(self._workers[number], signal.SIGKILL)
        elif number in self._workers:
            os.setpriority(os.PRIO_PROCESS, self._workers[number], _NICE)
        return True

    def _fork(self, number: int, connection: socket.socket) -> None:
        from kgraph_api.sparql.worker import serve

        if pid := os.fork():
            self._workers[number] = pid
            connection.close()
            return
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for fd in (self._orders.detach(), self._wake, self._woken):
                os.close(fd)
            serve(self._store, connection, self._limits)
            code = 0
        finally:
            # Whatever happened, a worker never returns into the zygote's loop.
            os._exit(code)

    def _report(self) -> None:
        """Tell the server who ended, and how."""
        for number, pid in list(self._workers.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del self._workers[number]
                code = os.waitstatus_to_exitcode(status)
                self._orders.sendall(ORDER.pack(ENDED, number, code))


def _warmed(release: Path) -> Store:
    """The statements of a release, with all modules loaded that answers need."""
    from kgraph.release import open_release
    from kgraph.store import MEDIA_TYPES

    store = open_release(release).store
    store.load()
    for kind, formats in MEDIA_TYPES.items():
        for name in formats:
            store.query("ASK {}" if kind == "rows" else "DESCRIBE <urn:x>").serialize(name)
    return store


def main() -> None:
    """Load the release that the command line names, then take orders on standard input."""
    seconds, memory_mb, answer_bytes, answer_rows = sys.argv[2:]
    limits = Limits(float(seconds), int(memory_mb), int(answer_bytes), int(answer_rows))
    store = _warmed(Path(sys.argv[1]))
    # What is there now stays: the collector would only copy its pages into every worker.
    gc.collect()
    gc.freeze()
    # Standard input is dropped by workers; orders come on a descriptor of their own.
    _Zygote(store, socket.socket(fileno=os.dup(0)), limits).run()


if __name__ == "__main__":
    main()
