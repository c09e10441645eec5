"""A long document in parts: what stands on which of its pages."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import islice

from kgraph import namespaces
from kgraph.queries._run import select
from kgraph.store import Store

__all__ = ["WHOLE", "Parts", "parts"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The pages of a document about a thing or of a named graph; none where it comes whole.

    ``n_things`` is the number of things that point at the thing, or that the graph speaks of.
    """

    n_things: int
    #: Packed, for a server keeps them: the addresses of neighbours begin alike.
    _pages: tuple[bytes, ...]

    def __len__(self) -> int:
        return len(self._pages)

    def things(self, number: int) -> list[str]:
        """The things on a page, counted from 1: IRIs, ordered, and before them ``_:`` names."""
        return zlib.decompress(self._pages[number - 1]).decode().split("\n")


#: Of a document that is not cut.
WHOLE = Parts(0, ())


def parts(store: Store, iri: str, size: int) -> Parts:
    """The pages of the document about a thing, or of that of a named graph.

    Parameters
    ----------
    store : Store
    iri : str
    size : int
        The most things on a page; a document with no more of them comes whole.

    Raises
    ------
    QueryParameterError
        If it is no IRI.

    Notes
    -----
    O(n log n) in the things, for a graph O(n) in its statements. A graph that speaks of blank
    nodes comes whole: on another page nobody would know them again.

    Examples
    --------
    >>> from kgraph.store import Store
    >>> store = Store([f"<http://a/{x}> <http://a/in> <http://a/z> .".encode() for x in "cab"])
    >>> found = parts(store, "http://a/z", 2)
    >>> found.n_things, [found.things(number) for number in (1, 2)]
    (3, [['http://a/a', 'http://a/b'], ['http://a/c']])
    """
    is_graph = iri.startswith(namespaces.graph(""))
    if is_graph:
        rows = select(store, "graph_things", graph=iri)
    else:
        rows = select(store, "pointing", thing=iri)
    pages, n_things = [], 0
    while page := list(islice(rows, size)):
        if is_graph and page[0][2] == "true":
            return WHOLE
        names = (f"_:{one}" if is_blank == "true" else one for _, one, is_blank in page)
        pages.append(zlib.compress("\n".join(names).encode(), 1))
        n_things += len(page)
    return Parts(n_things, tuple(pages)) if n_things > size else WHOLE
