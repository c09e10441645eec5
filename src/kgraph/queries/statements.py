"""What is said of one thing and what points at it, statement by statement, with who says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kgraph.queries._group import Facts, gather, shorten
from kgraph.queries._run import select, select_terms
from kgraph.store import Store

__all__ = [
    "Facts", "Places", "Said", "Value", "incoming", "neighbours", "outgoing", "places", "shorten",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """An IRI, or a text with its language or its datatype."""

    text: str
    is_iri: bool = False
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about a thing, or to it, and the named graphs that hold it.

    ``value`` is the other end, whichever way the statement points.
    """

    property: str
    value: Value
    graphs: tuple[str, ...]


def outgoing(store: Store, iri: str) -> tuple[Said, ...]:
    """What is said of a thing, ordered by property and value.

    Raises
    ------
    QueryParameterError
        If it is no IRI.

    Examples
    --------
    >>> from kgraph.store import Store
    >>> store = Store([b'<http://a/x> <http://a/in> "y"@de <http://a/g> .'])
    >>> outgoing(store, "http://a/x")[0].value
    Value(text='y', is_iri=False, language='de', datatype='')
    """
    rows = select_terms(store, "statements_of", thing=iri)
    return _merged(
        (prop, Value(text, is_iri == "true", language, "" if language else datatype), graph)
        for _, (prop, _), (text, language), (is_iri, _), (datatype, _), (graph, _) in rows
    )


def incoming(store: Store, iri: str) -> tuple[Said, ...]:
    """What points at a thing, ordered by property and by the thing that points."""
    rows = select(store, "statements_to", thing=iri)
    return _merged((prop, Value(other, is_iri=True), graph) for _, prop, other, graph in rows)


def neighbours(store: Store, iri: str) -> Mapping[str, Facts]:
    """IRI of each neighbour without a name → what tells it apart from the others."""
    return gather(row[1:] for row in select_terms(store, "neighbour_facts", thing=iri))


class Places:
    """Where in which source a thing is spoken of.

    Parameters
    ----------
    rows : iterable of (graph, locator, words of a claim or empty, whether it attests the thing)
    """

    def __init__(self, rows: Iterable[tuple[str, str, str, bool]]) -> None:
        self._all: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._claimed: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for graph, locator, claimed, is_own in rows:
            if is_own:
                self._all[graph][locator] = None
            if claimed:
                self._claimed[graph, claimed][locator] = None

    def of(self, graph: str, value: str) -> tuple[str, ...]:
        """The places of a statement: of the claim in these very words, else of the thing itself."""
        own: dict[str, None] = self._all.get(graph, {})
        return tuple(self._claimed.get((graph, value), own))


def places(store: Store, iri: str) -> Places:
    """Where in which source a thing is spoken of."""
    rows = select(store, "places_in_sources", thing=iri)
    return Places((graph, where, words, own == "true") for _, graph, where, words, own in rows)


def _merged(rows: Iterable[tuple[str, Value, str]]) -> tuple[Said, ...]:
    """One statement with all its graphs, in the order of the rows."""
    found: defaultdict[tuple[str, Value], list[str]] = defaultdict(list)
    for prop, value, graph in rows:
        found[prop, value].append(graph)
    return tuple(Said(*key, tuple(graphs)) for key, graphs in found.items())
