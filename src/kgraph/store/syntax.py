"""What the engine says of a text that is no query, in our words."""

from __future__ import annotations

import re

from kgraph.errors import QueryError, QueryRefusedError

__all__ = ["query_error"]

_PLACE = re.compile(r" at (\d+):(\d+)")
_UPDATE = re.compile(
    r"^\s*(?:(?:PREFIX\s+\S*\s*|BASE\s*)<[^>]*>\s*|#[^\n]*\n\s*)*"
    r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)


def query_error(message: str, text: str) -> QueryError:
    """Where a text stops to parse, and what stands there; the engine lists what could."""
    if _UPDATE.match(text):
        return QueryRefusedError("this is an update; a release is read-only")
    place = _PLACE.search(message)
    if place is None:
        return QueryError(f"the query does not parse: {message.splitlines()[0]}")
    line, column = (int(part) for part in place.groups())
    found = (text.splitlines() or [""])[line - 1 : line]
    rest = found[0][column - 1 :].split()[:1] if found else []
    there = f"{rest[0][:40]!r} cannot stand there" if rest else "something is missing there"
    return QueryError(f"the query does not parse at line {line}, column {column}: {there}",
                      line, column)  # fmt: skip
