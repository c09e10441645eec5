"""Jobs: measures that are computed apart from the request, and the results that they leave."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from kgraph.errors import NotFoundError
from kgraph_api.dependencies import API, KeyDep, PageDep, etag, is_known
from kgraph_api.errors import NotModifiedError
from kgraph_api.jobs.board import Board, Job
from kgraph_api.jobs.desk import Desk
from kgraph_api.schemas.analysis import AnalysisAnswer, JobAnswer

__all__ = ["ACCEPTED", "accepted", "router"]

router = APIRouter(prefix="/analysis", tags=["analysis"])

#: Seconds after which to look at a job again.
_AGAIN = {"Retry-After": "1", "Cache-Control": "no-store"}

#: For the OpenAPI document: what a measure answers that takes long.
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {
        "model": JobAnswer,
        "description": "It takes long, or the header `Prefer: respond-async` asks for it: a job "
        "computes it. The header `Location` leads there.",
    }
}


def accepted(job: Job) -> Response:
    """Tell where the job is that will give the answer."""
    body = JobAnswer.from_model(job).model_dump(mode="json")
    headers = {
        **_AGAIN, "Location": f"{API}/analysis/jobs/{job.id}", "Vary": "Prefer",
        "Preference-Applied": "respond-async",
    }  # fmt: skip
    return JSONResponse(body, 202, headers=headers)


@router.get("/jobs/{job}", summary="One job")
def show(job: KeyDep, request: Request, response: Response) -> JobAnswer:
    """How far a measure is that is computed as a job; its result has an address of its own."""
    found = _found(request, job)
    response.headers.update(_AGAIN if not found.is_over else {"Cache-Control": "no-store"})
    return JobAnswer.from_model(found)


@router.delete("/jobs/{job}", summary="Cancel a job")
def cancel(job: KeyDep, request: Request, response: Response) -> JobAnswer:
    """Give a job up. Its computation ends, unless somebody else has asked for the same."""
    found = _found(request, job)
    _board(request).cancel(found)
    response.headers["Cache-Control"] = "no-store"
    return JobAnswer.from_model(found)


@router.get("/results/{key}", summary="The result of a job")
def result(key: KeyDep, request: Request, response: Response, part: PageDep) -> AnalysisAnswer:
    """What a job gave. It is kept as long as there is room; the address never means another one."""
    desk: Desk = request.app.state.desk
    found = desk.outcomes.get(key)
    if found is None:
        raise NotFoundError("result", key, "results are kept for a while; ask the measure again")
    version = found.question.version
    headers = {
        "ETag": etag(key, str(part.limit), str(part.offset)), "X-Release-Version": version,
        "Cache-Control": "public, max-age=86400, immutable",
    }  # fmt: skip
    if is_known(headers["ETag"], request.headers.get("if-none-match")):
        raise NotModifiedError(headers)
    response.headers.update(headers)
    return AnalysisAnswer.from_outcome(found, part.limit, part.offset)


def _board(request: Request) -> Board:
    desk: Desk = request.app.state.desk
    return desk.board


def _found(request: Request, name: str) -> Job:
    """The job, as long as the server remembers it."""
    job = _board(request).job(name)
    if job is None:
        raise NotFoundError("job", name, "jobs are forgotten after a while; ask the measure again")
    return job
