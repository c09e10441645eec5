"""The endpoint as an ASGI application: no framework between the protocol and the engine."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

import anyio
import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kgraph.errors import KGraphError, QueryParameterError
from kgraph_api.errors import ProblemError, problem, problem_of
from kgraph_api.served import Served
from kgraph_api.settings import Settings
from kgraph_api.sparql import bounds, coding, description, protocol
from kgraph_api.sparql.answering import Leaves, Reply, ask_pool, ask_store
from kgraph_api.sparql.cache import AnswerCache
from kgraph_api.sparql.conversation import Conversation
from kgraph_api.sparql.formats import Formats
from kgraph_api.sparql.limits import Limits
from kgraph_api.sparql.protocol import Asked
from kgraph_api.sparql.sending import LONG, Streamed, Tagged, Whole

__all__ = ["Endpoint", "limits_of"]

_LOG = logging.getLogger(__name__)


class Endpoint:
    """``/sparql``: a query by GET or POST; without one, what the service is.

    Queries run in workers of their own, or in threads of their own number, so that they never hold
    up the event loop nor the JSON API.
    """

    def __init__(self, settings: Settings) -> None:
        self._max_bytes, self._seconds = settings.max_query_bytes, settings.request_seconds
        self._threads = anyio.CapacityLimiter(settings.query_threads)
        self._limits = limits_of(settings)
        self.cache = AnswerCache(settings.answer_cache_mb * 2**20)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if response := await self._response(scope, receive):
                await response(scope, receive, send)
        finally:
            if begun := _begun(scope):
                begun.cancel()

    async def _response(self, scope: Scope, receive: Receive) -> ASGIApp | None:
        """An answer or a problem; None for a client who has gone."""
        try:
            return await self._respond(scope, receive)
        except ClientDisconnect:
            return None
        except ProblemError as error:
            return problem(error.status, error.detail, error.headers, **error.more)
        except KGraphError as error:
            return problem_of(error)
        except Exception:
            _LOG.exception("a query was not answered")
            return problem(500, "The server could not answer this request.")

    async def _respond(self, scope: Scope, receive: Receive) -> ASGIApp:
        if scope["method"] == "OPTIONS":
            return Response(status_code=204, headers=protocol.allow())
        if scope["method"] not in protocol.METHODS:
            detail = f"A query is asked by GET or POST, not by {scope['method']}."
            raise ProblemError(405, detail, protocol.allow())
        headers = protocol.headers_of(scope["headers"])
        asked = await protocol.read(scope, headers, receive, self._max_bytes)
        if asked.query is None:
            work = partial(description.respond, Request(scope), asked.format)
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        return await self._answer(scope, asked, headers, partial(_leaves, receive))

    async def _answer(
        self, scope: Scope, asked: Asked, headers: Mapping[str, str], leaves: Leaves
    ) -> Whole | Streamed:
        """The answer to a query."""
        served: Served = scope["state"]["served"]
        formats = Formats(asked.format, headers.get("accept"))
        code = coding.chosen(headers.get("accept-encoding"))
        answer = None
        if foretold := formats.foretold(asked):
            answer = Tagged(served.version, asked, foretold, code)
            if (known := answer.known(headers.get("if-none-match"))) is not None:
                return answer.not_modified(known)
            if (kept := answer.kept(self.cache)) is not None:
                return kept
        bounds.check(asked.query or "")
        reply = await self._ask(scope, served, asked, formats, leaves)
        if answer is None or reply.format != answer.format:
            answer = Tagged(served.version, asked, reply.format, code)
        if reply.rest is not None:
            return Streamed(answer, reply.rest, leaves, self.cache, self._seconds)
        return await self._whole(answer, reply.body)

    async def _ask(
        self, scope: Scope, served: Served, asked: Asked, formats: Formats, leaves: Leaves
    ) -> Reply:
        try:
            if (pool := served.pool) is not None:
                is_simple = scope.get("http_version") == "1.0"
                return await ask_pool(
                    pool, asked, formats, leaves, whole=is_simple, begun=_begun(scope)
                )
            work = partial(ask_store, served.release.store, asked, formats, self._limits)
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        except QueryParameterError as error:
            raise ProblemError(400, str(error)) from None

    async def _whole(self, answer: Tagged, body: bytes) -> Whole:
        """A whole answer, compressed once and kept."""
        if not answer.coding or len(body) < coding.MIN_BYTES:
            answer.keep(self.cache, body, "")
            return answer.response(body, "")
        if len(body) > LONG:
            coded = await anyio.to_thread.run_sync(coding.compress, body, answer.coding)
        else:
            coded = coding.compress(body, answer.coding)
        answer.keep(self.cache, coded, answer.coding)
        return answer.response(coded, answer.coding)


def limits_of(settings: Settings) -> Limits:
    """What one query may cost."""
    return Limits(
        settings.query_seconds, settings.query_memory_mb, settings.max_answer_bytes,
        settings.max_answer_rows,
    )  # fmt: skip


def _begun(scope: Scope) -> Conversation | None:
    """What :class:`kgraph_api.sparql.prompt.Prompt` has begun for this request."""
    found: Conversation | None = scope.get("state", {}).get("begun")
    return found


async def _leaves(receive: Receive) -> None:
    """Wait until the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
