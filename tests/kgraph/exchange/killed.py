"""Writes an import into a data folder and is killed by itself at every moment, one after the other.

``python killed.py FILE DATA WORK``: for each moment a copy of DATA is changed in a process that
kills itself just before its n-th step on the disk. Then the next start has its turn. Prints for
each moment ``old`` or ``new``, or what is neither; the last line tells of the process that nobody
killed.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from killing import dies_at

from kgraph import resources
from kgraph.codelists import read_codelists
from kgraph.exchange.attribution import Told
from kgraph.exchange.examine import examine
from kgraph.exchange.graphs import examine_graphs, write_graphs
from kgraph.exchange.rdf import is_rdf, read_rdf
from kgraph.exchange.reading import read_pages
from kgraph.exchange.records import records
from kgraph.exchange.writing import write
from kgraph.ingest.journal import complete
from kgraph.ingest.tables import read_tables


def main(file: Path, data: Path, work: Path) -> None:
    apply = prepared(file, data)
    old = content(data)
    shutil.copytree(data, work / "whole")
    apply(work / "whole")
    new = content(work / "whole")
    assert new != old
    moment, killed = 0, True
    while killed:
        moment += 1
        copy = work / str(moment)
        shutil.copytree(data, copy)
        killed = dies_at(moment, apply, copy)
        complete(copy)
        found = content(copy)
        print("old" if found == old else "new" if found == new else sorted(set(found) ^ set(new)))
        if not killed:
            apply_again = prepared(file, copy)
            apply_again(copy)
            assert content(copy) == new
        shutil.rmtree(copy)


def prepared(file: Path, data: Path):
    """What writes the import of a file, checked already."""
    if is_rdf(file):
        graphs = examine_graphs(read_rdf(file), Told("", {}), data, resources.ontology())
        assert not graphs.refused
        return lambda folder: write_graphs(graphs, folder)
    codes = read_codelists(resources.ontology())
    rows = examine(records(read_pages(file)), read_tables(data), codes)
    return lambda folder: write(rows, folder)


def content(folder: Path) -> dict[str, bytes]:
    """Every file that the build reads."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).as_posix().startswith(".import-")
    }


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
