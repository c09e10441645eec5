"""One file a noun: each handler checks, makes one call, and shapes the answer."""

from fastapi import APIRouter, Depends

from kgraph_api.dependencies import API, known_parameters, not_modified
from kgraph_api.routes import (
    about,
    agents,
    analysis,
    codelists,
    completion,
    coverage,
    diff,
    disagreements,
    graph,
    municipalities,
    networks,
    programmes,
    search,
    sources,
)

__all__ = ["api"]

_NOUNS = (
    networks, municipalities, agents, programmes, sources, graph, search, codelists, analysis,
    completion, coverage, diff, disagreements, about,
)  # fmt: skip


def api() -> APIRouter:
    """Every route of the JSON API."""
    router = APIRouter(prefix=API, dependencies=[Depends(known_parameters), Depends(not_modified)])
    for noun in _NOUNS:
        router.include_router(noun.router)
    return router
