"""A request of the SPARQL 1.1 Protocol, read and checked.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope

from kgraph.errors import QueryRefusedError
from kgraph_api.errors import ProblemError

__all__ = ["METHODS", "Asked", "allow", "asked", "headers_of", "read"]

METHODS = ("GET", "HEAD", "OPTIONS", "POST")

_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_UPDATE = "application/sparql-update"
_HEADERS = frozenset(
    {b"accept", b"accept-encoding", b"content-encoding", b"content-length", b"content-type",
     b"if-none-match"}
)  # fmt: skip
#: What may stand in the address of the page without asking anything.
_OF_PAGE = ("format", "lang")
#: A percent sign that stands for itself.
_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
#: More parameters than any sensible choice of graphs.
_MAX_FIELDS = 1000

Pairs = list[tuple[str, str]]


class Asked(NamedTuple):
    """What a client asks.

    ``query`` is None where it asks for no query at all, which stands for the description of the
    service. ``format`` is a short name or a media type that goes before the Accept header.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str


def headers_of(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers of a request that mean something here; of one that comes twice the first."""
    return {
        name.decode(): value.decode("latin-1")
        for name, value in reversed(tuple(headers))
        if name in _HEADERS
    }


async def read(scope: Scope, headers: Mapping[str, str], receive: Receive, max_bytes: int) -> Asked:
    """Read a GET or a POST.

    Raises
    ------
    ProblemError
        With the status that the protocol asks for.
    QueryRefusedError
        If it is an update.
    ClientDisconnect
        If the client leaves before the body is there.
    """
    method, address = scope["method"], scope["query_string"]
    if method == "GET":
        return asked(method, address, headers, b"")
    _type_of(headers)
    return asked(method, address, headers, await _body(headers, receive, max_bytes))


def asked(method: str, address: bytes, headers: Mapping[str, str], body: bytes) -> Asked:
    """What a GET or a POST asks whose body is there.

    Parameters
    ----------
    method : str
    address : bytes
        What stands behind the question mark.
    headers : dict of str to str
        As :func:`headers_of` gives them.
    body : bytes

    Raises
    ------
    ProblemError, QueryRefusedError
        As :func:`read` does.
    """
    pairs = _pairs(address, "the address")
    if method == "GET":
        if all(name in _OF_PAGE for name, _ in pairs):
            return Asked(None, (), (), _one(_by_name(pairs), "format") or "")
        return _asked(pairs)
    if _type_of(headers) == _FORM:
        return _asked(pairs + _pairs(body, "the form"))
    return _asked([*pairs, ("query", _text(body, "the query"))])


def allow() -> dict[str, str]:
    """The header that names the methods of the endpoint."""
    return {"Allow": ", ".join(METHODS)}


def _asked(pairs: Pairs) -> Asked:
    given = _by_name(pairs)
    query, is_update = _one(given, "query"), "update" in given or "using-graph-uri" in given
    if is_update and query is not None:
        raise ProblemError(400, "A request has a query or an update, not both.")
    if is_update:
        raise QueryRefusedError("this is an update; a release is read-only")
    if query is None:
        raise ProblemError(400, "The parameter query is missing.")
    return Asked(
        query,
        tuple(given.get("default-graph-uri", ())),
        tuple(given.get("named-graph-uri", ())),
        _one(given, "format") or "",
    )


def _by_name(pairs: Pairs) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return given


def _one(given: Mapping[str, list[str]], name: str) -> str | None:
    """The only value of a parameter; None where it is not given."""
    if (values := given.get(name)) is None:
        return None
    if len(values) > 1:
        raise ProblemError(400, f"The parameter {name} is given {len(values)} times.")
    return values[0]


def _type_of(headers: Mapping[str, str]) -> str:
    """The media type of a body; refused if it is none of ours, or not plain UTF-8."""
    kind, _, parameters = headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip().strip('"')
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise ProblemError(415, f"A query is UTF-8, not {charset[:40]}.")
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise ProblemError(415, "A compressed body is not read.", {"Accept-Encoding": "identity"})
    if kind.strip() == _UPDATE:
        raise QueryRefusedError("this is an update; a release is read-only")
    if (found := kind.strip()) not in (_FORM, _DIRECT):
        detail = f"A query is posted as {_DIRECT} or {_FORM}, not as {found or 'nothing stated'}."
        raise ProblemError(415, detail, {"Accept-Post": f"{_DIRECT}, {_FORM}"})
    return found


async def _body(headers: Mapping[str, str], receive: Receive, max_bytes: int) -> bytes:
    """The body, bounded while it arrives."""
    said = headers.get("content-length", "")
    n_said = int(said) if said.isdigit() else 0
    body, is_whole = b"", False
    while n_said <= max_bytes and len(body) <= max_bytes and not is_whole:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        is_whole = not message.get("more_body")
    if not is_whole or len(body) > max_bytes:
        raise ProblemError(413, f"A request has at most {max_bytes} bytes.")
    return body


def _pairs(raw: bytes, where: str) -> Pairs:
    """Parameters in their order, decoded once."""
    if not raw:
        return []
    parts = raw.replace(b"+", b" ").split(b"&")
    if len(parts) > _MAX_FIELDS:
        raise ProblemError(400, f"There are more than {_MAX_FIELDS} parameters.")
    found = []
    for part in parts:
        name, _, value = part.partition(b"=")
        if part:
            found.append((_text(_decoded(name), where), _text(_decoded(value), where)))
    return found


def _decoded(raw: bytes) -> bytes:
    r"""Percent-encoded bytes as they were.

    They are read as quoted-printable, which is the same with another sign: for that the standard
    library has a reader in C, and a query has a hundred such signs.

    >>> _decoded(b"a%2Fb=3D%0A_ %E2%82%AC"), _decoded(b"100%"), _decoded(b"%252F")
    (b'a/b=3D\n_ \xe2\x82\xac', b'100%', b'%2F')
    """
    if b"%" not in raw:
        return raw
    if _NO_ESCAPE.search(raw):
        return unquote_to_bytes(raw)
    return binascii.a2b_qp(raw.replace(b"=", b"=3D").replace(b"%", b"="))


def _text(raw: bytes, where: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise ProblemError(400, f"What {where} says is not UTF-8.") from None
