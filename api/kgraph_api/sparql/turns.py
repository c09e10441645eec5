"""Whose turn it is: questions that wait for a worker, and how long those have taken that have one.

Questions get workers in the order in which they came. Only as many workers are at it at once as
there are cores: more would take turns on a core and make each other slow. One that goes on after a
moment is not counted any more, so that the next one goes on beside it. One that takes longer than
half a second gives way to the others, and may only go on as long as there are not too many of them.
Whoever waits too long is told to come again.

A worker is asked ahead as long as questions take little time: to wait for the next one, and to be
woken for it, takes a process longer than to answer most of them. What it was asked ahead is asked
again elsewhere when it is held up.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Callable

from kgraph_api.sparql.conversation import Conversation, EndedError
from kgraph_api.sparql.ends import BusyError, DeadlineError
from kgraph_api.sparql.messages import Question
from kgraph_api.sparql.workmate import Worker

__all__ = ["Turns"]

#: Seconds after which a query counts as long.
_LONG = 0.5
#: Workers that are at it at once as long as none of them has taken a moment.
_AT_ONCE = max(2, os.cpu_count() or 1)
#: Seconds: to answer what takes less is less work than to wake another worker for it; and the work
#: that a worker is given ahead when there is no other one.
_SMALL, _MUCH = 0.0003, 0.003
#: Questions that a worker has at most, and the share of the last one in what they take on average.
_MOST, _SHARE = 8, 0.1
#: How many questions may wait, and the seconds that each does; longer while the release loads.
_MAX_WAITING, _WAIT, _WAIT_LOADING = 64, 0.5, 60.0
#: A moment: seconds between two looks at how long the questions have taken.
_TICK = 0.02
#: Seconds by which the kernel may be late.
_GRACE = 0.5


class Turns:
    """The questions of one pool.

    Parameters
    ----------
    max_long : int
        How many long ones may go on.
    seconds : float
        The deadline of each.
    slow : callable
        Lets a worker give way to the others.
    """

    def __init__(
        self,
        max_long: int,
        seconds: float,
        slow: Callable[[Worker], None],
    ) -> None:
        self._max_long, self._seconds = max_long, seconds
        self._slow = slow
        #: Whether a worker has ever been free.
        self.is_open = False
        self._free: list[Worker] = []
        self._waiting: deque[Conversation] = deque()
        #: Workers that are at a question, and those of them that have taken no moment for it yet.
        self._busy: set[Worker] = set()
        self._brief: list[Worker] = []
        #: Seconds that a question takes.
        self._typical = _TICK
        self._n_long = 0
        self._is_watching = False

    @property
    def n_free(self) -> int:
        """How many workers are free."""
        return len(self._free)

    def ask(self, question: Question) -> Conversation:
        """Have a question answered.

        Raises
        ------
        BusyError
            If too many wait already; one that then waits too long ends with this error.
        """
        if len(self._waiting) >= _MAX_WAITING:
            raise BusyError
        loop = asyncio.get_running_loop()
        conversation = Conversation(question, loop.time(), self._on_end)
        self._waiting.append(conversation)
        self._hand_out()
        if not self._is_watching:
            self._is_watching = True
            loop.call_later(_TICK, self._watch)
        return conversation

    def add(self, worker: Worker) -> None:
        """A worker has come, or has answered."""
        self.is_open = True
        if worker in self._busy:
            self._typical += _SHARE * (min(worker.took, _TICK) - self._typical)
        if not worker.asked:
            self._drop(worker)
            self._free.append(worker)
        self._hand_out()

    def withdraw(self, worker: Worker) -> None:
        """A worker takes no question any more."""
        if worker in self._free:
            self._free.remove(worker)
        self._drop(worker)
        self._ask_again(worker)
        self._hand_out()

    def close(self) -> None:
        """Hang up on all who are free; those who ask wait for others."""
        self.is_open = False
        for worker in self._free:
            worker.close()
        self._free.clear()

    def _hand_out(self) -> None:
        """Give those who wait to workers."""
        now = asyncio.get_running_loop().time()
        while self._waiting and (worker := self._next(now)):
            conversation = self._waiting.popleft()
            if not conversation.is_done:
                self._busy.add(worker)
                if worker not in self._brief:
                    self._free.remove(worker)
                    self._brief.append(worker)
                worker.ask(conversation)

    def _next(self, now: float) -> Worker | None:
        """Who takes the next question; None as long as all have enough."""
        least, n_least = None, _MOST
        for worker in self._brief:
            n_asked = len(worker.asked) + 1
            if worker.is_leaving or now - worker.began > _MUCH:
                continue
            if n_asked <= _MOST and self._typical < _SMALL:
                return worker
            if n_asked <= n_least:
                least, n_least = worker, n_asked
        if self._free and len(self._brief) < _AT_ONCE:
            return self._free[-1]
        return least if n_least * self._typical < _MUCH else None

    def _ask_again(self, worker: Worker) -> None:
        """Have others answer what a worker was asked ahead."""
        self._waiting.extendleft(reversed(worker.recall()))

    def _drop(self, worker: Worker) -> None:
        """A worker is at nothing that takes no moment."""
        self._busy.discard(worker)
        if worker in self._brief:
            self._brief.remove(worker)

    def _on_end(self, conversation: Conversation) -> None:
        """A question has been answered, or has ended without."""
        self._n_long -= conversation.is_long
        conversation.is_long = False

    def _watch(self) -> None:
        """Look at how long each question has taken, as long as there are any."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        asked = [one for worker in self._busy for one in worker.asked if one]
        for conversation in (*asked, *self._waiting):
            if (told := conversation.on_wait) and now - conversation.asked > _TICK:
                conversation.on_wait = None
                told()
        for worker in tuple(self._busy):
            self._look_at(worker, now - worker.began)
        patience = _WAIT if self.is_open else _WAIT_LOADING
        while self._waiting and now - self._waiting[0].asked > patience:
            _give_up(self._waiting.popleft(), BusyError())
        self._hand_out()
        self._is_watching = bool(self._busy or self._waiting)
        if self._is_watching:
            loop.call_later(_TICK, self._watch)

    def _look_at(self, worker: Worker, taken: float) -> None:
        """Do what is due when a worker has been at a question for so many seconds."""
        if taken <= _TICK or not worker.asked:
            return
        if worker in self._brief:
            self._brief.remove(worker)
            self._ask_again(worker)
        if (conversation := worker.conversation) is None:
            # It is at what others are asked now.
            worker.kill()
        elif conversation.is_long:
            # The kernel should have ended it; this is for systems where it did not.
            if taken > self._seconds + _GRACE:
                _give_up(conversation, DeadlineError())
        elif taken > _LONG:
            if self._n_long >= self._max_long:
                _give_up(conversation, BusyError())
                return
            self._n_long += 1
            conversation.is_long = worker.is_leaving = True
            self._slow(worker)


def _give_up(conversation: Conversation, error: EndedError) -> None:
    """End a question without an answer."""
    conversation.fail(error)
    if worker := conversation.worker:
        worker.kill()
    elif not conversation.is_done:
        conversation.end()
