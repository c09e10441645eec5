"""A process that kills itself (SIGKILL) just before its n-th step on the disk.

A step is a file opened for writing, renamed or removed, a folder made, a lock taken.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

STEPS = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.chmod", "fcntl.flock"}


def dies_at(moment: int, apply: Callable[[Path], object], folder: Path) -> bool:
    """Whether a process that writes into a folder was killed before its n-th step."""
    return _run(moment, apply, folder)[0]


def count_steps(apply: Callable[[Path], object], folder: Path) -> int:
    """How many steps a process takes that nobody kills."""
    killed, n_steps = _run(0, apply, folder)
    assert not killed
    return n_steps


def _run(moment: int, apply: Callable[[Path], object], folder: Path) -> tuple[bool, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        n_steps = 0

        def step(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal n_steps
            reads = event == "open" and arguments[1] in ("r", "rb", None)
            if event in STEPS and not reads:
                n_steps += 1
                if n_steps == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(step)
        apply(folder)
        os.write(writing, str(n_steps).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        n_taken = int(told.read() or 0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status), n_taken
