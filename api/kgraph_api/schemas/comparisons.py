"""Coverage, disagreements of sources, and the difference of two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from kgraph.coverage import Group, NetworkCoverage
from kgraph.difference import Difference, Event, Move
from kgraph_api.schemas.changes import ChangeItem
from kgraph_api.schemas.receipts import Computed
from kgraph_api.schemas.shared import Count, Ref, SourceRef
from kgraph_api.served import Served

__all__ = ["CoverageItem", "DiffAnswer", "GroupItem"]


class RosterRef(BaseModel):
    """The last dated document that lists the members of a network."""

    date: str
    source: Annotated[str, Field(description="Slug of the source.")]
    n_members: Annotated[int, Field(description="Members that it names.")]
    locator: Annotated[str, Field(description="Where in the source they stand.")]


class CoverageItem(BaseModel):
    """One network: members listed on the day against the counts that sources claim."""

    network: Ref
    themes: list[str]
    states: Annotated[list[str], Field(description="Keys of the states of its listed members.")]
    n_listed: int
    n_attested: Annotated[int, Field(description="Attested among the listed; others presumed.")]
    n_in_state: Annotated[int, Field(description="Listed in the state that was asked for.")]
    claimed: Annotated[Count | None, Field(description="The count that speaks for the day.")]
    claims: Annotated[list[Count], Field(description="All counts, also later ones.")]
    share: Annotated[float | None, Field(description="Listed by claimed, at most 1.")]
    roster: RosterRef | None

    @classmethod
    def from_model(cls, row: NetworkCoverage, served: Served) -> CoverageItem:
        roster = row.roster
        return cls(
            network=Ref.of(row.network, served),
            themes=list(row.themes),
            states=list(row.states),
            n_listed=row.n_listed,
            n_attested=row.n_attested,
            n_in_state=row.n_in_state,
            claimed=Count.from_model(row.claimed) if row.claimed else None,
            claims=[Count.from_model(claim) for claim in row.claims],
            share=row.share,
            roster=RosterRef(
                date=roster.date,
                source=roster.source,
                n_members=roster.n_members,
                locator=roster.locator,
            )
            if roster
            else None,
        )


class GroupItem(BaseModel):
    """The networks of one kind, theme or state together."""

    key: str
    n_networks: int
    n_listed: Annotated[int, Field(description="Listings; a member of two networks counts twice.")]
    n_without_member: int
    n_without_roster: int
    n_with_claim: int
    n_known: Annotated[int, Field(description="Listed, over the networks with a claimed count.")]
    n_claimed: int
    share: float | None

    @classmethod
    def from_model(cls, row: Group) -> GroupItem:
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class MoveItem(BaseModel):
    """A participation that holds on one of the two days only."""

    what: Annotated[
        str,
        Field(description="joined, left, merged, succeeded, newly-attested, no-longer-attested."),
    ]
    member: Ref
    network: Ref
    roles: list[str]
    since: Annotated[str | None, Field(description="The date that sources give, as printed.")]
    sources: list[SourceRef]

    @classmethod
    def from_model(cls, move: Move, served: Served) -> MoveItem:
        return cls(
            what=move.what,
            member=Ref.of(move.member, served),
            network=Ref.of(move.network, served),
            roles=list(move.roles),
            since=move.since or None,
            sources=[SourceRef.from_model(said, served) for said in move.sources],
        )


class EventItem(ChangeItem):
    """A founding, merger, renaming, dissolution between the days."""

    certain: Annotated[
        bool, Field(description="False where the date as printed allows a day outside.")
    ]

    @classmethod
    def from_event(cls, event: Event, served: Served) -> EventItem:
        change = ChangeItem.from_model(event.change, served)
        return cls(**dict(change), certain=event.certain)


class DiffAnswer(BaseModel):
    """What is different between two days; all is counted, ties are listed up to the limit."""

    day_from: dt.date
    day_to: dt.date
    version: str
    n_moves: dict[str, int]
    moves: list[MoveItem]
    events: list[EventItem]
    n_ties_before: Annotated[int, Field(description="Pairs of members that share a network.")]
    n_ties_after: int
    n_ties_came: int
    n_ties_went: int
    ties_came: list[list[Ref]]
    ties_went: list[list[Ref]]
    computed: Annotated[
        dict[str, Computed] | None,
        Field(description="How it was made; only with `include=sources`."),
    ] = None

    @classmethod
    def from_model(cls, found: Difference, moves: Sequence[Move], served: Served) -> DiffAnswer:
        ties = found.ties

        def named(pairs: Sequence[tuple[int, int]]) -> list[list[Ref]]:
            return [[Ref.of(found.members[i], served) for i in pair] for pair in pairs]

        return cls(
            day_from=found.day_from,
            day_to=found.day_to,
            version=served.version,
            n_moves=found.counts,
            moves=[MoveItem.from_model(move, served) for move in moves],
            events=[EventItem.from_event(event, served) for event in found.events],
            n_ties_before=ties.n_before,
            n_ties_after=ties.n_after,
            n_ties_came=ties.n_came,
            n_ties_went=ties.n_went,
            ties_came=named(ties.came),
            ties_went=named(ties.went),
        )
