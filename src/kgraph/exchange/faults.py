"""What is wrong with the statements of a source: each with the line, and what would be right.

Shapes say what a thing must have; this says what a statement may be. Properties, classes and IRIs
of others are left as they are, but for who takes part in what: that is always a thing of ours.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgraph import namespaces
from kgraph.dates import PartialDate
from kgraph.errors import UnknownTermError
from kgraph.exchange.attribution import SourceGraph
from kgraph.exchange.rdf import Document
from kgraph.ingest.context import Context
from kgraph.ingest.graphs import Triple
from kgraph.ingest.quads import Term, term, text_of
from kgraph.store.parse import parse_turtle

__all__ = ["Fault", "faults", "ontology_terms"]

#: Made by the build of what is stated; nobody states them.
_DERIVED = frozenset(
    map(term, (
        "imc:attestedFrom", "imc:attestedUntil", "imc:heldFrom", "imc:heldUntil",
        "imc:notYetBefore", "imc:endedAfter", "imc:foundedOn", "imc:dissolvedOn", "imc:level",
        "imc:partOfNetworkTransitive", "org:hasMember", "org:memberOf", "org:hasPost",
        "org:hasUnit", "org:holds",
    ))
)  # fmt: skip

#: Properties whose value is a thing of ours, and never one of others.
_TAKES_PART = frozenset(map(term, (
    "org:member", "org:organization", "imc:feeFor", "imc:recipient", "imc:holder", "imc:company",
    "imc:partOfNetwork",
)))  # fmt: skip

_IMC, _XSD = namespaces.PREFIXES["imc"], namespaces.PREFIXES["xsd"]
_OURS = tuple(namespaces.BASE + part for part in ("ontology", "codelist/", "graph/", "shapes"))
_CODES = f"{namespaces.BASE}codelist/"
#: Kinds of things that official lists name.
_OFFICIAL = ("municipality/", "district/", "state/", "country/")
_DATES = {"date": 10, "gYearMonth": 7, "gYear": 4}
_NUMBERS = {"integer": re.compile(r"[+-]?\d+"), "decimal": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)"),
            "boolean": re.compile(r"true|false|1|0")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A statement that cannot go in: where, and what would be right."""

    file: str
    line: int
    said: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: refused: {self.said}" if self.line else (
            f"{self.file}: refused: {self.said}"
        )  # fmt: skip


def ontology_terms(ontology: Path) -> frozenset[str]:
    """The terms that the ontology defines in its own namespace."""
    return frozenset(
        subject
        for file in [ontology / "imc.ttl", *sorted((ontology / "modules").glob("*.ttl"))]
        for subject, *_ in parse_turtle(file)
        if subject.startswith(_IMC)
    )


def faults(
    document: Document, graphs: Sequence[SourceGraph], context: Context, terms: frozenset[str]
) -> list[Fault]:
    """Everything that no statement of a source may say, in the order of the file.

    Parameters
    ----------
    document : Document
    graphs : sequence of SourceGraph
    context : Context
        Which things there are, and how they are called.
    terms : frozenset of str
        Those of the ontology; see :func:`ontology_terms`.
    """
    described = {s for graph in graphs for s, p, _ in graph.triples if p == term("rdf:type")}
    judge = _Judge(context, terms, described, context.quads.merged(["reference"]))
    found = {
        Fault(document.name, document.line(*nodes), said)
        for graph in graphs
        for triple in graph.triples
        for nodes, said in judge.of(triple, graph.slug)
    }
    return sorted(found, key=lambda fault: (fault.line, fault.said))


