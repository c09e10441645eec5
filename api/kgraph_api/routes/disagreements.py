"""Where sources contradict each other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from kgraph import disagreements as views
from kgraph_api.dependencies import PageDep, ServedDep
from kgraph_api.schemas.changes import DisagreementItem
from kgraph_api.schemas.shared import Page

router = APIRouter(prefix="/disagreements", tags=["disagreements"])

About = Annotated[
    str,
    Query(
        max_length=200,
        title="About",
        description="A slug of a network, a path (`network/metrex`) or an IRI.",
        examples=["stadtregion-muenster"],
    ),
]
On = Annotated[
    str,
    Query(
        max_length=50,
        title="On",
        description="`founding-date`, `member-count`, `legal-form`, `seat` or `chair`.",
        examples=["founding-date"],
    ),
]


@router.get("", summary="Pairs of sources that disagree")
def disagreements(
    served: ServedDep, part: PageDep, about: About = "", on: On = ""
) -> Page[DisagreementItem]:
    """Both values, each with its source and the place in it; nothing is chosen between them."""
    rows = views.disagreements(served.release, about, on)
    return Page[DisagreementItem].of(
        rows, part, served, None, lambda row: DisagreementItem.from_model(row, served)
    )
