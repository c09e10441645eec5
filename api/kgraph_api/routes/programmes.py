"""Funding programmes and projects."""

from __future__ import annotations

from fastapi import APIRouter

from kgraph_api import selection
from kgraph_api.dependencies import PageDep, ServedDep, TextDep
from kgraph_api.schemas.documents import ProgrammeItem
from kgraph_api.schemas.shared import Page

router = APIRouter(prefix="/programmes", tags=["programmes"])


@router.get("", summary="List programmes and projects")
def list_programmes(served: ServedDep, part: PageDep, q: TextDep = "") -> Page[ProgrammeItem]:
    """Programmes and projects by name, with who funds, manages and takes part; of all times."""
    rows = selection.programmes(served, q=q)
    return Page[ProgrammeItem].of(
        rows, part, served, None, lambda row: ProgrammeItem.from_model(row, served)
    )
