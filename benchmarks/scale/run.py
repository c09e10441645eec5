"""Build a release of its own from one of the data sets of the folder ``scale``, and ask it.

::

    python benchmarks/scale/run.py france
    python benchmarks/scale/run.py france --part 0.25

The data sets lie in ``../shared/scale`` beside the checkout, or where ``--scale`` says.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path
from typing import Any

from mappings import DATA_SETS

from kgraph.ingest.build import build
from kgraph.release import Release
from kgraph.validation import validate as check

SCALE = Path(__file__).resolve().parents[2].parent / "shared" / "scale"


def main() -> None:
    """Make the tables, build them, ask, and print what was measured as JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("name", choices=DATA_SETS)
    options.add_argument("--part", type=float, default=1.0)
    options.add_argument("--scale", type=Path, default=SCALE)
    options.add_argument("--validate", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as work:
        json.dump(measure(given.name, given.part, given.scale, Path(work), given.validate),
                  sys.stdout, ensure_ascii=False, indent=2)  # fmt: skip
        print()


def measure(name: str, part: float, scale: Path, work: Path, validate: bool) -> dict[str, Any]:
    """Seconds and the peak of memory of the build, and the answers of its release."""
    folder, mapping = DATA_SETS[name]
    data = mapping(scale / folder, part).write(work / "data")
    started, used = time.perf_counter(), time.process_time()

    def step(text: str) -> None:
        print(f"{time.perf_counter() - started:6.1f} s  {_peak():6.0f} MB  {text}", file=sys.stderr)

    release = build(data=data, root=work / "release", progress=step).release
    found = {
        "data set": name, "part": part,
        "seconds": round(time.perf_counter() - started, 1),
        "cpu seconds": round(time.process_time() - used, 1),
        "peak MB": round(_peak()),
        "counts": release.manifest["counts"],
    }  # fmt: skip
    step("asking")
    found["answers"] = ask(release)
    if validate:
        found["violations"] = check(release).n_violations
    step("done")
    return found


def ask(release: Release) -> dict[str, Any]:
    """Generic questions: the largest networks, their members, the pair with the largest overlap."""
    view = release.affiliation.at(None)
    largest = sorted(release.networks, key=lambda one: (-one.n_listed, one.slug))[:20]
    members = {one.slug: {row.member for row in release.members_of(one.iri) if row.participates}
               for one in largest}  # fmt: skip
    pairs = [(len(members[a] & members[b]), a, b) for a, b in combinations(members, 2)]
    shared, first, second = max(pairs, key=lambda pair: (pair[0], pair[1:]))
    busiest = int(view.member_degrees.argmax())
    return {
        "largest network": [largest[0].slug, largest[0].n_listed],
        "largest overlap among the largest": [first, second, shared],
        "member of most networks": [view.members[busiest].name, int(view.member_degrees[busiest])],
        "networks": len(release.networks),
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
