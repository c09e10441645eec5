"""Errors as problem bodies (RFC 9457): the only place that knows both kgraph's errors and HTTP.

A body has ``type``, ``title``, ``status``, ``detail``; a syntax error of SPARQL adds ``line`` and
``column``, a wrong parameter adds ``errors``; ``request_id`` is what the log knows the request by.
Nothing tells of files, code or other requests.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from kgraph.errors import (
    KGraphError,
    NotFoundError,
    QueryError,
    QueryParameterError,
    QueryRefusedError,
    UnknownTermError,
)
from kgraph_api.headers import complete
from kgraph_api.request_id import request_id

__all__ = ["NotModifiedError", "ProblemError", "add_handlers", "problem", "problem_of"]

_LOG = logging.getLogger(__name__)

#: The first that fits counts: subclasses stand before their parents.
_STATUS: tuple[tuple[type[KGraphError], int], ...] = (
    (QueryRefusedError, 403),
    (QueryError, 400),
    (NotFoundError, 404),
    (QueryParameterError, 422),
    (UnknownTermError, 422),
)


class ProblemError(Exception):
    """A request that is refused for a reason of HTTP's own: its method, its form, its size."""

    def __init__(
        self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: object
    ) -> None:
        self.status, self.detail, self.more = status, detail, more
        self.headers = dict(headers or {})
        super().__init__(detail)


class NotModifiedError(Exception):
    """The client has this very answer already."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self.headers = dict(headers)
        super().__init__("not modified")


class ProblemResponse(JSONResponse):
    """A JSON body of the media type for problems."""

    media_type = "application/problem+json"


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """A problem body; ``more`` are its extension members."""
    own = request_id()
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    kept = {"Cache-Control": "no-store", "X-Request-ID": own, **(headers or {})}
    told = {**body, "detail": detail, "request_id": own, **more}
    return ProblemResponse(told, status, headers=kept)


def problem_of(error: KGraphError) -> Response:
    """The problem body of an error of the library."""
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return problem(status, str(error), None, **_place(error))
    _LOG.error("request %s: the release is at fault", request_id(), exc_info=error)
    return problem(500, "The server could not answer this request.")


def _place(error: KGraphError) -> dict[str, int]:
    """Where in a query the error is, as far as the engine says."""
    if isinstance(error, QueryError) and error.line > 0:
        return {"line": error.line, "column": error.column}
    return {}


def add_handlers(app: FastAPI) -> None:
    """Let every error of an application end as a problem body."""

    @app.exception_handler(KGraphError)
    def _library(_: Request, error: KGraphError) -> Response:
        return problem_of(error)

    @app.exception_handler(ProblemError)
    def _refused(_: Request, error: ProblemError) -> Response:
        return problem(error.status, error.detail, error.headers, **error.more)

    @app.exception_handler(NotModifiedError)
    def _not_modified(_: Request, error: NotModifiedError) -> Response:
        return Response(status_code=304, headers=error.headers)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        detail = _HTTP.get(error.status_code, error.detail)
        return problem(error.status_code, detail, error.headers)

    @app.exception_handler(RequestValidationError)
    def _parameters(_: Request, error: RequestValidationError) -> Response:
        found = [
            {"parameter": str(one["loc"][-1]), "in": str(one["loc"][0]), "detail": one["msg"]}
            for one in error.errors()
        ]
        said = "; ".join(f"{one['parameter']}: {one['detail']}" for one in found)
        return problem(422, said, errors=found)

    @app.exception_handler(Exception)
    def _unforeseen(_: Request, error: Exception) -> Response:
        # This handler stands outside of everything else, so nobody else adds the headers.
        response = problem(500, "The server could not answer this request.")
        response.raw_headers = complete(response.raw_headers)
        return response


_HTTP = {
    404: "There is nothing at this address; /docs lists what there is.",
    405: "This address does not take this method; the header Allow names those it takes.",
}
