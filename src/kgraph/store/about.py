"""What the named graphs say of one thing: statements that keep who makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kgraph.namespaces import PREFIXES, term
from kgraph.store.answer import MEDIA_TYPES
from kgraph.store.convert import sorted_prefixes

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["quads_about"]

_NAMES = ("rdfs:label", "skos:prefLabel", "dcterms:title", "foaf:name")


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

    form: Any = ox.RdfFormat.from_media_type(MEDIA_TYPES["graph"].get(media_type, media_type))
    if whole := store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=node):
        return _graph(whole, node, form)
    ordered = sorted(_about(store, node), key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    return sorted_prefixes(ox.serialize(ordered, format=form, prefixes=dict(PREFIXES)) or b"")


def _graph(triples: bytes, node: ox.NamedNode, form: ox.RdfFormat) -> bytes:
    """The N-Triples of a graph as quads; no statement passes through Python, for there are many."""
    import pyoxigraph as ox

    lines = b"".join(sorted(triples.splitlines(keepends=True)))
    quads = lines.replace(b" .\n", f" {node} .\n".encode())
    if form == ox.RdfFormat.N_QUADS:
        return quads
    alone = ox.Store()
    alone.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
    return sorted_prefixes(alone.dump(format=form, prefixes=dict(PREFIXES)) or b"")


def _about(store: ox.Store, node: ox.NamedNode) -> set[ox.Quad]:
    import pyoxigraph as ox

    own = {*store.quads_for_pattern(node, None, None), *store.quads_for_pattern(None, None, node)}
    found = {quad for quad in own if quad.graph_name != ox.DefaultGraph()}
    names = [ox.NamedNode(term(name)) for name in _NAMES]
    attestation = ox.NamedNode(term("imc:attestation"))
    for quad in tuple(found):
        other: Any = quad.subject if quad.object == node else quad.object
        if isinstance(other, ox.Literal | ox.Triple) or other == node:
            continue
        if quad.predicate == attestation:
            found |= set(store.quads_for_pattern(other, None, None, quad.graph_name))
            continue
        for name in names:
            found |= {one for one in store.quads_for_pattern(other, name, None)
                      if one.graph_name != ox.DefaultGraph()}  # fmt: skip
    return found
