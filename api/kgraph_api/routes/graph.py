"""The two-mode graph that the page draws."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from kgraph_api import selection
from kgraph_api.dependencies import DayDep, IncludeDep, ServedDep, StateDep
from kgraph_api.graph import graph
from kgraph_api.routes.networks import Kind, Theme
from kgraph_api.schemas.definitions import GRAPH
from kgraph_api.schemas.receipts import Computed
from kgraph_api.schemas.views import GraphAnswer

router = APIRouter(tags=["graph"])

Least = Annotated[
    int, Query(ge=0, le=100_000, title="Least members", description="Only networks of this size.")
]


@router.get("/graph", summary="Networks and members on a day")
def whole_graph(
    *,
    served: ServedDep,
    day: DayDep,
    kinds: Kind = "",
    themes: Theme = "",
    state: StateDep = "",
    min_members: Least = 0,
    include: IncludeDep = None,
    request: Request,
) -> GraphAnswer:
    """Members at their coordinates, networks at the mean of their members; an edge a pair."""
    found = graph(
        served,
        day,
        kinds=selection.kinds(served, kinds),
        themes=selection.themes(served, themes),
        state=selection.state_key(served, state),
        min_members=min_members,
    )
    if include:
        chosen = {"kinds": kinds, "themes": themes, "state": state, "min_members": min_members}
        found.computed = {"graph": Computed.of(GRAPH, request, served, day, chosen)}
    return found
