"""Names with their time: what an organisation or a territory was called, from when until when."""

from __future__ import annotations

from kgraph import namespaces
from kgraph.dates import PartialDate
from kgraph.ingest.context import Context, Moment
from kgraph.ingest.endings import before
from kgraph.ingest.memberships import remember
from kgraph.ingest.quads import Term, term, thing
from kgraph.ingest.tables import Row

__all__ = ["former_name", "state_name"]


def state_name(
    context: Context, row: Row, path: str, label: Term, attestation: Term, moment: Moment
) -> None:
    """State a name that a source uses for a thing on the day for which it speaks.

    A name in a language is the one that a renaming gave; an acronym has none and often outlives it.

    Parameters
    ----------
    path : str
        Of what is called so.
    label : Term
        The name, a literal with its language.
    """
    node = _state(context, row["source"], path, label)
    context.quads.add(row["source"], node, "imc:attestation", attestation)
    if "@" in label.rpartition('"')[2]:
        context.names.setdefault(path, {})[node] = None
    context.naming.add(node)
    remember(context, node, path, None, None, moment)


def former_name(
    context: Context,
    row: Row,
    path: str,
    label: Term,
    attestation: Term | None,
    since: PartialDate | None,
    renamed: PartialDate | None,
    graph: str = "",
) -> None:
    """State a name that a thing bore until it was renamed.

    A source that tells of a former name does not attest it for its own day. What it was renamed to
    begins on the day of the last renaming.
    """
    graph = graph or row["source"]
    node = _state(context, graph, path, label)
    if attestation:
        context.quads.add(graph, node, "imc:attestation", attestation)
    until = before(renamed) if renamed else None
    context.span(row, node, "start", since, graph)
    context.span(row, node, "end", until, graph)
    remember(context, node, path, since, until, Moment("undated"))
    context.evidence[node].former = until is None
    context.former.add(node)
    context.naming.add(node)
    if renamed:
        context.renamed.setdefault(path, []).append(renamed)


def _state(context: Context, graph: str, path: str, label: Term) -> Term:
    node = context.mint("name", path.partition("/")[2], namespaces.digest(path, label))
    add = context.quads.add
    add(graph, node, "rdf:type", term("imc:Name"))
    add(graph, node, "imc:nameOf", thing(path))
    add(graph, node, "rdfs:label", label)
    return node
