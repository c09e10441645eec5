"""One question to a query worker and what comes back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from kgraph_api.sparql.messages import Question

if TYPE_CHECKING:
    from kgraph_api.sparql.workmate import Worker

__all__ = ["AnswerTooLongError", "Conversation", "EndedError"]

#: An answer that ends within so many bytes is given as a whole, so that an error is a status.
_FIRST = 131_072
#: Bytes that wait for a slow reader before the worker has to.
_AHEAD = 4_194_304


class EndedError(Exception):
    """A query that was ended before its answer was whole."""


class AnswerTooLongError(EndedError):
    """The answer is longer than allowed; the text says by what."""


class Conversation:
    """One question, and the answer to it as it comes in.

    Parameters
    ----------
    question : Question
    asked : float
        When, on the event loop's clock.
    on_end : callable
        Told when nothing more comes.
    """

    def __init__(
        self, question: Question, asked: float, on_end: Callable[[Conversation], None]
    ) -> None:
        self.question, self.asked, self._on_end = question, asked, on_end
        self.worker: Worker | None = None
        self._chunks: deque[bytes] = deque()
        #: Bytes that nobody has taken yet.
        self.n_waiting = 0
        self._error: Exception | None = None
        self._is_whole = self._is_cancelled = False
        #: ``rows`` or ``graph``, once that is known.
        self.form = ""
        #: Whether nothing more comes.
        self.is_done = False
        #: Called once, when there is more of it; and when it does not come at once.
        self.on_change: Callable[[], None] | None = None
        self.on_wait: Callable[[], None] | None = None
        #: Whether it counts as one that takes long.
        self.is_long = False

    async def begin(self, *, whole: bool = False) -> None:
        """Wait until the answer is there, or so much of it that the rest is to be streamed.

        Raises
        ------
        KGraphError
            If the query does not parse or cannot be evaluated.
        EndedError
            If it was ended.
        """
        self._is_whole = whole
        while not (self.is_done if whole else self.is_ready):
            await self._changed()
        if self.is_done and self._error:
            raise self._error

    def take(self) -> bytes:
        """All bytes that are there now."""
        found = b"".join(self._chunks)
        self._chunks.clear()
        self.n_waiting = 0
        if self.worker:
            self.worker.resume()
        return found

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes of the answer as they come; ends with the error if there is one."""
        while True:
            if found := self.take():
                yield found
            elif self.is_done:
                break
            else:
                await self._changed()
        if self._error:
            raise self._error

    def cancel(self) -> None:
        """Nobody waits for the answer any more."""
        if not self.is_done:
            self._is_cancelled = True
            self.fail(EndedError())
            self.take()
            if self.worker:
                self.worker.drop(self)
            else:
                self.end()

    @property
    def is_ready(self) -> bool:
        """Whether the answer can be begun to be given: all of it is there, or much."""
        return self.is_done or self.n_waiting >= _FIRST

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there, and it is no error."""
        return self.is_done and self._error is None

    @property
    def why(self) -> str:
        """Why it ended before its answer was whole, in a word."""
        return type(self._error).__name__.removesuffix("Error").lower()

    def add(self, chunk: bytes) -> None:
        """Some more bytes; the worker waits where the reader is far behind."""
        if self._is_cancelled:
            return
        self._chunks.append(chunk)
        self.n_waiting += len(chunk)
        if self.worker and self.n_waiting > _AHEAD and not self._is_whole:
            self.worker.pause()
        self._notify()

    def fail(self, error: Exception) -> None:
        """There is no answer, or only a part of one."""
        self._error = self._error or error

    def end(self, rest: bytes = b"") -> None:
        """Nothing more comes than the rest."""
        self.is_done = True
        if rest and not self._is_cancelled:
            self._chunks.append(rest)
            self.n_waiting += len(rest)
        self._on_end(self)
        self._notify()

    async def _changed(self) -> None:
        change = asyncio.Event()
        self.on_change = change.set
        await change.wait()

    def _notify(self) -> None:
        told, self.on_change = self.on_change, None
        if told:
            told()
