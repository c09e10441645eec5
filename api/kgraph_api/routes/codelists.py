"""Code lists: what a code means, in both languages."""

from __future__ import annotations

from fastapi import APIRouter

from kgraph import namespaces
from kgraph_api import selection
from kgraph_api.dependencies import KeyDep, PageDep, ServedDep, Slice
from kgraph_api.schemas.shared import Page
from kgraph_api.schemas.views import Code

router = APIRouter(prefix="/codelists", tags=["code lists"])


@router.get("", summary="List code lists")
def list_codelists(served: ServedDep, part: PageDep) -> Page[str]:
    """The names of the code lists."""
    return Page[str].of(sorted(served.release.codelists.schemes), part, served, None, str)


@router.get("/{scheme}", summary="One code list")
def one_codelist(served: ServedDep, scheme: KeyDep) -> Page[Code]:
    """Every code of a list with labels and definitions, in alphabetical order."""
    rows = selection.codes(served, scheme)
    return Page[Code].of(
        rows,
        Slice(len(rows), 0),
        served,
        None,
        lambda row: Code.from_model(row, namespaces.codelist(scheme, row.code)),
    )
