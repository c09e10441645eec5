"""A query worker as the server sees it: what it is asked and what it says, on the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
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
    """A process that answers one question at a time.

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
        #: The beginning of a message whose end is not there yet.
        self._unheard = b""
        self._is_paused = False

    def ask(self, conversation: Conversation) -> None:
        """Put the question to it; it must be free."""
        assert self._transport is not None and self.conversation is None
        self.conversation = conversation
        conversation.worker, conversation.is_brief = self, True
        conversation.began = asyncio.get_running_loop().time()
        self._transport.write(conversation.question.packed())

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
        said, place = self._unheard + data, 0
        while len(said) - place >= HEADER.size:
            kind, length = HEADER.unpack_from(said, place)
            end = place + HEADER.size + length
            if len(said) < end:
                break
            self._take(kind, said[place + HEADER.size : end])
            place = end
        self._unheard = said[place:]

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
            self.is_leaving |= payload == LAST
            self._end(conversation)
        elif form := _FORMS.get(kind):
            conversation.form = form
            self._end(conversation, payload)

    def _end(self, conversation: Conversation, rest: bytes = b"") -> None:
        self.conversation = None
        # The next question first: whoever waits for this answer takes a while with it.
        conversation.end(rest, partial(self._on_free, self))
