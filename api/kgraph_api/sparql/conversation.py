"""One question to a query worker and what comes back, on the event loop's side."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import cast

from kgraph_api.sparql.messages import (
    DATA,
    END,
    ERROR,
    FORM,
    HEADER,
    LAST,
    LIMIT,
    READY,
    Question,
    error_of,
)

__all__ = ["AnswerTooLongError", "Conversation", "EndedError", "Worker"]

#: An answer that ends within so many bytes is given as a whole, so that an error is a status.
_FIRST = 131_072
#: Bytes that wait for a slow reader before the worker has to.
_AHEAD = 4_194_304


class EndedError(Exception):
    """A query that was ended before its answer was whole."""


class AnswerTooLongError(EndedError):
    """The answer is longer than allowed; the text says by what."""


class Conversation:
    """The answer to one question as it comes in."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._chunks: deque[bytes] = deque()
        self._n_waiting = 0
        self._change: asyncio.Future[None] | None = None
        self._error: Exception | None = None
        self._is_whole = self._is_cancelled = False
        #: ``rows`` or ``graph``, once that is known.
        self.form = ""
        #: Whether nothing more comes.
        self.is_done = False
        #: Called when it is; and when the answer does not come at once.
        self.on_end: Callable[[], None] | None = None
        self.on_wait: Callable[[], None] | None = None
        #: When it began, on the event loop's clock, and whether it counts as long.
        self.began = 0.0
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
        while not self.is_done and (whole or self._n_waiting < _FIRST):
            await self._changed()
        if self.is_done and self._error:
            raise self._error

    def take(self) -> bytes:
        """All bytes that are there now."""
        found = b"".join(self._chunks)
        self._chunks.clear()
        self._n_waiting = 0
        self._worker.resume()
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
            self.take()
            self._worker.kill()

    @property
    def why(self) -> str:
        """Why it ended before its answer was whole, in a word."""
        name = "left" if self._is_cancelled else type(self._error).__name__
        return name.removesuffix("Error").lower()

    def add(self, chunk: bytes) -> None:
        """Some more bytes; the worker waits where the reader is far behind."""
        if self._is_cancelled:
            return
        self._chunks.append(chunk)
        self._n_waiting += len(chunk)
        if self._n_waiting > _AHEAD and not self._is_whole:
            self._worker.pause()
        self._notify()

    def fail(self, error: Exception) -> None:
        """There is no answer, or only a part of one."""
        self._error = self._error or error

    def end(self) -> None:
        """Nothing more comes."""
        self.is_done = True
        if self.on_end:
            self.on_end()
        self._notify()

    async def _changed(self) -> None:
        self._change = asyncio.get_running_loop().create_future()
        await self._change

    def _notify(self) -> None:
        if self._change and not self._change.done():
            self._change.set_result(None)


class Worker(asyncio.Protocol):
    """A query worker as the server sees it.

    Parameters
    ----------
    number : int
        By which the zygote knows it.
    on_free, on_gone, on_kill : callable
        Told when it can take a question (first, and after each), when its connection has ended,
        and when it is to be ended.
    """

    def __init__(
        self,
        number: int,
        on_free: Callable[[Worker], None],
        on_gone: Callable[[Worker], None],
        on_kill: Callable[[Worker], None],
    ) -> None:
        self.number = number
        self.conversation: Conversation | None = None
        #: How its process ended; None as long as that is not known.
        self.code: int | None = None
        self.is_gone = self.is_leaving = self.was_ready = False
        self._on_free, self._on_gone, self._on_kill = on_free, on_gone, on_kill
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._is_paused = False

    def ask(self, question: Question) -> Conversation:
        """Put a question to it; it must be free."""
        assert self._transport is not None and self.conversation is None
        self.conversation = Conversation(self)
        self._transport.write(question.packed())
        return self.conversation

    def kill(self) -> None:
        """End it."""
        self._on_kill(self)

    def pause(self) -> None:
        """Read no more for now."""
        if self._transport and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        if self._transport and self._is_paused and not self.is_gone:
            self._is_paused = False
            self._transport.resume_reading()

    def close(self) -> None:
        """Hang up; a worker that waits for a question ends then."""
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclasses of asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_gone = True
        self._on_gone(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        place = 0
        while len(self._buffer) - place >= HEADER.size:
            kind, length = HEADER.unpack_from(self._buffer, place)
            end = place + HEADER.size + length
            if len(self._buffer) < end:
                break
            self._take(kind, bytes(self._buffer[place + HEADER.size : end]))
            place = end
        del self._buffer[:place]

    def _take(self, kind: bytes, payload: bytes) -> None:
        conversation = self.conversation
        if kind == READY:
            self.was_ready = True
            self._on_free(self)
        elif conversation is None:
            pass
        elif kind == DATA:
            conversation.add(payload)
        elif kind == FORM:
            conversation.form = payload.decode()
        elif kind == ERROR:
            conversation.fail(error_of(payload))
        elif kind == LIMIT:
            conversation.fail(AnswerTooLongError(payload.decode()))
        elif kind == END:
            self.conversation, self.is_leaving = None, payload == LAST
            conversation.end()
            self._on_free(self)
