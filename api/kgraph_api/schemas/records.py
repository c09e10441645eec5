"""Networks, agents, and the memberships between them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, Field

from kgraph.dates import Certainty
from kgraph.model import Agent, Evidence, Membership, Network
from kgraph_api.schemas.changes import ChangeItem, DisagreementItem, ended_by
from kgraph_api.schemas.shared import Bilingual, Count, Ref, Said, SourceRef
from kgraph_api.served import Served

__all__ = [
    "AgentAnswer", "AgentItem", "MemberOfNetwork", "NetworkAnswer", "NetworkItem",
    "NetworkOfMember",
]  # fmt: skip


class NameItem(BaseModel):
    """A name that a source uses, with how surely it was borne on the day."""

    name: str
    certainty: Certainty
    start: str | None
    end: str | None
    sources: list[SourceRef]

    @classmethod
    def of(cls, iri: str, served: Served, day: dt.date | None) -> list[NameItem]:
        """The names of a thing on a day; all of them without one."""
        return [
            cls(
                name=one.label,
                certainty=sure,
                start=one.start or None,
                end=one.end or None,
                sources=[SourceRef.from_model(said, served) for said in one.evidence],
            )
            for one in served.dated_names.get(iri, ())
            if (sure := one.bounds.on(day) if day else one.bounds.ever).holds
        ]


def _changes(iri: str, served: Served) -> list[ChangeItem]:
    return [ChangeItem.from_model(change, served) for change in served.release.changes_of(iri)]


def _disagreements(iri: str, served: Served) -> list[DisagreementItem]:
    found = served.disagreements.get(iri, ())
    return [DisagreementItem.from_model(one, served) for one in found]


class NetworkItem(BaseModel):
    """A cooperation that has a roster."""

    iri: str
    slug: str
    kind: Annotated[str, Field(description="Code of the code list `network-kind`.")]
    name: Bilingual
    short_name: str | None
    legal_form: Annotated[str | None, Field(description="Code of the code list `legal-form`.")]
    themes: Annotated[list[str], Field(description="Codes of the code list `theme`.")]
    country: str | None
    parent: Ref | None
    seat: str | None
    website: str | None
    founded: list[Said]
    dissolved: list[Said]
    n_members: Annotated[int, Field(description="Members on the day of the view.")]
    n_listed: Annotated[int, Field(description="Members that any roster ever listed.")]
    counts: Annotated[list[Count], Field(description="Numbers of members that sources claim.")]
    sources: list[SourceRef]
    description: Annotated[Bilingual, Field(description="What it is, in words of our own.")]
    names: Annotated[list[NameItem], Field(description="What it is called on the day of the view.")]
    changes: Annotated[list[ChangeItem], Field(description="What became of it, and it came from.")]
    disagreements: Annotated[
        list[DisagreementItem], Field(description="Sources that cannot both be right about it.")
    ]

    @classmethod
    def from_model(cls, network: Network, served: Served, day: dt.date | None) -> NetworkItem:
        return cls(
            iri=network.iri,
            slug=network.slug,
            kind=network.kind,
            name=Bilingual(de=network.name or None, en=network.name_en or None),
            short_name=network.short_name or None,
            legal_form=network.legal_form or None,
            themes=list(network.themes),
            country=network.country or None,
            parent=Ref.of(network.parent, served) if network.parent else None,
            seat=network.seat or None,
            website=network.website or None,
            founded=[Said.from_model(said, served) for said in network.founded],
            dissolved=[Said.from_model(said, served) for said in network.dissolved],
            n_members=served.n_members(day).get(network.iri, 0),
            n_listed=network.n_listed,
            counts=[Count.from_model(figure) for figure in served.counts.get(network.iri, ())],
            sources=[SourceRef.from_model(said, served) for said in network.sources],
            description=Bilingual(
                de=network.description or None, en=network.description_en or None
            ),
            names=NameItem.of(network.iri, served, day),
            changes=_changes(network.iri, served),
            disagreements=_disagreements(network.iri, served),
        )


class NetworkAnswer(NetworkItem):
    """One network, with the day and the release that the answer is of."""

    as_of: dt.date | None
    version: str


class AgentItem(BaseModel):
    """Who takes part: a municipality, a district, an organisation, a place …"""

    iri: str
    kind: Annotated[str, Field(description="First part of its path: `municipality`.")]
    key: Annotated[str, Field(description="Official key where there is one: `de-05515000`.")]
    name: str
    name_en: str | None
    state: Annotated[str | None, Field(description="Name of the federal state.")]
    state_key: str | None
    district: Annotated[str | None, Field(description="Key of the district.")]
    country: str | None
    within: Annotated[str | None, Field(description="Path of what it lies in or belongs to.")]
    population: int | None
    lat: float | None
    lon: float | None
    n_networks: Annotated[int, Field(description="Networks on the day of the view.")]
    certainty: Annotated[
        Certainty,
        Field(description="Whether there is such a territory on the day; presumed unless dated."),
    ]
    on_day: Annotated[
        list[Ref],
        Field(description="What stands for it on the day: itself, its successors, its origins."),
    ]
    names: Annotated[list[NameItem], Field(description="Dated names on the day of the view.")]
    changes: Annotated[list[ChangeItem], Field(description="What became of it, and it came from.")]
    disagreements: Annotated[
        list[DisagreementItem], Field(description="Sources that cannot both be right about it.")
    ]
    sources: Annotated[list[SourceRef], Field(description="Documents that list it as a member.")]

    @classmethod
    def from_model(cls, agent: Agent, served: Served, day: dt.date | None) -> AgentItem:
        rows = served.release.memberships_of(agent.iri)
        places = sorted({(said.source, said.locator) for row in rows for said in row.evidence})
        return cls(
            iri=agent.iri,
            kind=agent.kind,
            key=agent.key,
            name=agent.name,
            name_en=agent.name_en or None,
            state=served.state_of(agent),
            state_key=agent.state or None,
            district=agent.district or None,
            country=agent.country or None,
            within=agent.within or None,
            population=agent.population,
            lat=agent.lat,
            lon=agent.lon,
            n_networks=served.n_networks(day).get(agent.iri, 0),
            certainty=served.certainty_of(agent.iri, day),
            on_day=[Ref.of(iri, served) for iri in served.on_day(agent.iri, day)],
            names=NameItem.of(agent.iri, served, day),
            changes=_changes(agent.iri, served),
            disagreements=_disagreements(agent.iri, served),
            sources=[
                SourceRef.from_model(Evidence(slug, locator, "", ""), served)
                for slug, locator in places
            ],
        )


class AgentAnswer(AgentItem):
    """One agent, with the day and the release that the answer is of."""

    as_of: dt.date | None
    version: str


class MemberRef(BaseModel):
    """A member as a roster names it."""

    iri: str
    kind: str
    key: str
    name: str
    state: str | None


class NetworkRef(BaseModel):
    """A network as one of a member's."""

    iri: str
    slug: str
    name: str
    kind: str