@dataclass(frozen=True, slots=True)
class _Judge:
    """What is known besides the statement that is judged; ``official`` are lines of the lists."""

    context: Context
    terms: frozenset[str]
    described: set[Term]
    official: set[str]

    def of(self, triple: Triple, slug: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """What is wrong with one statement, and which nodes tell its line."""
        subject, predicate, value = triple
        if predicate in _DERIVED:
            yield (predicate, subject), f"{_short(predicate)} is derived by the build; leave it out"
        for node in (predicate, value) if predicate == term("rdf:type") else (predicate,):
            if (name := text_of(node)).startswith(_IMC) and name not in self.terms:
                near = _near(name, self.terms)
                yield (node, subject), f"{_short(node)} is not in the ontology{near}"
        if text_of(subject).startswith(_OURS):
            yield (subject,), f"{_short(subject)} is ours to define; speak of things, not of terms"
        if predicate == term("prov:wasDerivedFrom") and text_of(value) != namespaces.source(slug):
            yield (subject, value), f"says that it comes from {_short(value)}, not from {slug!r}"
        if predicate in _TAKES_PART and not _is_thing(value):
            yield (
                (value, subject),
                f"{_short(predicate)} leads to {text_of(value)!r}, which is no thing of ours; "
                f"write {namespaces.thing('')} and its path, such as municipality/de-05515000",
            )
        for node in (subject, value):
            if said := self._unknown(node):
                yield (node,), said
        if said := self._label(triple):
            yield (subject, value), said
        if said := self._code(value) or _malformed(value):
            yield (value, subject), said

    def _unknown(self, node: Term) -> str:
        """Why a thing of ours is not known: nobody describes it, or no list has its key."""
        path = namespaces.path_of(text_of(node))
        known = self.context.resolver.known
        if not _is_thing(node) or path in known or path in self.context.labels:
            return ""
        kind, _, key = path.partition("/")
        listed = kind in ("municipality", "district", "state") and key[:3] in ("de-", "fr-", "nl-")
        if node in self.described and not listed:
            return ""
        near = difflib.get_close_matches(path, [p for p in known if p.startswith(f"{kind}/")], n=3)
        named = ", ".join(f"{p} ({self.context.labels.get(p, '')})" for p in near)
        why = "is in no official list" if listed else "is unknown, and not described in the file"
        return f"{path} {why}" + (f"; nearest: {named}" if near else "")

    def _label(self, triple: Triple) -> str:
        """Why a name is wrong: the official lists say how their things are called."""
        subject, predicate, value = triple
        path = namespaces.path_of(text_of(subject))
        name = self.context.labels.get(path, "")
        if predicate != term("rdfs:label") or not path.startswith(_OFFICIAL) or not name:
            return ""
        if path not in self.context.resolver.known or " ".join(triple) in self.official:
            return ""
        return f"{path} is called {name!r} in the official list, not {text_of(value)!r}"

    def _code(self, node: Term) -> str:
        """Why a code is none of a code list."""
        name = text_of(node)
        if not node.startswith("<") or not name.startswith(_CODES):
            return ""
        scheme, _, notation = name.removeprefix(_CODES).partition("/")
        try:
            if notation:
                self.context.codes.check(scheme, notation)
        except UnknownTermError as error:
            return f"{scheme}/{notation} {error}"
        return ""


def _is_thing(node: Term) -> bool:
    return node.startswith("<") and namespaces.is_path(namespaces.path_of(text_of(node)))


def _malformed(node: Term) -> str:
    """Why a literal is not what its datatype says."""
    if not node.startswith('"') or f"^^<{_XSD}" not in node:
        return ""
    text, kind = text_of(node), node.rpartition("#")[2].rstrip(">")
    if form := _NUMBERS.get(kind):
        return "" if form.fullmatch(text) else f"{text!r} is no {kind}"
    if kind in _DATES:
        try:
            PartialDate.parse(text)
        except ValueError as error:
            return str(error)
        if len(text) != _DATES[kind]:
            return f"{text!r} is no {kind}; a day is date, a month gYearMonth, a year gYear"
    return ""


def _short(node: str) -> str:
    """An IRI as people write it: with its prefix."""
    name = text_of(Term(node))
    for prefix, root in namespaces.PREFIXES.items():
        if name.startswith(root):
            return f"{prefix}:{name.removeprefix(root)}"
    return name


def _near(name: str, terms: frozenset[str]) -> str:
    found = difflib.get_close_matches(name, terms, n=1, cutoff=0.8)
    return f"; did you mean {_short(f'<{found[0]}>')}?" if found else ""
