"""Those who wait for a worker, in the order in which they came."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from kgraph_api.sparql.conversation import Worker
from kgraph_api.sparql.ends import BusyError

__all__ = ["Turns"]

#: How many may wait.
_MAX_WAITING = 64


class Turns:
    """A queue for workers.

    Parameters
    ----------
    give_back : callable
        Takes a worker for whom nobody waits any more.
    """

    def __init__(self, give_back: Callable[[Worker], None]) -> None:
        self._give_back = give_back
        self._waiting: deque[asyncio.Future[Worker]] = deque()

    def offer(self, worker: Worker) -> bool:
        """Give a free worker to whoever waits longest; False if nobody waits."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return True
        return False

    async def take(self, seconds: float) -> Worker:
        """Wait for a worker.

        Raises
        ------
        BusyError
            If too many wait already, or if none is free in time.
        """
        if len(self._waiting) >= _MAX_WAITING:
            raise BusyError
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(seconds):
                return await turn
        except TimeoutError:
            raise BusyError from None
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(turn.result())
            raise
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)
