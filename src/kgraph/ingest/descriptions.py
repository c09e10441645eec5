"""Rows of ``mappings/descriptions`` → what a network is, in a sentence or two of our own.

The words are ours, the facts in them are not: each description names the documents that it rests
on. So it stands neither in a source's graph nor among what rules derive, but in a graph of its own.
"""

from __future__ import annotations

from kgraph import namespaces
from kgraph.ingest.context import Context
from kgraph.ingest.quads import iri, literal, term, thing
from kgraph.ingest.tables import Row

__all__ = ["add_description", "add_descriptions"]


def add_descriptions(context: Context) -> None:
    """State every description in ``graph/descriptions``, with the sources that it rests on.

    Raises
    ------
    DataError
        If a row describes nothing of ours, describes it again, or names an unknown source.
    """
    described: set[str] = set()
    for row in context.tables["mappings/descriptions"]:
        path = add_description(context, row)
        if path in described:
            raise row.error("org", "is described twice; keep one of the rows")
        described.add(path)


def add_description(context: Context, row: Row) -> str:
    """State one description; the path of what it describes."""
    path = context.resolver.organisation(row["org"])
    if path is None:
        near = context.resolver.near(row["org"], sorted(context.resolver.organisations))
        raise row.error("org", f"is no organisation of ours{near}")
    add, node = context.quads.add, thing(path)
    for language in ("de", "en"):
        add("descriptions", node, "dcterms:description", literal(row[language], language))
    text = thing(f"description/{path.rpartition('/')[2]}")
    add("descriptions", text, "rdf:type", term("foaf:Document"))
    add("descriptions", text, "foaf:primaryTopic", node)
    for slug in row.parts("sources"):
        if slug not in context.sources:
            near = context.resolver.near(slug, list(context.sources))
            raise row.error("sources", f"has {slug!r}, which is not in facts/sources.csv{near}")
        source = iri(namespaces.source(slug))
        add("descriptions", text, "prov:wasDerivedFrom", source)
    return path
