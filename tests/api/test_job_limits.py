"""What ends the process of a job: its limits, and the end of the server."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from kgraph.release import Release
from kgraph_api.jobs.computation import Computation
from kgraph_api.jobs.limits import EndedError, Limits
from kgraph_api.jobs.question import Question
from kgraph_api.settings import Settings

from .office import LONG, PATIENCE, Office, is_gone, served, within

#: A worker that is out of memory, and for which saying so takes some more.
_FULL = """
from kgraph_api.jobs import worker

def fill(release, question, limits, out):
    worker._confine(limits)
    raise MemoryError

worker._computed = fill
worker.traceback.print_exc = lambda: bytes(8_000_000)
worker.main()
"""


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ({"analysis_seconds": 2}, "too-long"),
        ({"analysis_memory_mb": 1}, "too-much-memory"),
        ({"analysis_cache_mb": 0}, "too-many-rows"),
    ],
)
def test_limits_end_a_job(release: Release, pages: Path, limit: dict[str, int], code: str) -> None:
    path = LONG if code == "too-long" else "/api/v1/analysis/communities"
    with served(Settings(pages=pages, **limit), release) as office:  # type: ignore[arg-type]
        address = office.job(path)
        failed = office.until(address, "failed", "done")
        assert (failed["state"], failed["error"]["code"]) == ("failed", code)
        assert failed["error"]["detail"].endswith(".")


def test_a_job_without_memory_says_so() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _FULL, "nowhere", "60", "1", "1000"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with process:
        assert process.stdin and process.stdout
        process.stdin.write(Question("v1", "degree", {}, None).packed() + b"\n")
        process.stdin.flush()
        said = process.stdout.read()
    assert json.loads(said) == {"ended": "too-much-memory"}


def test_a_job_that_ended_before_it_read_leaves_no_pipe_open(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Ended(subprocess.Popen[bytes]):
        def __init__(self, _: list[str], **more: Any) -> None:
            super().__init__([sys.executable, "-c", ""], **more)
            self.wait()
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Ended)
    asked = Question("v1", "degree", {}, None)
    with pytest.raises(EndedError):
        Computation(tmp_path, asked, Limits(9, 9, 9), lambda _: None).carry_out()
    [process] = started
    assert process.stdin and process.stdin.closed
    assert process.stdout and process.stdout.closed


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_server(release: Release, how: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "kgraph_api", "--port", str(port), "--release", str(release.path)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        office = Office(port, FastAPI())
        within(lambda: _listens(port))
        address = office.job(LONG)
        within(lambda: office.ask(address)[1]["doing"]["en"] == "random graphs")
        [worker] = within(lambda: _children(server.pid, "kgraph_api.jobs.worker"))
        os.kill(server.pid, how)
        server.wait(PATIENCE)
        within(lambda: is_gone(worker) or _state(worker) == "Z")
    finally:
        server.kill()
        server.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _children(parent: int, module: str) -> list[int]:
    """The processes that a process started for a module."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if int(fields[1]) == parent and module in command:
            found.append(int(folder.name))
    return found


def _state(pid: int) -> str:
    """The state of a process: Z has ended, and nobody has asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
