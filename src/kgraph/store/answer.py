"""The answer to a query: bytes in any standard format, straight from the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from kgraph.errors import QueryError
from kgraph.store.convert import SortedPrefixes, sorted_prefixes

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MEDIA_TYPES", "Answer"]

#: Short name → media type, by what a query gives: rows (and yes or no), or a graph.
MEDIA_TYPES: Mapping[str, Mapping[str, str]] = {
    "rows": {
        "json": "application/sparql-results+json",
        "xml": "application/sparql-results+xml",
        "csv": "text/csv",
        "tsv": "text/tab-separated-values",
    },
    "graph": {
        "turtle": "text/turtle",
        "ntriples": "application/n-triples",
        "jsonld": "application/ld+json",
        "rdfxml": "application/rdf+xml",
        "trig": "application/trig",
        "nquads": "application/n-quads",
    },
}


class Writable(Protocol):
    """What bytes can be written into."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...


T = TypeVar("T")

_XSD = "http://www.w3.org/2001/XMLSchema#"
#: The datatypes that are numbers in a data frame.
_NUMBERS = {f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float", "int", "long")}


@dataclass(slots=True)
class Answer:
    """What a query gave: a table (``select``), yes or no (``ask``), or statements (``graph``).

    An answer can be read once: serialised, turned into a data frame, or walked through. To try is
    to read: what the engine gave may end in no thread but its own, and an error that travels would
    take it along.
    """

    kind: Literal["select", "ask", "graph"]
    prefixes: Mapping[str, str] = field(repr=False)
    _result: Any = field(repr=False)
    #: The names of the columns of a table.
    columns: list[str] = field(default_factory=list, repr=False)

    def serialize(self, media_type: str = "") -> bytes:
        """The answer as bytes of a media type, or of a short name such as ``csv`` or ``turtle``.

        Parameters
        ----------
        media_type : str
            A value or a key of :data:`MEDIA_TYPES`; JSON or Turtle where it is empty.

        Raises
        ------
        QueryError
            If this kind of answer has no such format, or if it has been read.
        """
        return self._written(None, media_type) or b""

    def write(self, output: Writable, media_type: str = "") -> None:
        """Write what :meth:`serialize` gives into a binary file, a few kilobytes at a time."""
        self._written(output, media_type)

    def _written(self, output: Writable | None, media_type: str) -> bytes | None:
        import pyoxigraph as ox

        formats = MEDIA_TYPES["graph" if self.kind == "graph" else "rows"]
        wanted = media_type or next(iter(formats.values()))
        wanted = formats.get(wanted, wanted)
        if wanted not in formats.values():
            self.close()
            raise QueryError(
                f"a {self.kind} query has no answer in {media_type}; there is {', '.join(formats)}"
            )
        found: bytes | None
        if self.kind != "graph":
            found = self._take().serialize(output, ox.QueryResultsFormat.from_media_type(wanted))
            return found
        rdf_format: Any = ox.RdfFormat.from_media_type(wanted)
        if wanted in ("text/turtle", "application/trig", "application/rdf+xml"):
            prefixes = dict(self.prefixes)
            into: Any = SortedPrefixes(output) if output is not None else None
            text = ox.serialize(self._take(), into, rdf_format, prefixes=prefixes)
            return sorted_prefixes(text) if text is not None else None
        found = self._take().serialize(output, rdf_format)
        return found

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows of a table as texts; an unbound cell is empty. All are read at once."""
        columns = range(len(self.columns))
        return self._made(
            lambda row: tuple("" if (t := row[i]) is None else t.value for i in columns)
        )

    def terms(self) -> Iterator[tuple[tuple[str, str], ...]]:
        """The rows of a table, each cell as (text, language). All are read at once."""
        columns = range(len(self.columns))
        return self._made(
            lambda row: tuple(
                ("", "") if (t := row[i]) is None
                else (t.value, getattr(t, "language", None) or "")
                for i in columns
            )
        )  # fmt: skip

    def __bool__(self) -> bool:
        if self.kind != "ask":
            self.close()
            raise QueryError(f"a {self.kind} query is neither yes nor no")
        return bool(self._result)

    def to_pandas(self) -> pd.DataFrame:
        """A table as a data frame: a column of numbers as numbers, every other as text.

        The datatype decides, not the look: an official key such as ``05570032`` stays text.
        """
        import pandas as pd

        solutions = list(self._made(tuple))
        frame = pd.DataFrame(
            [["" if term is None else term.value for term in terms] for terms in solutions],
            columns=pd.Index(self.columns),
        )
        for place, column in enumerate(self.columns):
            kinds = {
                getattr(getattr(terms[place], "datatype", None), "value", "")
                for terms in solutions
                if terms[place] is not None
            }
            if kinds and kinds <= _NUMBERS:
                frame[column] = pd.to_numeric(frame[column])
        return frame

    def close(self) -> None:
        """Let go of what has not been read."""
        if self.kind != "ask":
            self._result = None

    def _made(self, make: Callable[[Any], T]) -> Iterator[T]:
        """What is made of each row, at once: a walk broken off would keep what the engine gave."""
        if self.kind != "select":
            self.close()
            raise QueryError(f"a {self.kind} query gives no rows")
        return iter(list(map(make, self._take())))

    def _take(self) -> Any:
        """What the engine gave; nobody else holds it from now on."""
        result = self._result
        self.close()
        if result is None:
            raise QueryError("an answer can be read once; ask again")
        return result
