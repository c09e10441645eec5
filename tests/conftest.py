"""Which fixture to take: the smallest that shows the thing.

`small`     the release of `tests/fixtures/facts`, a true slice of the facts (one city region),
            built once in half a second; read-only
`tables`    a copy of that slice in a folder of its own, for a test that breaks or adds a row:
            `tables.change(file, line, column=value)`, `tables.add(file, column=value)`,
            `tables.build()`
`release`   the release of all facts (see `conftest.py` above), for counts and for agreement
`store`     its dataset; read-only
`serve`     serves an application on the loopback interface as long as its address is in use
"""

from __future__ import annotations

import contextlib
import csv
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from kgraph.ingest.build import build
from kgraph.release import Release
from kgraph.store import Store

Serve = Callable[[FastAPI], contextlib.AbstractContextManager[str]]

FACTS = Path(__file__).parent / "fixtures" / "facts"


@dataclass(frozen=True)
class Tables:
    """A folder of tables that a test may edit, and a folder of releases to build into."""

    data: Path
    root: Path

    def read(self, file: str) -> list[dict[str, str]]:
        with (self.data / file).open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    def add(self, file: str, **cells: str) -> int:
        """Append a row; columns that are not given stay empty. The line on which it stands."""
        path = self.data / file
        with path.open(encoding="utf-8", newline="") as handle:
            header = next(csv.reader(handle))
        assert set(cells) <= set(header), f"{file} has the columns {header}"
        with path.open("a", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow([cells.get(column, "") for column in header])
        return path.read_text(encoding="utf-8").count("\n")

    def change(self, file: str, line: int, **cells: str) -> None:
        """Change cells of the row on a line (2 is the first below the header)."""
        rows = self.read(file)
        assert set(cells) <= rows[line - 2].keys()
        rows[line - 2].update(cells)
        with (self.data / file).open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def build(self) -> Release:
        return build(data=self.data, root=self.root).release


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build(data=FACTS, root=tmp_path_factory.mktemp("small")).release


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    data = tmp_path / "data"
    shutil.copytree(FACTS, data)
    return Tables(data, tmp_path / "release")


@pytest.fixture(scope="session")
def store(release: Release) -> Store:
    return release.store


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Serves an application for as long as its address is in use."""
    return _serving


@contextlib.contextmanager
def _serving(app: FastAPI) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not running.started and time.monotonic() < deadline:
        time.sleep(0.02)
    assert running.started
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)
    listening.close()
