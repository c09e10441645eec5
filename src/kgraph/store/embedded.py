"""The dataset in this process: Oxigraph, with the merge of all graphs as the default graph."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import QueryError, QueryParameterError, QueryRefusedError
from kgraph.namespaces import PREFIXES
from kgraph.store.about import holds_more, part_about, quads_about
from kgraph.store.answer import MEDIA_TYPES, Answer
from kgraph.store.convert import sorted_prefixes
from kgraph.store.graphs import chosen_graphs, merge
from kgraph.store.guard import masked, refuse_service

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

__all__ = ["Store"]

_PLACE = re.compile(r" at (\d+):(\d+)")
_UPDATE = re.compile(
    r"^\s*(?:(?:PREFIX\s+\S*\s*|BASE\s*)<[^>]*>\s*|#[^\n]*\n\s*)*"
    r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)


#: How many lines are loaded at once.
_AT_ONCE = 100_000

#: Merges of chosen graphs that are kept: whoever asks of several graphs asks again.
_MERGES = 2


class Store:
    """Statements in named graphs, and their de-duplicated merge in the default graph.

    Parameters
    ----------
    nquads : iterable of bytes
        N-Quads. Statements without a graph go into the default graph.
    """

    def __init__(self, nquads: Iterable[bytes] = ()) -> None:
        import pyoxigraph as ox

        self._ox = ox.Store()
        self._merge = lru_cache(maxsize=_MERGES)(partial(merge, self._ox))
        for part in nquads:
            self._ox.bulk_load(io.BytesIO(part), format=ox.RdfFormat.N_QUADS)

    @classmethod
    def from_files(cls, *files: Path) -> Store:
        """Load N-Quads files."""
        import pyoxigraph as ox

        self = cls()
        for file in files:
            self._ox.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        return self

    def add(self, lines: Iterable[str]) -> None:
        """Load N-Quads lines; what is there already is there once."""
        import pyoxigraph as ox

        rest = iter(lines)
        while part := list(islice(rest, _AT_ONCE)):
            self._ox.bulk_load(io.BytesIO("".join(part).encode()), format=ox.RdfFormat.N_QUADS)

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, str] | None = None,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
    ) -> Answer:
        """Ask a SPARQL 1.1 query.

        Parameters
        ----------
        text : str
            SELECT, ASK, CONSTRUCT or DESCRIBE. The prefixes of :mod:`kgraph.namespaces` are known.
        bindings : dict of str to str, optional
            Variable → IRI; bound as a term, never pasted into the text.
        default_graphs, named_graphs : iterable of str, optional
            IRIs of graphs of ours that make up the dataset instead of the whole, and instead of
            what ``FROM`` says in the text. A statement that several default graphs make is there
            once.

        Raises
        ------
        QueryError
            If the text does not parse; with line and column where the engine tells.
        QueryRefusedError
            If it names a service: nothing is ever fetched.
        QueryParameterError
            If a value is no IRI, or if the text has no variable of that name: the engine would
            leave it out and answer about everything.
        """
        import pyoxigraph as ox

        nodes = {name: _node(name, value) for name, value in (bindings or {}).items()}
        result = self._ask(text, nodes, PREFIXES, default_graphs, named_graphs)
        if isinstance(result, ox.QuerySolutions):
            return Answer("select", PREFIXES, result)
        if isinstance(result, ox.QueryBoolean):
            return Answer("ask", PREFIXES, result)
        return Answer("graph", PREFIXES, result)

    def _ask(
        self,
        text: str,
        terms: Mapping[str, Any],
        prefixes: Mapping[str, str],
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
    ) -> Any:
        """What the engine gives; every query comes through here."""
        import pyoxigraph as ox

        refuse_service(text)
        _refuse_hidden_service(text, prefixes)
        defaults = [_node("default-graph-uri", g) for g in default_graphs]
        named = [_node("named-graph-uri", g) for g in named_graphs]
        arguments: dict[str, Any] = {"prefixes": _used(text, prefixes)}
        for name in terms:
            if not re.search(rf"[?$]{re.escape(name)}\b", text):
                raise QueryParameterError(f"the query has no variable ?{name}")
        if terms:
            arguments["substitutions"] = {ox.Variable(name): one for name, one in terms.items()}
        asked = self._ox
        if not defaults and not named and (chosen := chosen_graphs(text, prefixes)):
            defaults, named = ([_node("FROM", g) for g in graphs] for graphs in chosen)
        if defaults or named:
            defaults, named = list(dict.fromkeys(defaults)), list(dict.fromkeys(named))
            arguments["default_graph"] = defaults or [ox.NamedNode("urn:x-kgraph:none")]
            arguments["named_graphs"] = named
        if len(defaults) > 1:
            asked = self._merge(tuple(sorted(defaults, key=str)), tuple(sorted(named, key=str)))
            arguments["default_graph"] = ox.DefaultGraph()
        try:
            return asked.query(text, **arguments)
        except SyntaxError as error:
            raise _query_error(str(error), text) from None
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from None

    def dump(self, media_type: str = "text/turtle") -> bytes:
        """Every statement once: the default graph, the merge of all graphs."""
        import pyoxigraph as ox

        name = MEDIA_TYPES["graph"].get(media_type, media_type)
        form: Any = ox.RdfFormat.from_media_type(name)
        written = self._ox.dump(format=form, from_graph=ox.DefaultGraph(), prefixes=dict(PREFIXES))
        return sorted_prefixes(written or b"")

    def about(self, iri: str, media_type: str = "application/trig") -> bytes:
        """The statements about a thing, or in a named graph, each in the graph that makes it."""
        return quads_about(self._ox, _node("iri", iri), media_type)

    def part(
        self, iri: str, media_type: str, things: Sequence[str], *, is_first: bool, told: bytes
    ) -> bytes:
        """One page of what there is about a thing, or in a named graph, in any graph format.

        The arguments are those of :func:`kgraph.store.about.part_about`.
        """
        return part_about(self._ox, _node("iri", iri), media_type, things, is_first, told)

    def holds_more(self, iri: str, n: int) -> bool:
        """Whether more than n statements point at a thing, or stand in a named graph; O(n)."""
        return holds_more(self._ox, _node("iri", iri), n)

    def dataset(self) -> rdflib.Dataset:
        """An rdflib view of the same statements, for walking and exporting; read-only.

        Its queries go to the engine as those of :meth:`query` do, prepared ones too.
        """
        from kgraph.store.view import View

        def ask(
            text: str, terms: Mapping[str, Any], prefixes: Mapping[str, str], graphs: list[str]
        ) -> Any:
            return self._ask(text, terms, {**PREFIXES, **prefixes}, graphs)

        return View(self._ox, ask)

    def __len__(self) -> int:
        return len(self._ox)


def _used(text: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that stand in a text, or may stand in it as an escape: the engine reads each."""
    if "\\" in text:
        return dict(prefixes)
    return {name: iri for name, iri in prefixes.items() if f"{name}:" in text}


