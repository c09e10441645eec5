"""The endpoint as an ASGI application: no framework between the protocol and the engine."""

from __future__ import annotations

from functools import partial

import anyio
import anyio.to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kgraph.errors import QueryParameterError
from kgraph_api.dependencies import etag, is_known
from kgraph_api.errors import ProblemError
from kgraph_api.negotiation import content_type
from kgraph_api.served import Served
from kgraph_api.settings import Settings
from kgraph_api.sparql import bounds, description, protocol
from kgraph_api.sparql.answering import Format, Reply, answer, format_of
from kgraph_api.sparql.form import is_volatile
from kgraph_api.sparql.protocol import Asked

__all__ = ["Endpoint"]


class Endpoint:
    """``/sparql``: a query by GET or POST; without one, what the service is.

    Queries run in threads of their own number, so that they never hold up the event loop nor the
    JSON API.
    """

    def __init__(self, settings: Settings) -> None:
        self._max_bytes = settings.max_query_bytes
        self._threads = anyio.CapacityLimiter(settings.query_threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=protocol.allow())
        if request.method not in protocol.METHODS:
            detail = f"A query is asked by GET or POST, not by {request.method}."
            raise ProblemError(405, detail, protocol.allow())
        served: Served = request.app.state.served
        asked = await protocol.read(request, self._max_bytes)
        if asked.query is None:
            work = partial(description.respond, request, asked.format)
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        return await self._answer(request, served, asked)

    async def _answer(self, request: Request, served: Served, asked: Asked) -> Response:
        bounds.check(asked.query or "")
        accept = request.headers.get("accept")
        known = format_of(asked, accept)
        if known and _is_kept(asked):
            tag = _etag(served, asked, known)
            if is_known(tag, request.headers.get("if-none-match")):
                return Response(status_code=304, headers=_headers(served, asked, known))
        work = partial(answer, served, asked, accept)
        try:
            reply: Reply = await anyio.to_thread.run_sync(work, limiter=self._threads)
        except QueryParameterError as error:
            raise ProblemError(400, str(error)) from None
        headers = _headers(served, asked, reply.format)
        return Response(reply.body, headers=headers)


def _is_kept(asked: Asked) -> bool:
    return not is_volatile(asked.query or "")


def _etag(served: Served, asked: Asked, chosen: Format) -> str:
    """The same release, the same question and the same format are the same bytes."""
    graphs = (*asked.default_graphs, "", *asked.named_graphs)
    return etag(served.version, asked.query or "", chosen.media_type, *graphs)


def _headers(served: Served, asked: Asked, chosen: Format) -> dict[str, str]:
    headers = {
        "Content-Type": content_type(chosen.media_type),
        "Vary": "Accept",
        "Cache-Control": "no-store",
        "X-Release-Version": served.version,
    }
    if _is_kept(asked):
        headers |= {"ETag": _etag(served, asked, chosen), "Cache-Control": "public, no-cache"}
    return headers
