"""Whether the process lives, whether it can answer, and what it answered."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response

from kgraph_api.dependencies import ServedDep
from kgraph_api.metrics import MEDIA_TYPE, Sample, exposition
from kgraph_api.served import Served
from kgraph_api.software import software_version

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the process lives")
def healthz() -> dict[str, str]:
    """Always answers while the process lives."""
    return {"status": "ok"}


@router.get("/readyz", summary="Whether it can answer")
def readyz(served: ServedDep) -> dict[str, str]:
    """Answers once the tables are read and the statements loaded; asking it makes both happen."""
    served.warm()
    return {"status": "ready", "version": served.version}


@router.get("/metrics", summary="What was answered, in numbers", response_class=Response)
async def metrics(request: Request, served: ServedDep) -> Response:
    """For Prometheus. It runs in the event loop, where the numbers are counted."""
    state = request.app.state
    found = (*state.metrics.samples(), *_samples(served, state.endpoint.n_repeated))
    return Response(exposition(found), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def _samples(served: Served, n_repeated: int) -> Iterator[Sample]:
    """The numbers that the endpoint and its workers keep themselves."""
    labels = {"version": served.version, "software": software_version()}
    yield Sample("kgraph_release_info", "gauge", "The release that is served.", [(labels, 1)])
    yield Sample(
        "kgraph_sparql_repeated_total", "counter",
        "Answers to queries that were given again without asking anew.", [({}, n_repeated)],
    )  # fmt: skip
    if pool := served.pool:
        states = zip(("free", "busy"), pool.census(), strict=True)
        yield Sample(
            "kgraph_query_workers", "gauge", "Query workers of the release that is served.",
            [({"state": state}, n) for state, n in states],
        )  # fmt: skip
        yield Sample(
            "kgraph_query_workers_ended_total", "counter",
            "Query workers that ended before their answer was whole, by why.",
            [({"reason": reason}, n) for reason, n in sorted(pool.ended.items())],
        )  # fmt: skip
