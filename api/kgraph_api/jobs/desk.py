"""Where a request puts its question: answered from what is kept, at once, or as a job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.analysis import run
from kgraph.analysis.measures import prepared
from kgraph_api.jobs.atonce import AtOnce
from kgraph_api.jobs.board import Board, Job
from kgraph_api.jobs.outcome import Outcome, Outcomes
from kgraph_api.jobs.question import Question

if TYPE_CHECKING:
    from kgraph.analysis import Incidence
    from kgraph_api.served import Served

__all__ = ["Desk"]


@dataclass(frozen=True, slots=True)
class Desk:
    """``seconds`` is the estimate up to which a measure is computed at once."""

    outcomes: Outcomes
    at_once: AtOnce
    board: Board
    seconds: float

    def ask(self, served: Served, question: Question, *, as_job: bool) -> Outcome | Job:
        """The outcome of a question, or a job that will give it.

        Parameters
        ----------
        served : Served
            The release that the question is put to.
        question : Question
        as_job : bool
            Whether the client would rather have a job than wait.

        Raises
        ------
        NotFoundError
            If a parameter names what this release does not have.
        BusyError
            If there is no room for it now.
        """
        if (kept := self.outcomes.get(question.key)) is not None:
            return kept
        view = self._view(served, question)
        cost = prepared(question.measure, view, question.parameters)
        if as_job or cost > self.seconds:
            return self.board.submit(served.release.path, question)

        def compute() -> Outcome:
            return Outcome.of(question, run(question.measure, view, question.parameters))

        return self.at_once.answer(question.key, compute)

    @staticmethod
    def _view(served: Served, asked: Question) -> Incidence:
        """The view, from those that the server keeps."""
        return served.view(
            asked.as_of, level=asked.level, roles=asked.roles, states=asked.states,
            network_kinds=asked.network_kinds,
        )  # fmt: skip
