"""One file a noun: each handler checks, makes one call, and shapes the answer."""

from fastapi import APIRouter, Depends

from kgraph_api.dependencies import API, known_parameters, not_modified
from kgraph_api.feeds import links
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
    jobs,
    municipalities,
    networks,
    periods,
    programmes,
    search,
    sources,
)

__all__ = ["api"]

_NOUNS = (
    networks, municipalities, agents, programmes, sources, graph, search, codelists, analysis,
    completion, coverage, diff, disagreements, periods, about,
)  # fmt: skip

#: What has a feed of its own, or is about what happened.
_WITH_FEED = (networks, municipalities, diff)


def api() -> APIRouter:
    """Every route of the JSON API."""
    router = APIRouter(prefix=API, dependencies=[Depends(known_parameters)])
    for noun in _NOUNS:
        told = [Depends(links)] if noun in _WITH_FEED else []
        router.include_router(noun.router, dependencies=[Depends(not_modified), *told])
    # A job changes while its release does not, so that it has no ETag of the release.
    router.include_router(jobs.router)
    return router
