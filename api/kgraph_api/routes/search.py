"""Finding things by a part of their name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from kgraph_api.dependencies import ServedDep, TextDep
from kgraph_api.schemas.views import Hit, Hits

router = APIRouter(tags=["search"])

Most = Annotated[int, Query(ge=1, le=100, title="Hits", description="At most this many hits.")]


@router.get("/search", summary="Search by name")
def search(served: ServedDep, q: TextDep, limit: Most = 10) -> Hits:
    """Networks, members and programmes, the closest names first."""
    found, total = served.index.search(q, limit)
    return Hits(
        items=[Hit.from_model(entry) for entry in found],
        total=total,
        limit=limit,
        version=served.version,
    )
