"""The query workers of one release, as the event loop uses them.

A worker that is killed or falls is replaced at once, in the background. Which question gets one is
for :mod:`kgraph_api.sparql.turns`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path

from kgraph_api.sparql.conversation import Conversation
from kgraph_api.sparql.ends import error_of_end
from kgraph_api.sparql.limits import Limits
from kgraph_api.sparql.messages import Question
from kgraph_api.sparql.nursery import Nursery
from kgraph_api.sparql.turns import Turns
from kgraph_api.sparql.workmate import Worker

__all__ = ["Pool"]

#: Workers that long queries never get.
_RESERVED = 2
#: Seconds until a fallen zygote is replaced, and by which its report may be late.
_REVIVE, _GRACE = 1.0, 0.5


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
        self._n_workers = max(n_workers, _RESERVED + 1)
        self._nursery = Nursery(release, limits, self._on_end, self._on_loss)
        #: All whose end is not known yet; those that take questions.
        self._workers: dict[int, Worker] = {}
        self._serving: set[Worker] = set()
        #: Why workers ended with a question unanswered → how many of them.
        self.ended: Counter[str] = Counter()
        self._turns = Turns(self._n_workers - _RESERVED, limits.seconds, self._slow)
        self._number = 0
        self._is_closed = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Have the workers forked; the event loop that calls this is the pool's."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            await self._populate()

    def ask(self, question: Question) -> Conversation:
        """Have a question answered.

        Raises
        ------
        BusyError
            If too many wait already; one that then waits too long ends with this error.
        """
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._later(self._populate())
        return self._turns.ask(question)

    def census(self) -> tuple[int, int]:
        """How many workers are free, and how many are not."""
        return self._turns.n_free, len(self._workers) - self._turns.n_free

    def close(self) -> None:
        """End the zygote and its workers; from any thread but the event loop's."""
        self._is_closed = True
        self._nursery.close()

    # -- the zygote ------------------------------------------------------------------------------

    async def _populate(self) -> None:
        assert self._loop is not None
        if self._is_closed:
            return
        self._nursery.listen(self._loop)
        await asyncio.gather(*(self._fork() for _ in range(self._n_workers - len(self._serving))))

    async def _fork(self) -> None:
        """Have one worker forked; it says itself when it is there."""
        assert self._loop is not None
        self._number += 1
        worker = Worker(self._number, self._on_answer, self._on_gone, self._kill)
        self._workers[worker.number] = worker
        self._serving.add(worker)
        connection = self._nursery.fork(worker.number)
        await self._loop.create_unix_connection(lambda: worker, sock=connection)

    def _kill(self, worker: Worker) -> None:
        # Before it ends, it must not begin with another question.
        worker.is_leaving = True
        self._turns.withdraw(worker)
        self._nursery.kill(worker.number)

    def _slow(self, worker: Worker) -> None:
        self._nursery.slow(worker.number)

    def _on_end(self, number: int, code: int) -> None:
        """A worker's process has ended."""
        if worker := self._workers.get(number):
            worker.code = code
            self._bury(worker)

    def _on_loss(self) -> None:
        """The zygote is gone: let workers finish what they are at, and start another one."""
        if self._is_closed or self._loop is None:
            return
        for worker in self._serving:
            worker.is_leaving = True
        self._serving.clear()
        self._turns.close()
        self._loop.call_later(_REVIVE, self._revive)

    def _revive(self) -> None:
        if not self._is_closed and self._loop:
            self._nursery.spawn()
            self._later(self._populate())

    def _on_answer(self, worker: Worker) -> None:
        """A worker has come, or has answered."""
        if worker.is_leaving:
            worker.close()
            self._replace(worker)
        else:
            self._turns.add(worker)

    # -- workers that end ------------------------------------------------------------------------

    def _on_gone(self, worker: Worker) -> None:
        """The connection to a worker has ended."""
        self._replace(worker)
        self._bury(worker)
        if worker.asked and self._loop:
            # The zygote is about to say how it ended, unless it is gone too.
            self._loop.call_later(_GRACE, self._bury, worker, True)

    def _replace(self, worker: Worker) -> None:
        """Have another one in the place of a worker that leaves."""
        self._turns.withdraw(worker)
        if worker not in self._serving:
            return
        self._serving.discard(worker)
        if self._nursery.is_alive and not self._is_closed and self._loop:
            if worker.was_ready:
                self._later(self._fork())
            else:
                self._loop.call_later(_REVIVE, lambda: self._later(self._fork()))

    def _bury(self, worker: Worker, unheard: bool = False) -> None:
        """A worker is gone, and how it ended is known: tell who waits for its answer."""
        if not worker.is_gone or (worker.code is None and not unheard):
            return
        self._workers.pop(worker.number, None)
        if not worker.asked:
            return
        conversation = worker.conversation
        worker.asked.clear()
        if conversation is None:
            self.ended["left"] += 1
            return
        conversation.fail(error_of_end(worker.code))
        self.ended[conversation.why] += 1
        conversation.end()

    def _later(self, work: Coroutine[None, None, None]) -> None:
        assert self._loop is not None
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
