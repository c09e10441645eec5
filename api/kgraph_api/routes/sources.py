"""Documents that facts were read from."""

from __future__ import annotations

from fastapi import APIRouter

from kgraph_api import selection
from kgraph_api.dependencies import KeyDep, PageDep, ServedDep, TextDep
from kgraph_api.schemas.documents import SourceItem
from kgraph_api.schemas.shared import Page

router = APIRouter(prefix="/sources", tags=["sources"])


@router.get("", summary="List sources")
def list_sources(served: ServedDep, part: PageDep, q: TextDep = "") -> Page[SourceItem]:
    """Documents by title; the text is looked for in title, publisher and slug."""
    rows = selection.sources(served, q=q)
    return Page[SourceItem].of(
        rows, part, served, None, lambda row: SourceItem.from_model(row, served)
    )


@router.get("/{slug}", summary="One source")
def one_source(served: ServedDep, slug: KeyDep) -> SourceItem:
    """A document, with the IRI of the named graph that holds what it says."""
    return SourceItem.from_model(served.release.source(slug), served)
