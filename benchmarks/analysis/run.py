"""Time kgraph's analysis against networkx and others: `python benchmarks/analysis/run.py --help`.

Each library has a process of its own, which makes ready, runs once on a tiny graph (so that nothing
is compiled or imported while the clock runs) and then waits. The processes take turns: ours,
theirs, ours, theirs. What is printed are medians, their ratio, and how much memory a process took
beyond what it held before the first turn. A run that exceeds the limit is ended and said so.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import time
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

import ours
import theirs
from graphs import SIZES, Edges, french, generated

#: libraries that are left out above a number of memberships, as they would exceed any limit
_SMALL = {"rustworkx": 70_000, "networkit": 70_000}
#: Seconds for which a turn goes on.
_MOMENT = 0.2


def memory(field: str) -> float:
    """A line of the process's status in MB; NaN where there is no such file."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan")
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


def serve(pipe: Connection, library: str, job: str, edges: Edges, budget: float) -> None:
    """Answer each message with (answer, seconds, factor, MB, CPU seconds) of one turn: the middle
    one of as many runs as fit into a moment, since a process that has waited is slow at first.
    """
    make = ours.JOBS[job] if library == "kgraph" else theirs.JOBS[job][library]
    theirs.BUDGET = 0.1
    make(replace(generated("tiny"), name=edges.name))()
    theirs.BUDGET = budget
    run = make(edges)
    gc.collect()
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak
    held = memory("VmRSS")
    pipe.send("ready")
    while pipe.recv():
        taken: list[tuple[float, float]] = []
        while sum(seconds for seconds, _ in taken) < _MOMENT:
            start, cpu = time.perf_counter(), time.process_time()
            answer, factor = run()
            taken.append((time.perf_counter() - start, time.process_time() - cpu))
        seconds, cpu = sorted(taken)[len(taken) // 2]
        pipe.send((answer, seconds, factor, memory("VmHWM") - held, cpu))


class Runner:
    """One library's process for one job on one graph."""

    def __init__(self, library: str, job: str, edges: Edges, budget: float) -> None:
        self.library, self.runs, self.over = library, [], False
        self.pipe, end = get_context("spawn").Pipe()
        arguments = (end, library, job, edges, budget)
        self.process = get_context("spawn").Process(target=serve, args=arguments, daemon=True)
        self.process.start()
        end.close()

    def turn(self, limit: float) -> None:
        """One run, unless an earlier one exceeded the limit."""
        if self.over:
            return
        self.pipe.send(True)
        if self.pipe.poll(limit):
            self.runs.append(self.pipe.recv())
        else:
            self.over = True

    def end(self) -> None:
        self.process.terminate()
        self.process.join()

    @property
    def seconds(self) -> float:
        """The median, multiplied by what a sample stands for; NaN without a run."""
        return median(r[1] * r[2] for r in self.runs) if self.runs else float("nan")

    @property
    def cpu(self) -> float:
        """The same for the time that all its threads had on a core."""
        return median(r[4] * r[2] for r in self.runs) if self.runs else float("nan")

    @property
    def is_sample(self) -> bool:
        return any(r[2] != 1 for r in self.runs)


def measure(job: str, edges: Edges, chosen: argparse.Namespace) -> list[Runner]:
    """Let all libraries take turns at a job, ours first."""
    others = [
        name for name in theirs.JOBS.get(job, ())
        if find_spec(name.partition(" ")[0]) and name not in chosen.skip
        and len(edges.member) <= _SMALL.get(name, 10**9)
    ]  # fmt: skip
    runners = [Runner(name, job, edges, chosen.budget) for name in ("kgraph", *others)]
    for runner in runners:
        if runner.pipe.poll(300):
            runner.pipe.recv()
        else:
            runner.over = True
    for _ in range(chosen.turns):
        for runner in runners:
            runner.turn(chosen.limit)
    for runner in runners:
        runner.end()
    return runners


def lone(job: str, edges: Edges, ours_: Runner) -> str:
    """A line of the table for what the others cannot do."""
    seconds = _time(ours_.seconds) if ours_.runs else "–"
    peak = f"{max(r[3] for r in ours_.runs):,.0f}" if ours_.runs else ""
    return f"| {job} | {edges.name} | | {seconds} | | | | {peak} | | |"


def row(job: str, edges: Edges, ours_: Runner, other: Runner, limit: float) -> str:
    """One line of the table."""
    agrees = ""
    if ours_.runs and other.runs and other.runs[0][0] is not None:
        a, b = ours_.runs[0][0], other.runs[0][0]
        agrees = "equal" if abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1) else f"{a:.6g} / {b:.6g}"
    ratio, by_cpu = other.seconds / ours_.seconds, other.cpu / max(ours_.cpu, 1e-6)
    said = "" if other.runs else f"over {limit:.0f} s"
    about = "≈ " if other.is_sample else ""
    cells = [
        job, edges.name, other.library, _time(ours_.seconds), said or about + _time(other.seconds),
        f"over {limit / ours_.seconds:,.0f} ×" if said else f"{about}{ratio:,.{ratio < 10:d}f} ×",
        "" if said else f"{about}{by_cpu:,.{by_cpu < 10:d}f} ×",
        f"{max(r[3] for r in ours_.runs):,.0f}" if ours_.runs else "",
        f"{max(r[3] for r in other.runs):,.0f}" if other.runs else "",
        agrees,
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _time(seconds: float) -> str:
    if seconds < 0.0995:
        return f"{seconds * 1000:.2g} ms"
    return f"{seconds:,.2f} s" if seconds < 10 else f"{seconds:,.0f} s"


def _versions() -> str:
    names = ("numpy", "scipy", "numba", "networkx", "igraph", "rustworkx", "networkit",
             "scikit-network")  # fmt: skip
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return f"Python {platform.python_version()}, " + ", ".join(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    graphs = [*(name for name in SIZES if name != "tiny"), "france-real"]
    parser.add_argument("--graphs", nargs="+", default=["germany"], choices=[*graphs, "tiny"])
    parser.add_argument("--jobs", nargs="+", default=list(ours.JOBS), choices=list(ours.JOBS))
    parser.add_argument("--turns", type=int, default=3, help="runs of each library")
    parser.add_argument("--limit", type=float, default=120, help="seconds a run may take")
    parser.add_argument(
        "--budget", type=float, default=theirs.BUDGET,
        help="seconds after which networkx or scipy stop, and the time of the rest is estimated",
    )  # fmt: skip
    parser.add_argument("--skip", nargs="*", default=[], help="libraries to leave out")
    chosen = parser.parse_args()
    print(f"{_versions()}\n")
    columns = ("job", "graph", "against", "kgraph", "other", "ratio", "by CPU", "kgraph MB")
    print(f"| {' | '.join(columns)} | other MB | answers |")
    print("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |", flush=True)
    for name in chosen.graphs:
        edges: Any = french() if name == "france-real" else generated(name)
        if edges is None:
            print(f"| all | {name} | | | the data are not here | | | | |")
            continue
        for job in chosen.jobs:
            if job.startswith("history") != (name == "history"):
                continue
            first, *others = measure(job, edges, chosen)
            for other in others:
                print(row(job, edges, first, other, chosen.limit), flush=True)
            if not others:
                print(lone(job, edges, first), flush=True)
        print(f"\nload after {name}: {os.getloadavg()[0]:.1f}\n", flush=True)


if __name__ == "__main__":
    main()
