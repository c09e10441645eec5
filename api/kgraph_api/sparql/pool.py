"""The query workers of one release, as the event loop uses them.

A question goes to a worker that is free. Most take a millisecond; one that takes longer than
:data:`LONG` gives way to the others, and may only go on as long as enough workers are left for
short ones. Whoever finds no worker waits a moment and is then told to come again. A worker that is
killed or falls is replaced at once, in the background.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path

from kgraph_api.sparql.conversation import Conversation, Worker
from kgraph_api.sparql.ends import BusyError, DeadlineError, error_of_end
from kgraph_api.sparql.limits import Limits
from kgraph_api.sparql.messages import Question
from kgraph_api.sparql.nursery import Nursery
from kgraph_api.sparql.turns import Turns

__all__ = ["LONG", "Pool"]

#: Seconds after which a query counts as long.
LONG = 0.5
#: Workers that long queries never get.
_RESERVED = 2
#: Seconds that a question waits for a worker; longer while the release loads.
_WAIT, _WAIT_LOADING = 0.5, 60.0
#: Seconds until a fallen zygote is replaced, and by which the kernel may be late.
_REVIVE, _GRACE = 1.0, 0.5
#: Seconds between two looks at how long the questions have taken.
_TICK = 0.05


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
        #: All whose end is not known yet; those that take questions; those that are free for one.
        self._workers: dict[int, Worker] = {}
        self._serving: set[Worker] = set()
        self._free: list[Worker] = []
        #: Why workers ended with a question unanswered → how many of them.
        self.ended: Counter[str] = Counter()
        self._turns = Turns(self._on_free)
        self._n_long = self._number = 0
        self._is_loaded = self._is_closed = self._is_watching = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

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
        if self._loop is None:
            await self.start()
        if self._free:
            worker = self._free.pop()
        else:
            worker = await self._turns.take(_WAIT if self._is_loaded else _WAIT_LOADING)
        conversation = worker.ask(question)
        assert self._loop is not None
        conversation.began = self._loop.time()
        if not self._is_watching:
            self._is_watching = True
            self._loop.call_later(_TICK, self._watch)
        return conversation

    def census(self) -> tuple[int, int]:
        """How many workers are free, and how many are not."""
        return len(self._free), len(self._workers) - len(self._free)

    def close(self) -> None:
        """End the zygote and its workers; from any thread but the event loop's."""
        self._is_closed = True
        self._nursery.close()

    # -- the zygote ------------------------------------------------------------------------------

    async def _populate(self) -> None:
        assert self._loop is not None
        self._nursery.listen(self._loop)
        await asyncio.gather(*(self._fork() for _ in range(self._n_workers - len(self._serving))))

    async def _fork(self) -> None:
        """Have one worker forked; it says itself when it is there."""
        assert self._loop is not None
        self._number += 1
        worker = Worker(self._number, self._on_free, self._on_gone, self._kill)
        self._workers[worker.number] = worker
        self._serving.add(worker)
        connection = self._nursery.fork(worker.number)
        await self._loop.create_unix_connection(lambda: worker, sock=connection)

    def _kill(self, worker: Worker) -> None:
        self._nursery.kill(worker.number)

    def _on_end(self, number: int, code: int) -> None:
        """A worker's process has ended."""
        if worker := self._workers.get(number):
            worker.code = code
            self._bury(worker)

    def _on_loss(self) -> None:
        """The zygote is gone: let workers finish what they are at, and start another one."""
        if self._is_closed or self._loop is None:
            return
        self._is_loaded = False
        for worker in self._serving:
            worker.is_leaving = True
        for worker in self._free:
            worker.close()
        self._serving.clear()
        self._free.clear()
        self._loop.call_later(_REVIVE, self._revive)

    def _revive(self) -> None:
        if not self._is_closed and self._loop:
            self._nursery.spawn()
            self._later(self._populate())

    def _on_free(self, worker: Worker) -> None:
        """A worker can take a question."""
        self._is_loaded = True
        if worker.is_leaving:
            worker.close()
            self._replace(worker)
            return
        if not self._turns.offer(worker):
            self._free.append(worker)

    # -- questions that take their time ----------------------------------------------------------

    def _watch(self) -> None:
        """Look at how long each question has taken, as long as there are any."""
        assert self._loop is not None
        now, self._is_watching = self._loop.time(), False
        for worker in tuple(self._workers.values()):
            if (conversation := worker.conversation) is None:
                continue
            self._is_watching = True
            taken = now - conversation.began
            if (told := conversation.on_wait) and taken > _TICK:
                conversation.on_wait = None
                told()
            if conversation.is_long:
                if taken > self.limits.seconds + _GRACE:
                    self._overdue(worker, conversation)
            elif taken > LONG:
                self._slow(worker, conversation)
        if self._is_watching:
            self._loop.call_later(_TICK, self._watch)

    def _slow(self, worker: Worker, conversation: Conversation) -> None:
        """A query has taken long: let others go first, or end it where too many are long."""
        conversation.is_long = True
        if self._n_long >= self._n_workers - _RESERVED:
            conversation.fail(BusyError())
            self._kill(worker)
            return
        self._n_long += 1
        conversation.on_end = self._one_less
        worker.is_leaving = True
        self._nursery.slow(worker.number)

    def _one_less(self) -> None:
        self._n_long -= 1

    def _overdue(self, worker: Worker, conversation: Conversation) -> None:
        """The kernel should have ended it; this is for systems where it did not."""
        conversation.fail(DeadlineError())
        self._kill(worker)

    # -- workers that end ------------------------------------------------------------------------

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
        if conversation := worker.conversation:
            worker.conversation = None
            conversation.fail(error_of_end(worker.code))
            self.ended[conversation.why] += 1
            conversation.end()

    def _later(self, work: Coroutine[None, None, None]) -> None:
        assert self._loop is not None
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
