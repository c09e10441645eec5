"""The jobs of a server: who waits for which computation, and which may run.

A *job* is what one request holds: an address to look at, and to cancel. Jobs that ask the same of
the same release share one *run*, which ends early only when all of them are cancelled: nobody can
end what somebody else waits for. A run keeps the release that it was asked of, also when another
one is served by then; what it gives says which.
"""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Literal

from kgraph_api.jobs.computation import Computation, Report
from kgraph_api.jobs.limits import BusyError, EndedError, Limits
from kgraph_api.jobs.outcome import Outcomes
from kgraph_api.jobs.question import Question

__all__ = ["Board", "Job", "Run", "State"]

#: Jobs that are remembered, those that are over included.
_MAX_REMEMBERED = 1000

_LOG = logging.getLogger(__name__)

State = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(eq=False, slots=True)
class Run:
    """One computation, for all who asked for it."""

    computation: Computation
    state: State = "waiting"
    report: Report = field(default_factory=lambda: Report("waiting"))
    started: datetime | None = None
    ended: datetime | None = None
    error: EndedError | None = None
    n_jobs: int = 0

    @property
    def question(self) -> Question:
        """What is computed."""
        return self.computation.question

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed", "cancelled")


@dataclass(eq=False, slots=True)
class Job:
    """One request for a run."""

    id: str
    run: Run
    created: datetime
    is_cancelled: bool = False

    @property
    def state(self) -> State:
        """That of the run, unless this job was cancelled."""
        return "cancelled" if self.is_cancelled else self.run.state

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.is_cancelled or self.run.is_over


class Board:
    """Takes jobs and carries them out, a few at a time.

    Parameters
    ----------
    kept : Outcomes
        Where results go.
    limits : Limits
        Of one computation.
    n_workers, n_runs : int
        Processes at the same time; runs that wait or run at the same time.
    clock : function
        Says what time it is.
    """

    def __init__(
        self, kept: Outcomes, limits: Limits, n_workers: int, n_runs: int,
        clock: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._kept, self._limits, self._clock = kept, limits, clock
        self._n_workers, self._n_runs, self._n_running = max(n_workers, 1), n_runs, 0
        self._runs: dict[str, Run] = {}
        self._waiting: deque[Run] = deque()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._is_closed = False
        self._lock = Lock()

    def submit(self, release: Path, question: Question) -> Job:
        """Ask for a computation; it begins when there is room.

        Raises
        ------
        BusyError
            If as many wait as may.
        """
        with self._lock:
            run = self._runs.get(question.key)
            if self._is_closed or (run is None and len(self._runs) >= self._n_runs):
                raise BusyError
            self._forget()
            if run is None:
                run = self._runs[question.key] = self._new(release, question)
            run.n_jobs += 1
            job = Job(secrets.token_urlsafe(12), run, self._clock())
            self._jobs[job.id] = job
            self._dispatch()
            return job

    def job(self, name: str) -> Job | None:
        """A job by its id, if it is remembered."""
        with self._lock:
            return self._jobs.get(name)

    def cancel(self, job: Job) -> None:
        """Give up a job, and end its computation if nobody else waits for it."""
        with self._lock:
            if job.is_over:
                return
            job.is_cancelled = True
            job.run.n_jobs -= 1
            if not job.run.n_jobs:
                self._end(job.run, "cancelled")

    def close(self) -> None:
        """End everything; nothing is taken any more."""
        with self._lock:
            self._is_closed = True
            for run in list(self._runs.values()):
                self._end(run, "cancelled")

    def _new(self, release: Path, question: Question) -> Run:
        def note(report: Report) -> None:
            run.report = report

        run = Run(Computation(release, question, self._limits, note))
        self._waiting.append(run)
        return run

    def _forget(self) -> None:
        """Make room for one more job."""
        if len(self._jobs) < _MAX_REMEMBERED:
            return
        over = (name for name, job in self._jobs.items() if job.is_over)
        oldest = next(over, None)
        if oldest is None:
            raise BusyError
        del self._jobs[oldest]

    def _dispatch(self) -> None:
        """Let those run for which there is room."""
        while self._waiting and self._n_running < self._n_workers:
            run = self._waiting.popleft()
            run.state, run.started = "running", self._clock()
            self._n_running += 1
            Thread(target=self._carry_out, args=(run,), name="analysis-job", daemon=True).start()

    def _carry_out(self, run: Run) -> None:
        """Follow a run to its end; in a thread of its own."""
        state: State = "failed"
        try:
            outcome = run.computation.carry_out()
            if self._kept.put(run.question.key, outcome):
                state = "done"
            else:
                run.error = EndedError("too-many-rows", self._limits.sentence("too-many-rows"))
        except EndedError as error:
            run.error = error
        except (OSError, ValueError):
            _LOG.exception("the computation of %s broke off", run.question.measure)
            run.error = EndedError("fell", self._limits.sentence("fell"))
        with self._lock:
            self._n_running -= 1
            if not run.is_over:
                self._settle(run, state)
            self._dispatch()

    def _end(self, run: Run, state: State) -> None:
        """End a run that is not over: its process, or its waiting."""
        if run in self._waiting:
            self._waiting.remove(run)
        self._settle(run, state)
        run.computation.end()

    def _settle(self, run: Run, state: State) -> None:
        run.state, run.ended = state, self._clock()
        if self._runs.get(run.question.key) is run:
            del self._runs[run.question.key]
