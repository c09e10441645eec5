"""From one release to the next while the server runs.

A request keeps the release that it began with until its answer is sent. The next release is opened
and warmed beside the requests, takes new ones when it is ready, and the former one is let go after
its last request.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from starlette.datastructures import State
from starlette.types import ASGIApp, Receive, Scope, Send

from kgraph.errors import KGraphError
from kgraph.release import open_release
from kgraph_api.served import Served

__all__ = ["CHECK_SECONDS", "Pinned", "Releases"]

#: The pointer to the current release is looked at no more often than this.
CHECK_SECONDS = 1.0

_LOG = logging.getLogger(__name__)

Stamp = tuple[int, int, int]


class Releases:
    """Which release new requests get, and which former ones are still in use.

    Parameters
    ----------
    state : State
        Of the application: ``state.served`` is what new requests get.
    root : Path, optional
        The folder of releases whose pointer ``current`` is followed; without it nothing is swapped.

    Attributes
    ----------
    on_swap : list of callables
        Called with the former and the next release *before* new requests get the next one, in the
        thread that loads it. One that fails keeps the former in its place.
    on_retire : list of callables
        Called with a former release after the last request that began with it has ended, in a
        thread of its own.
    """

    def __init__(self, state: State, root: Path | None = None) -> None:
        self.on_swap: list[Callable[[Served, Served], None]] = []
        self.on_retire: list[Callable[[Served], None]] = []
        self._state, self._root = state, root
        self._lock = threading.Lock()
        self._n_requests: Counter[Served] = Counter()
        self._next_check = 0.0
        # None, so that the first check sees what was published since the first release was opened.
        self._stamp: Stamp | None = None
        self._thread: threading.Thread | None = None

    @property
    def current(self) -> Served:
        """What new requests get."""
        served: Served = self._state.served
        return served

    def begin(self) -> Served:
        """The release for one request, which has to be given back with :meth:`end`."""
        self.check()
        with self._lock:
            served = self.current
            self._n_requests[served] += 1
            return served

    def end(self, served: Served) -> None:
        """A request that began with this release has ended."""
        with self._lock:
            self._n_requests[served] -= 1
            if is_last := not self._n_requests[served]:
                del self._n_requests[served]
                is_last = served is not self.current
        if is_last:
            self._retire(served)

    def check(self, *, now: bool = False) -> None:
        """Begin to load the next release if the pointer was changed; costs a stat a second."""
        if self._root is None or (not now and time.monotonic() < self._next_check):
            return
        with self._lock:
            self._next_check = time.monotonic() + CHECK_SECONDS
            stamp = _stamp(self._root)
            is_busy = self._thread is not None and self._thread.is_alive()
            if stamp in (None, self._stamp) or is_busy:
                return
            self._stamp = stamp
            self._thread = threading.Thread(target=self._load, name="next-release", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait until nothing is being loaded."""
        with self._lock:  # where it is, the thread has been started
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _load(self) -> None:
        """Open the release that the pointer names, and serve it from now on."""
        former = self.current
        try:
            release = open_release(self._root)
            if release.version == former.version:
                return
            following = Served(release)
            following.warm()
            for hook in self.on_swap:
                hook(former, following)
        except (KGraphError, OSError, ValueError) as error:
            _LOG.error("release %s stays; the next one cannot be served: %s", former.version, error)
            return
        with self._lock:
            self._state.served = following
            is_unused = not self._n_requests[former]
        _LOG.info("release %s is served in the place of %s", following.version, former.version)
        if is_unused:
            self._retire(former)

    def _retire(self, served: Served) -> None:
        """Let a former release go, beside the requests."""

        def retire() -> None:
            _LOG.info("release %s has answered its last request", served.version)
            for hook in self.on_retire:
                hook(served)

        threading.Thread(target=retire, name="retire-release", daemon=True).start()


def _stamp(root: Path | None) -> Stamp | None:
    """What of the pointer changes when another release is published; None without a pointer."""
    try:
        found = (root / "current").stat() if root else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_ino, found.st_size) if found else None


class Pinned:
    """Give each request the release that is current when it begins: ``request.state.served``.

    One that has begun already comes with its release.
    """

    def __init__(self, app: ASGIApp, releases: Releases) -> None:
        self.app, self.releases = app, releases

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        served = state.get("served") or self.releases.begin()
        state["served"] = served
        try:
            await self.app(scope, receive, send)
        finally:
            self.releases.end(served)
