"""An RDF file that somebody sends → its statements. Whatever is wrong with it is one message."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kgraph.errors import DataError
from kgraph.exchange.reading import Limits, check_size, read_apart, utf8
from kgraph.ingest.quads import Term
from kgraph.store.document import FORMATS

__all__ = ["Document", "Statement", "is_rdf", "read_rdf"]

_LINE = re.compile(r'(\S+) (\S+) (.+?)(?: (<[^<>"]*>))? \.$', re.DOTALL)
_LOCAL = re.compile(r"[^/#:]+[/#]?$")


class Statement(NamedTuple):
    """Subject, predicate and object as N-Triples; the IRI of the graph, empty where none is said.

    Blank nodes are called ``_:`` and a name that follows from what is said of them.
    """

    subject: Term
    predicate: Term
    value: Term
    graph: str


class Document:
    """The statements of a file, sorted, each once, and where in the file a thing is named."""

    def __init__(self, name: str, text: str, statements: list[Statement]) -> None:
        self.name, self.text, self.statements = name, text, statements

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    def line(self, *nodes: str) -> int:
        """The first line that names all of some IRIs or texts, else the first of them; 0 if none.

        Parsers tell no line but that of an error, so the line is looked for by what must stand
        there: the last part of an IRI, the text of a literal.
        """
        words = [_word(node) for node in nodes if not node.startswith("_:")]
        for wanted in (words, words[:1]):
            for number, line in enumerate(self._lines, 1):
                if wanted and all(word.search(line) for word in wanted):
                    return number
        return 0


def is_rdf(path: Path) -> bool:
    """Whether a file is RDF by the ending of its name."""
    return path.suffix.lower() in FORMATS


def read_rdf(path: Path, limits: Limits | None = None) -> Document:
    """The statements of a Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML file.

    Parameters
    ----------
    path : Path
    limits : Limits, optional

    Raises
    ------
    DataError
        If the file is missing, too large, not UTF-8, does not parse, names an address to load or
        an entity, or makes more statements than allowed.
    """
    limits = limits or Limits()
    check_size(path, limits)
    text = utf8(path, "save the file as UTF-8")
    found = read_apart("kgraph.store.document", path, limits, FORMATS[path.suffix.lower()])
    if not found:
        raise DataError(
            path.name, 0, "", "", "cannot be read with the memory and time allowed; split it"
        )
    if "error" in found:
        raise DataError(path.name, found["line"], "", "", found["error"])
    return Document(path.name, text, [_statement(line) for line in found["lines"]])


def _statement(line: str) -> Statement:
    match = _LINE.match(line)
    assert match is not None, line
    subject, predicate, value, graph = match.groups()
    return Statement(Term(subject), Term(predicate), Term(value), (graph or "")[1:-1])


def _word(node: str) -> re.Pattern[str]:
    """What of a term stands in the text as it is, however the file abbreviates it."""
    if node.startswith('"'):
        return re.compile(re.escape(node[1 : node.rindex('"')]))
    found = _LOCAL.search(node.strip("<>"))
    return re.compile(rf"(?<![\w-]){re.escape(found[0] if found else node)}(?![\w-])")
