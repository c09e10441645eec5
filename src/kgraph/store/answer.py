"""The answer to a query: bytes in any standard format, straight from the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from kgraph.errors import QueryError

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


@dataclass(slots=True)
class Answer:
    """What a query gave: a table (``select``), yes or no (``ask``), or statements (``graph``).

    An answer can be read once: serialised, turned into a data frame, or walked through.
    """

    kind: Literal["select", "ask", "graph"]
    prefixes: Mapping[str, str] = field(repr=False)
    _result: Any = field(repr=False)

    def serialize(self, media_type: str = "") -> bytes:
        """The answer as bytes of a media type, or of a short name such as ``csv`` or ``turtle``.

        Parameters
        ----------
        media_type : str
            A value or a key of :data:`MEDIA_TYPES`; JSON or Turtle where it is empty.

        Raises
        ------
        QueryError
            If this kind of answer has no such format.
        """
        import pyoxigraph as ox

        formats = MEDIA_TYPES["graph" if self.kind == "graph" else "rows"]
        wanted = media_type or next(iter(formats.values()))
        wanted = formats.get(wanted, wanted)
        if wanted not in formats.values():
            raise QueryError(
                f"a {self.kind} query has no answer in {media_type}; there is {', '.join(formats)}"
            )
        if self.kind == "graph":
            rdf_format = ox.RdfFormat.from_media_type(wanted)
            named = wanted in ("text/turtle", "application/trig", "application/rdf+xml")
            prefixes = dict(self.prefixes) if named else None
            return ox.serialize(self._result, format=rdf_format, prefixes=prefixes) or b""
        results_format = ox.QueryResultsFormat.from_media_type(wanted)
        return bytes(self._result.serialize(format=results_format))

    @property
    def columns(self) -> list[str]:
        """The names of the columns of a table."""
        return [v.value for v in self._result.variables] if self.kind == "select" else []

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows of a table as texts; an unbound cell is empty."""
        if self.kind != "select":
            raise QueryError(f"a {self.kind} query gives no rows")
        columns = range(len(self._result.variables))
        for solution in self._result:
            yield tuple("" if (t := solution[i]) is None else t.value for i in columns)

    def terms(self) -> Iterator[tuple[tuple[str, str], ...]]:
        """The rows of a table, each cell as (text, language)."""
        columns = range(len(self._result.variables))
        for solution in self._result:
            yield tuple(
                ("", "") if (t := solution[i]) is None
                else (t.value, getattr(t, "language", None) or "")
                for i in columns
            )  # fmt: skip

    def __bool__(self) -> bool:
        if self.kind != "ask":
            raise QueryError(f"a {self.kind} query is neither yes nor no")
        return bool(self._result)

    def to_pandas(self) -> pd.DataFrame:
        """A table as a data frame: numbers as numbers, everything else as text."""
        import pandas as pd

        columns = self.columns
        frame = pd.DataFrame(list(self.rows()), columns=pd.Index(columns))
        for column in columns:
            try:
                frame[column] = pd.to_numeric(frame[column])
            except (ValueError, TypeError):
                continue
        return frame
