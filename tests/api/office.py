"""A server whose measures run as jobs, and how to talk to it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI

from kgraph.release import Release
from kgraph_api.app import create_app
from kgraph_api.jobs.board import Board
from kgraph_api.settings import Settings

#: Some ten seconds of work on the small release.
LONG = "/api/v1/analysis/nestedness?n_samples=10000"
ASYNC = {"Prefer": "respond-async, wait=1"}
PATIENCE = 60.0


@dataclass
class Office:
    """A server, and how to talk to it."""

    port: int
    app: FastAPI

    @property
    def board(self) -> Board:
        board: Board = self.app.state.desk.board
        return board

    def ask(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, Any, http.client.HTTPMessage]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, json.loads(body) if body else None, answer.headers

    def job(self, path: str) -> str:
        """The address of the job for a measure."""
        status, _, headers = self.ask(path, headers=ASYNC)
        assert status == 202
        return str(headers["Location"])

    def until(self, address: str, *states: str) -> Any:
        """Look at a job until it is in one of the states."""
        return within(lambda: (found := self.ask(address)[1])["state"] in states and found)

    def pid(self, address: str) -> int:
        """The process of a job that runs."""
        self.until(address, "running")
        job = self.board.job(address.rpartition("/")[2])
        assert job
        process = within(lambda: job.run.computation._process)
        return int(process.pid)


def within(found: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What a function finds before long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} seconds")


def is_gone(pid: int) -> bool:
    """Whether there is no such process any more."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@contextmanager
def served(settings: Settings, release: Release | None) -> Iterator[Office]:
    app = create_app(settings, release)
    listening = socket.create_server(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    within(lambda: running.started)
    yield Office(listening.getsockname()[1], app)
    app.state.desk.board.close()
    running.should_exit = True
    thread.join(10)
    listening.close()
