"""``kgraph template`` and ``kgraph import`` as a curator calls them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path


def kgraph(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kgraph", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def _add(path: Path, *cells: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerow(cells)


def test_from_the_template_to_the_release(tables, tmp_path: Path) -> None:
    folder = tmp_path / "radachse"
    assert kgraph("template", "-o", folder, "--data", tables.data).returncode == 0
    _add(folder / "sources.csv", "radachse-2024", "Die Radachse", "", "", "2024", "", "", "de", "")
    _add(folder / "organisations.csv", "radachse", "network", "Radachse", "", "", "", "DE", "",
         "2019-05", "", "", "", "", "radachse-2024", "p. 1")  # fmt: skip
    for name in ("Telgt", "Greven"):
        _add(folder / "memberships.csv", "radachse", name, "municipality", "DE",
             "Nordrhein-Westfalen", "member", "", "", "", "radachse-2024", "p. 2")  # fmt: skip
    refused = kgraph("import", folder, "--data", tables.data, "--accept")
    assert refused.returncode == 1
    assert "memberships.csv:2: refused: member 'Telgt' (municipality, Nordrhein-Westfalen) is " \
           "not known; nearest: Telgte (municipality/de-05570044" in refused.stdout  # fmt: skip
    assert refused.stderr.endswith("radachse: has 1 refused rows of 4; nothing is written\n")
    roster = folder / "memberships.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace("Telgt,", "Telgte,"), "utf-8")
    shown = kgraph("import", folder, "--data", tables.data)
    assert shown.returncode == 0
    assert shown.stdout.splitlines() == [
        "4 rows: 4 accepted",
        "it would change:",
        "  1 new source: Die Radachse",
        "  1 new organisation: Radachse (network)",
        "  2 new members of Radachse: Telgte, Greven",
    ]
    assert not (tables.data / "facts/memberships/radachse.csv").exists()
    accepted = kgraph("import", folder, "--data", tables.data, "--accept")
    assert "wrote facts/memberships/radachse.csv" in accepted.stderr
    assert tables.build().network("radachse").n_listed == 2


def test_every_row_is_printed_as_json(tables, tmp_path: Path) -> None:
    path = tmp_path / "stadtregion.xlsx"
    slug = "stadtregion-muenster"
    assert kgraph("template", "-o", path, "--network", slug, "--data", tables.data).returncode == 0
    printed = kgraph("import", path, "--data", tables.data, "--format", "json")
    rows = json.loads(printed.stdout)
    assert len(rows) > 100 and {row["verdict"] for row in rows} == {"unchanged"}


def test_a_template_of_another_format_is_wrong_use(tmp_path: Path) -> None:
    done = kgraph("template", "-o", tmp_path / "x.docx")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "give a name that ends in .xlsx, or a folder for CSV files" in done.stderr
