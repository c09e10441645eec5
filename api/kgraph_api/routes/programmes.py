"""Funding programmes and projects."""

from __future__ import annotations

from fastapi import APIRouter

from kgraph_api import selection
from kgraph_api.dependencies import IncludeDep, PageDep, ServedDep, TextDep
from kgraph_api.schemas.receipts import TracedProgramme
from kgraph_api.schemas.shared import Page

router = APIRouter(prefix="/programmes", tags=["programmes"])


@router.get("", summary="List programmes and projects")
def list_programmes(
    served: ServedDep, part: PageDep, q: TextDep = "", include: IncludeDep = None
) -> Page[TracedProgramme]:
    """Programmes and projects by name, with who funds, manages and takes part; of all times."""
    rows = selection.programmes(served, q=q)
    return Page[TracedProgramme].of(
        rows, part, served, None, lambda row: TracedProgramme.shaped(row, served, include)
    )
