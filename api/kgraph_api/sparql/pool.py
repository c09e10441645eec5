"""The query workers of one release, as the event loop uses them.

A question goes to a worker that is free. Most take a millisecond; one that takes longer than
:data:`LONG` gives way to the others, and may only go on as long as enough workers are left for
short ones. Whoever finds no worker waits a moment and is then told to come again. A worker that is
killed or falls is replaced at once, in the background.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import subprocess
from collections import deque
from collections.abc import Coroutine
from pathlib import Path

from kgraph_api.sparql import zygote
from kgraph_api.sparql.conversation import Conversation, Worker
from kgraph_api.sparql.ends import BusyError, DeadlineError, error_of_end
from kgraph_api.sparql.limits import Limits
from kgraph_api.sparql.messages import Question
from kgraph_api.sparql.zygote import FORK, KILL, ORDER, SLOW

__all__ = ["LONG", "Pool"]

#: Seconds after which a query counts as long.
LONG = 0.5
#: Workers that long queries never get.
_RESERVED = 2
#: Questions that may wait for a worker, and how many seconds; longer while the release loads.
_MAX_WAITING, _WAIT, _WAIT_LOADING = 64, 0.5, 60.0
#: Seconds until a fallen zygote is replaced, and by which the kernel may be late.
_REVIVE, _GRACE = 1.0, 0.5

_LOG = logging.getLogger(__name__)


class Pool:
    """A zygote and its query workers.

    Parameters
    ----------
    release : Path
        The folder of the release.
    limits : Limits
    n_workers : int
        Queries that run at the same time; at least three.

    Notes
    -----
    The zygote starts to load the release when this is made; the workers are there when the first
    question comes, or after :meth:`start`.
    """

    def __init__(self, release: Path, limits: Limits, n_workers: int) -> None:
        self.limits = limits
        self._release, self._n_workers = release, max(n_workers, _RESERVED + 1)
        #: All whose end is not known yet; those that take questions; those that are free for one.
        self._workers: dict[int, Worker] = {}
        self._serving: set[Worker] = set()
        self._free: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._n_long = self._number = 0
        self._is_loaded = self._is_closed = self._is_alive = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._process: subprocess.Popen[bytes]
        self._orders: socket.socket
        self._spawn()

    async def start(self) -> None:
        """Have the workers forked; the event loop that calls this is the pool's."""
        if self._loop is None and not self._is_closed:
            self._loop = asyncio.get_running_loop()
            await self._populate()

    async def ask(self, question: Question) -> Conversation:
        """Put a question to a worker.

        Raises
        ------
        BusyError
            If there is none.
        """
        await self.start()
        worker = self._free.pop() if self._free else await self._wait()
        conversation = worker.ask(question)
        assert self._loop is not None
        self._loop.call_later(LONG, self._slow, worker, conversation)
        return conversation

    def close(self) -> None:
        """End the zygote and its workers; from any thread but the event loop's."""
        self._is_closed = True
        if self._loop and self._loop.is_running():
            self._loop.call_soon_threadsafe(self._hang_up)
        else:
            self._hang_up()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        self._process.kill()
        self._process.wait()

    def _hang_up(self) -> None:
        """Let the zygote know that nobody is there any more."""
        if self._loop and not self._loop.is_closed():
            self._loop.remove_reader(self._orders)
        self._orders.close()

    # -- the zygote ------------------------------------------------------------------------------

    def _spawn(self) -> None:
        self._process, self._orders = zygote.spawn(self._release, self.limits)
        self._orders.setblocking(False)
        self._is_alive = True

    async def _populate(self) -> None:
        assert self._loop is not None
        self._loop.add_reader(self._orders, self._report)
        await asyncio.gather(*(self._fork() for _ in range(self._n_workers - len(self._serving))))

    async def _fork(self) -> None:
        """Have one worker forked; it says itself when it is there."""
        assert self._loop is not None
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._number += 1
        worker = Worker(self._number, self._on_free, self._on_gone, self._kill)
        self._workers[worker.number] = worker
        self._serving.add(worker)
        with theirs, contextlib.suppress(OSError):
            order = ORDER.pack(FORK, worker.number, 0)
            socket.send_fds(self._orders, [order], [theirs.fileno()])
        await self._loop.create_unix_connection(lambda: worker, sock=ours)

    def _order(self, kind: bytes, worker: Worker) -> None:
        with contextlib.suppress(OSError):
            self._orders.send(ORDER.pack(kind, worker.number, 0))

    def _report(self) -> None:
        """Hear from the zygote that a worker ended; or that the zygote itself did."""
        report = b""
        with contextlib.suppress(OSError):
            report = self._orders.recv(ORDER.size)
        if len(report) < ORDER.size:
            self._mourn()
            return
        _, number, code = ORDER.unpack(report)
        if worker := self._workers.get(number):
            worker.code = code
            self._bury(worker)

    def _mourn(self) -> None:
        """The zygote is gone: let workers finish what they are at, and start another one."""
        if self._is_closed or self._loop is None:
            return
        _LOG.error("the zygote of the query workers ended; another one is started")
        self._is_alive = self._is_loaded = False
        self._loop.remove_reader(self._orders)
        self._orders.close()
        self._process.kill()
        self._process.wait()
        for worker in self._serving:
            worker.is_leaving = True
        for worker in self._free:
            worker.close()
        self._serving.clear()
        self._free.clear()
        self._loop.call_later(_REVIVE, self._revive)

    def _revive(self) -> None:
        if not self._is_closed and self._loop:
            self._spawn()
            self._later(self._populate())

    # -- the workers -----------------------------------------------------------------------------

    async def _wait(self) -> Worker:
        """Queue for a worker."""
        if len(self._waiting) >= _MAX_WAITING:
            raise BusyError
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(_WAIT if self._is_loaded else _WAIT_LOADING):
                return await self._turn(turn)
        except TimeoutError:
            raise BusyError from None
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)

    async def _turn(self, turn: asyncio.Future[Worker]) -> Worker:
        """The worker whose turn has come, given back if nobody waits for it any more."""
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._on_free(turn.result())
            raise

    def _on_free(self, worker: Worker) -> None:
        """A worker can take a question."""
        self._is_loaded = True
        if worker.is_leaving:
            worker.close()
            self._replace(worker)
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._free.append(worker)

    def _slow(self, worker: Worker, conversation: Conversation) -> None:
        """A query has taken long: let others go first, or end it where too many are long."""
        if conversation.is_done or self._loop is None:
            return
        if self._n_long >= self._n_workers - _RESERVED:
            conversation.fail(BusyError())
            self._kill(worker)
            return
        self._n_long += 1
        conversation.on_end = self._one_less
        worker.is_leaving = True
        self._order(SLOW, worker)
        left = self.limits.seconds - LONG + _GRACE
        self._loop.call_later(left, self._overdue, worker, conversation)

    def _one_less(self) -> None:
        self._n_long -= 1

    def _overdue(self, worker: Worker, conversation: Conversation) -> None:
        """The kernel should have ended it; this is for systems where it did not."""
        if not conversation.is_done:
            conversation.fail(DeadlineError())
            self._kill(worker)

    def _kill(self, worker: Worker) -> None:
        self._order(KILL, worker)

    def _on_gone(self, worker: Worker) -> None:
        """The connection to a worker has ended."""
        self._replace(worker)
        self._bury(worker)
        if worker.conversation and self._loop:
            # The zygote is about to say how it ended, unless it is gone too.
            self._loop.call_later(_GRACE, self._bury, worker, True)

    def _replace(self, worker: Worker) -> None:
        """Have another one in the place of a worker that leaves."""
        if worker in self._free:
            self._free.remove(worker)
        if worker not in self._serving:
            return
        self._serving.discard(worker)
        if self._is_alive and not self._is_closed and self._loop:
            if worker.was_ready:
                self._later(self._fork())
            else:
                self._loop.call_later(_REVIVE, lambda: self._later(self._fork()))

    def _bury(self, worker: Worker, unheard: bool = False) -> None:
        """A worker is gone, and how it ended is known: tell who waits for its answer."""
        if not worker.is_gone or (worker.code is None and not unheard):
            return
        self._workers.pop(worker.number, None)
        if conversation := worker.conversation:
            worker.conversation = None
            conversation.fail(error_of_end(worker.code))
            conversation.end()

    def _later(self, work: Coroutine[None, None, None]) -> None:
        assert self._loop is not None
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
