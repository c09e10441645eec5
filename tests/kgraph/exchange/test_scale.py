"""Data sets that nobody made for kgraph become releases of their own that answer truly.

A tenth of the cooperations of each; ``benchmarks/scale/run.py`` measures the whole.
"""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kgraph.namespaces import slug

ROOT = Path(__file__).parents[3]
SCALE = ROOT.parent / "shared" / "scale"

#: Data set → its folder, the column of the member, and how our slugs begin.
CASES = {
    "germany": ("de-gemeindeverbaende", "ags", "de-"),
    "netherlands": ("nl-gemeenschappelijke-regelingen", "participant", ""),
    "covenant": ("eu-covenant-of-mayors", "signatory", ""),
    "france": ("fr-intercommunalites", "municipality", "fr-"),
}


def _rows(folder: str, name: str) -> list[dict[str, str]]:
    with gzip.open(SCALE / folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(not SCALE.is_dir(), reason="the data sets ../shared/scale are not there")
@pytest.mark.parametrize("name", CASES)
def test_a_tenth_of_a_data_set(name: str) -> None:
    folder, column, prefix = CASES[name]
    cooperations = _rows(folder, "cooperations")
    taken = {row["id"] for row in cooperations[9::10]}
    rows = [row for row in _rows(folder, "memberships") if row["cooperation"] in taken]
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/scale/run.py"), name, "--part", "0.1",
         "--validate"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["violations"] == 0
    keys = {(row["cooperation"], row[column], row.get("role", "")) for row in rows}
    assert found["counts"]["memberships"] == len(keys)
    assert found["answers"]["networks"] == len({row["cooperation"] for row in rows})
    counted = Counter(
        row["cooperation"]
        for row in {
            (row["cooperation"], row[column]): row for row in rows if _is_member(row)
        }.values()
    )
    largest, n_members = found["answers"]["largest network"]
    assert n_members == max(counted.values())
    assert largest in {prefix + slug(one) for one, n in counted.items() if n == n_members}


def _is_member(row: dict[str, str]) -> bool:
    """Who is only covered, coordinated or supported is no member."""
    return row.get("direct", "1") == "1" and row.get("role", "member") in ("member", "signatory")
