"""Whoever else takes part: districts, organisations, regions, places, persons."""

from __future__ import annotations

from fastapi import APIRouter

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
from kgraph_api.routes.networks import CertaintyParameter, RoleParameter
from kgraph_api.schemas.definitions import CERTAINTY
from kgraph_api.schemas.receipts import (
    Computed,
    TracedAgent,
    TracedAgentItem,
    TracedPage,
    made_certainty,
    made_of_agent,
    traced,
)
from kgraph_api.schemas.records import AgentItem, NetworkOfMember
from kgraph_api.schemas.shared import Page

router = APIRouter(prefix="/agents", tags=["agents"])


@router.get("/{kind}", summary="List agents of a kind")
def list_agents(
    *,
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    kind: KeyDep,
    q: TextDep = "",
    state: StateDep = "",
    include: IncludeDep = None,
) -> Page[TracedAgentItem]:
    """Agents of one kind (`district`, `organisation`, `region` …) that there are on the day."""
    rows = selection.agents(served, kind, day, q=q, state=state)
    return Page[TracedAgentItem].of(
        rows, part, served, day, lambda row: TracedAgentItem.shaped(row, served, day, include)
    )


@router.get("/{kind}/{key}", summary="One agent")
def one_agent(
    *,
    served: ServedDep,
    day: DayDep,
    kind: KeyDep,
    key: KeyDep,
    include: IncludeDep = None,
) -> TracedAgent:
    """An agent, with the documents that list it as a member of something."""
    agent = served.release.agent(f"{kind}/{key}")
    item = AgentItem.from_model(agent, served, day)
    found = TracedAgent(**dict(item), as_of=day, version=served.version)
    if include:
        found.receipts = traced(item.iri, served)
        found.computed = made_of_agent(agent, served, day)
    return found


@router.get("/{kind}/{key}/memberships", summary="Memberships of an agent on a day")
def memberships(
    *,
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    kind: KeyDep,
    key: KeyDep,
    role: RoleParameter = "",
    certainty: CertaintyParameter = None,
    include: IncludeDep = None,
) -> TracedPage[NetworkOfMember]:
    """Memberships by network; two roles in one network are listed twice."""
    rows = selection.memberships(served, f"{kind}/{key}", day, role=role, certainty=certainty or ())
    page = Page[NetworkOfMember].of(
        rows, part, served, day, lambda row: NetworkOfMember.from_model(row, served)
    )
    made = Computed.at(CERTAINTY, served, day, f"agents/{kind}/{key}/memberships")
    return TracedPage[NetworkOfMember](**dict(page), computed=made_certainty(made, include))
