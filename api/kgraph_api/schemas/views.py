"""Answers that are computed: graph, search, analysis, code lists, and what this server has."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from kgraph.analysis import Roster
from kgraph.codelists import Concept
from kgraph_api.finding import Entry
from kgraph_api.schemas.receipts import Computed
from kgraph_api.schemas.shared import Bilingual, Ref
from kgraph_api.served import Served

__all__ = ["About", "Code", "Coverage", "GraphAnswer", "GraphEdge", "GraphNode", "Hit", "Hits"]


class GraphNode(BaseModel):
    """A network or a member, with its place on the picture."""

    id: Annotated[str, Field(description="IRI.")]
    type: Literal["network", "member"]
    kind: str
    key: str | None = None
    slug: str | None = None
    label_de: str
    label_en: str
    state: Annotated[str | None, Field(description="Name of the federal state of a member.")]
    x: Annotated[float | None, Field(description="East is larger; null where nothing is known.")]
    y: Annotated[float | None, Field(description="North is larger.")]
    size: Annotated[int, Field(description="Ties in this answer.")]
    themes: list[str]
    n_listed: Annotated[int | None, Field(description="Members on the day of the view.")] = None


class GraphEdge(BaseModel):
    """A member in a network; several roles of one pair are one edge."""

    source: Annotated[str, Field(description="IRI of the member.")]
    target: Annotated[str, Field(description="IRI of the network.")]
    roles: list[str]
    certainty: Annotated[str, Field(description="`attested` or `presumed`.")]


class Coverage(BaseModel):
    """Members listed of one network against the number that a source claims."""

    network: str
    n_listed: int
    n_claimed: int
    claimed_qualifier: str | None
    claimed_on: str | None
    source: str
    locator: Annotated[str | None, Field(description="Where in the source the count stands.")]

    @classmethod
    def from_model(cls, roster: Roster, served: Served) -> Coverage:
        places = (
            figure.locator
            for figure in served.counts.get(roster.network, ())
            if (figure.source, figure.date) == (roster.source, roster.claimed_on)
            and round(figure.value) == roster.n_claimed
        )
        return cls(
            network=roster.network,
            n_listed=roster.n_listed,
            n_claimed=roster.n_claimed or 0,
            claimed_qualifier=roster.qualifier or None,
            claimed_on=roster.claimed_on or None,
            source=roster.source,
            locator=next(places, None),
        )


class GraphAnswer(BaseModel):
    """The two-mode graph of one day."""

    version: str
    as_of: dt.date | None
    nodes: list[GraphNode]
    edges: list[GraphEdge]
    coverage: list[Coverage]
    truncated: bool
    computed: Annotated[
        dict[str, Computed] | None,
        Field(description="How it was made; only with `include=sources`."),
    ] = None


class Hit(BaseModel):
    """Something found by its name."""

    iri: str
    type: Literal["network", "member", "programme"]
    kind: str
    key: str | None
    slug: str | None
    label: str
    label_en: str | None
    detail: str | None
    on_day: Annotated[
        list[Ref] | None,
        Field(description="What stands for it on the day, where it has merged or is yet to come."),
    ]

    @classmethod
    def from_model(cls, entry: Entry, served: Served, day: dt.date | None) -> Hit:
        is_member = entry.type == "member"
        return cls(
            iri=entry.iri,
            type=entry.type,
            kind=entry.kind,
            key=entry.key if is_member else None,
            slug=None if is_member else entry.key,
            label=entry.label,
            label_en=entry.label_en or None,
            detail=entry.detail or None,
            on_day=None
            if served.certainty_of(entry.iri, day).holds
            else [Ref.of(iri, served) for iri in served.on_day(entry.iri, day)],
        )


class Hits(BaseModel):
    """The best hits, and how many there are."""

    items: list[Hit]
    total: int
    limit: int
    version: str


class Code(BaseModel):
    """A code of a code list."""

    iri: str
    code: str
    label: Bilingual
    definition: Bilingual
    broader: str | None

    @classmethod
    def from_model(cls, concept: Concept, iri: str) -> Code:
        labels, definitions = concept.labels, concept.definitions
        return cls(
            iri=iri,
            code=concept.code,
            label=Bilingual(de=labels.get("de"), en=labels.get("en")),
            definition=Bilingual(de=definitions.get("de"), en=definitions.get("en")),
            broader=concept.broader or None,
        )


class About(BaseModel):
    """Which release and which software answer, how much there is, under which licence."""

    version: str
    software: str
    as_of: Annotated[dt.date, Field(description="The day that stands for a missing `as_of`.")]
    base: Annotated[str, Field(description="The base of every IRI.")]
    counts: dict[str, int]
    licences: dict[str, str]
    links: dict[str, str]
