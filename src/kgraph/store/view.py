"""The dataset as rdflib has it: for walking and exporting, read-only, and asked by our own door.

rdflib's engine fetches what ``FROM``, ``SERVICE`` and ``LOAD`` name, and takes over wherever the
store does not know what to do: with a prepared query, for one. So it never gets a query here.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any

import rdflib
from oxrdflib import OxigraphStore
from oxrdflib._converter import from_ox, to_ox
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from kgraph.errors import QueryParameterError, QueryRefusedError

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["View"]

#: Asks the engine: text, substitutions of variables, prefixes, default graphs.
Ask = Callable[[str, Mapping[str, Any], Mapping[str, str], list[str]], Any]


class _ReadOnly(OxigraphStore):
    """The engine's store behind rdflib's interface, without a way to change it."""

    def __init__(self, store: ox.Store, ask: Ask) -> None:
        super().__init__(store=store)
        self._ask = ask

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **more: object,
    ) -> Result:
        """Ask as :meth:`kgraph.store.Store.query` does; a prepared query by its text."""
        if more:
            raise QueryParameterError(f"a query of a release takes no {', '.join(sorted(more))}")
        text, namespaces = query, {str(name): str(iri) for name, iri in initNs.items()}
        if isinstance(query, Query):
            text, namespaces = _prepared(query, namespaces)
        # The default graph is the merge of all graphs: their union, with each statement once.
        is_whole = queryGraph in ("__UNION__", DATASET_DEFAULT_GRAPH_ID)
        found = self._ask(
            str(text),
            {str(name): to_ox(value) for name, value in initBindings.items()},
            namespaces,
            [] if is_whole else [str(queryGraph)],
        )
        return _result(found)

    def contexts(self, triple: Any = None) -> Generator[rdflib.Graph, None, None]:
        """The graphs, each of which is asked by our own door too."""
        for graph in super().contexts(triple):
            yield _Graph(store=self, identifier=graph.identifier)

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Nothing: rdflib calls it to look at a graph; one that is not there is empty."""

    def update(self, *_: object, **__: object) -> None:
        """Refuse."""
        _refuse()

    add = addN = remove = remove_graph = destroy = update  # noqa: N815


class _Guarded:
    """Queries of a graph or a dataset, which all go to the store."""

    def query(
        self,
        query_object: Query | str,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803
        use_store_provided: bool = True,
        **more: Any,
    ) -> Result:
        """Ask the engine of the release, whatever engine is asked for."""
        graph: Any = self
        names = initNs or dict(graph.namespaces())
        whole = isinstance(self, rdflib.Dataset)
        identifier = DATASET_DEFAULT_GRAPH_ID if whole else graph.identifier
        found: Result = graph.store.query(
            query_object, names, initBindings or {}, identifier, **more
        )
        return found

    def update(self, *_: object, **__: object) -> None:
        """Refuse."""
        _refuse()

    def parse(self, *_: object, **__: object) -> Any:
        """Refuse, before anything is fetched."""
        _refuse()


class _Graph(_Guarded, rdflib.Graph):
    """One graph of the dataset."""


class View(_Guarded, rdflib.Dataset):
    """The statements of a store as an :class:`rdflib.Dataset`.

    Parameters
    ----------
    store : pyoxigraph.Store
    ask : callable
        The door to its engine: text, substitutions, prefixes, default graphs.
    """

    def __init__(self, store: ox.Store, ask: Ask) -> None:
        super().__init__(store=_ReadOnly(store, ask))

    def get_context(
        self, identifier: Any, quoted: bool = False, base: str | None = None
    ) -> rdflib.Graph:
        """One graph; it is empty where there is none of that name."""
        return _Graph(
            store=self.store, identifier=identifier, namespace_manager=self.namespace_manager,
            base=base,
        )  # fmt: skip


def _refuse() -> None:
    raise QueryRefusedError("a release is read-only; copy what you need into a graph of your own")


def _prepared(query: Query, namespaces: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The text of a prepared query, and the prefixes that it was prepared with."""
    try:
        text, own, base = query._original_args
    except AttributeError:
        raise QueryRefusedError(
            "a parsed query has lost its text; give the text, or what prepareQuery makes of it"
        ) from None
    names = {**namespaces, **{str(name): str(iri) for name, iri in (own or {}).items()}}
    return (f"BASE <{base}>\n{text}" if base else text), names


def _result(found: Any) -> Result:
    """What the engine gives, as rdflib gives it."""
    import pyoxigraph as ox

    if isinstance(found, ox.QueryBoolean):
        answer = Result("ASK")
        answer.askAnswer = bool(found)
    elif isinstance(found, ox.QuerySolutions):
        answer = Result("SELECT")
        names = [rdflib.Variable(one.value) for one in found.variables]
        rows: Any = (
            {name: from_ox(term) for name, term in zip(names, row, strict=True) if term is not None}
            for row in found
        )
        answer.vars, answer.bindings = names, rows
    else:
        answer = Result("CONSTRUCT")
        answer.graph = rdflib.Graph()
        triples: Any = map(from_ox, found)
        answer.graph += triples
    return answer
