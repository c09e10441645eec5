"""Parsing RDF files with the engine, into plain tuples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

__all__ = ["ntriples", "parse_turtle", "plain_triples"]


def parse_turtle(file: Path) -> Iterator[tuple[str, str, str, str]]:
    """The statements of a Turtle file as (subject, predicate, value, language) texts.

    The value of an IRI or a literal is its text; the language is empty where there is none.
    """
    import pyoxigraph as ox

    for triple in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
        obj = triple.object
        yield (
            triple.subject.value,
            triple.predicate.value,
            getattr(obj, "value", str(obj)),
            getattr(obj, "language", None) or "",
        )


def ntriples(file: Path) -> Iterator[str]:
    """The statements of a Turtle file as N-Triples lines without the final dot.

    Blank nodes get names that depend on the file's name and their order, so that two files never
    share one and the same file always gives the same lines.
    """
    import pyoxigraph as ox

    names: dict[str, str] = {}

    def text(node: object) -> str:
        if isinstance(node, ox.BlankNode):
            return names.setdefault(node.value, f"_:{file.stem.replace('-', '')}{len(names)}")
        return str(node)

    for triple in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
        yield f"{text(triple.subject)} {triple.predicate} {text(triple.object)}"


def plain_triples(file: Path) -> Iterator[tuple[str, str, str]]:
    """The statements of an N-Triples file without blank nodes, each term as N-Triples.

    Raises
    ------
    SyntaxError
        With the line, if the file does not parse or holds a blank node.
    """
    import pyoxigraph as ox

    for triple in ox.parse(path=str(file), format=ox.RdfFormat.N_TRIPLES):
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            raise SyntaxError("a blank node stands there; import the file with kgraph import")
        yield str(triple.subject), str(triple.predicate), str(triple.object)
