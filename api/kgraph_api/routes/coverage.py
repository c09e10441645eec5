"""How much of each network is known."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query

from kgraph import coverage as views
from kgraph_api import selection
from kgraph_api.dependencies import DayDep, PageDep, ServedDep, StateDep
from kgraph_api.schemas.comparisons import CoverageItem, GroupItem
from kgraph_api.schemas.shared import Page

router = APIRouter(prefix="/coverage", tags=["coverage"])


class Grouping(StrEnum):
    """What the networks can be summed up by."""

    KIND = "kind"
    THEME = "theme"
    STATE = "state"


@router.get("", summary="Members listed against counts claimed")
def coverage(
    *,
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    network: Annotated[str, Query(max_length=200, description="Slug of one network.")] = "",
    kind: Annotated[str, Query(max_length=200, description="A code of `network-kind`.")] = "",
    theme: Annotated[str, Query(max_length=200, description="A code of `theme`.")] = "",
    state: StateDep = "",
) -> Page[CoverageItem]:
    """Each network on the day; with a state, those that list a member there."""
    key = selection.state_key(served, state)
    rows = views.coverage(
        served.release, day, network=network, kind=kind, theme=theme, state=key
    )
    return Page[CoverageItem].of(
        rows, part, served, day, lambda row: CoverageItem.from_model(row, served)
    )


@router.get("/by/{what}", summary="The same by kind, theme or state")
def coverage_by(
    served: ServedDep, day: DayDep, part: PageDep, what: Grouping
) -> Page[GroupItem]:
    """A network on two themes, or with members in two states, counts in both."""
    rows = views.by(what.value, views.coverage(served.release, day))
    return Page[GroupItem].of(rows, part, served, day, GroupItem.from_model)
