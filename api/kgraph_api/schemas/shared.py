"""Parts that several answers share: pages of lists, references, places in sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

from kgraph import namespaces
from kgraph.model import Evidence, Figure, Statement
from kgraph_api.dependencies import Slice
from kgraph_api.served import Served

__all__ = ["Bilingual", "Count", "Page", "Ref", "Said", "SourceRef"]

Item = TypeVar("Item")
Row = TypeVar("Row")


class Page(BaseModel, Generic[Item]):
    """One part of a list."""

    items: list[Item]
    total: Annotated[int, Field(description="Items in the whole list.")]
    limit: int
    offset: int
    as_of: Annotated[dt.date | None, Field(description="Day of the view; null: all times.")]
    version: Annotated[str, Field(description="Version of the release.")]

    @classmethod
    def of(
        cls,
        rows: Sequence[Row],
        part: Slice,
        served: Served,
        day: dt.date | None,
        shape: Callable[[Row], Item],
    ) -> Page[Item]:
        """Shape the rows of one part; the others are only counted."""
        shown = rows[part.offset : part.offset + part.limit]
        return cls(
            items=[shape(row) for row in shown],
            total=len(rows),
            limit=part.limit,
            offset=part.offset,
            as_of=day,
            version=served.version,
        )


class Bilingual(BaseModel):
    """A name in both languages, as far as sources give it."""

    de: str | None
    en: str | None


class SourceRef(BaseModel):
    """A place in a document."""

    slug: str
    title: str
    url: str | None
    locator: str | None = None
    basis: Annotated[str | None, Field(description="Code of the code list `basis`.")] = None
    date: Annotated[str | None, Field(description="The day for which the place speaks.")] = None

    @classmethod
    def from_model(cls, said: Evidence, served: Served) -> SourceRef:
        return cls.of_source(said.source, served).model_copy(
            update={
                "locator": said.locator or None,
                "basis": said.basis or None,
                "date": said.date or None,
            }
        )

    @classmethod
    def of_source(cls, slug: str, served: Served) -> SourceRef:
        """The document as a whole."""
        source = served.release.source(slug)
        return cls(slug=slug, title=source.title, url=source.url or None)


class Said(BaseModel):
    """One value, and which source says it: sources may disagree, and all are listed."""

    value: str
    source: Annotated[str, Field(description="Slug of the source.")]
    title: Annotated[str, Field(description="Title of the source.")]
    url: str | None
    locator: str | None

    @classmethod
    def from_model(cls, said: Statement, served: Served) -> Said:
        source = served.release.source(said.source)
        return cls(
            value=said.value,
            source=said.source,
            title=source.title,
            url=source.url or None,
            locator=said.locator or None,
        )


class Count(BaseModel):
    """A number of members that a source claims."""

    kind: Annotated[str, Field(description="Code of the code list `figure-kind`.")]
    value: int | float
    qualifier: Annotated[str | None, Field(description="Code of the code list `qualifier`.")]
    counted: Annotated[str | None, Field(description="What is counted, as printed.")]
    date: Annotated[str | None, Field(description="The day for which it holds, as printed.")]
    until: Annotated[str | None, Field(description="Of a period: its end; `date` begins it.")]
    source: Annotated[str, Field(description="Slug of the source.")]
    locator: str | None

    @classmethod
    def from_model(cls, figure: Figure) -> Count:
        return cls(
            kind=figure.kind,
            value=int(figure.value) if figure.value.is_integer() else figure.value,
            qualifier=figure.qualifier or None,
            counted=figure.counted or None,
            date=figure.date or None,
            until=figure.until or None,
            source=figure.source,
            locator=figure.locator or None,
        )


class Ref(BaseModel):
    """Another thing: its IRI, and what is needed to name it and to find it here."""

    iri: str
    slug: str
    name: str
    kind: str

    @classmethod
    def of(cls, iri: str, served: Served) -> Ref:
        kind, _, slug = namespaces.path_of(iri).partition("/")
        network = served.networks.get(iri)
        return cls(
            iri=iri,
            slug=slug,
            name=served.name_of(iri),
            kind=network.kind if network else kind,
        )
