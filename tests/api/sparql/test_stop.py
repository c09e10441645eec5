"""How a server ends: its answers first, then its workers, and nothing stays behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgraph.release import Release

from .conftest import Walled, _ring, copy_release, serve
from .test_walls import RUNAWAY

ROWS = 40_000
LONG_ANSWER = f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {ROWS}"


@pytest.fixture
def ending(release: Release, tmp_path: Path) -> Iterator[Walled]:
    """A server of its own, to be ended."""
    copy_release(release, tmp_path / "release", "ending", _ring(3000))
    patient = {"KGRAPH_QUERY_SECONDS": "20", "KGRAPH_REQUEST_SECONDS": "20"}
    with serve(tmp_path / "release", **patient) as server:
        yield server
    shutil.rmtree(tmp_path / "release")


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def await_end(pids: set[int], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in pids if is_alive(pid)] == []


def await_refusal(server: Walled) -> None:
    """Wait until nobody is let in any more."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            return
        time.sleep(0.05)
    raise AssertionError("the server lets others in")


def test_running_answers_are_finished_and_nobody_stays(ending: Walled, tmp_path: Path) -> None:
    everybody = {ending.process.pid, ending.zygote(), *ending.workers()}
    assert len(everybody) == 7
    # More than the system keeps for a reader, so that the server has to wait for this one.
    (tmp_path / "release" / "merged.nt").write_bytes(b"# padding\n" * 3_000_000)
    asked, taken = ending.connect(), ending.connect()
    kind = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    asked.request("POST", "/sparql", LONG_ANSWER, kind)
    taken.request("GET", "/data/release/ending/merged.nt")
    answer, file = asked.getresponse(), taken.getresponse()
    begun = answer.read(1000), file.read(1000)
    ending.process.send_signal(signal.SIGTERM)
    await_refusal(ending)
    assert is_alive(ending.process.pid)
    assert (begun[0] + answer.read()).count(b"\r\n") == ROWS + 1
    assert len(begun[1] + file.read()) == 30_000_000
    asked.close()
    taken.close()
    assert ending.process.wait(10) in (0, -signal.SIGTERM)
    await_end(everybody, 3)


def test_a_reader_who_never_reads_does_not_hold_the_end_up(
    release: Release, tmp_path: Path
) -> None:
    copy_release(release, tmp_path / "release", "ending", _ring(3000))
    with serve(tmp_path / "release", KGRAPH_STOP_SECONDS="1") as server:
        everybody = {server.process.pid, server.zygote(), *server.workers()}
        (tmp_path / "release" / "merged.nt").write_bytes(b"# padding\n" * 3_000_000)
        connection = server.connect()
        connection.request("GET", "/data/release/ending/merged.nt")
        answer = connection.getresponse()
        answer.read(10)
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(8)
        await_end(everybody, 3)
        answer.close()
        connection.close()


@pytest.mark.parametrize("is_held_up", [False, True])
def test_who_is_killed_leaves_nobody_behind(ending: Walled, is_held_up: bool) -> None:
    zygote, workers = ending.zygote(), ending.workers()
    threading.Thread(target=lambda: _ask_in_vain(ending), daemon=True).start()
    time.sleep(0.2)
    if is_held_up:
        # It then hears at once that workers have ended, and that there is nobody to tell of it.
        os.kill(zygote, signal.SIGSTOP)
    os.kill(ending.process.pid, signal.SIGKILL)
    ending.process.wait(5)
    if is_held_up:
        time.sleep(0.2)
        os.kill(zygote, signal.SIGCONT)
    await_end({zygote, *workers}, 3)


def _ask_in_vain(server: Walled) -> None:
    with pytest.raises(Exception):  # noqa: B017 - however a connection ends that is cut
        server.ask(RUNAWAY)
