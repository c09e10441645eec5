"""The endpoint as an ASGI application: no framework between the protocol and the engine."""

from __future__ import annotations

from functools import partial

import anyio
import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kgraph.errors import KGraphError, QueryParameterError
from kgraph_api.errors import ProblemError, problem, problem_of
from kgraph_api.served import Served
from kgraph_api.settings import Settings
from kgraph_api.sparql import bounds, coding, description, protocol
from kgraph_api.sparql.answering import Reply, ask_pool, ask_store
from kgraph_api.sparql.cache import AnswerCache
from kgraph_api.sparql.formats import Formats
from kgraph_api.sparql.limits import Limits
from kgraph_api.sparql.protocol import Asked
from kgraph_api.sparql.sending import Streamed, Tagged

__all__ = ["Endpoint", "limits_of"]

#: A longer body is compressed beside the event loop.
_LONG = 32_768


class Endpoint:
    """``/sparql``: a query by GET or POST; without one, what the service is.

    Queries run in workers of their own, or in threads of their own number, so that they never hold
    up the event loop nor the JSON API.
    """

    def __init__(self, settings: Settings) -> None:
        self._max_bytes, self._seconds = settings.max_query_bytes, settings.request_seconds
        self._threads = anyio.CapacityLimiter(settings.query_threads)
        self._limits = limits_of(settings)
        self._cache = AnswerCache(settings.answer_cache_mb * 2**20)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return
        except ProblemError as error:
            response = problem(error.status, error.detail, error.headers, **error.more)
        except KGraphError as error:
            response = problem_of(error)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=protocol.allow())
        if request.method not in protocol.METHODS:
            detail = f"A query is asked by GET or POST, not by {request.method}."
            raise ProblemError(405, detail, protocol.allow())
        served: Served = request.state.served
        asked = await self._read(request)
        if asked.query is None:
            work = partial(description.respond, request, asked.format)
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        return await self._answer(request, served, asked)

    async def _read(self, request: Request) -> Asked:
        """The request, which has to arrive in time."""
        try:
            with anyio.fail_after(self._seconds):
                return await protocol.read(request, self._max_bytes)
        except TimeoutError:
            detail = f"The request did not arrive within {self._seconds} seconds."
            raise ProblemError(408, detail, {"Connection": "close"}) from None

    async def _answer(self, request: Request, served: Served, asked: Asked) -> Response:
        headers = request.headers
        formats = Formats(asked.format, headers.get("accept"))
        code = coding.chosen(headers.get("accept-encoding"))
        foretold = formats.foretold(asked)
        if foretold:
            answer = Tagged(served.version, asked, foretold, code)
            if (tag := answer.known(headers.get("if-none-match"))) is not None:
                return Response(status_code=304, headers=answer.headers(tag))
            if (kept := self._kept(answer)) is not None:
                return kept
        bounds.check(asked.query or "")
        reply = await self._ask(request, served, asked, formats)
        answer = Tagged(served.version, asked, reply.format, code)
        if reply.rest is not None:
            leaves = partial(_leaves, request)
            return Streamed(answer, reply.rest, leaves, self._cache, self._seconds)
        return await self._whole(answer, reply.body)

    def _kept(self, answer: Tagged) -> Response | None:
        """The answer as it was given before, in the coding in which it would be given now."""
        for code in {answer.coding, ""}:
            body = self._cache.get(answer.key._replace(coding=code))
            if body is not None and (code or not answer.coding or len(body) < coding.MIN_BYTES):
                return answer.response(body, code)
        return None

    async def _ask(self, request: Request, served: Served, asked: Asked, formats: Formats) -> Reply:
        try:
            if (pool := served.pool) is not None:
                whole = request.scope.get("http_version") == "1.0"
                return await ask_pool(pool, asked, formats, partial(_leaves, request), whole=whole)
            work = partial(ask_store, served.release.store, asked, formats, self._limits)
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        except QueryParameterError as error:
            raise ProblemError(400, str(error)) from None

    async def _whole(self, answer: Tagged, body: bytes) -> Response:
        """A whole answer, compressed once and kept."""
        if not answer.coding or len(body) < coding.MIN_BYTES:
            answer.keep(self._cache, body, "")
            return answer.response(body, "")
        if len(body) > _LONG:
            coded = await anyio.to_thread.run_sync(coding.compress, body, answer.coding)
        else:
            coded = coding.compress(body, answer.coding)
        answer.keep(self._cache, coded, answer.coding)
        return answer.response(coded, answer.coding)


def limits_of(settings: Settings) -> Limits:
    """What one query may cost."""
    return Limits(
        settings.query_seconds, settings.query_memory_mb, settings.max_answer_bytes,
        settings.max_answer_rows,
    )  # fmt: skip


async def _leaves(request: Request) -> None:
    """Wait until the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
