"""What is said of one thing, by each source: statements that keep who makes them, and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, product
from typing import TYPE_CHECKING, Any

from kgraph.namespaces import HYDRA, PREFIXES, term
from kgraph.store.answer import MEDIA_TYPES
from kgraph.store.convert import sorted_prefixes

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["holds_more", "part_about", "quads_about"]

_NAMES = ("rdfs:label", "skos:prefLabel", "dcterms:title", "foaf:name")

#: Asks for quads by subject, predicate and object.
Ask = Callable[[Any, Any, Any], Iterable["ox.Quad"]]


def quads_about(store: ox.Store, node: ox.NamedNode, media_type: str) -> bytes:
    """The statements about a thing in the graphs that make them, as TriG or N-Quads.

    Parameters
    ----------
    store : pyoxigraph.Store
    node : pyoxigraph.NamedNode
        A thing, with what points at it, the places that its attestations name, and the names of
        its neighbours; or a named graph, with all that it says.
    media_type : str
        Of TriG or N-Quads, or its short name.

    Notes
    -----
    Sorted, so that the same statements are the same bytes.
    """
    import pyoxigraph as ox

    form = _form(media_type)
    if whole := store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=node):
        return _graph(whole, node, form)
    ask = _asking(store, has_graphs=True)
    own = {*ask(node, None, None), *ask(None, None, node)}
    found = own | _beside(own, node, ask, has_graphs=True)
    ordered = sorted(found, key=_by_graph)
    return sorted_prefixes(ox.serialize(ordered, format=form, prefixes=dict(PREFIXES)) or b"")


def part_about(
    store: ox.Store,
    node: ox.NamedNode,
    media_type: str,
    things: Sequence[str],
    is_first: bool,
    told: bytes,
) -> bytes:
    """One page of a document about a thing, or of a named graph.

    Parameters
    ----------
    store : pyoxigraph.Store
    node : pyoxigraph.NamedNode
    media_type : str
        Of any graph format, or its short name.
    things : sequence of str
        What points at the thing, or what the graph speaks of, as far as it stands on this page.
    is_first : bool
        Whether what the thing itself says stands here; its names stand on each page.
    told : bytes
        N-Quads about the page itself, which come first.

    Notes
    -----
    Sorted, each statement once. All pages together are the document as a whole. Asks the engine
    for nothing but what stands on the page.
    """
    import pyoxigraph as ox

    form = _form(media_type)
    has_graphs = form in (ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS)
    ask = _asking(store, has_graphs)
    nodes = [_node(one) for one in things]
    if _is_any(store.quads_for_pattern(None, None, None, node)):
        found = {q for one in nodes for q in store.quads_for_pattern(one, None, None, node)}
    else:
        own = {quad for one in nodes for quad in ask(one, None, node)}
        own |= set(ask(node, None, None)) if is_first else set()
        found = own | _beside(own, node, ask, has_graphs) | _names_of({node}, ask)
    quads = [*ox.parse(told, format=ox.RdfFormat.N_QUADS), *sorted(found, key=_by_graph)]
    statements = quads if has_graphs else [quad.triple for quad in quads]
    # The JSON of a whole document has no prefixes either.
    prefixes = None if form == ox.RdfFormat.JSON_LD else {**PREFIXES, "hydra": HYDRA}
    return sorted_prefixes(ox.serialize(statements, format=form, prefixes=prefixes) or b"")


def holds_more(store: ox.Store, node: ox.NamedNode, n: int) -> bool:
    """Whether more than n statements point at a thing, or stand in a named graph; O(n)."""
    import pyoxigraph as ox

    pointing = store.quads_for_pattern(None, None, node, ox.DefaultGraph())
    return _is_any(
        islice(chain(pointing, store.quads_for_pattern(None, None, None, node)), n, None)
    )


def _is_any(quads: Iterator[ox.Quad]) -> bool:
    """Whether there is one."""
    return next(quads, None) is not None


def _form(media_type: str) -> Any:
    import pyoxigraph as ox

    return ox.RdfFormat.from_media_type(MEDIA_TYPES["graph"].get(media_type, media_type))


def _node(text: str) -> ox.NamedNode | ox.BlankNode:
    import pyoxigraph as ox

    return ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text)


def _by_graph(quad: ox.Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)


def _graph(triples: bytes, node: ox.NamedNode, form: ox.RdfFormat) -> bytes:
    """The N-Triples of a graph as quads, with the names that its blank nodes have."""
    import pyoxigraph as ox

    lines = b"".join(sorted(triples.splitlines(keepends=True)))
    quads = lines.replace(b" .\n", f" {node} .\n".encode())
    if form == ox.RdfFormat.N_QUADS:
        return quads
    statements = ox.parse(quads, format=ox.RdfFormat.N_QUADS)
    return sorted_prefixes(ox.serialize(statements, format=form, prefixes=dict(PREFIXES)) or b"")


def _asking(store: ox.Store, has_graphs: bool) -> Ask:
    """What the sources say, each in its graph; or what all of them say, once."""
    import pyoxigraph as ox

    merged = ox.DefaultGraph()

    def said(subject: Any, name: Any, value: Any) -> Iterator[ox.Quad]:
        found = store.quads_for_pattern(subject, name, value)
        return (one for one in found if one.graph_name != merged)

    def once(subject: Any, name: Any, value: Any) -> Iterator[ox.Quad]:
        return store.quads_for_pattern(subject, name, value, merged)

    return said if has_graphs else once


def _beside(own: set[ox.Quad], node: ox.NamedNode, ask: Ask, has_graphs: bool) -> set[ox.Quad]:
    """The places that the attestations of a thing name, and the names of its neighbours."""
    import pyoxigraph as ox

    attestation = ox.NamedNode(term("imc:attestation"))
    found: set[ox.Quad] = set()
    others: set[Any] = set()
    for quad in own:
        other: Any = quad.subject if quad.object == node else quad.object
        if isinstance(other, ox.Literal | ox.Triple) or other == node:
            continue
        if has_graphs and quad.predicate == attestation:
            places = ask(other, None, None)
            found |= {one for one in places if one.graph_name == quad.graph_name}
        else:
            others.add(other)
    return found | _names_of(others, ask)


def _names_of(nodes: set[Any], ask: Ask) -> set[ox.Quad]:
    import pyoxigraph as ox

    names = [ox.NamedNode(term(name)) for name in _NAMES]
    return {quad for one, name in product(nodes, names) for quad in ask(one, name, None)}
