"""The address by which a client has reached this server."""

from __future__ import annotations

import re

from starlette.requests import Request

from kgraph_api.errors import ProblemError

__all__ = ["address"]

_HOST = re.compile(r"[A-Za-z0-9.:\[\]_-]{1,255}")


def address(request: Request, path: str) -> str:
    """The full address of a path of this server.

    Raises
    ------
    ProblemError
        400, if the header Host names no host: it is repeated in the answer.
    """
    if not _HOST.fullmatch(request.url.netloc):
        raise ProblemError(400, "The header Host names no host.")
    root = request.scope.get("root_path", "")
    return str(request.url.replace(path=f"{root}{path}", query="", fragment=""))
