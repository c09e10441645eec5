"""The format of an answer: what the query gives, against what the client asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kgraph.errors import QueryRefusedError
from kgraph.store import MEDIA_TYPES
from kgraph_api.errors import ProblemError
from kgraph_api.negotiation import accepted, named, offered
from kgraph_api.sparql.form import form
from kgraph_api.sparql.protocol import Asked

__all__ = ["Format", "Formats"]

#: A longer header Accept is no choice.
_LONGEST = 2000
VARY = {"Vary": "Accept, Accept-Encoding"}


@dataclass(frozen=True, slots=True)
class Format:
    """A format as the store calls it, and the media type that the answer is sent as."""

    name: str
    media_type: str


class Formats:
    """What a client asks for by name or by its Accept header, for tables and for graphs."""

    def __init__(self, wanted: str, accept: str | None) -> None:
        self._wanted, self._accept = wanted, accept

    def of(self, kind: str) -> Format:
        """The format for ``rows`` or ``graph``.

        Raises
        ------
        ProblemError
            406, if the client takes no format of this kind.
        """
        if found := self.find(kind):
            return found
        what = "A graph" if kind == "graph" else "A table"
        types = ", ".join(MEDIA_TYPES[kind].values())
        raise ProblemError(406, f"{what} comes as {types}.", VARY)

    def find(self, kind: str) -> Format | None:
        """The format for one kind; None if the client takes none."""
        accept = self._accept if len(self._accept or "") < _LONGEST else None
        return _found(kind, self._wanted[:_LONGEST], accept)

    def name(self, kind: str) -> str:
        """The store's name of the format for one kind; empty if the client takes none."""
        found = self.find(kind)
        return found.name if found else ""

    def foretold(self, asked: Asked) -> Format | None:
        """The format, where the text tells what kind of query it is; else None.

        Raises
        ------
        QueryRefusedError
            If the text is an update.
        ProblemError
            406, if the client takes no format of this kind.
        """
        found = form(asked.query or "")
        if found == "update":
            raise QueryRefusedError("this is an update; a release is read-only")
        return self.of(found) if found else None


@lru_cache(maxsize=512)
def _found(kind: str, wanted: str, accept: str | None) -> Format | None:
    available = offered(kind)
    if wanted:
        name = named(wanted, kind)
        media_type = MEDIA_TYPES[kind][name] if name else None
    else:
        media_type = accepted(accept, available)
        name = available[media_type] if media_type else None
    return Format(name, media_type) if name and media_type else None
