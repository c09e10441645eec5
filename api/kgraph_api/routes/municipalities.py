"""Municipalities, by their official keys."""

from __future__ import annotations

from fastapi import APIRouter

from kgraph_api.dependencies import (
    DayDep,
    IncludeDep,
    KeyDep,
    PageDep,
    ServedDep,
    StateDep,
    TextDep,
)
from kgraph_api.routes import agents
from kgraph_api.routes.networks import CertaintyParameter, RoleParameter
from kgraph_api.schemas.receipts import TracedAgent, TracedAgentItem, TracedPage
from kgraph_api.schemas.records import NetworkOfMember
from kgraph_api.schemas.shared import Page

router = APIRouter(prefix="/municipalities", tags=["municipalities"])

_KIND = "municipality"


@router.get("", summary="List municipalities")
def list_municipalities(
    *,
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    q: TextDep = "",
    state: StateDep = "",
    include: IncludeDep = None,
) -> Page[TracedAgentItem]:
    """Municipalities by name that there are on the day, those without any network among them."""
    return agents.list_agents(
        served=served, day=day, part=part, kind=_KIND, q=q, state=state, include=include
    )


@router.get("/{key}", summary="One municipality")
def one_municipality(
    *,
    served: ServedDep,
    day: DayDep,
    key: KeyDep,
    include: IncludeDep = None,
) -> TracedAgent:
    """A municipality by its key: `de-` and eight digits (AGS), `fr-` (INSEE), `nl-` (CBS)."""
    return agents.one_agent(served=served, day=day, kind=_KIND, key=key, include=include)


@router.get("/{key}/memberships", summary="Memberships of a municipality on a day")
def memberships(
    *,
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    key: KeyDep,
    role: RoleParameter = "",
    certainty: CertaintyParameter = None,
    include: IncludeDep = None,
) -> TracedPage[NetworkOfMember]:
    """Memberships by network; two roles in one network are listed twice."""
    return agents.memberships(
        served=served, day=day, part=part, kind=_KIND, key=key, role=role, certainty=certainty,
        include=include,
    )  # fmt: skip
