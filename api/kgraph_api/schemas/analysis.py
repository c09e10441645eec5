"""Measures, their answers, and the jobs that compute them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, Field

from kgraph.analysis import Measure
from kgraph.analysis.parameters import Parameter
from kgraph.analysis.progress import STEPS
from kgraph_api.jobs.board import Job, State
from kgraph_api.jobs.outcome import Outcome
from kgraph_api.jobs.question import Question
from kgraph_api.schemas.receipts import Computed
from kgraph_api.schemas.shared import Bilingual

__all__ = ["AnalysisAnswer", "JobAnswer", "MeasureItem"]


class Paper(BaseModel):
    """How to cite a paper, and where it is."""

    text: str
    url: str


class ParameterItem(BaseModel):
    """What a measure takes: enough to draw a form from."""

    name: str
    kind: Annotated[str, Field(description="choice, integer, number, member or network.")]
    label: Bilingual
    default: str | int | float | None
    required: bool
    choices: list[str]
    minimum: float | None
    maximum: float | None

    @classmethod
    def from_model(cls, parameter: Parameter) -> ParameterItem:
        return cls(
            name=parameter.name,
            kind=parameter.kind,
            label=Bilingual(de=parameter.label_de, en=parameter.label_en),
            default=parameter.default,
            required=parameter.required,
            choices=list(parameter.choices),
            minimum=parameter.minimum,
            maximum=parameter.maximum,
        )


class MeasureItem(BaseModel):
    """A measure that can be asked for."""

    id: str
    url: str
    title: Bilingual
    definition: Bilingual
    columns: list[str]
    parameters: list[ParameterItem]
    references: Annotated[list[Paper], Field(description="The literature that defines it.")]

    @classmethod
    def from_model(cls, measure: Measure, url: str) -> MeasureItem:
        return cls(
            id=measure.id,
            url=url,
            title=Bilingual(de=measure.title_de, en=measure.title_en),
            definition=Bilingual(de=measure.definition_de, en=measure.definition_en),
            columns=list(measure.columns),
            parameters=[ParameterItem.from_model(p) for p in measure.parameters],
            references=[Paper(text=r.text, url=r.url) for r in measure.references],
        )


class Warned(BaseModel):
    """Why a result may mislead."""

    code: str
    de: str
    en: str


class Covered(BaseModel):
    """How complete the rosters of a view are."""

    n_networks: int
    n_with_claim: Annotated[int, Field(description="Networks for which a source gives a count.")]
    n_listed: Annotated[int, Field(description="Members listed in those networks.")]
    n_claimed: Annotated[int, Field(description="Members that sources count in them.")]


class AnalysisAnswer(BaseModel):
    """The rows of one measure, with the view that they are of and what speaks against them."""

    measure: str
    parameters: dict[str, Any]
    as_of: dt.date | None
    level: str
    roles: list[str]
    n_members: int
    n_networks: int
    n_entries: int
    coverage: Annotated[
        Covered, Field(description="Members listed against the counts that sources claim.")
    ]
    references: Annotated[list[Paper], Field(description="The literature that defines it.")]
    warnings: list[Warned]
    items: Annotated[list[dict[str, Any]], Field(description="Rows; the columns of the measure.")]
    total: int
    limit: int
    offset: int
    version: str
    receipt: Computed

    @classmethod
    def from_outcome(cls, outcome: Outcome, limit: int, offset: int) -> AnalysisAnswer:
        about = dict(outcome.about)
        receipt = _receipt(outcome.question, about.pop("definition"))
        return cls(
            **about,
            items=outcome.part(limit, offset),
            total=len(outcome.rows),
            limit=limit,
            offset=offset,
            version=receipt.version,
            receipt=receipt,
        )


def _receipt(asked: Question, definition: dict[str, str]) -> Computed:
    """How to compute it again."""
    view = {
        "as_of": asked.as_of.isoformat() if asked.as_of else "all",
        "level": asked.level,
        "role": list(asked.roles or ()),
        "state": list(asked.states or ()),
        "kind": list(asked.network_kinds or ()),
    }
    return Computed(
        definition=Bilingual(**definition),
        address=asked.address,
        version=asked.version,
        parameters={**view, **asked.parameters},
    )


#: What a computation does beside the steps of the measures.
_DOING = {
    "waiting": ("wartet, bis Platz ist", "waits until there is room"),
    "opening": ("öffnet die Daten", "opens the data"),
    "computing": ("rechnet", "computes"),
}


class JobError(BaseModel):
    """Why a job has no result."""

    code: Annotated[
        str,
        Field(description="refused, too-long, too-much-memory, too-many-rows, gone or fell."),
    ]
    detail: str


class JobAnswer(BaseModel):
    """A measure that is computed apart from the request for it."""

    id: str
    state: State
    progress: Annotated[float, Field(ge=0, le=1, description="Share of the work that is done.")]
    doing: Annotated[Bilingual, Field(description="What it is at.")]
    n_done: Annotated[int, Field(description="Of the step that it is at: how many are done …")]
    n_all: Annotated[int, Field(description="… of how many; 0 where it cannot be counted.")]
    measure: str
    parameters: dict[str, Any]
    as_of: dt.date | None
    version: Annotated[str, Field(description="Version of the release that it was asked of.")]
    created: dt.datetime
    started: dt.datetime | None
    ended: dt.datetime | None
    error: JobError | None
    links: Annotated[
        dict[str, str],
        Field(description="`self`; `result` when it is done; `measure` asks the same again."),
    ]

    @classmethod
    def from_model(cls, job: Job) -> JobAnswer:
        run, asked, base = job.run, job.run.question, "api/v1/analysis"
        state, report = job.state, job.run.report
        links = {"self": f"{base}/jobs/{job.id}", "measure": asked.address}
        if state == "done":
            links["result"] = f"{base}/results/{asked.key}"
        de, en = (_DOING | STEPS)[report.step]
        return cls(
            id=job.id,
            state=state,
            progress=1.0 if state == "done" else round(report.share, 4),
            doing=Bilingual(de=de, en=en),
            n_done=report.n_done,
            n_all=report.n_all,
            measure=asked.measure,
            parameters=asked.parameters,
            as_of=asked.as_of,
            version=asked.version,
            created=job.created,
            started=run.started,
            ended=run.ended,
            error=JobError(code=run.error.why, detail=run.error.detail) if run.error else None,
            links=links,
        )
