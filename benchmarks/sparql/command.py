"""``kgraph query`` against a script that asks pyoxigraph itself, each as a whole process.

    python benchmarks/sparql/command.py FOLDER [--rounds 7] [--query 01-lookup]

Both load the two files of the release and print the same JSON; they take turns. Printed are the
medians in seconds and the ratio.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from kgraph.namespaces import PREFIXES

QUERIES = Path(__file__).parent / "queries"
NATIVE = """
import sys
import pyoxigraph as ox
store = ox.Store()
for name in ("graph.nq", "merged.nt"):
    store.bulk_load(path=f"{sys.argv[1]}/{name}", format=ox.RdfFormat.N_QUADS)
found = store.query(sys.argv[2])
sys.stdout.buffer.write(found.serialize(format=ox.QueryResultsFormat.JSON))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--query", default="01-lookup")
    given = parser.parse_args()
    text = (QUERIES / f"{given.query}.rq").read_text(encoding="utf-8")
    used = [f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if f"{p}:" in text]
    asked, folder = "\n".join([*used, text]), str(given.folder)
    kgraph = [sys.executable, "-m", "kgraph", "query", asked, "--release", folder, "-f", "json"]
    commands = {"ours": kgraph, "pyoxigraph": [sys.executable, "-c", NATIVE, folder, asked]}
    if len({_run(command)[1] for command in commands.values()}) > 1:
        raise SystemExit("the two do not print the same")
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(given.rounds):
        for name in list(commands)[:: 1 if turn % 2 else -1]:
            taken[name].append(_run(commands[name])[0])
    ours, native = median(taken["ours"]), median(taken["pyoxigraph"])
    print(f"{given.query}: ours {ours:.2f} s, pyoxigraph {native:.2f} s, ratio {ours / native:.2f}")


def _run(command: list[str]) -> tuple[float, bytes]:
    """Seconds, and what was printed."""
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - started, done.stdout.strip()


if __name__ == "__main__":
    main()
