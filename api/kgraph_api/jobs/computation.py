"""One computation in a process of its own, as the server sees it."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from kgraph_api.jobs.limits import EndedError, Ending, Limits
from kgraph_api.jobs.outcome import Outcome
from kgraph_api.jobs.question import Question

__all__ = ["Computation", "Report"]

#: Seconds by which the kernel may be late to end a process.
_GRACE = 5.0

#: How a process ended → what that says of its computation: time is up by the kernel's timer, an
#: allocation failed, the system was out of memory. Not every system has these signals.
_SIGNALS: tuple[tuple[str, Ending], ...] = (
    ("SIGALRM", "too-long"), ("SIGABRT", "too-much-memory"), ("SIGKILL", "too-much-memory"),
)  # fmt: skip
_ENDS = {-getattr(signal, name): why for name, why in _SIGNALS if hasattr(signal, name)}


@dataclass(frozen=True, slots=True)
class Report:
    """How far a computation is: the code of a step, a share of all in [0, 1], how many of how many.

    The steps are those of :data:`kgraph.analysis.progress.STEPS`, ``opening`` and ``computing``.
    """

    step: str
    share: float = 0.0
    n_done: int = 0
    n_all: int = 0


@dataclass(slots=True)
class Computation:
    """A question put to the folder of a release; ``report`` is called as it goes on."""

    release: Path
    question: Question
    limits: Limits
    report: Callable[[Report], None]
    _process: subprocess.Popen[bytes] | None = None
    _is_ended: bool = False
    _is_overdue: bool = False
    _lock: Lock = field(default_factory=Lock)

    def carry_out(self) -> Outcome:
        """Compute, and wait for it.

        Raises
        ------
        EndedError
            If it ends without a result.
        """
        process = self._started()
        late = Timer(self.limits.seconds + _GRACE, self._overdue)
        late.daemon = True
        late.start()
        try:
            return self._followed(process)
        finally:
            late.cancel()
            self.end()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                # What it was ended before reading cannot be sent any more.
                with contextlib.suppress(BrokenPipeError):
                    if pipe:
                        pipe.close()

    def end(self) -> None:
        """End the process, now or before it begins."""
        with self._lock:
            self._is_ended = True
            if self._process and self._process.poll() is None:
                self._process.kill()

    def _overdue(self) -> None:
        """The kernel should have ended it; this is for systems where it did not."""
        self._is_overdue = True
        self.end()

    def _started(self) -> subprocess.Popen[bytes]:
        limits = self.limits
        given = (str(self.release), limits.seconds, limits.memory_mb, limits.result_bytes)
        with self._lock:
            if self._is_ended:
                raise EndedError("fell", limits.sentence("fell"))
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "kgraph_api.jobs.worker", *map(str, given)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        assert self._process.stdin
        # Standard input stays open: the process ends when it is closed.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(self.question.packed() + b"\n")
            self._process.stdin.flush()
        return self._process

    def _followed(self, process: subprocess.Popen[bytes]) -> Outcome:
        """Hear out the process."""
        assert process.stdout
        for line in process.stdout:
            said = json.loads(line)
            if "step" in said:
                self.report(Report(**said))
            elif "ended" in said:
                raise self._error(said["ended"], said.get("detail", ""))
            else:
                return self._given(process, said)
        why: Ending = _ENDS.get(process.wait(), "fell")
        raise self._error("too-long" if self._is_overdue else why)

    def _given(self, process: subprocess.Popen[bytes], said: dict[str, Any]) -> Outcome:
        assert process.stdout
        rows = [process.stdout.readline() for _ in range(said["rows"])]
        if any(not row.endswith(b"\n") for row in rows):
            raise self._error("fell")
        return Outcome(self.question, said["about"], tuple(row[:-1] for row in rows))

    def _error(self, why: Ending, detail: str = "") -> EndedError:
        return EndedError(why, detail or self.limits.sentence(why))
