"""Statements → the files of the graph, what the rules derive from them, and the store over both.

What the sources say is written and forgotten before the engine reads it, so that two million
statements are in memory once and not four times.
"""

from __future__ import annotations

import heapq
import shutil
from bisect import bisect
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from kgraph.ingest import void
from kgraph.ingest.quads import Quads
from kgraph.queries.rosters import rosters
from kgraph.queries.vocabulary import counts
from kgraph.store import Store

__all__ = ["DERIVED", "derive"]

#: The graph of everything that no source says.
DERIVED = "derived"
#: The graphs that are made from all others, in the order of the file.
_MADE = (DERIVED, void.GRAPH)


def derive(quads: Quads, rules: Path, folder: Path) -> Store:
    """Write ``graph.nq`` and ``merged.nt`` with what the rules derive, and load both.

    Beside them stands ``rosters.nt``, which is a part of the merge in another order.

    Parameters
    ----------
    quads : Quads
        What was stated; afterwards empty but for the names of its graphs.
    rules : Path
        The folder of the rules, ``*.rq``; what they give goes into ``graph/derived``. What there
        is then is counted, and the numbers go into ``graph/void``.
    folder : Path
        Where they are written, each in its order: the same statements give the same bytes.

    Notes
    -----
    Memory is that of the statements or that of the store, whichever is larger; O(n log n) time.
    """
    slugs = [slug for slug in quads.graphs() if slug not in _MADE]
    parts = [folder / f"part-{place}.nq" for place in range(len(_MADE) + 1)]
    for place, part in enumerate(parts):
        _write(part, quads.lines([slug for slug in slugs if bisect(_MADE, slug) == place]))
    said = folder / "said.nt"
    _write(said, _dotted(quads.merged(slugs)))
    quads.forget(slugs)
    store = Store.from_files(*parts, said)
    store.add(_dotted(quads.merged()))
    made = [
        line.removesuffix(" .")
        for rule in sorted(rules.glob("*.rq"))
        for line in _made(store, rule).splitlines()
    ]
    quads.extend(DERIVED, iter(made))
    store.add(_dotted(made))
    void.add_void(quads, counts(store))
    store.add(_dotted(quads.merged([void.GRAPH])))
    store.add(quads.lines())
    _write(folder / "rosters.nt", rosters(store))
    with (folder / "graph.nq").open("wb") as graph:
        for place, part in enumerate(parts):
            with part.open("rb") as lines:
                shutil.copyfileobj(lines, graph)
            part.unlink()
            graph.writelines(line.encode() for line in quads.lines(_MADE[place : place + 1]))
    with said.open(encoding="utf-8") as stated:
        both = heapq.merge(stated, _dotted(quads.merged()))
        _write(folder / "merged.nt", (line for line, _ in groupby(both)))
    quads.forget(_MADE)
    said.unlink()
    return store


def _made(store: Store, rule: Path) -> str:
    """What a rule gives, as N-Triples."""
    return store.query(rule.read_text(encoding="utf-8")).serialize("ntriples").decode()


def _dotted(statements: Iterable[str]) -> Iterator[str]:
    return (f"{line} .\n" for line in sorted(statements))


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
