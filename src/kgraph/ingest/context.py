"""What every part of the build shares while rows become statements.

One :class:`Context` carries the decisions, the code lists and the growing set of statements, and
knows the two things that every row has in common: a source graph and an attestation.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kgraph import namespaces
from kgraph.codelists import CodeLists
from kgraph.dates import Evidence, PartialDate
from kgraph.errors import DataError, UnknownTermError
from kgraph.ingest.quads import Quads, Term, code, iri, literal, partial, term, thing, typed
from kgraph.ingest.resolve import Resolver
from kgraph.ingest.tables import Row, Tables

__all__ = ["Context", "Ending", "Moment"]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a source says that something held: a date, a span, or neither.

    ``basis`` is a code of ``codelist/basis``.
    """

    basis: str
    date: PartialDate | None = None
    span: tuple[PartialDate | None, PartialDate | None] | None = None

    @property
    def text(self) -> str:
        """The date or the span as text; empty for an undated source."""
        if self.date:
            return self.date.text
        return "/".join(str(d or "..") for d in self.span) if self.span else ""


@dataclass(frozen=True, slots=True)
class Ending:
    """When something ended, and the change that ended it (None: its term was over).

    ``results`` are the paths of what took its place.
    """

    last: PartialDate
    change: Term | None = None
    kind: str = ""
    results: tuple[str, ...] = ()


