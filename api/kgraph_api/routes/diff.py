"""The difference of two days, and of two releases."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Response

from kgraph.difference import difference
from kgraph_api import selection
from kgraph_api.dependencies import IncludeDep, PageDep, ServedDep, StateDep
from kgraph_api.schemas.comparisons import DiffAnswer
from kgraph_api.schemas.receipts import made_of_difference
from kgraph_api.schemas.revisions import WRITERS, RevisionAnswer, revised

router = APIRouter(prefix="/diff", tags=["diff"])

From = Annotated[
    dt.date, Query(alias="from", description="The earlier day.", examples=["2013-04-01"])
]
To = Annotated[dt.date, Query(alias="to", description="The later day.", examples=["2025-01-01"])]


@router.get("", summary="What is different between two days")
def diff(
    *,
    served: ServedDep,
    part: PageDep,
    day_from: From,
    day_to: To,
    network: Annotated[str, Query(max_length=200, description="Slug of one network.")] = "",
    state: StateDep = "",
    ties: Annotated[int, Query(ge=0, le=500, description="List this many ties each.")] = 20,
    include: IncludeDep = None,
) -> DiffAnswer:
    """Who joined and left, what was founded, merged, renamed, dissolved; `limit` cuts the moves."""
    key = selection.state_key(served, state)
    found = difference(served.release, day_from, day_to, network, key, n_ties=ties)
    moves = found.moves[part.offset : part.offset + part.limit]
    answer = DiffAnswer.from_model(found, moves, served)
    if include:
        chosen = {"from": day_from, "to": day_to, "network": network, "state": key}
        answer.computed = made_of_difference(served, chosen)
    return answer


class As(StrEnum):
    """How the difference of two releases is written."""

    JSON = "json"
    TEXT = "text"
    CSV = "csv"
    NQUADS = "nquads"
    PATCH = "patch"


@router.get(
    "/releases",
    summary="What is different between two releases",
    responses={200: {"content": {media_type: {} for media_type, _ in WRITERS.values()}}},
    response_model=RevisionAnswer,
)
def releases(
    *,
    served: ServedDep,
    part: PageDep,
    version_from: Annotated[
        str, Query(alias="from", max_length=64, description="Version of the earlier release.")
    ],
    version_to: Annotated[
        str,
        Query(
            alias="to",
            max_length=64,
            description="Version of the later one; that which is served if not given.",
        ),
    ] = "",
    form: Annotated[
        As,
        Query(
            alias="as",
            description="`json`: a part of the statements. `text`: in words. `csv`, `nquads` (two "
            "graphs, added and withdrawn), `patch` (RDF Patch): all of them.",
        ),
    ] = As.JSON,
) -> Response | RevisionAnswer:
    """Statements and sources added, changed, withdrawn; `/data/release` lists what is kept."""
    found = revised(served, version_from, version_to or served.version)
    if form is As.JSON:
        return RevisionAnswer.from_model(found, part)
    media_type, write = WRITERS[form.value]
    return Response("".join(write(found)), media_type=media_type)
