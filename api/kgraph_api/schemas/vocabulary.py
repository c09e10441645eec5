"""What a query editor needs to know of the data: terms, codes, names, example questions."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from kgraph.codelists import Concept
from kgraph.examples import Example
from kgraph.queries.vocabulary import Label, Term
from kgraph_api.schemas.shared import Bilingual

__all__ = ["CodeItem", "Completion", "ExampleItem", "Examples", "Labels", "TermItem", "bilingual"]


class TermItem(BaseModel):
    """A class or a property."""

    iri: str
    name: Annotated[str, Field(description="Prefixed name, such as `imc:theme`.")]
    label: Bilingual
    definition: Bilingual
    n: Annotated[int, Field(description="Things of a class, statements of a property.")]
    scheme: Annotated[str | None, Field(description="Code list of a property's values.")] = None

    @classmethod
    def from_model(cls, term: Term) -> TermItem:
        return cls(
            iri=term.iri,
            name=term.name,
            label=bilingual(term.label),
            definition=bilingual(term.definition),
            n=term.n,
            scheme=term.scheme or None,
        )


class CodeItem(BaseModel):
    """A code of a list, in short."""

    code: str
    label: Bilingual

    @classmethod
    def from_model(cls, concept: Concept) -> CodeItem:
        label = Bilingual(de=concept.labels.get("de"), en=concept.labels.get("en"))
        return cls(code=concept.code, label=label)


class Completion(BaseModel):
    """Prefixes, terms and codes, and which class has which properties how often."""

    version: str
    prefixes: dict[str, str]
    classes: list[TermItem]
    properties: list[TermItem]
    by_class: dict[str, dict[str, int]]
    objects: Annotated[
        dict[str, dict[str, int]],
        Field(description="Property → classes of what it leads to, with numbers of statements."),
    ]
    codes: dict[str, list[CodeItem]]


class ExampleItem(BaseModel):
    """A question that the data answer, and the query that asks it."""

    name: str
    question: Bilingual
    query: str

    @classmethod
    def from_model(cls, example: Example) -> ExampleItem:
        question = Bilingual(de=example.question_de or None, en=example.question_en or None)
        return cls(name=example.name, question=question, query=example.query)


class Examples(BaseModel):
    """Every example question."""

    version: str
    items: list[ExampleItem]


class Labels(BaseModel):
    """IRI → name; an IRI that has none is left out."""

    version: str
    labels: dict[str, Bilingual]


def bilingual(label: Label) -> Bilingual:
    """A name as it is answered."""
    return Bilingual(de=label.de or None, en=label.en or None)
