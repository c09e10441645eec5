"""The queries in this process: ours against pyoxigraph itself and rdflib, in alternating runs.

    python benchmarks/sparql/library.py FOLDER [--rounds 7] [--rdflib]

Each way gives the same bytes (JSON or N-Triples), so that serialising is in the figure. Printed are
the median of ours and of pyoxigraph in milliseconds, the ratio of the medians and of the 99th
percentiles (of few rounds: of the slowest), and how many times rdflib takes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from math import ceil
from pathlib import Path
from statistics import median

import pyoxigraph as ox
import rdflib

from kgraph.namespaces import PREFIXES
from kgraph.store import Store

QUERIES = sorted((Path(__file__).parent / "queries").glob("*.rq"))
Way = Callable[[str], bytes]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--rdflib", action="store_true", help="too: slow above ten thousand")
    given = parser.parse_args()
    native, ours, seconds = _loaded(given.folder)
    ways: dict[str, Way] = {"ours": _ours(ours), "pyoxigraph": _native(native)}
    if given.rdflib:
        ways["rdflib"] = _rdflib(given.folder)
    print(f"plain bulk load {seconds[0]:.2f} s, with the merge {seconds[1]:.2f} s "
          f"({seconds[1] / seconds[0]:.2f} ×)\n")  # fmt: skip
    print(f"{'query':16} {'ours ms':>9} {'pyoxigraph':>11} {'ratio':>6} {'p99':>6} {'rdflib ×':>9}")
    for file in QUERIES:
        text = file.read_text(encoding="utf-8")
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(given.rounds):
            names = list(ways)[:: 1 if turn % 2 else -1]
            for name in names:
                if name == "rdflib" and turn > 1:
                    continue
                started = time.perf_counter()
                ways[name](text)
                taken[name].append(time.perf_counter() - started)
        own, other = (1000 * median(taken[name]) for name in ("ours", "pyoxigraph"))
        slow = f"{1000 * median(taken['rdflib']) / own:9.0f}" if given.rdflib else f"{'':>9}"
        late = _p99(taken["ours"]) / _p99(taken["pyoxigraph"])
        print(f"{file.stem:16} {own:9.2f} {other:11.2f} {own / other:6.2f} {late:6.2f} {slow}")


def _p99(taken: list[float]) -> float:
    """The 99th percentile by nearest rank."""
    return sorted(taken)[ceil(0.99 * len(taken)) - 1]


def _loaded(folder: Path) -> tuple[ox.Store, Store, tuple[float, float]]:
    started = time.perf_counter()
    plain = ox.Store()
    plain.bulk_load(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    between = time.perf_counter()
    ours = Store.of_release(*(folder / name for name in ("graph.nq", "merged.nt", "rosters.nt")))
    ours.load()
    ended = time.perf_counter()
    plain.bulk_load(path=str(folder / "merged.nt"), format=ox.RdfFormat.N_QUADS)
    return plain, ours, (between - started, ended - between)


def _ours(store: Store) -> Way:
    def ask(text: str) -> bytes:
        answer = store.query(text)
        return answer.serialize("ntriples" if answer.kind == "graph" else "json")

    return ask


def _native(store: ox.Store) -> Way:
    def ask(text: str) -> bytes:
        found = store.query(text, prefixes=PREFIXES)
        if isinstance(found, ox.QueryTriples):
            return found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        return found.serialize(format=ox.QueryResultsFormat.JSON) or b""

    return ask


def _rdflib(folder: Path) -> Way:
    data = rdflib.Dataset()
    data.parse(folder / "graph.nq", format="nquads")
    data.default_graph.parse(folder / "merged.nt", format="nt")

    def ask(text: str) -> bytes:
        found = data.query(text, initNs=PREFIXES)
        form = "nt" if found.type == "CONSTRUCT" else "json"
        return found.serialize(format=form) or b""

    return ask


if __name__ == "__main__":
    main()