class MembershipItem(BaseModel):
    """A participation in one role, with how surely it holds on the day and who says so."""

    iri: str
    role: Annotated[str, Field(description="Code of the code list `role`.")]
    function: Annotated[str | None, Field(description="Office as printed.")]
    start: str | None
    end: str | None
    certainty: Certainty
    ended_by: Annotated[
        ChangeItem | None, Field(description="What ended it where no source gives its own end.")
    ]
    sources: list[SourceRef]


def _fields(row: Membership, certainty: Certainty, served: Served) -> dict[str, object]:
    """What both directions of a membership share."""
    return {
        "iri": row.iri,
        "role": row.role,
        "function": row.function or None,
        "start": row.start or None,
        "end": row.end or None,
        "certainty": certainty,
        "ended_by": ended_by(row.ended_by, served),
        "sources": [SourceRef.from_model(said, served) for said in row.evidence],
    }


class MemberOfNetwork(MembershipItem):
    """A membership, seen from its network."""

    member: MemberRef

    @classmethod
    def from_model(cls, row: tuple[Membership, Certainty], served: Served) -> MemberOfNetwork:
        membership, certainty = row
        ref = Ref.of(membership.member, served)
        agent = served.agents.get(membership.member)
        path_kind = agent.kind if agent else ref.iri.rsplit("/", 2)[-2]
        state = served.state_of(agent) if agent else None
        member = MemberRef(iri=ref.iri, kind=path_kind, key=ref.slug, name=ref.name, state=state)
        return cls.model_validate({**_fields(membership, certainty, served), "member": member})


class NetworkOfMember(MembershipItem):
    """A membership, seen from its member."""

    network: NetworkRef

    @classmethod
    def from_model(cls, row: tuple[Membership, Certainty], served: Served) -> NetworkOfMember:
        membership, certainty = row
        ref = Ref.of(membership.network, served)
        network = NetworkRef(iri=ref.iri, slug=ref.slug, name=ref.name, kind=ref.kind)
        return cls.model_validate({**_fields(membership, certainty, served), "network": network})
