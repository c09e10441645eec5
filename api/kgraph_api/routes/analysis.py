"""Measures of the affiliation graph: one address a measure, its parameters from the registry."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from kgraph.analysis import MEASURES, Level, Measure
from kgraph.analysis.measures import get
from kgraph.analysis.parameters import Parameter, checked
from kgraph_api import selection
from kgraph_api.dependencies import DayDep, KeyDep, PageDep, ServedDep, StateDep
from kgraph_api.errors import ProblemError
from kgraph_api.jobs.board import Job
from kgraph_api.jobs.desk import Desk
from kgraph_api.jobs.limits import BusyError
from kgraph_api.jobs.outcome import Outcome
from kgraph_api.jobs.question import Question
from kgraph_api.routes.jobs import ACCEPTED, accepted
from kgraph_api.routes.networks import Kind, RoleParameter
from kgraph_api.schemas.analysis import AnalysisAnswer, MeasureItem
from kgraph_api.schemas.shared import Page
from kgraph_api.served import Served

router = APIRouter(prefix="/analysis", tags=["analysis"])

LevelParameter = Annotated[
    Level,
    Query(
        title="Level",
        description="`as-is`: every network counts. `leaf`: only those without networks below "
        "them. `top`: members count for the topmost network above theirs.",
    ),
]


@router.get("", summary="List measures")
def list_measures(served: ServedDep, part: PageDep) -> Page[MeasureItem]:
    """What can be asked for, what it says, and who defined it."""
    rows = list(MEASURES.values())
    return Page[MeasureItem].of(
        rows, part, served, None, lambda m: MeasureItem.from_model(m, f"api/v1/analysis/{m.id}")
    )


def analyse(
    *,
    request: Request,
    response: Response,
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    level: LevelParameter = "as-is",
    role: RoleParameter = "",
    state: StateDep = "",
    kind: Kind = "",
) -> Callable[[Measure, dict[str, str]], AnalysisAnswer | Response]:
    """The view to measure, as a function of measure and parameters."""
    chosen = selection.roles(served, role)
    asked = partial(
        Question, as_of=day, level=level,
        roles=None if chosen is None else tuple(sorted(chosen)),
        states=(selection.state_key(served, state),) if state else None,
        network_kinds=tuple(sorted(selection.kinds(served, kind))) or None,
    )  # fmt: skip
    response.headers["Vary"] = "Prefer"

    def measured(measure: Measure, given: dict[str, str]) -> AnalysisAnswer | Response:
        values = checked(measure.id, measure.parameters, given)
        question = asked(served.version, measure.id, values)
        found = put(request, served, question)
        if isinstance(found, Job):
            return accepted(found)
        return AnalysisAnswer.from_outcome(found, part.limit, part.offset)

    return measured


def put(request: Request, served: Served, question: Question) -> Outcome | Job:
    """Put a question to the desk of the server."""
    desk: Desk = request.app.state.desk
    wishes = request.headers.get("prefer", "").lower().split(",")
    as_job = "respond-async" in {wish.partition(";")[0].strip() for wish in wishes}
    try:
        return desk.ask(served, question, as_job=as_job)
    except BusyError:
        detail = "As many measures are being computed as this server takes; ask again in a while."
        raise ProblemError(503, detail, {"Retry-After": "15"}) from None


def _route(measure: Measure) -> Callable[..., AnalysisAnswer | Response]:
    """A handler whose signature lists the parameters of a measure, so that /docs shows them."""

    def handler(
        measured: Callable[[Measure, dict[str, str]], AnalysisAnswer | Response],
        **given: str | None,
    ) -> AnalysisAnswer | Response:
        return measured(measure, {k: v for k, v in given.items() if v is not None})

    first = inspect.Parameter(
        "measured", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[Any, Depends(analyse)]
    )
    own = [
        inspect.Parameter(
            parameter.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[str | None, _query(parameter)],
        )
        for parameter in measure.parameters
    ]
    handler.__signature__ = inspect.Signature([first, *own])  # type: ignore[attr-defined]
    handler.__name__ = measure.id.replace("-", "_")
    return handler


def _query(parameter: Parameter) -> Any:
    """A parameter of the registry as a parameter of the address."""
    default = "" if parameter.default is None else f"; without it {parameter.default}"
    needed = "; needed" if parameter.required else ""
    return Query(
        title=parameter.label_en, description=f"{parameter.expected.capitalize()}{default}{needed}."
    )


for _measure in MEASURES.values():
    router.add_api_route(
        f"/{_measure.id}",
        _route(_measure),
        response_model=AnalysisAnswer,
        responses=ACCEPTED,
        summary=_measure.title_en,
        description=_measure.definition_en,
    )


@router.get("/{measure}", include_in_schema=False)
def unknown_measure(measure: KeyDep) -> None:
    """Say which measures there are."""
    get(measure)
