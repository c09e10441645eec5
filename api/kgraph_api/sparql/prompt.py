"""Answers that come at once, without a task for the request and all that stands around it.

Most questions take a worker a millisecond, no longer than a request takes on its way through an
application. So the connection itself has them answered. What is no plain question, what takes its
time, and an answer that is long or an error go the way of every other request, with what has begun.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.types import Scope

from kgraph.errors import KGraphError
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
from kgraph_api.sparql.sending import LONG, Tagged
from kgraph_api.sparql.shortcut import Key, Repeated, is_endpoint, key_of

__all__ = ["Prompt"]

Done = Callable[[bytes | None], None]


class Prompt:
    """Has plain questions answered.

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
        self._releases, self._repeated = releases, repeated
        self._cache, self._metrics = cache, metrics

    def begin(self, scope: Scope, body: bytes, done: Done) -> bool:
        """Have a request answered.

        Parameters
        ----------
        scope : Scope
        body : bytes
            The whole of it.
        done : callable
            Takes the answer as :func:`kgraph_api.connection.rendered` gives it; or None, for the
            application to be called with this scope: it goes on with what has begun.

        Returns
        -------
        bool
            Whether it has begun; if not, ``done`` is never called.
        """
        if not is_endpoint(scope):
            return False
        if (key := key_of(scope["method"], scope["query_string"], scope["headers"], body)) is None:
            return False
        started, served = time.perf_counter(), self._releases.begin()
        try:
            if asked := _Asked.of(served, self._cache, scope, body):
                asked.wait(lambda: self._end(scope, key, started, asked, done))
                return True
        except (ProblemError, KGraphError, BusyError):
            # The application says it.
            pass
        self._releases.end(served)
        return False

    def _end(self, scope: Scope, key: Key, started: float, asked: _Asked, done: Done) -> None:
        """Give the answer, or leave it to the application."""
        if (found := asked.take()) is None:
            scope["state"]["served"] = asked.served
            scope["kgraph.started"], scope["kgraph.begun"] = started, asked.conversation
            done(None)
            return
        whole = asked.answer.response(*found)
        sent = self._repeated.remember(key, asked.served.version, whole.start, whole.body)
        self._releases.end(asked.served)
        self._metrics.note("sparql", 200, time.perf_counter() - started)
        done(sent)


class _Asked:
    """A plain question that a worker has."""

    def __init__(
        self, served: Served, formats: Formats, answer: Tagged, conversation: Conversation
    ) -> None:
        self.served, self.answer, self.conversation = served, answer, conversation
        self._formats = formats
        self._then: Callable[[], None] | None = None

    @classmethod
    def of(cls, served: Served, cache: AnswerCache, scope: Scope, body: bytes) -> _Asked | None:
        """Ask what a request asks; None where it is for the application."""
        headers = protocol.headers_of(scope)
        asked = protocol.asked(scope, headers, body)
        formats = Formats(asked.format, headers.get("accept"))
        if served.pool is None or (foretold := formats.foretold(asked)) is None:
            return None
        code = coding.chosen(headers.get("accept-encoding"))
        answer = Tagged(served.version, asked, foretold, code)
        if answer.kept(cache) is not None:
            return None
        bounds.check(asked.query or "")
        conversation = served.pool.ask(question(asked, formats))
        return cls(served, formats, answer, conversation)

    def wait(self, end: Callable[[], None]) -> None:
        """Call once, when all of the answer is there, or much, or when it lets wait."""
        self._then = end
        self.conversation.on_change = self._look
        self.conversation.on_wait = self._go

    def _look(self) -> None:
        if self.conversation.is_ready:
            self._go()
        else:
            self.conversation.on_change = self._look

    def _go(self) -> None:
        # Nothing refers to itself when it is over: the garbage collector would have to find it.
        end, self._then = self._then, None
        self.conversation.on_change = self.conversation.on_wait = None
        if end:
            end()

    def take(self) -> tuple[bytes, str] | None:
        """The whole answer and its coding; None where there is more to it."""
        conversation, answer = self.conversation, self.answer
        if not conversation.is_whole or conversation.n_waiting > LONG:
            return None
        if self._formats.name(conversation.form) != answer.format.name:
            return None
        body = conversation.take()
        if answer.coding and len(body) >= coding.MIN_BYTES:
            return coding.compress(body, answer.coding), answer.coding
        return body, ""
