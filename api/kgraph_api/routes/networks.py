"""Cooperations that have a roster."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from kgraph.dates import Certainty
from kgraph_api import selection
from kgraph_api.dependencies import (
    DayDep,
    IncludeDep,
    KeyDep,
    PageDep,
    ServedDep,
    StateDep,
    TextDep,
)
from kgraph_api.schemas.definitions import CERTAINTY
from kgraph_api.schemas.receipts import (
    Computed,
    TracedNetwork,
    TracedNetworkItem,
    TracedPage,
    made_certainty,
    made_of_network,
    traced,
)
from kgraph_api.schemas.records import MemberOfNetwork, NetworkItem
from kgraph_api.schemas.shared import Page

router = APIRouter(prefix="/networks", tags=["networks"])

Kind = Annotated[
    str,
    Query(
        title="Kind",
        description="Codes of the code list `network-kind`, separated by commas.",
        examples=["city-region", "metropolitan-region,umbrella-network"],
    ),
]
Theme = Annotated[
    str,
    Query(
        title="Theme",
        description="Codes of the code list `theme`, separated by commas.",
        examples=["urban-development"],
    ),
]
RoleParameter = Annotated[
    str,
    Query(
        title="Role",
        description="Codes of the code list `role`, separated by commas. Without it: the roles "
        "with which one takes part. `any`: every role, funders and observers as well.",
        examples=["lead", "any"],
    ),
]
CertaintyParameter = Annotated[
    list[Certainty] | None,
    Query(
        title="Certainty",
        description="How surely it must hold on the day; may be given several times. Without it: "
        "attested and presumed.",
        examples=["attested"],
    ),
]


@router.get("", summary="List networks")
def list_networks(
    *,
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    q: TextDep = "",
    kind: Kind = "",
    theme: Theme = "",
    state: StateDep = "",
    include: IncludeDep = None,
) -> Page[TracedNetworkItem]:
    """Networks by name; a state keeps those that ever had a member in it."""
    rows = selection.networks(served, q=q, kind=kind, theme=theme, state=state)
    return Page[TracedNetworkItem].of(
        rows, part, served, day, lambda row: TracedNetworkItem.shaped(row, served, day, include)
    )


@router.get("/{slug}", summary="One network")
def one_network(
    *,
    served: ServedDep,
    day: DayDep,
    slug: KeyDep,
    include: IncludeDep = None,
) -> TracedNetwork:
    """A network with its foundings and its claimed numbers of members, each with its source."""
    item = NetworkItem.from_model(served.release.network(slug), served, day)
    found = TracedNetwork(**dict(item), as_of=day, version=served.version)
    if include:
        found.receipts = traced(item.iri, served)
        found.computed = made_of_network(slug, served, day)
    return found


@router.get("/{slug}/members", summary="Members of a network on a day")
def members(
    *,
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    slug: KeyDep,
    role: RoleParameter = "",
    certainty: CertaintyParameter = None,
    include: IncludeDep = None,
) -> TracedPage[MemberOfNetwork]:
    """Memberships by member; a member with two roles is listed twice."""
    rows = selection.members(served, slug, day, role=role, certainty=certainty or ())
    page = Page[MemberOfNetwork].of(
        rows, part, served, day, lambda row: MemberOfNetwork.from_model(row, served)
    )
    made = Computed.at(CERTAINTY, served, day, f"networks/{slug}/members")
    return TracedPage[MemberOfNetwork](**dict(page), computed=made_certainty(made, include))
