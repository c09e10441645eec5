"""A query worker as the server sees it: what it is asked and what it says, on the event loop."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import cast

from kgraph_api.sparql.conversation import AnswerTooLongError, Conversation
from kgraph_api.sparql.messages import (
    DATA,
    END,
    ERROR,
    FORM,
    HEADER,
    LAST,
    LIMIT,
    READY,
    WHOLE,
    error_of,
)

__all__ = ["Worker"]

_FORMS = {kind: form for form, kind in WHOLE.items()}


class Worker(asyncio.Protocol):
    """A process that answers questions, one after the other.

    Parameters
    ----------
    number : int
        By which the zygote knows it.
    on_answer, on_gone, on_kill : callable
        Told when it can take a question (first, and after each), when its connection has ended,
        and when it is to be ended.
    """

    def __init__(
        self,
        number: int,
        on_answer: Callable[[Worker], None],
        on_gone: Callable[[Worker], None],
        on_kill: Callable[[Worker], None],
    ) -> None:
        self.number = number
        #: What it has not answered, in order; None in the place of what nobody waits for any more.
        self.asked: deque[Conversation | None] = deque()
        #: When it began with the first of them, and the seconds that the last one took.
        self.began = self.took = 0.0
        #: How its process ended; None as long as that is not known.
        self.code: int | None = None
        self.is_gone = self.is_leaving = self.was_ready = False
        self._on_answer, self._on_gone, self._on_kill = on_answer, on_gone, on_kill
        self._transport: asyncio.Transport | None = None
        #: The beginning of a message whose end is not there yet.
        self._unheard = b""
        self._is_paused = self._is_closed = False

    @property
    def conversation(self) -> Conversation | None:
        """What it is at; None if that is nothing that anybody waits for."""
        return self.asked[0] if self.asked else None

    def ask(self, conversation: Conversation) -> None:
        """Put a question to it, or the next one ahead."""
        assert self._transport is not None
        if not self.asked:
            self.began = asyncio.get_running_loop().time()
        self.asked.append(conversation)
        conversation.worker = self
        self._transport.write(conversation.question.packed())

    def recall(self) -> list[Conversation]:
        """What it was asked ahead; nobody waits for that from it any more."""
        recalled = []
        for place, conversation in enumerate(self.asked):
            if conversation and (place or self._is_closed):
                conversation.worker = None
                self.asked[place] = None
                recalled.append(conversation)
        if self._is_closed:
            self.asked.clear()
        return recalled

    def drop(self, conversation: Conversation) -> None:
        """Nobody waits for the answer to a question any more.

        It may come yet: that is less work than to fork another worker. One that takes longer is
        ended, as is whatever else nobody waits for.
        """
        if conversation in self.asked:
            self.asked[self.asked.index(conversation)] = None
            conversation.end()

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
        """Hang up; it begins with nothing more."""
        self._is_closed = True
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclasses of asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_gone = True
        self._on_gone(self)

    def data_received(self, data: bytes) -> None:
        said, place = self._unheard + data, 0
        while len(said) - place >= HEADER.size:
            kind, length, self.took = HEADER.unpack_from(said, place)
            end = place + HEADER.size + length
            if len(said) < end:
                break
            self._take(kind, said[place + HEADER.size : end])
            place = end
        self._unheard = said[place:]

    def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == READY:
            self.was_ready = True
            self._on_answer(self)
            return
        conversation = self.conversation
        if kind == END:
            self.is_leaving |= payload == LAST
            self._end(conversation)
        elif form := _FORMS.get(kind):
            if conversation:
                conversation.form = form
            self._end(conversation, payload)
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

    def _end(self, conversation: Conversation | None, rest: bytes = b"") -> None:
        """It has answered, and begins with what it was asked ahead."""
        self.asked.popleft()
        if self.asked:
            self.began = asyncio.get_running_loop().time()
        if conversation:
            conversation.end(rest)
        self._on_answer(self)
