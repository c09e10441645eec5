"""Builds into copies of a folder of releases and is killed by itself, each time at another moment.

``python killed.py DATA ROOT WORK``: builds die just before a step on the disk: every 70th, and each
of the last seven, in which the release takes its place. Prints for each moment a line: the release
that is published then, whether it is whole, how many folders killed builds have left; the same
three after the next build, which is made where the new release had been near.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from killing import count_steps, dies_at

from kgraph.ingest.build import build
from kgraph.ingest.publishing import clear_away, published, version_of


def main(data: Path, root: Path, work: Path) -> None:
    def make(folder: Path) -> None:
        build(data, root=folder)

    shutil.copytree(root, work / "whole")
    n_steps = count_steps(make, work / "whole")
    for moment in sorted({*range(1, n_steps, 70), *range(n_steps - 6, n_steps + 1)}):
        copy = work / str(moment)
        shutil.copytree(root, copy)
        assert dies_at(moment, make, copy)
        told = found(copy)
        if moment > n_steps - 5:
            assert not dies_at(0, make, copy)
        clear_away(copy)
        print(*told, *found(copy))
        shutil.rmtree(copy)


def found(root: Path) -> tuple[str, bool, int]:
    release = published(root)
    assert release is not None
    whole = version_of(release.path) == release.version
    return release.version, whole, len(list(root.glob(".build-*")))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
