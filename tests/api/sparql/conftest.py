"""``walled``: a real server in a process of its own, with query workers and narrow limits.

Its release holds a ring of three thousand things, dense enough for queries that never end. A query
has one second, 256 MB, 24 MB and 50,000 rows of answer; a request or a reader has two seconds.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kgraph.release import Release

SECONDS = 1
LIMITS = {
    "KGRAPH_QUERY_SECONDS": str(SECONDS), "KGRAPH_QUERY_MEMORY_MB": "256",
    "KGRAPH_MAX_ANSWER_BYTES": str(24_000_000), "KGRAPH_MAX_ANSWER_ROWS": str(50_000),
    "KGRAPH_QUERY_WORKERS": "5", "KGRAPH_REQUEST_SECONDS": "2",
}  # fmt: skip


@dataclass
class Walled:
    """A server under test."""

    port: int
    process: subprocess.Popen[bytes]

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, query: str, **headers: str) -> tuple[int, bytes, http.client.HTTPMessage]:
        """Status, body and headers of the answer to a query."""
        connection = self.connect()
        try:
            body = urlencode({"query": query})
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", "/sparql", body, kind | headers)
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            connection.close()

    def seconds(self, query: str = "ASK {}") -> float:
        """How long a query takes that has an answer."""
        started = time.perf_counter()
        assert self.ask(query)[0] == 200
        return time.perf_counter() - started

    def zygote(self) -> int:
        """The process id of the zygote."""
        (found,) = _children(self.process.pid)
        return found

    def workers(self) -> set[int]:
        """The process ids of the query workers."""
        return _children(self.zygote())

    def memory_mb(self) -> float:
        """What the server and its workers hold for themselves."""
        pids = {self.process.pid, self.zygote(), *self.workers()}
        return sum(_private_kb(pid) for pid in pids) / 1024

    def settle(self) -> None:
        """Wait until five workers are there and none is busy."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            workers = self.workers()
            if len(workers) == 5 and not any(_is_running(pid) for pid in workers):
                return
            time.sleep(0.05)
        raise AssertionError("the workers did not come back")


def _children(parent: int) -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "R"
    except OSError:
        return False


def _private_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))


def _ring(n: int) -> str:
    """Each thing leads to the next two, and has a text."""
    lines = []
    for i in range(n):
        for step in (1, 2):
            lines.append(f"<urn:n{i}> <urn:next> <urn:n{(i + step) % n}> .\n")
        lines.append(f'<urn:n{i}> <urn:text> "{"a" * 30}{i}" .\n')
    return "".join(sorted(lines))


@pytest.fixture(scope="session")
def walled(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walled]:
    """The server."""
    folder = tmp_path_factory.mktemp("walled") / "release"
    copy_release(release, folder, "walled", _ring(3000))
    with serve(folder) as server:
        yield server


def copy_release(release: Release, folder: Path, version: str, merged: str) -> None:
    """A release of another version and other statements."""
    shutil.copytree(release.path, folder)
    manifest = json.dumps({**release.manifest, "version": version})
    (folder / "manifest.json").write_text(manifest)
    (folder / "merged.nt").write_text(merged)
    (folder / "graph.nq").write_text(merged.replace(" .\n", " <urn:g> .\n"))


@contextmanager
def serve(folder: Path, **more: str) -> Iterator[Walled]:
    """Start a server over a folder of a release or of releases; ``more`` goes before the limits."""
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("needs Linux: its processes are looked at in /proc")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kgraph_api", "--port", str(port), "--release", str(folder)]
    with (folder.parent / "log").open("wb") as log:
        process = subprocess.Popen(command, env=os.environ | LIMITS | more, stdout=log, stderr=log)
    server = Walled(port, process)
    try:
        _await(server)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _await(server: Walled) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if server.ask("ASK {}")[0] == 200:
                server.settle()
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def raw(server: Walled, request: str) -> socket.socket:
    """A connection with little room for what it receives, over which something has been sent."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(20)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(request.encode())
    return connection


def read(connection: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    found = bytearray()
    try:
        while part := connection.recv(1 << 20):
            found += part
    except ConnectionResetError:
        pass
    return bytes(found)
