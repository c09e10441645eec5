"""Refusing queries that would reach out: no ``SERVICE``, wherever it hides.

The engine would call the address that a ``SERVICE`` names. The word is looked for in one linear
scan that passes over strings, IRIs, comments and variables, once in the text as it stands and once
with its code point escapes resolved (``SER\\u0056ICE``), since it may be read either way.
"""

from __future__ import annotations

import re

from kgraph.errors import QueryRefusedError

__all__ = ["refuse_service"]

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|#[^\n\r]*"
    r"|[?$]\w+"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|:[\w.%-]*"
    r"|.",
    re.DOTALL,
)


def refuse_service(text: str) -> None:
    r"""Refuse a query that names a service, or a prefix that reads like one (``service:``).

    Raises
    ------
    QueryRefusedError
        If it does.

    Examples
    --------
    >>> refuse_service("SELECT * { ?service ?p 'SERVICE' } # SERVICE")
    >>> refuse_service(r"SELECT * { SER\u0056ICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kgraph.errors.QueryRefusedError: SERVICE is not allowed: no other endpoint is ever asked
    """
    for reading in {text, _ESCAPE.sub(_character, text)}:
        for match in _TOKEN.finditer(reading):
            if (match["word"] or "").upper() == "SERVICE":
                raise QueryRefusedError("SERVICE is not allowed: no other endpoint is ever asked")


def _character(escape: re.Match[str]) -> str:
    point = int(escape[1] or escape[2], 16)
    return chr(point) if point < 0x110000 else escape[0]
