"""RDF of a source: what of it is new, what is wrong with it, what it would change, and the change.

A file is all that its source says as RDF: what an earlier file of the same source said and this one
does not, goes. The statements that then stand are added to everything that the tables and the other
graphs state, and held to the same shapes as a release. Nothing is written before
:func:`write_graphs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kgraph.codelists import read_codelists
from kgraph.errors import DataError
from kgraph.exchange.attribution import LICENCE, SourceGraph, Told, attribute
from kgraph.exchange.faults import Fault, faults, ontology_terms
from kgraph.exchange.neighbourhood import validate_around
from kgraph.exchange.rdf import Document
from kgraph.exchange.said import Before, difference
from kgraph.exchange.verdicts import reason
from kgraph.exchange.writing import check_unchanged, merged_text
from kgraph.ingest.build import state
from kgraph.ingest.context import Context
from kgraph.ingest.graphs import Triple, add_graph
from kgraph.ingest.journal import replace_all
from kgraph.ingest.memberships import add_bounds
from kgraph.ingest.quads import Term, term
from kgraph.ingest.reference import add_sources
from kgraph.ingest.resolve import Resolver
from kgraph.ingest.tables import COLUMNS, GRAPHS, Tables, described, read_tables
from kgraph.namespaces import path_of

__all__ = ["GraphExamination", "examine_graphs", "write_graphs"]

_SOURCES = "facts/sources.csv"

#: What tells one thing without a name from another, best first.
_TELLING = tuple(map(term, ("org:member", "imc:nameAsPrinted", "imc:locator", "rdfs:label")))


@dataclass(slots=True)
class GraphExamination:
    """What becomes of an RDF file; ``graphs`` hold their new statements only.

    ``withdrawn`` are by source the statements of an earlier file that go, ``effect`` lines that say
    what would change, ``warnings`` shape → how many things it warns of.
    """

    document: Document
    graphs: list[SourceGraph]
    n_known: int
    notes: list[str]
    tables: Tables
    withdrawn: Mapping[str, list[Triple]] = field(default_factory=dict)
    refused: list[Fault] = field(default_factory=list)
    effect: list[str] = field(default_factory=list)
    warnings: Mapping[str, int] = field(default_factory=dict)

    @property
    def n_new(self) -> int:
        """How many statements are not there yet."""
        return sum(len(graph.triples) for graph in self.graphs)

    @property
    def n_withdrawn(self) -> int:
        """How many statements go."""
        return sum(map(len, self.withdrawn.values()))


def examine_graphs(
    document: Document, told: Told, data: Path, ontology: Path, *, add: bool = False
) -> GraphExamination:
    """Hold the statements of a file against everything there is.

    Parameters
    ----------
    document : Document
    told : Told
        What is said of the source besides.
    data, ontology : Path
    add : bool
        Whether the file is only a part of what its sources say, and nothing goes.

    Raises
    ------
    DataError
        If a source is not named or not described, or the tables do not build, as they are or
        without what goes.
    """
    tables = read_tables(data)
    context = _context(tables, ontology)
    state(context, data)
    all_graphs, notes = attribute(document, told, tables)
    graphs, n_known = _new(all_graphs, context)
    withdrawn = {} if add else _withdrawn(all_graphs, data)
    result = GraphExamination(document, graphs, n_known, notes, tables, withdrawn)
    if not result.graphs and not withdrawn:
        return result
    before = Before.of(context)
    if withdrawn:
        kept = _kept(withdrawn, data)
        context = _context(_described_by(tables, kept, all_graphs), ontology)
        _state_without(context, data, kept, document.name)
    result.refused = faults(document, graphs, context, ontology_terms(ontology))
    if result.refused:
        return result
    context.quads.forget(["derived"])
    for graph in all_graphs:
        context.sources[graph.slug] = graph.source
        add_graph(context, graph.slug, graph.triples)
    add_sources(context)
    add_bounds(context)
    new = [triple for graph in graphs for triple in graph.triples]
    gone = [triple for triples in withdrawn.values() for triple in triples]
    report = validate_around(context, new, ontology, gone)
    result.refused = [
        Fault(document.name, _line(document, one.node, new), f"{path_of(one.node)}: {one.message}")
        for one in report.violations
    ]
    result.warnings = report.warning_counts
    result.effect = difference(graphs, withdrawn, before, context)
    return result


def _context(tables: Tables, ontology: Path) -> Context:
    return Context(tables, read_codelists(ontology), Resolver.from_tables(tables))


def _kept(withdrawn: Mapping[str, list[Triple]], data: Path) -> dict[str, list[str]]:
    """By source of which statements go, the lines of its file that stay."""
    found = {}
    for slug, gone in withdrawn.items():
        lines = {" ".join(triple) for triple in gone}
        found[slug] = [x for x in _lines(data / GRAPHS / f"{slug}.nt") if x not in lines]
    return found


def _described_by(
    tables: Tables, kept: Mapping[str, list[str]], graphs: Sequence[SourceGraph]
) -> Tables:
    """The tables, with what is described in the graphs as they would stand."""
    files = {f"{GRAPHS}/{slug}.nt": set(lines) for slug, lines in kept.items()}
    for graph in graphs:
        if graph.slug in kept:
            files[f"{GRAPHS}/{graph.slug}.nt"].update(map(" ".join, graph.triples))
    rows = [row for row in tables[GRAPHS] if row.path not in files]
    for file, lines in files.items():
        rows += described(file, "\n".join(sorted(lines)))
    return {**tables, GRAPHS: rows}


def _state_without(context: Context, data: Path, kept: Mapping[str, list[str]], file: str) -> None:
    """State everything but what goes."""
    try:
        state(context, data, without=kept)
    except DataError as error:
        raise DataError(
            error.path, error.line, "", "", f"would no longer build with {file}: {reason(error)}"
        ) from None
    for slug, lines in kept.items():
        add_graph(context, slug, map(_triple, lines))


def _new(graphs: Sequence[SourceGraph], context: Context) -> tuple[list[SourceGraph], int]:
    """The graphs with what is not stated yet, and how much of them is."""
    found, n_known = [], 0
    for graph in graphs:
        there = context.quads.merged([graph.slug])
        triples = [triple for triple in graph.triples if " ".join(triple) not in there]
        n_known += len(graph.triples) - len(triples)
        if triples or graph.is_new:
            found.append(SourceGraph(graph.source, graph.is_new, triples))
    return found, n_known


def _line(document: Document, node: str, triples: Iterable[Triple]) -> int:
    """Where a thing stands in a file; one without a name by what only it can say."""
    said = {p: v for s, p, v in triples if s == f"<{node}>"}
    tells = [Term(f"<{node}>"), *(said[p] for p in _TELLING if p in said)]
    return next((line for one in tells if (line := document.line(one))), 0)


def _withdrawn(graphs: Sequence[SourceGraph], data: Path) -> dict[str, list[Triple]]:
    """By source what an earlier file of it said and this one does not.

    A licence that the earlier import named stays until another is named.
    """
    found = {}
    for graph in graphs:
        said = {" ".join(triple) for triple in graph.triples}
        licensed = any(predicate == term(LICENCE) for _, predicate, _ in graph.triples)
        there = map(_triple, _lines(data / GRAPHS / f"{graph.slug}.nt"))
        gone = [
            triple for triple in there
            if " ".join(triple) not in said and (licensed or triple[1] != term(LICENCE))
        ]  # fmt: skip
        if gone:
            found[graph.slug] = gone
    return found


def _triple(line: str) -> Triple:
    subject, predicate, value = line.split(" ", 2)
    return Term(subject), Term(predicate), Term(value)


def _lines(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    return [line.removesuffix(" .") for line in text.splitlines()]


def write_graphs(result: GraphExamination, data: Path) -> list[Path]:
    """Write the graphs as they would stand, and a row for each new source: all of it or nothing.

    Parameters
    ----------
    result : GraphExamination
        Without refused statements.
    data : Path

    Returns
    -------
    list of Path
        The files that changed, relative to the folder.

    Raises
    ------
    DataError
        If a statement is refused, or the table of sources was changed since it was read.
    """
    if result.refused:
        raise DataError(
            result.document.name, 0, "", "",
            f"statements refused: {len(result.refused)}; nothing is written",
        )  # fmt: skip
    there = list(result.tables["facts/sources"])
    rows = [graph.source for graph in result.graphs if graph.is_new]
    texts = {_SOURCES: merged_text(COLUMNS["facts/sources"], there, rows)} if rows else {}
    new = {graph.slug: graph.triples for graph in result.graphs}
    for slug in sorted(new.keys() | result.withdrawn.keys()):
        name = f"{GRAPHS}/{slug}.nt"
        kept = set(_lines(data / name)).difference(map(" ".join, result.withdrawn.get(slug, ())))
        lines = kept.union(map(" ".join, new.get(slug, ())))
        texts[name] = "".join(sorted(f"{line} .\n" for line in lines))
    if texts:
        replace_all(data, texts, lambda: check_unchanged(data / _SOURCES, there))
    return [Path(name) for name in texts]
