"""What became of organisations and territories, what holds for a time, what is disputed."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from kgraph.dates import Certainty
from kgraph.disagreements import Disagreement
from kgraph.model import Change, Period
from kgraph_api.schemas.shared import Ref, Said, SourceRef
from kgraph_api.served import Served

__all__ = ["ChangeItem", "DisagreementItem", "PeriodItem", "ended_by"]


class ChangeItem(BaseModel):
    """A founding, merger, succession, renaming or dissolution."""

    iri: str
    kind: Annotated[str, Field(description="Code of the code list `change-type`.")]
    date: Annotated[str | None, Field(description="As printed; null where no source gives one.")]
    originals: Annotated[list[Ref], Field(description="What there was before.")]
    results: Annotated[list[Ref], Field(description="What there is after.")]
    former_names: list[str]
    note: Annotated[
        str | None, Field(description="Why it is recorded though no source tells of it.")
    ]
    sources: list[SourceRef]

    @classmethod
    def from_model(cls, change: Change, served: Served) -> ChangeItem:
        return cls(
            iri=change.iri,
            kind=change.kind,
            date=change.date or None,
            originals=[Ref.of(iri, served) for iri in change.originals],
            results=[Ref.of(iri, served) for iri in change.results],
            former_names=list(change.former_names),
            note=change.note or None,
            sources=[SourceRef.from_model(said, served) for said in change.sources],
        )


class DisagreementItem(BaseModel):
    """Two sources that cannot both be right."""

    about: Ref
    on: Annotated[str, Field(description="founding-date, member-count, legal-form, seat or chair.")]
    first_day: Annotated[str | None, Field(description="First day for which both speak.")]
    last_day: str | None
    first: Said
    second: Said

    @classmethod
    def from_model(cls, row: Disagreement, served: Served) -> DisagreementItem:
        return cls(
            about=Ref.of(row.about, served),
            on=row.on,
            first_day=row.first_day or None,
            last_day=row.last_day or None,
            first=Said.from_model(row.first, served),
            second=Said.from_model(row.second, served),
        )


class PartyItem(Ref):
    """Who or what takes part in something, and as what."""

    role: Annotated[str, Field(description="`payer`, `recipient`, `named`, `member` …")]


class PeriodItem(BaseModel):
    """An office, a fee, a flow of money, an agreement, a name, a territory: how surely it held."""

    iri: str
    kind: str
    certainty: Certainty
    parties: list[PartyItem]
    label: Annotated[str | None, Field(description="The name itself, or what tells it apart.")]
    amount: float | None
    unit: Annotated[str | None, Field(description="EUR, EUR/year, EUR/inhabitant/year or percent.")]
    qualifier: Annotated[str | None, Field(description="Code of the code list `qualifier`.")]
    start: str | None
    end: str | None
    ended_by: Annotated[
        ChangeItem | None, Field(description="What ended it where no source gives its own end.")
    ]
    sources: list[SourceRef]

    @classmethod
    def from_model(cls, row: tuple[Period, Certainty], served: Served) -> PeriodItem:
        period, certainty = row
        return cls(
            iri=period.iri,
            kind=period.kind,
            certainty=certainty,
            parties=[
                PartyItem(role=role, **dict(Ref.of(iri, served))) for role, iri in period.parties
            ],
            label=period.label or None,
            amount=period.amount,
            unit=period.unit or None,
            qualifier=period.qualifier or None,
            start=period.start or None,
            end=period.end or None,
            ended_by=ended_by(period.ended_by, served),
            sources=[SourceRef.from_model(said, served) for said in period.evidence],
        )


def ended_by(iri: str, served: Served) -> ChangeItem | None:
    """The change with which something ended; None where none did."""
    return ChangeItem.from_model(served.changes[iri], served) if iri else None
