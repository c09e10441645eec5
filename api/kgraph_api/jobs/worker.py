"""The process of one computation: reads a question, says how far it is, gives the result, ends.

It is a fresh interpreter, since a server with threads must not be forked. Three walls hold whatever
the measure does: the kernel ends it when its time is up, gives it no more memory than it may have,
and ends it when the server is gone, since then nobody holds the other end of its standard input.

It speaks on standard output: lines of JSON, ``{"step": …}`` as it goes on, at the end ``{"ended":
…}`` or ``{"about": …, "rows": n}`` and n lines more.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from kgraph.errors import KGraphError
from kgraph_api.jobs.limits import Limits
from kgraph_api.jobs.outcome import Outcome
from kgraph_api.jobs.question import Question

__all__ = ["main"]

_MB = 2**20
_STATM = Path("/proc/self/statm")
#: How much it gives way to the server, and seconds between two reports.
_NICE, _PAUSE = 10, 0.1


def main() -> None:
    """Answer the question on standard input within the limits on the command line."""
    seconds, memory_mb, result_bytes = sys.argv[2:]
    limits = Limits(float(seconds), int(memory_mb), int(result_bytes))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    os.nice(_NICE)
    out = sys.stdout.buffer
    question = Question.unpacked(sys.stdin.buffer.readline())
    _end_with_the_server()
    try:
        outcome = _computed(Path(sys.argv[1]), question, limits, out)
    except (MemoryError, ImportError, OSError, SystemError):
        # The files of the release are read by then: a module that cannot be loaded has no room, and
        # SystemError is what is left of a MemoryError that Python's own code had no room for.
        # What is left to do takes a little itself.
        resource.setrlimit(resource.RLIMIT_AS, (_most_memory(),) * 2)
        traceback.print_exc()
        _say(out, ended="too-much-memory")
    except KGraphError as error:
        _say(out, ended="refused", detail=str(error))
    except _GoneError:
        _say(out, ended="gone")
    else:
        _give(out, outcome, limits)


class _GoneError(Exception):
    """The release cannot be opened."""


def _computed(release: Path, question: Question, limits: Limits, out: BinaryIO) -> Outcome:
    """The outcome; reports go out meanwhile."""
    from kgraph.analysis import run
    from kgraph.analysis.progress import listening
    from kgraph.release import open_release

    _say(out, step="opening", share=0.0, n_done=0, n_all=0)
    try:
        affiliation = open_release(release).affiliation
    except (KGraphError, OSError) as error:
        raise _GoneError from error
    _confine(limits)
    view = question.view(affiliation)
    _say(out, step="computing", share=0.0, n_done=0, n_all=0)
    last = time.monotonic()

    def report(share: float, step: str, n_done: int, n_all: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _PAUSE or n_done == 0:
            last = time.monotonic()
            _say(out, step=step, share=share, n_done=n_done, n_all=n_all)

    with listening(report):
        return Outcome.of(question, run(question.measure, view, question.parameters))


def _end_with_the_server() -> None:
    """Have the kernel send a signal, and with it the end, when the other end of stdin is closed."""
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([0], [], [], 0)[0]:  # it was closed before
        raise SystemExit(1)


def _confine(limits: Limits) -> None:
    """Bound the memory that comes on top of the release; leave no core behind."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _STATM.exists():
        taken = int(_STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        bound = taken + limits.memory_mb * _MB
        resource.setrlimit(resource.RLIMIT_AS, (bound, _most_memory()))


def _most_memory() -> int:
    """What the system lets this process take at most."""
    return resource.getrlimit(resource.RLIMIT_AS)[1]


def _give(out: BinaryIO, outcome: Outcome, limits: Limits) -> None:
    if outcome.n_bytes > limits.result_bytes:
        _say(out, ended="too-many-rows")
        return
    _say(out, about=outcome.about, rows=len(outcome.rows))
    for row in outcome.rows:
        out.write(row + b"\n")
    out.flush()


def _say(out: BinaryIO, **message: Any) -> None:
    out.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
