"""The id of a request: that of a proxy in front of the server, else one of our own.

It stands in the header ``X-Request-ID``, in the body of an error and in the log, so that a message
that somebody sends leads to its line.
"""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar
from itertools import count

from starlette.types import Scope

__all__ = ["HEADER", "begin", "request_id"]

HEADER = b"x-request-id"
#: What an id may be; anything else could forge a line of the log.
_WELL_FORMED = re.compile(rb"[A-Za-z0-9._:+/=@-]{1,128}")
#: Of this process, and the number of the request in it.
_PROCESS, _NUMBERS = secrets.token_hex(6), count(1)
_CURRENT: ContextVar[str] = ContextVar("request_id", default="")


def begin(scope: Scope) -> str:
    """Take the id that a request brings along; empty where it brings none that is well-formed."""
    found = [value for name, value in scope["headers"] if name == HEADER]
    given = found[0].decode() if found and _WELL_FORMED.fullmatch(found[0]) else ""
    _CURRENT.set(given)
    return given


def request_id() -> str:
    """The id of the request that is being answered; it is made when first asked for."""
    found = _CURRENT.get()
    if not found:
        found = f"{_PROCESS}-{next(_NUMBERS)}"
        _CURRENT.set(found)
    return found