@dataclass(slots=True)
class Context:
    """The build's state while rows become statements."""

    tables: Tables
    codes: CodeLists
    resolver: Resolver
    quads: Quads = field(default_factory=Quads)
    sources: dict[str, Row] = field(default_factory=dict)
    evidence: dict[Term, Evidence] = field(default_factory=dict)
    carriers: dict[Term, str] = field(default_factory=dict)
    members: dict[Term, str] = field(default_factory=dict)
    founded: dict[str, list[PartialDate]] = field(default_factory=dict)
    dissolved: dict[str, list[PartialDate]] = field(default_factory=dict)
    causes: dict[tuple[str, PartialDate], Term] = field(default_factory=dict)
    formed: dict[str, list[PartialDate]] = field(default_factory=dict)
    replaced: dict[str, list[Ending]] = field(default_factory=dict)
    parts: set[tuple[str, str]] = field(default_factory=set)
    territories: set[str] = field(default_factory=set)
    names: dict[str, dict[Term, None]] = field(default_factory=dict)
    former: set[Term] = field(default_factory=set)
    naming: set[Term] = field(default_factory=set)
    renamed: dict[str, list[PartialDate]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    tally: Counter[str] = field(default_factory=Counter)
    _members: dict[str, tuple[str, str]] = field(default_factory=dict)
    _words: dict[str, dict[str, list[Row]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.tables["facts/sources"]:
            if row["source"] in self.sources:
                raise row.error("source", "stands twice; every document has one slug")
            self.sources[row["source"]] = row
        self.labels.update(self.resolver.described)

    # -- what every row has ----------------------------------------------------------------------

    def source(self, row: Row) -> Row:
        """The source that a row names."""
        try:
            return self.sources[row["source"]]
        except KeyError:
            near = self.resolver.near(row["source"], list(self.sources))
            raise row.error("source", f"is not in facts/sources.csv{near}") from None

    def language(self, row: Row) -> str:
        """The language in which a row's source is written."""
        return self.source(row)["language"] or "und"

    def text(self, row: Row, value: str) -> Term:
        """A text as the row's source prints it."""
        return literal(value, self.language(row))

    def moment(self, row: Row, column: str = "") -> Moment:
        """When the row's source speaks: the row's own date, else the document's, else its span."""
        own = row.date(column) if column else None
        if own:
            return Moment("roster", own)
        source = self.source(row)
        if published := source.date("published"):
            return Moment("publication", published)
        begin, end = source.date("not_before"), source.date("not_after")
        return Moment("span", span=(begin, end)) if begin or end else Moment("undated")

    def attest(self, row: Row, moment: Moment, printed: str = "") -> Term:
        """State where a row stands in its source, and for when it speaks.

        Returns
        -------
        Term
            The attestation's IRI: one for each row, the same in every build.
        """
        node = self.attestation(row)
        graph = row["source"]
        self.quads.add(graph, node, "rdf:type", term("imc:Attestation"))
        self.quads.add(graph, node, "prov:wasDerivedFrom", iri(namespaces.source(graph)))
        self.quads.add(graph, node, "imc:locator", literal(row["locator"]))
        self.quads.add(graph, node, "imc:basis", code("basis", moment.basis))
        if printed:
            self.quads.add(graph, node, "imc:nameAsPrinted", self.text(row, printed))
        begin, end = moment.span or (moment.date, moment.date)
        if moment.date:
            self.quads.add(graph, node, "imc:attestedOn", partial(moment.date))
        if begin:
            self.quads.add(graph, node, "imc:earliest", typed(begin.earliest, "date"))
        if end:
            self.quads.add(graph, node, "imc:latest", typed(end.latest, "date"))
        return node

    @staticmethod
    def attestation(row: Row) -> Term:
        """The IRI of a row's attestation, made from what the row says and not from where it is."""
        key = namespaces.digest(*row.cells.values())
        return iri(f"{namespaces.BASE}id/attestation/{row['source']}/{key}")

    def lasts(self, path: str, first: PartialDate | None, last: PartialDate | None) -> None:
        """Remember the first and the last day of a project, an event or a programme.

        Nobody takes part in it before the one or after the other.
        """
        if first:
            self.founded.setdefault(path, []).append(first)
        if last:
            self.dissolved.setdefault(path, []).append(last)

    # -- small helpers -----------------------------------------------------------------------------

    def mint(self, kind: str, *parts: str) -> Term:
        """The IRI of a node that only the code makes: ``mint("fee", "metrex", "2013")``."""
        return iri(f"{namespaces.BASE}id/{kind}/{'/'.join(parts)}")

    def checked(self, row: Row, column: str, scheme: str, notation: str = "") -> Term:
        """The concept of a code in a cell, refused with the nearest code where there is none."""
        notation = notation or row[column]
        try:
            self.codes.check(scheme, notation)
        except UnknownTermError as error:
            raise DataError(row.path, row.line, column, notation, str(error)) from None
        return code(scheme, notation)

    def countries(self, row: Row) -> list[Term]:
        """The countries in the cell ``country``."""
        paths = [f"country/{part.lower()}" for part in row.parts("country")]
        if not self.resolver.known.issuperset(paths):
            raise row.error("country", "is not in reference/countries.csv; add it there")
        return [thing(path) for path in paths]

    def span(
        self, row: Row, node: Term, name: str, value: PartialDate | None, graph: str = ""
    ) -> None:
        """State a date of a node with its bounds: ``name``, ``nameEarliest``, ``nameLatest``."""
        if value is None:
            return
        graph = graph or row["source"]
        self.quads.add(graph, node, f"imc:{name}", partial(value))
        self.quads.add(graph, node, f"imc:{name}Earliest", typed(value.earliest, "date"))
        self.quads.add(graph, node, f"imc:{name}Latest", typed(value.latest, "date"))

    def day(self, row: Row, node: Term, value: PartialDate | None, graph: str = "") -> None:
        """State the date of a node that has one date: ``imc:date`` with its bounds."""
        if value is None:
            return
        graph = graph or row["source"]
        self.quads.add(graph, node, "imc:date", partial(value))
        self.quads.add(graph, node, "imc:earliest", typed(value.earliest, "date"))
        self.quads.add(graph, node, "imc:latest", typed(value.latest, "date"))

    def themes(self, row: Row, word: str, column: str) -> list[Term]:
        """The themes that a printed word stands for."""
        found = self._decided("mappings/themes", "word").get(word)
        if not found:
            raise row.error(
                column, f"has the word {word!r}, which is not in mappings/themes.csv; add it there"
            )
        return [self.checked(r, "theme", "theme") for r in found if r["theme"]]

    def legal_forms(self, row: Row, column: str) -> list[Term]:
        """The legal forms that a printed form stands for."""
        printed = row[column]
        rows = self._decided("mappings/legal-forms", "printed").get(printed)
        if not rows:
            raise row.error(column, "is not in mappings/legal-forms.csv; add it there")
        return [self.checked(r, "form", "legal-form") for r in rows if r["form"]]

    def _decided(self, table: str, column: str) -> dict[str, list[Row]]:
        """The rows of a table of decisions by the word that they decide on."""
        if table not in self._words:
            words = self._words[table] = {}
            for row in self.tables[table]:
                words.setdefault(row[column], []).append(row)
        return self._words[table]

    def membership_node(self, row: Row, carrier: str, member: str, role: str, term: str) -> Term:
        """The IRI of the membership of one agent in one organisation in one role (and term)."""
        parts = (carrier.partition("/")[2], member.partition("/")[2], role, term)
        key = "/".join(part for part in parts if part)
        if self._members.setdefault(key, (carrier, member)) != (carrier, member):
            raise row.error("", f"would share the membership {key} with another; rename a slug")
        return self.mint("membership", key)
