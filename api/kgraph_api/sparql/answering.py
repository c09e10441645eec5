"""From a question to bytes: by a query worker, or in a thread of this process where there is none.

A thread cannot be ended. So whatever the deadline and the memory limit promise holds with workers
only; without them an answer is held to its bytes and rows alone.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect

from kgraph.errors import QueryError
from kgraph.store import Store
from kgraph_api.errors import ProblemError
from kgraph_api.sparql.conversation import AnswerTooLongError, Conversation, EndedError
from kgraph_api.sparql.ends import BusyError, DeadlineError, MemoryLimitError
from kgraph_api.sparql.formats import Format, Formats
from kgraph_api.sparql.limits import LimitError, Limits, Sink
from kgraph_api.sparql.messages import Question
from kgraph_api.sparql.pool import Pool
from kgraph_api.sparql.protocol import Asked

__all__ = ["Leaves", "Reply", "ask_pool", "ask_store", "question"]

Leaves = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and its format: the whole of it, or what comes in parts."""

    format: Format
    body: bytes
    rest: Conversation | None = None


def ask_store(store: Store, asked: Asked, formats: Formats, limits: Limits) -> Reply:
    """Answer in this thread.

    Raises
    ------
    QueryError
        If it does not parse or cannot be evaluated.
    ProblemError
        If the client takes no such answer, or if it is too long.
    """
    answer = store.query(
        asked.query or "", default_graphs=asked.default_graphs, named_graphs=asked.named_graphs
    )
    with closing(answer):
        chosen = formats.of("graph" if answer.kind == "graph" else "rows")
        whole = io.BytesIO()
        sink = Sink(limits, chosen.name, whole.write)
        try:
            answer.write(sink, chosen.name)
            sink.flush()
        except (LimitError, ValueError, OSError, RuntimeError) as error:
            if sink.exceeded:
                raise ProblemError(422, _sentence(sink.exceeded)) from None
            raise QueryError(f"the query cannot be evaluated: {error}") from None
    return Reply(chosen, whole.getvalue())


def question(asked: Asked, formats: Formats) -> Question:
    """What a worker is asked."""
    rows, graph = formats.name("rows"), formats.name("graph")
    return Question(asked.query or "", asked.default_graphs, asked.named_graphs, rows, graph)


async def ask_pool(
    pool: Pool,
    asked: Asked,
    formats: Formats,
    leaves: Leaves,
    *,
    whole: bool,
    begun: Conversation | None = None,
) -> Reply:
    """Have a worker answer; it is ended if the client leaves.

    Parameters
    ----------
    pool : Pool
    asked : Asked
    formats : Formats
    leaves : callable
        Makes something to wait for that ends when the client leaves.
    whole : bool
        Whether the client cannot tell an answer in parts that breaks off from one that ends.
    begun : Conversation, optional
        What has been asked already.

    Raises
    ------
    QueryError
        If it does not parse or cannot be evaluated.
    ProblemError
        If the client takes no such answer, or if it costs too much, or if all workers are busy.
    """
    try:
        conversation = begun or pool.ask(question(asked, formats))
        try:
            await _begin(conversation, leaves, whole)
        except BaseException:
            conversation.cancel()
            raise
    except EndedError as error:
        raise _problem(error, pool.limits) from None
    try:
        chosen = formats.of(conversation.form)
    except ProblemError:
        conversation.cancel()
        raise
    if conversation.is_done:
        return Reply(chosen, conversation.take())
    return Reply(chosen, b"", conversation)


async def _begin(conversation: Conversation, leaves: Leaves, whole: bool) -> None:
    """Wait for the answer's beginning; after a moment, watch the client too."""
    left: asyncio.Future[None] | None = None

    def watch() -> None:
        nonlocal left
        left = asyncio.ensure_future(leaves())
        left.add_done_callback(gone)

    def gone(done: asyncio.Future[None]) -> None:
        if not done.cancelled():
            conversation.fail(_LeftError())
            conversation.cancel()

    conversation.on_wait = watch
    try:
        await conversation.begin(whole=whole)
    finally:
        conversation.on_wait = None
        if left is not None:
            left.cancel()


class _LeftError(EndedError):
    """The client has gone."""


def _problem(error: EndedError, limits: Limits) -> Exception:
    """What workers report, as a problem of HTTP."""
    match error:
        case _LeftError():
            return ClientDisconnect()
        case BusyError():
            detail = "All query workers are busy; ask again in a moment."
            return ProblemError(503, detail, {"Retry-After": "1"})
        case DeadlineError():
            detail = f"The query took longer than {limits.seconds:g} seconds and was ended."
            return ProblemError(504, detail)
        case MemoryLimitError():
            detail = f"The query wanted more than {limits.memory_mb} MB of memory and was ended."
            return ProblemError(507, detail)
        case AnswerTooLongError():
            return ProblemError(422, _sentence(str(error)))
        case _:
            return ProblemError(500, "The engine cannot evaluate this query.")


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}."
