"""Which classes, properties and names the data use: what an editor completes from."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kgraph.namespaces import BASE, term
from kgraph.queries._group import Facts, gather, shorten
from kgraph.queries._run import select, select_terms
from kgraph.store import Store

__all__ = [
    "Counts", "Label", "Term", "Vocabulary", "all_labels", "counts", "ontology_terms", "vocabulary",
]  # fmt: skip

_CODELIST = f"{BASE}codelist/"


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages; either may be empty."""

    de: str = ""
    en: str = ""

    def within(self, language: str) -> str:
        """The text in a language, or else in the other."""
        return (self.en or self.de) if language == "en" else (self.de or self.en)


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a property that the data use, ``n`` times.

    ``scheme`` is the code list that the values of a property come from, where there is one.
    """

    iri: str
    name: str
    label: Label
    definition: Label
    n: int
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Classes and properties, the most used first, and which class has which properties.

    ``by_class`` is name of a class → name of a property → number of statements.
    """

    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    by_class: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """What the default graph uses, by IRI.

    ``properties`` counts statements, ``classes`` counts things, ``by_class`` counts the statements
    of a property about the things of a class: its keys are (class, property).
    """

    properties: Counter[str]
    classes: Counter[str]
    by_class: Counter[tuple[str, str]]

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.properties + other.properties,
            self.classes + other.classes,
            self.by_class + other.by_class,
        )


def counts(store: Store) -> Counts:
    """Count what the default graph uses; three passes over all statements."""
    return Counts(
        Counter({iri: int(n) for iri, n in select(store, "property_counts")}),
        Counter({iri: int(n) for iri, n in select(store, "class_counts")}),
        Counter({(cls, iri): int(n) for cls, iri, n in select(store, "class_properties")}),
    )


def vocabulary(store: Store) -> Vocabulary:
    """What the default graph uses, with names; to be asked once a release."""
    texts, found = ontology_terms(store), counts(store)
    schemes: dict[str, str] = {}
    for iri, scheme in select(store, "property_schemes"):
        schemes.setdefault(iri, scheme.removeprefix(_CODELIST))
    by_class: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (cls, iri), n in found.by_class.items():
        by_class[shorten(cls)][shorten(iri)] = n
    return Vocabulary(
        _ranked(_term(iri, n, texts) for iri, n in found.classes.items()),
        _ranked(_term(iri, n, texts, schemes.get(iri, "")) for iri, n in found.properties.items()),
        by_class,
    )


def ontology_terms(store: Store) -> dict[str, Facts]:
    """IRI of a term of our ontology → what the ontology says of it."""
    return gather(select_terms(store, "ontology_terms"))


def all_labels(store: Store) -> dict[str, Label]:
    """IRI → name of everything that has one; of several in one language the first by alphabet.

    A name without a language stands for both. Terms of other vocabularies have names here too.
    """
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (iri, _), (text, language) in select_terms(store, "labels"):
        found[iri].setdefault(language[:2], text)
    named = {
        iri: Label(texts.get("de") or texts.get("", ""), texts.get("en") or texts.get("", ""))
        for iri, texts in found.items()
        if {"de", "en", ""} & texts.keys()
    }
    others = {iri: Label(next(iter(t.values()))) for iri, t in found.items() if iri not in named}
    return _reused() | others | named


def _ranked(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda one: (-one.n, one.name)))


def _term(iri: str, n: int, texts: Mapping[str, Facts], scheme: str = "") -> Term:
    facts = texts.get(iri)
    if facts is None:
        return Term(iri, shorten(iri), _reused().get(iri, Label()), Label(), n, scheme)
    label, definition = (
        Label(facts.one(name, "de", strict=True), facts.one(name, "en", strict=True))
        for name in ("rdfs:label", "skos:definition")
    )
    return Term(iri, shorten(iri), label, definition, n, scheme)


@cache
def _reused() -> dict[str, Label]:
    """Names of the terms that we take from other vocabularies, whose own are in English only."""
    with files("kgraph.queries").joinpath("reused_terms.csv").open(encoding="utf-8") as file:
        return {term(row["term"]): Label(row["de"], row["en"]) for row in csv.DictReader(file)}
