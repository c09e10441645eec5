"""Whose statements are they? An RDF file → one graph for each source, and what is said of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kgraph import namespaces
from kgraph.errors import DataError
from kgraph.exchange.days import with_days
from kgraph.exchange.rdf import Document, Statement
from kgraph.ingest.graphs import RESERVED, Triple
from kgraph.ingest.quads import Term, iri, term, text_of
from kgraph.ingest.tables import COLUMNS, Row, Tables, check_row

__all__ = ["LICENCE", "SourceGraph", "Told", "attribute"]

#: The property that says under which licence a source is; it stays in the source's own graph.
LICENCE = "dcterms:license"

#: Property of a source → the column of ``facts/sources`` that holds its value.
_COLUMNS = {
    "dcterms:title": "title", "dcterms:publisher": "publisher", "dcterms:issued": "published",
    "foaf:page": "url", "dcterms:language": "language", "imc:notBefore": "not_before",
    "imc:notAfter": "not_after", "skos:note": "note",
}  # fmt: skip
_SAID = {term(name): column for name, column in _COLUMNS.items()}
_ROOT, _GRAPHS = namespaces.source(""), namespaces.graph("")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """What the person who imports says of the source; empty where the file itself says it."""

    slug: str
    cells: Mapping[str, str]
    licence: str = ""


@dataclass(frozen=True, slots=True)
class SourceGraph:
    """What one source says: its row of ``facts/sources``, and its statements, sorted."""

    source: Row
    is_new: bool
    triples: list[Triple]

    @property
    def slug(self) -> str:
        """The key of the source."""
        return self.source["source"]


def attribute(
    document: Document, told: Told, tables: Tables
) -> tuple[list[SourceGraph], list[str]]:
    """The graphs of a file by their source, and what is to be said about it.

    Parameters
    ----------
    document : Document
    told : Told
    tables : Tables
        For the sources that are known already.

    Returns
    -------
    (list of SourceGraph, list of str)

    Raises
    ------
    DataError
        If a statement has no source, or a new source is not described.

    Notes
    -----
    A graph of ours is that of its source, ``graph/{slug}``. Whatever stands in no graph, or in one
    that has another address, belongs to the source that the options name, else to the only one
    that the file names. Graphs that the build makes are not read.
    """
    graphs: defaultdict[str, list[Statement]] = defaultdict(list)
    notes = {}
    fallback = told.slug or _only_source(document)
    for one in document.statements:
        slug = one.graph.removeprefix(_GRAPHS) if one.graph.startswith(_GRAPHS) else fallback
        if _describes(one):
            continue
        if slug in RESERVED:
            notes[slug] = f"graph/{slug} is made by the build, not read from a file"
        else:
            graphs[slug].append(one)
    if not graphs:
        raise DataError(document.name, 0, "", "", "says nothing that could be imported")
    found = [_source_graph(document, slug, graphs[slug], told, tables) for slug in sorted(graphs)]
    return found, [notes[slug] for slug in sorted(notes)]


def _describes(one: Statement) -> bool:
    """Whether a statement is about a source or a graph, and so belongs into its row."""
    about = text_of(one.subject)
    return (
        about.startswith(_ROOT) and one.predicate != term(LICENCE)
    ) or about.startswith(_GRAPHS)  # fmt: skip


def _only_source(document: Document) -> str:
    """The one source that a file names; refused where there are several or none."""
    loose = any(not one.graph.startswith(_GRAPHS) for one in document.statements)
    named = {
        text_of(node).removeprefix(_ROOT)
        for one in document.statements
        for node in (one.subject, one.value)
        if node.startswith(f"<{_ROOT}")
    }
    if len(named) == 1:
        return named.pop()
    if loose and not named:
        raise DataError(
            document.name, 0, "", "",
            "does not name its source; say whose statements these are: --source SLUG --title … "
            "--publisher … --published … --licence …",
        )  # fmt: skip
    if loose:
        raise DataError(
            document.name, 0, "", "",
            f"names several sources ({', '.join(sorted(named)[:5])}); put the statements of each "
            f"into its graph, {_GRAPHS}SLUG, or split the file",
        )  # fmt: skip
    return ""


def _source_graph(
    document: Document, slug: str, found: Iterable[Statement], told: Told, tables: Tables
) -> SourceGraph:
    if not _SLUG.fullmatch(slug):
        raise DataError(
            document.name, document.line(namespaces.source(slug)), "source", slug,
            "is no slug; write a-z, 0-9 and hyphens",
        )  # fmt: skip
    known = next((row for row in tables["facts/sources"] if row["source"] == slug), None)
    line = document.line(namespaces.source(slug))
    said = _row(document, slug, told, line)
    triples = {(_named(s, slug), p, _named(o, slug)) for s, p, o, _ in found}
    licence = term(LICENCE)
    if told.licence and slug == told.slug:
        try:
            triples.add((iri(namespaces.source(slug)), licence, iri(told.licence)))
        except ValueError as error:
            raise DataError(
                document.name, 0, "licence", told.licence, f"is no address: {error}"
            ) from None
    if known:
        for column, text in said.cells.items():
            if text and text != known[column]:
                raise DataError(
                    document.name, line, column, text,
                    f"contradicts {known[column]!r} in {known.path}:{known.line}; correct one of "
                    "them, or use another slug",
                )  # fmt: skip
    elif lacks := _lacking(said, any(p == licence for _, p, _ in triples)):
        raise DataError(
            document.name, line, "", "",
            f"does not say of its source {slug!r}: {', '.join(lacks)}",
        )  # fmt: skip
    else:
        check_row(said, ("source", "title"))
    return SourceGraph(known or said, known is None, sorted(with_days(triples)))


def _row(document: Document, slug: str, told: Told, line: int) -> Row:
    """The row that the file and the options make of a source; the options come first."""
    cells = dict.fromkeys(COLUMNS["facts/sources"], "") | {"source": slug}
    node = f"<{namespaces.source(slug)}>"
    for one in document.statements:
        if one.subject == node and (column := _SAID.get(one.predicate)):
            cells[column] = cells[column] or " ".join(text_of(one.value).split())
    if slug == told.slug:
        cells |= {column: text for column, text in told.cells.items() if text}
    return Row(document.name, line, cells)


def _lacking(row: Row, has_licence: bool) -> list[str]:
    """What a new source must say and does not, each with both ways to say it."""
    dated = row["published"] or row["not_before"] or row["not_after"]
    return [
        f"{what} ({name} or {option})"
        for there, what, name, option in (
            (row["title"], "its title", "dcterms:title", "--title"),
            (row["publisher"], "who published it", "dcterms:publisher", "--publisher"),
            (dated, "when", "dcterms:issued", "--published"),
            (has_licence, "under which licence", LICENCE, "--licence"),
        )
        if not there
    ]


def _named(node: Term, slug: str) -> Term:
    """A blank node as a thing of its source: an IRI of ours, the same in every import."""
    if not node.startswith("_:"):
        return node
    return iri(f"{namespaces.BASE}id/node/{slug}/{node[2:]}")
