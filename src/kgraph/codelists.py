"""The code lists of the ontology as plain values: labels, printed words, what a code implies."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kgraph.errors import UnknownTermError
from kgraph.namespaces import BASE, PREFIXES
from kgraph.store.parse import parse_turtle

__all__ = ["CodeLists", "Concept", "read_codelists"]

_ROOT = f"{BASE}codelist/"
_SKOS = PREFIXES["skos"]
_IMC = PREFIXES["imc"]
_DEFINED = PREFIXES["rdfs"] + "isDefinedBy"


@dataclass(slots=True)
class Concept:
    """One code of a list.

    ``words`` are the printed forms that stand for it, in any language. ``participates`` says
    whether a role counts as membership; ``legal_person`` whether a legal form makes one.
    """

    scheme: str
    code: str
    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    broader: str = ""
    participates: bool = False
    legal_person: bool = False


class CodeLists:
    """Every code list, by scheme and code; and the terms of our own that the ontology defines.

    ``properties`` are prefixed names (``imc:address``).
    """

    def __init__(
        self, schemes: Mapping[str, Mapping[str, Concept]], properties: Iterable[str] = ()
    ) -> None:
        self.schemes = schemes
        self.properties = frozenset(properties)

    def __getitem__(self, scheme: str) -> Mapping[str, Concept]:
        try:
            return self.schemes[scheme]
        except KeyError:
            raise UnknownTermError(
                f"there is no code list {scheme!r}; there are {', '.join(sorted(self.schemes))}"
            ) from None

    def check(self, scheme: str, code: str) -> Concept:
        """The concept of a code.

        Raises
        ------
        UnknownTermError
            With the nearest code there is.
        """
        codes = self[scheme]
        if code in codes:
            return codes[code]
        near = difflib.get_close_matches(code, codes, n=1, cutoff=0.4)
        hint = f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(sorted(codes))}"
        raise UnknownTermError(f"is not in the code list {scheme}{hint}")

    def by_word(self, scheme: str) -> dict[str, str]:
        """Printed word (lower case) → code."""
        return {word.lower(): c.code for c in self[scheme].values() for word in c.words}


def read_codelists(ontology: Path) -> CodeLists:
    """Read ``codelists/*.ttl`` of an ontology folder, and the names in ``modules/*.ttl``."""
    schemes: dict[str, dict[str, Concept]] = {}
    for file in sorted((ontology / "codelists").glob("*.ttl")):
        for subject, predicate, value, language in parse_turtle(file):
            scheme, _, code = subject.removeprefix(_ROOT).partition("/")
            if not subject.startswith(_ROOT) or not code:
                continue
            concept = schemes.setdefault(scheme, {}).setdefault(code, Concept(scheme, code))
            _read(concept, predicate, value, language)
    defined = {
        subject
        for file in sorted((ontology / "modules").glob("*.ttl"))
        for subject, predicate, _, _ in parse_turtle(file)
        if predicate == _DEFINED and subject.startswith(_IMC)
    }
    return CodeLists(schemes, (f"imc:{iri.removeprefix(_IMC)}" for iri in defined))


def _read(concept: Concept, predicate: str, value: str, language: str) -> None:
    if predicate == _SKOS + "prefLabel":
        concept.labels[language] = value
        concept.words.add(value)
    elif predicate == _SKOS + "altLabel":
        concept.words.add(value)
    elif predicate == _SKOS + "definition":
        concept.definitions[language] = value
    elif predicate == _SKOS + "broader":
        concept.broader = value.rpartition("/")[2]
    elif predicate == _IMC + "participates":
        concept.participates = value == "true"
    elif predicate == _IMC + "legalPerson":
        concept.legal_person = value == "true"


def participating(concepts: Iterable[Concept]) -> frozenset[str]:
    """The codes of the roles that count as membership."""
    return frozenset(c.code for c in concepts if c.participates)
