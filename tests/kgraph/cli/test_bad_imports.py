"""``kgraph import --accept`` of bad files of every kind: one clear message, nothing is changed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

HEADER = ["network", "member", "member_kind", "member_country", "member_region", "role", "start",
          "source", "locator"]  # fmt: skip
GOOD = ["stadtregion-muenster", "Telgte", "municipality", "DE", "Nordrhein-Westfalen", "observer",
        "", "SOURCE", "p. 1"]  # fmt: skip

Make = Callable[[Path, str], Path]


def _csv(*rows: list[str], encoding: str = "utf-8") -> Make:
    def make(folder: Path, source: str) -> Path:
        path = folder / "memberships.csv"
        text = "".join(",".join(row) + "\n" for row in rows).replace("SOURCE", source)
        path.write_bytes(text.encode(encoding))
        return path

    return make


def _row(**cells: str) -> list[str]:
    assert cells.keys() <= set(HEADER)
    return [cells.get(name, cell) for name, cell in zip(HEADER, GOOD, strict=True)]


def _formula(folder: Path, source: str) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "memberships"
    for row in (HEADER, _row(source=source, member='="Tel"&"gte"')):
        page.append(row)
    book.save(folder / "roster.xlsx")
    return folder / "roster.xlsx"


def _large(folder: Path, _source: str) -> Path:
    path = folder / "large.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(300_000_000)
    return path


def _bomb(folder: Path, _source: str) -> Path:
    path = folder / "bomb.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(600):
            part.write(b"0" * 1_000_000)
    return path


def _circle(folder: Path, source: str) -> Path:
    path = folder / "organisations.csv"
    rows = [f"a,network,A,b,{source},p. 1", f"b,network,B,a,{source},p. 1"]
    path.write_text("\n".join(["org,kind,name_de,parent,source,locator", *rows]) + "\n")
    return path


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (_csv(["netzwerk", *HEADER[1:]], GOOD), "memberships.csv:1: column 'netzwerk' is not in"),
        (_csv(HEADER[1:], GOOD[1:]), "lacks network, which every row needs"),
        (_csv(HEADER, _row(member="Münster"), encoding="latin-1"),
         "memberships.csv:2: is not UTF-8; save the file as CSV UTF-8"),
        (_csv(HEADER, GOOD, encoding="utf-16"), "memberships.csv: is UTF-16, not UTF-8; save"),
        (_csv(HEADER, _row(start="31.02.2020")),
         "memberships.csv:2: refused: start '31.02.2020' is no day of the calendar; write 2013"),
        (_csv(HEADER, _row(member="=A1")), "memberships.csv:2: refused: member '=A1' is a formula"),
        (_formula, "roster.xlsx[memberships]:2: refused: member '' is a formula without a value"),
        (_large, "large.xlsx: has 300 MB, and at most 50 MB are read; split it, or raise --max"),
        (_bomb, "bomb.xlsx: unpacks to more than 500 MB; such a file is not opened"),
        (_csv(HEADER, GOOD, GOOD), "memberships.csv:3: refused: is the same as row 2; delete one"),
        (_csv(HEADER, _row(role="chief")),
         "memberships.csv:2: refused: role 'chief' is no code of the list role; nearest: "),
        (_csv(HEADER, _row(member="Atlantis")), "memberships.csv:2: refused: member 'Atlantis'"),
        (_csv(HEADER, _row(source="atlantis")),
         "memberships.csv:2: refused: source 'atlantis' is not in facts/sources.csv"),
        (_circle, "closes a circle (b > a > b); a whole is not part of its part"),
        (lambda folder, _: folder / "none.xlsx", "none.xlsx: is not there; check the name"),
    ],
)  # fmt: skip
def test_a_bad_file_changes_nothing(tables, tmp_path: Path, make: Make, told: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = make(folder, tables.read("facts/sources.csv")[0]["source"])
    before = _content(tables.data)
    done = subprocess.run(
        [sys.executable, "-m", "kgraph", "import", path, "--data", tables.data, "--accept"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert (done.stdout + done.stderr).count(told) == 1, done.stdout + done.stderr
    assert done.stderr.splitlines()[-1].startswith("kgraph: ")
    assert "Traceback" not in done.stderr
    assert _content(tables.data) == before


def test_the_good_row_of_these_files_is_good(tables, tmp_path: Path) -> None:
    """So each of the files above is refused for its fault alone."""
    path = _csv(HEADER, GOOD)(tmp_path, tables.read("facts/sources.csv")[0]["source"])
    done = subprocess.run(
        [sys.executable, "-m", "kgraph", "import", path, "--data", tables.data],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _content(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
