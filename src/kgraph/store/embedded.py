"""The dataset in this process: Oxigraph, with the merge of all graphs as the default graph."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import QueryError, QueryParameterError
from kgraph.namespaces import PREFIXES
from kgraph.store.about import holds_more, part_about, quads_about
from kgraph.store.answer import MEDIA_TYPES, Answer
from kgraph.store.convert import sorted_prefixes
from kgraph.store.graphs import chosen_graphs, may_name_graph, merge
from kgraph.store.guard import masked, refuse_service
from kgraph.store.loaded import Loaded
from kgraph.store.syntax import query_error

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

__all__ = ["Store"]

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

        self._whole = self._plain = Loaded()
        self._merge = lru_cache(maxsize=_MERGES)(lambda *graphs: merge(self._ox, *graphs))
        for part in nquads:
            self._ox.bulk_load(io.BytesIO(part), format=ox.RdfFormat.N_QUADS)

    @classmethod
    def from_files(cls, *files: Path) -> Store:
        """Statements of N-Quads files."""
        self = cls()
        self._whole = self._plain = Loaded(*files)
        return self

    @classmethod
    def of_release(cls, graphs: Path, merged: Path, first: Path) -> Store:
        """Statements of the files of a release: in their graphs, and each once.

        Parameters
        ----------
        graphs, merged : Path
            The statements of each graph; and each statement once.
        first : Path
            Those of ``merged`` that the engine meets first; a release need not have the file.

        Notes
        -----
        The merge is in two stores of the engine, with the graphs and alone. A query that names no
        graph sees nothing else, and there the engine passes by half of the statements: such
        queries take up to four times less (``benchmarks/sparql/library.py``). Each is loaded when
        it is first asked for, or by :meth:`load`.
        """
        self = cls()
        self._whole = Loaded(graphs, merged)
        self._plain = Loaded(*([first] if first.is_file() else []), merged)
        return self

    def load(self) -> None:
        """Load what has not been asked for yet, so that nobody has to wait for it."""
        with ThreadPoolExecutor(1) as beside:
            whole = beside.submit(self._whole)
            self._plain()
            whole.result()

    @property
    def _ox(self) -> ox.Store:
        return self._whole()

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
            return Answer("select", PREFIXES, result, [one.value for one in result.variables])
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
        arguments: dict[str, Any] = {}
        for name in terms:
            if not re.search(rf"[?$]{re.escape(name)}\b", text):
                raise QueryParameterError(f"the query has no variable ?{name}")
        if terms:
            arguments["substitutions"] = {ox.Variable(name): one for name, one in terms.items()}
        if not defaults and not named and (chosen := chosen_graphs(text, prefixes)):
            defaults, named = ([_node("FROM", g) for g in graphs] for graphs in chosen)
        if defaults or named:
            defaults, named = list(dict.fromkeys(defaults)), list(dict.fromkeys(named))
            arguments["default_graph"] = defaults or [ox.NamedNode("urn:x-kgraph:none")]
            arguments["named_graphs"] = named
        if len(defaults) > 1:
            asked = self._merge(tuple(sorted(defaults, key=str)), tuple(sorted(named, key=str)))
            arguments["default_graph"] = ox.DefaultGraph()
        elif defaults or named or may_name_graph(text):
            asked = self._whole()
        else:
            asked = self._plain()
            # All that there is alone is in one graph: the engine need not look in which.
            arguments["use_default_graph_as_union"] = self._plain is not self._whole
        try:
            # Most texts that declare prefixes need no others, and to look for those takes longer.
            if _declares(text):
                with suppress(SyntaxError):
                    return asked.query(text, **arguments)
            return asked.query(text, prefixes=_used(text, prefixes), **arguments)
        except SyntaxError as error:
            raise query_error(str(error), text) from None
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from None

    def dump(self, media_type: str = "text/turtle") -> bytes:
        """Every statement once: the default graph, the merge of all graphs."""
        import pyoxigraph as ox

        name = MEDIA_TYPES["graph"].get(media_type, media_type)
        form: Any = ox.RdfFormat.from_media_type(name)
        written = self._plain().dump(
            format=form, from_graph=ox.DefaultGraph(), prefixes=dict(PREFIXES)
        )
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


def _declares(text: str) -> bool:
    return "PREFIX" in text or "prefix" in text


def _used(text: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that stand in a text, or may stand in it as an escape: the engine reads each."""
    if "\\" in text:
        return dict(prefixes)
    signs = _SIGNS if prefixes is PREFIXES else _signs(prefixes)
    return {name: prefixes[name] for name, sign in signs if sign in text}


def _signs(prefixes: Mapping[str, str]) -> list[tuple[str, str]]:
    """How each prefix stands in a text that uses it."""
    return [(name, f"{name}:") for name in prefixes]


_SIGNS = _signs(PREFIXES)


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
            raise query_error(str(error), text) from None
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from None
