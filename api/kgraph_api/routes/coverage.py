"""How much of each network is known."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request

from kgraph import coverage as views
from kgraph_api import selection
from kgraph_api.dependencies import DayDep, PageDep, ServedDep, StateDep
from kgraph_api.schemas.comparisons import CoverageItem, GroupItem
from kgraph_api.schemas.definitions import COVERAGE, COVERAGE_OF_GROUPS
from kgraph_api.schemas.receipts import Computed, ReceiptPage
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
    request: Request,
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    network: Annotated[str, Query(max_length=200, description="Slug of one network.")] = "",
    kind: Annotated[str, Query(max_length=200, description="A code of `network-kind`.")] = "",
    theme: Annotated[str, Query(max_length=200, description="A code of `theme`.")] = "",
    state: StateDep = "",
) -> ReceiptPage[CoverageItem]:
    """Each network on the day; with a state, those that list a member there."""
    key = selection.state_key(served, state)
    rows = views.coverage(served.release, day, network=network, kind=kind, theme=theme, state=key)
    page = Page[CoverageItem].of(
        rows, part, served, day, lambda row: CoverageItem.from_model(row, served)
    )
    chosen = {"network": network, "kind": kind, "theme": theme, "state": key}
    made = Computed.of(COVERAGE, request, served, day, parameters=chosen)
    return ReceiptPage[CoverageItem](**dict(page), receipt=made)


@router.get("/by/{what}", summary="The same by kind, theme or state")
def coverage_by(
    request: Request, served: ServedDep, day: DayDep, part: PageDep, what: Grouping
) -> ReceiptPage[GroupItem]:
    """A network on two themes, or with members in two states, counts in both."""
    rows = views.by(what.value, views.coverage(served.release, day))
    page = Page[GroupItem].of(rows, part, served, day, GroupItem.from_model)
    made = Computed.of(COVERAGE_OF_GROUPS, request, served, day, parameters={"by": what.value})
    return ReceiptPage[GroupItem](**dict(page), receipt=made)
