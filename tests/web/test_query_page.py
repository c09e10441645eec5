"""The query page in a browser over a real server: its workers, its limits, its content policy."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from kgraph.release import Release

from .conftest import WEB, Run

#: Small enough that a test sees a query being ended, and large enough for all others.
LIMITS = {"KGRAPH_QUERY_SECONDS": "2", "KGRAPH_MAX_ANSWER_ROWS": "20000"}


@contextlib.contextmanager
def served(folder: Path, log: Path) -> Iterator[str]:
    """A server in a process of its own, over the folder of a release."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kgraph_api", "--port", str(port), "--release", str(folder)]
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=os.environ | LIMITS, stdout=file, stderr=file)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while not _answers(address):
            assert process.poll() is None and time.monotonic() < deadline, log.read_text("utf-8")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/api/v1/about", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="queries are ended in their workers only")
def test_the_query_page_as_a_researcher_uses_it(small: Release, run: Run, tmp_path: Path) -> None:
    if not (WEB.parent / "api/kgraph_api/web/sparql.html").is_file():
        pytest.skip("the pages are not built; install without KGRAPH_SKIP_WEB")
    with served(small.path, tmp_path / "log") as address:
        done = run("tests/page/real.mjs", address, sys.executable)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", 0 failed" in done.stdout
