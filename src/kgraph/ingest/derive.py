"""Statements → the files of the graph, what the rules derive from them, and the store over both.

What the sources say is written and forgotten before the engine reads it, so that two million
statements are in memory once and not four times.
"""

from __future__ import annotations

import heapq
import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from kgraph.ingest.quads import Quads
from kgraph.store import Store

__all__ = ["DERIVED", "derive"]

#: The graph of everything that no source says.
DERIVED = "derived"


def derive(quads: Quads, rules: Path, folder: Path) -> Store:
    """Write ``graph.nq`` and ``merged.nt`` with what the rules derive, and load both.

    Parameters
    ----------
    quads : Quads
        What was stated; afterwards empty but for the names of its graphs.
    rules : Path
        The folder of the rules, ``*.rq``; what they give goes into ``graph/derived``.
    folder : Path
        Where the two files are written, sorted: the same statements give the same bytes.

    Notes
    -----
    Memory is that of the statements or that of the store, whichever is larger; O(n log n) time.
    """
    graph, merged = folder / "graph.nq", folder / "merged.nt"
    later, said = folder / "later.nq", folder / "said.nt"
    slugs = [slug for slug in quads.graphs() if slug != DERIVED]
    _write(graph, quads.lines([slug for slug in slugs if slug < DERIVED]))
    _write(later, quads.lines([slug for slug in slugs if slug > DERIVED]))
    _write(said, _dotted(quads.merged(slugs)))
    quads.forget(slugs)
    store = Store.from_files(graph, later, said)
    store.add(_dotted(quads.merged()))
    made = [
        line.removesuffix(" .")
        for rule in sorted(rules.glob("*.rq"))
        for line in _made(store, rule).splitlines()
    ]
    quads.extend(DERIVED, iter(made))
    store.add(_dotted(made))
    store.add(quads.lines())
    _write(graph, quads.lines(), mode="a")
    with graph.open("ab") as out, later.open("rb") as rest:
        shutil.copyfileobj(rest, out)
    with said.open(encoding="utf-8") as lines:
        both = heapq.merge(lines, _dotted(quads.merged()))
        _write(merged, (line for line, _ in groupby(both)))
    quads.forget([DERIVED])
    later.unlink()
    said.unlink()
    return store


def _made(store: Store, rule: Path) -> str:
    """What a rule gives, as N-Triples."""
    return store.query(rule.read_text(encoding="utf-8")).serialize("ntriples").decode()


def _dotted(statements: Iterable[str]) -> Iterator[str]:
    return (f"{line} .\n" for line in sorted(statements))


def _write(path: Path, lines: Iterable[str], mode: str = "w") -> None:
    with path.open(mode, encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
