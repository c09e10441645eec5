"""What held on a day besides membership."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from kgraph.periods import Kind, holding
from kgraph_api.dependencies import DayDep, IncludeDep, PageDep, ServedDep
from kgraph_api.routes.networks import CertaintyParameter
from kgraph_api.schemas.changes import PeriodItem
from kgraph_api.schemas.definitions import CERTAINTY
from kgraph_api.schemas.receipts import Computed, TracedPage, made_certainty
from kgraph_api.schemas.shared import Page

router = APIRouter(prefix="/periods", tags=["periods"])

About = Annotated[
    str,
    Query(
        max_length=200,
        title="About",
        description="Only what this takes part in: the slug of a network, a path "
        "(`municipality/de-05515000`) or an IRI.",
        examples=["netzwerk-innenstadt-nrw"],
    ),
]


@router.get("", summary="Offices, money, agreements, names, networks, territories on a day")
def periods(
    *,
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    kind: Annotated[Kind | None, Query(description="Without it: all but memberships.")] = None,
    about: About = "",
    certainty: CertaintyParameter = None,
    include: IncludeDep = None,
) -> TracedPage[PeriodItem]:
    """What holds for a time, with the same five answers as a membership has."""
    rows = holding(served.release, day, kind=kind or "", about=about, certainty=certainty or ())
    page = Page[PeriodItem].of(
        rows, part, served, day, lambda row: PeriodItem.from_model(row, served)
    )
    made = Computed.at(CERTAINTY, served, day, "periods")
    return TracedPage[PeriodItem](**dict(page), computed=made_certainty(made, include))
