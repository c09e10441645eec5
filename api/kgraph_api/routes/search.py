"""Finding things by a part of their name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from kgraph_api.dependencies import DayDep, ServedDep, TextDep
from kgraph_api.schemas.views import Hit, Hits

router = APIRouter(tags=["search"])

Most = Annotated[int, Query(ge=1, le=100, title="Hits", description="At most this many hits.")]


@router.get("/search", summary="Search by name")
def search(served: ServedDep, day: DayDep, q: TextDep, limit: Most = 10) -> Hits:
    """Networks, members and programmes, the closest names first; former names find them, too.

    A town that has merged is found by its name and leads to what stands for it on the day.
    """
    found, total = served.index.search(q, limit)
    return Hits(
        items=[Hit.from_model(entry, served, day) for entry in found],
        total=total,
        limit=limit,
        version=served.version,
    )
