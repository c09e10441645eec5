"""Which format an answer takes: the Accept header, or a short name, against one table.

RFC 9110, section 12.5.1: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgraph.store import MEDIA_TYPES

__all__ = ["ALIASES", "GRAPH", "ROWS", "accepted", "content_type", "named", "offered"]

ROWS: Mapping[str, str] = MEDIA_TYPES["rows"]
GRAPH: Mapping[str, str] = MEDIA_TYPES["graph"]

#: Other names of a format, by what is asked for: a short name or a media type.
ALIASES: Mapping[str, str] = {
    "ttl": "turtle", "nt": "ntriples", "n-triples": "ntriples", "json-ld": "jsonld",
    "rdf": "rdfxml", "rdf+xml": "rdfxml", "nq": "nquads", "n-quads": "nquads", "srj": "json",
    "srx": "xml",
}  # fmt: skip

#: What a graph is in where a client asks for JSON or XML as such.
_GRAPH_ALIASES = {"json": "jsonld", "xml": "rdfxml"}

#: Media types that are answered as themselves with the bytes of a more specific one.
_GENERAL = {
    "rows": {"application/json": "json", "application/xml": "xml", "text/xml": "xml"},
    "graph": {"application/json": "jsonld", "application/xml": "rdfxml", "text/xml": "rdfxml",
              "application/x-turtle": "turtle", "text/plain": "ntriples"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Range:
    """One part of an Accept header: ``text/*;q=0.5``."""

    type: str
    subtype: str
    quality: float

    def rank(self, media_type: str) -> int:
        """How closely it names a media type: 0 not at all, 1 ``*/*``, 2 ``text/*``, 3 exactly."""
        kind, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (kind, subtype):
            return 3
        if (self.type, self.subtype) == (kind, "*"):
            return 2
        return int((self.type, self.subtype) == ("*", "*"))


def offered(kind: str) -> dict[str, str]:
    """Media type → short name for ``rows`` or ``graph``, in the order of our preference."""
    own = {media_type: name for name, media_type in MEDIA_TYPES[kind].items()}
    return own | _GENERAL[kind]


def accepted(header: str | None, available: Iterable[str]) -> str | None:
    """The media type that a client likes best; None where it accepts none of them.

    Parameters
    ----------
    header : str or None
        The Accept header; None or an empty one accepts everything.
    available : iterable of str
        Media types, in the order of our preference.

    Examples
    --------
    >>> accepted("text/csv;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'
    >>> accepted("image/png", ["text/csv"]) is None
    True
    """
    types = list(available)
    ranges = _parse(header)
    if not ranges:
        return types[0]
    scored = [(_quality(ranges, media_type), -place) for place, media_type in enumerate(types)]
    quality, place = max(scored)
    return types[-place] if quality > 0 else None


def named(name: str, kind: str) -> str | None:
    """The short name of a format that a client names, or None where ``kind`` has no such format.

    >>> named("ttl", "graph"), named("text/csv", "rows"), named("csv", "graph")
    ('turtle', 'csv', None)
    """
    wanted = name.strip().lower()
    wanted = ALIASES.get(wanted, wanted)
    if kind == "graph":
        wanted = _GRAPH_ALIASES.get(wanted, wanted)
    return wanted if wanted in MEDIA_TYPES[kind] else offered(kind).get(wanted)


def content_type(media_type: str) -> str:
    """A media type as a Content-Type header: text is UTF-8, and says so."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _parse(header: str | None) -> list[_Range]:
    """The parts of a header; what is malformed is passed over."""
    found = []
    for part in (header or "").split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        kind, _, subtype = media_range.partition("/")
        if kind and subtype:
            found.append(_Range(kind, subtype, _weight(parameters)))
    return found


def _weight(parameters: Sequence[str]) -> float:
    """The q-value; 1 where there is none, 0 where it is no number from 0 to 1."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0


def _quality(ranges: Sequence[_Range], media_type: str) -> float:
    """The q-value of the part that names a media type most closely."""
    closest = max(ranges, key=lambda part: (part.rank(media_type), part.quality))
    return closest.quality if closest.rank(media_type) else 0.0
