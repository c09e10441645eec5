"""From a question to bytes: choose the format, run the query, serialise; blocking, for a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kgraph.errors import QueryError, QueryRefusedError
from kgraph.store import MEDIA_TYPES
from kgraph_api.errors import ProblemError
from kgraph_api.negotiation import accepted, named, offered
from kgraph_api.served import Served
from kgraph_api.sparql.form import form
from kgraph_api.sparql.protocol import Asked

__all__ = ["Format", "Reply", "answer", "choose", "format_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format as the store calls it, and the media type that the answer is sent as."""

    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The bytes of an answer and their format."""

    body: bytes
    format: Format


def format_of(asked: Asked, accept: str | None) -> Format | None:
    """The format of the answer, where the text tells what kind of query it is; else None.

    Raises
    ------
    QueryRefusedError
        If the text is an update.
    ProblemError
        406, if the client accepts none of the formats of this kind of query.
    """
    found = form(asked.query or "")
    if found == "update":
        raise QueryRefusedError("this is an update; a release is read-only")
    return choose(found, asked.format, accept) if found else None


def choose(kind: Literal["rows", "graph"], wanted: str, accept: str | None) -> Format:
    """The format that a client asks for by name, or else by its Accept header."""
    available = offered(kind)
    if wanted:
        name = named(wanted, kind)
        media_type = MEDIA_TYPES[kind][name] if name else None
    else:
        media_type = accepted(accept, available)
        name = available[media_type] if media_type else None
    if name is None or media_type is None:
        what = "A graph" if kind == "graph" else "A table"
        types = ", ".join(MEDIA_TYPES[kind].values())
        raise ProblemError(406, f"{what} comes as {types}.", {"Vary": "Accept"})
    return Format(name, media_type)


def answer(served: Served, asked: Asked, accept: str | None) -> Reply:
    """Run a query and serialise its answer with the engine's own writers.

    The first query of a release waits until its statements are loaded.

    Raises
    ------
    QueryError
        If it does not parse or cannot be evaluated.
    """
    result = served.release.store.query(
        asked.query or "",
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    chosen = choose("graph" if result.kind == "graph" else "rows", asked.format, accept)
    try:
        return Reply(result.serialize(chosen.name), chosen)
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from None
