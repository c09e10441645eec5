"""The endpoint against other servers: eight connections, in alternating runs.

    python benchmarks/sparql/over_http.py FOLDER [--rounds 3] [--seconds 3] [--oxigraph PATH]
                                                 [--rdflib-endpoint] [--query 02-roster]

Compared are this endpoint, the same with kept answers, an ASGI application that does nothing, and,
where they are installed, Oxigraph's server on disk and in memory (``pip install oxigraph``) and
rdflib-endpoint. Printed are medians of the rounds: requests per second, median and p99.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import quote

from kgraph.namespaces import PREFIXES

HERE = Path(__file__).parent
ASKED = ("00-name", "01-lookup", "02-roster", "10-provenance", "13-construct")
NOTHING = """
async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200,
                    "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"{}"})
"""
RDFLIB = """
import rdflib, sys, uvicorn
from rdflib_endpoint import SparqlEndpoint
data = rdflib.Dataset(default_union=False)
data.default_graph.parse(sys.argv[1] + "/merged.nt", format="nt")
data.parse(sys.argv[1] + "/graph.nq", format="nquads")
uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--oxigraph", default=shutil.which("oxigraph"))
    parser.add_argument("--rdflib-endpoint", action="store_true")
    parser.add_argument("--query", choices=ASKED, help="this one only")
    given = parser.parse_args()
    with ExitStack() as opened:
        servers = {
            name: (opened.enter_context(_started(command, port)), vary)
            for name, command, port, vary in _servers(given, opened)
        }
        servers["ours, kept"] = (servers["ours"][0], False)
        print(
            f"{'query':15} {'server':16} {'req/s':>9} {'ratio':>7} {'median ms':>10} {'p99 ms':>8}"
        )
        for name in [given.query] if given.query else ASKED:
            _compare(name, servers, given.rounds, given.seconds)


def _servers(
    given: argparse.Namespace, opened: ExitStack
) -> Iterator[tuple[str, list[str], int, bool]]:
    """Name, command, port, and whether each request is to differ."""
    python, folder = sys.executable, given.folder
    port = _free_port()
    yield (
        "ours",
        [python, "-m", "kgraph_api", "--port", str(port), "--release", str(folder)],
        port,
        True,
    )
    work = Path(opened.enter_context(tempfile.TemporaryDirectory()))
    (work / "nothing.py").write_text(NOTHING)
    port = _free_port()
    quiet = ["--log-level", "error", "--no-access-log"]
    command = [python, "-m", "uvicorn", "--app-dir", str(work), "nothing:app", *quiet]
    yield "nothing", [*command, "--port", str(port)], port, False
    if given.oxigraph:
        files = [str(folder / name) for name in ("graph.nq", "merged.nt")]
        subprocess.run([given.oxigraph, "load", "--location", str(work / "db"), "--file", *files],
                       check=True, capture_output=True)  # fmt: skip
        port = _free_port()
        yield "oxigraph, disk", [given.oxigraph, "serve-read-only", "--location", str(work / "db"),
                                 "--bind", f"127.0.0.1:{port}"], port, True  # fmt: skip
        port = _free_port()
        command = [given.oxigraph, "serve", "--bind", f"127.0.0.1:{port}"]
        yield "oxigraph, memory", command, port, True
        _fill(port, folder)
    if given.rdflib_endpoint:
        port = _free_port()
        yield "rdflib-endpoint", [python, "-c", RDFLIB, str(folder), str(port)], port, True


def _compare(name: str, servers: dict[str, tuple[int, bool]], rounds: int, seconds: float) -> None:
    text = (HERE / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    used = [f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if f"{p}:" in text]
    body = "query=" + quote("\n".join([*used, text]))
    found: dict[str, list[list[float]]] = {server: [] for server in servers}
    for turn in range(rounds):
        for server in list(servers)[:: 1 if turn % 2 else -1]:
            port, vary = servers[server]
            path = "/query" if server.startswith("oxigraph") else "/sparql"
            command = [sys.executable, str(HERE / "client.py"), str(port), path, str(seconds),
                       str(int(vary))]  # fmt: skip
            done = subprocess.run(command, input=body, text=True, capture_output=True, check=True)
            found[server].append([float(word) for word in done.stdout.split()])
    own = median(run[0] for run in found["ours"])
    for server, runs in found.items():
        rate, middle, late = (median(column) for column in zip(*runs, strict=True))
        print(f"{name:15} {server:16} {rate:9.1f} {own / rate:7.2f} {middle:10.2f} {late:8.2f}")


@contextmanager
def _started(command: list[str], port: int) -> Iterator[int]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            time.sleep(1)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"nothing answers at port {port}")


def _fill(port: int, folder: Path) -> None:
    """Load the statements over HTTP: a store in memory takes them in no other way."""
    for name, target, kind in (
        ("graph.nq", "/store", "application/n-quads"),
        ("merged.nt", "/store?default", "application/n-triples"),
    ):
        address = f"http://127.0.0.1:{port}{target}"
        with (folder / name).open("rb") as data:
            request = urllib.request.Request(address, data.read(), {"Content-Type": kind})
        urllib.request.urlopen(request, timeout=300).close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


if __name__ == "__main__":
    main()
