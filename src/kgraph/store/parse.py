"""Parsing RDF files with the engine, into plain tuples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

__all__ = ["ntriples", "parse_turtle"]


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
