"""Everything about one thing, and everything in one named graph, as statements."""

from __future__ import annotations

from kgraph.queries._run import select, text
from kgraph.store import Answer, Store

__all__ = ["exists", "graphs", "named_graph", "replacement", "subjects", "thing"]


def thing(store: Store, iri: str) -> Answer:
    """What is said of a thing, what points at it, and the names of its neighbours.

    Parameters
    ----------
    store : Store
    iri : str

    Returns
    -------
    Answer
        A graph; empty where nothing is said.

    Raises
    ------
    QueryParameterError
        If it is no IRI.

    Examples
    --------
    >>> from kgraph.store import Store
    >>> store = Store([b'<http://a/x> <http://a/in> <http://a/y> .'])
    >>> thing(store, "http://a/y").serialize("ntriples")
    b'<http://a/x> <http://a/in> <http://a/y> .\\n'
    """
    return store.query(text("thing"), bindings={"thing": iri})


def named_graph(store: Store, iri: str) -> Answer:
    """The statements of one named graph, as :func:`thing`."""
    return store.query(text("named_graph"), bindings={"graph": iri})


def exists(store: Store, iri: str) -> bool:
    """Whether anything is said of a thing, points at it, or stands in it as a named graph."""
    return bool(store.query(text("thing_exists"), bindings={"thing": iri}))


def subjects(store: Store, iri: str) -> list[tuple[str, int]]:
    """What a named graph speaks of, ordered by IRI: each thing with its number of statements."""
    return [(one, int(n)) for _, one, n in select(store, "graph_subjects", graph=iri)]


def replacement(store: Store, iri: str) -> str:
    """The thing that a merged or renamed one is now; empty where it is itself."""
    return next((other for _, other in select(store, "replacement", thing=iri)), "")


def graphs(store: Store) -> list[str]:
    """The IRIs of the named graphs, ordered."""
    return [iri for (iri,) in select(store, "graphs")]
