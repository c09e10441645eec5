"""Whoever else takes part: districts, organisations, regions, places, persons."""

from __future__ import annotations

from fastapi import APIRouter, Request

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
from kgraph_api.schemas.receipts import N_NETWORKS, Computed, TracedAgent, traced
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
) -> Page[AgentItem]:
    """Agents of one kind (`district`, `organisation`, `region` …) that there are on the day."""
    rows = selection.agents(served, kind, day, q=q, state=state)
    return Page[AgentItem].of(
        rows, part, served, day, lambda row: AgentItem.from_model(row, served, day)
    )


@router.get("/{kind}/{key}", summary="One agent")
def one_agent(
    *,
    request: Request,
    served: ServedDep,
    day: DayDep,
    kind: KeyDep,
    key: KeyDep,
    include: IncludeDep = None,
) -> TracedAgent:
    """An agent, with the documents that list it as a member of something."""
    item = AgentItem.from_model(served.release.agent(f"{kind}/{key}"), served, day)
    found = TracedAgent(**dict(item), as_of=day, version=served.version)
    if include:
        found.receipts = traced(item.iri, served)
        made = Computed.of(N_NETWORKS, request, served, day, "/memberships")
        found.computed = {"n_networks": made}
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
) -> Page[NetworkOfMember]:
    """Memberships by network; two roles in one network are listed twice."""
    rows = selection.memberships(served, f"{kind}/{key}", day, role=role, certainty=certainty or ())
    return Page[NetworkOfMember].of(
        rows, part, served, day, lambda row: NetworkOfMember.from_model(row, served)
    )
