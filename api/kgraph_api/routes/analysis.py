"""Measures of the affiliation graph: one address a measure, its parameters from the registry."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from kgraph.analysis import MEASURES, Level, Measure, run
from kgraph.analysis.measures import get
from kgraph.analysis.parameters import Parameter
from kgraph_api import selection
from kgraph_api.dependencies import DayDep, KeyDep, PageDep, ServedDep, StateDep
from kgraph_api.routes.networks import Kind, RoleParameter
from kgraph_api.schemas.receipts import Computed
from kgraph_api.schemas.shared import Bilingual, Page
from kgraph_api.schemas.views import AnalysisAnswer, MeasureItem

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
    served: ServedDep,
    day: DayDep,
    part: PageDep,
    level: LevelParameter = "as-is",
    role: RoleParameter = "",
    state: StateDep = "",
    kind: Kind = "",
) -> Callable[[str, dict[str, str]], AnalysisAnswer]:
    """The view to measure, as a function of measure and parameters."""
    view = served.view(
        day,
        level=level,
        roles=selection.roles(served, role),
        states=(selection.state_key(served, state),) if state else None,
        network_kinds=selection.kinds(served, kind) or None,
    )

    def measured(measure: str, parameters: dict[str, str]) -> AnalysisAnswer:
        result = run(measure, view, parameters)
        defined = Bilingual(de=get(measure).definition_de, en=get(measure).definition_en)
        chosen = {"level": level, "role": role, "state": state, "kind": kind}
        made = Computed.of(
            defined, request, served, day, parameters={**chosen, **result.parameters}
        )
        return AnalysisAnswer.from_model(result, part.limit, part.offset, made)

    return measured


def _route(measure: Measure) -> Callable[..., AnalysisAnswer]:
    """A handler whose signature lists the parameters of a measure, so that /docs shows them."""

    def handler(
        measured: Callable[[str, dict[str, str]], AnalysisAnswer], **given: str | None
    ) -> AnalysisAnswer:
        return measured(measure.id, {k: v for k, v in given.items() if v is not None})

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
        summary=_measure.title_en,
        description=_measure.definition_en,
    )


@router.get("/{measure}", include_in_schema=False)
def unknown_measure(measure: KeyDep) -> None:
    """Say which measures there are."""
    get(measure)
