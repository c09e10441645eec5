"""Answers that come at once, without a task for the request and all that stands around it.

Most questions take a worker a millisecond, no longer than a request takes on its way through an
application. So the connection itself has them answered. What is no plain question, what takes its
time, and an answer that is long or an error go the way of every other request, with what has begun.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Literal, NamedTuple

from kgraph.errors import KGraphError
from kgraph_api.connection import Done, Headers
from kgraph_api.errors import ProblemError
from kgraph_api.metrics import Metrics
from kgraph_api.releases import Releases
from kgraph_api.served import Served
from kgraph_api.sparql import bounds, coding, protocol
from kgraph_api.sparql.answering import question
from kgraph_api.sparql.cache import AnswerCache
from kgraph_api.sparql.conversation import Conversation
from kgraph_api.sparql.ends import BusyError
from kgraph_api.sparql.formats import Formats
from kgraph_api.sparql.protocol import Asked
from kgraph_api.sparql.sending import LONG, Tagged
from kgraph_api.sparql.shortcut import PATH, Key, Repeated, key_of

__all__ = ["Prompt"]

_PATH = PATH.encode()


class Prompt:
    """Has plain questions answered, or answers as before.

    Parameters
    ----------
    releases : Releases
    repeated : Repeated
        Where answers are remembered as they are sent.
    cache : AnswerCache
        What is in it needs no worker. What is answered here is not put into it: it took no time.
    metrics : Metrics
    """

    def __init__(
        self, releases: Releases, repeated: Repeated, cache: AnswerCache, metrics: Metrics
    ) -> None:
        self._releases, self._cache = releases, cache
        self.repeated, self._metrics = repeated, metrics

    def answer(
        self, method: bytes, url: bytes, headers: Headers, body: bytes, done: Done
    ) -> bytes | Literal[True] | None:
        """Answer a request, or have it answered; :data:`kgraph_api.connection.Prompt`."""
        path, _, address = url.partition(b"?")
        name = method.decode()
        if path != _PATH or (key := key_of(name, address, headers, body)) is None:
            return None
        if (kept := self.repeated.find(key)) is not None:
            return kept
        started, served = time.perf_counter(), self._releases.begin()
        try:
            client = _client(key.headers)
            asked = protocol.asked(name, address, client.headers, body)
            if served.pool is not None and asked.query and not self._cache.knows(asked.query):
                bounds.check(asked.query)
                formats = Formats(asked.format, client.headers.get("accept"))
                conversation = served.pool.ask(question(asked, formats))
                _Pending(self, key, served, asked, formats, conversation, started, done)
                return True
        except (ProblemError, KGraphError, BusyError):
            # The application says it.
            pass
        self._releases.end(served)
        return None

    def end(self, served: Served, started: float) -> None:
        """An answer has been given."""
        self._releases.end(served)
        self._metrics.note("sparql", 200, time.perf_counter() - started)


class _Client(NamedTuple):
    """What the headers say of who asks."""

    headers: dict[str, str]
    coding: str


@lru_cache(maxsize=512)
def _client(headers: tuple[tuple[bytes, bytes], ...]) -> _Client:
    found = protocol.headers_of(headers)
    return _Client(found, coding.chosen(found.get("accept-encoding")))


class _Pending:
    """A plain question that a worker has, until its answer is there, or much, or lets wait."""

    def __init__(
        self,
        front: Prompt,
        key: Key,
        served: Served,
        asked: Asked,
        formats: Formats,
        conversation: Conversation,
        started: float,
        done: Done,
    ) -> None:
        self._front, self._key, self._served = front, key, served
        self._asked, self._formats = asked, formats
        self._conversation, self._started = conversation, started
        self._done: Done | None = done
        conversation.on_change, conversation.on_wait = self._look, self._go

    def _look(self) -> None:
        if self._conversation.is_ready:
            self._go()
        else:
            self._conversation.on_change = self._look

    def _go(self) -> None:
        """Give the answer, or leave it to the application."""
        # Nothing refers to itself when it is over: the garbage collector would have to find it.
        done, self._done = self._done, None
        conversation = self._conversation
        conversation.on_change = conversation.on_wait = None
        if done is None:
            return
        if (answer := self._answer()) is not None:
            self._front.end(self._served, self._started)
            done(answer)
            return
        done({"served": self._served, "started": self._started, "begun": conversation})

    def _answer(self) -> bytes | None:
        """The whole answer as the connection sends it; None where there is more to it."""
        conversation = self._conversation
        if not conversation.is_whole or conversation.n_waiting > LONG:
            return None
        if (found := self._formats.find(conversation.form)) is None:
            return None
        body, code = conversation.take(), _client(self._key.headers).coding
        answer = Tagged(self._served.version, self._asked, found, code)
        if code and len(body) >= coding.MIN_BYTES:
            body = coding.compress(body, code)
        else:
            code = ""
        sent = answer.rendered(body, code)
        if answer.is_kept:
            self._front.repeated.keep(self._key, self._served.version, sent)
        return sent
