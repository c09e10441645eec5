"""RDF files into other formats, statement by statement, in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.namespaces import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["SortedPrefixes", "sorted_prefixes", "trig", "turtle"]

_PREFIXES = re.compile(rb"\A(?:@prefix [^\n]*\n)+")


def trig(nquads: Path, output: Path) -> None:
    """Write N-Quads as TriG, with the prefixes of :mod:`kgraph.namespaces`.

    Notes
    -----
    O(n) time; memory does not grow with the file.
    """
    import pyoxigraph as ox

    quads = ox.parse(path=str(nquads), format=ox.RdfFormat.N_QUADS)
    with output.open("wb") as file:
        into: Any = SortedPrefixes(file)
        ox.serialize(quads, into, ox.RdfFormat.TRIG, prefixes=dict(PREFIXES))


def turtle(nquads: Path, graph: str, output: Path) -> None:
    """Write one named graph of N-Quads as Turtle."""
    import pyoxigraph as ox

    end = f" <{graph}> .\n".encode()

    def triples() -> Iterator[ox.Triple]:
        with nquads.open("rb") as lines:
            for line in (one for one in lines if one.endswith(end)):
                yield from (quad.triple for quad in ox.parse(line, format=ox.RdfFormat.N_QUADS))

    with output.open("wb") as file:
        into: Any = SortedPrefixes(file)
        ox.serialize(triples(), into, ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))


def sorted_prefixes(text: bytes) -> bytes:
    r"""The beginning of a Turtle or TriG text with its prefixes sorted.

    The engine writes them in another order each time, and the same statements are to be the same
    bytes.

    >>> sorted_prefixes(b"@prefix b: <b:> .\n@prefix a: <a:> .\nb:x a b:y .\n")
    b'@prefix a: <a:> .\n@prefix b: <b:> .\nb:x a b:y .\n'
    """
    head = _PREFIXES.match(text)
    if head is None:
        return text
    return b"".join(sorted(head[0].splitlines(keepends=True))) + text[head.end() :]


class SortedPrefixes:
    """A file that has the prefixes sorted; all of them come with the first bytes."""

    def __init__(self, output: Any) -> None:
        self._output, self._is_begun = output, False

    def write(self, data: bytes, /) -> int:
        """Pass bytes on."""
        self._output.write(data if self._is_begun else sorted_prefixes(data))
        self._is_begun = True
        return len(data)

    def flush(self) -> None:
        """Have them written."""
        self._output.flush()