def _node(name: str, value: str) -> ox.NamedNode:
    import pyoxigraph as ox

    try:
        return ox.NamedNode(value)
    except ValueError:
        raise QueryParameterError(f"parameter {name}: {value!r} is no IRI") from None


def _refuse_hidden_service(text: str, prefixes: Mapping[str, str]) -> None:
    """Refuse what parses with the word ``SERVICE`` only; see :mod:`kgraph.store.guard`."""
    import pyoxigraph as ox

    if (without := masked(text)) != text:
        try:
            ox.Store().query(without, prefixes=dict(prefixes))
        except SyntaxError as error:
            raise _query_error(str(error), text) from None
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from None


def _query_error(message: str, text: str) -> QueryError:
    """Where a text stops to parse, and what stands there; the engine lists what could."""
    if _UPDATE.match(text):
        return QueryRefusedError("this is an update; a release is read-only")
    place = _PLACE.search(message)
    if place is None:
        return QueryError(f"the query does not parse: {message.splitlines()[0]}")
    line, column = (int(part) for part in place.groups())
    found = (text.splitlines() or [""])[line - 1 : line]
    rest = found[0][column - 1 :].split()[:1] if found else []
    there = f"{rest[0][:40]!r} cannot stand there" if rest else "something is missing there"
    return QueryError(f"the query does not parse at line {line}, column {column}: {there}",
                      line, column)  # fmt: skip
