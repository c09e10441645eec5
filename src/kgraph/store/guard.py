"""Refusing queries that would reach out: no ``SERVICE``, wherever it hides.

The engine would call the address that a ``SERVICE`` names. Two checks stand before it.

:func:`refuse_service` looks for the word in one linear scan that passes over strings, IRIs,
comments and variables, once in the text as it stands and once with its code point escapes resolved
(``SER\\u0056ICE``), since it may be read either way. It tells most people what is wrong.

A scan does not read as the engine reads: ``a:\\#`` opens no comment, in ``1<'a>'`` there is no IRI,
``SERVICESILENT`` is two words. So :func:`masked` puts another word in the place of every
``service``, and the engine itself parses that: where the word was a name, part of a text or of a
comment, it parses as before; where it was the keyword, it does not.
"""

from __future__ import annotations

import re
from itertools import product

from kgraph.errors import QueryRefusedError

__all__ = ["masked", "refuse_service"]

_SERVICE = re.compile("service", re.ASCII | re.IGNORECASE)

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
#: One step through a text; ``word`` is what may be a keyword.
TOKEN = re.compile(
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
    if "\\" not in text and "service" not in text.lower():
        return
    for reading in {text, _ESCAPE.sub(_character, text)}:
        for match in TOKEN.finditer(reading):
            if (match["word"] or "").upper() == "SERVICE":
                raise QueryRefusedError("SERVICE is not allowed: no other endpoint is ever asked")


def masked(text: str) -> str:
    """The text with another word, of the same length, for every ``service`` in it.

    The word does not occur in the text, so that nobody can have declared it as a prefix, and no
    keyword begins with its letters (``a`` is one, and needs no blank after it).

    >>> masked("SELECT ?service { ?service a ?Service }")
    'SELECT ?qqqqqqq { ?qqqqqqq a ?qqqqqqq }'
    """
    lower = text.lower()
    if "service" not in lower:
        return text
    words = ("".join(letters) for letters in product("qjz", repeat=len("service")))
    word = next((word for word in words if word not in lower), None)
    if word is None:
        raise QueryRefusedError("SERVICE cannot be told from other text here")
    return _SERVICE.sub(word, text)


def _character(escape: re.Match[str]) -> str:
    point = int(escape[1] or escape[2], 16)
    return chr(point) if point < 0x110000 else escape[0]
