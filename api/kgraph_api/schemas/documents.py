"""Programmes, and the documents that facts were read from."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from kgraph.model import Programme, Source, Statement
from kgraph_api.schemas.shared import Bilingual, Ref, Said, SourceRef
from kgraph_api.served import Served

__all__ = ["ProgrammeItem", "SourceItem"]


class RoleOf(BaseModel):
    """Who has a part in a programme, and which."""

    role: Annotated[str, Field(description="Code of the code list `role`.")]
    agent: Ref
    source: Annotated[str, Field(description="Slug of the source that says so.")]
    locator: str | None

    @classmethod
    def from_model(cls, role: str, said: Statement, served: Served) -> RoleOf:
        return cls(
            role=role, agent=Ref.of(said.value, served), source=said.source,
            locator=said.locator or None,
        )  # fmt: skip


class ProgrammeItem(BaseModel):
    """A funding programme or a project."""

    iri: str
    slug: str
    kind: str
    name: Bilingual
    short_name: str | None
    parent: Ref | None
    funders: Annotated[list[Said], Field(description="IRIs of funders, each with its source.")]
    roles: list[RoleOf]
    sources: list[SourceRef]

    @classmethod
    def from_model(cls, programme: Programme, served: Served) -> ProgrammeItem:
        return cls(
            iri=programme.iri,
            slug=programme.slug,
            kind=programme.kind,
            name=Bilingual(de=programme.name or None, en=programme.name_en or None),
            short_name=programme.short_name or None,
            parent=Ref.of(programme.parent, served) if programme.parent else None,
            funders=[Said.from_model(said, served) for said in programme.funders],
            roles=[RoleOf.from_model(role, said, served) for role, said in programme.roles],
            sources=[SourceRef.from_model(said, served) for said in programme.sources],
        )


class SourceItem(BaseModel):
    """A document that facts were read from."""

    iri: str
    slug: str
    title: str
    publisher: str | None
    url: str | None
    published: str | None
    not_before: str | None
    not_after: str | None
    language: str | None
    note: str | None
    graph: Annotated[str, Field(description="IRI of the named graph of what it says.")]
    sources: Annotated[list[SourceRef], Field(description="The document itself.")]

    @classmethod
    def from_model(cls, source: Source, served: Served) -> SourceItem:
        return cls(
            iri=source.iri,
            slug=source.slug,
            title=source.title,
            publisher=source.publisher or None,
            url=source.url or None,
            published=source.published or None,
            not_before=source.not_before or None,
            not_after=source.not_after or None,
            language=source.language or None,
            note=source.note or None,
            graph=source.iri.replace("/source/", "/graph/"),
            sources=[SourceRef.of_source(source.slug, served)],
        )
