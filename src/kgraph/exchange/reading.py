"""A file that somebody sends → its sheets. Whatever is wrong with it is one clear message.

XLSX, XLS and ODS are read by python-calamine, CSV by the standard library. The limits hold before
anything is opened, and while it is read.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kgraph.errors import DataError

__all__ = ["Cell", "Limits", "Page", "check_size", "read_apart", "read_pages", "utf8"]

_WORKBOOKS = (".xlsx", ".xls", ".ods")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: sizes in bytes, rows and columns of a sheet, and what reading may cost.

    ``statements`` bounds what an RDF file says.

    ``unpacked`` bounds what a workbook unpacks to; ``memory`` (bytes) and ``seconds`` of computing
    bound the process that reads it.
    """

    size: int = 50 * _MEGABYTE
    unpacked: int = 500 * _MEGABYTE
    statements: int = 500_000
    rows: int = 200_000
    columns: int = 200
    memory: int = 2_000 * _MEGABYTE
    seconds: int = 120


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text; ``kind`` is ``text``, ``number``, ``date``, ``truth``, ``other``, and
    ``formula`` what computes it."""

    text: str
    kind: str = "text"
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of a workbook, or a CSV file; ``rows`` are the rows with their numbers from 1."""

    file: str
    name: str
    rows: list[tuple[int, list[Cell]]]

    @property
    def place(self) -> str:
        """How messages name it: ``roster.xlsx[memberships]``, ``memberships.csv``."""
        return self.file if Path(self.file).suffix == ".csv" else f"{self.file}[{self.name}]"


def read_pages(path: Path, limits: Limits | None = None) -> list[Page]:
    """Every sheet of a workbook, the one of a CSV file, or those of a folder of CSV files.

    Parameters
    ----------
    path : Path
    limits : Limits, optional

    Raises
    ------
    DataError
        If the file is missing, too large, of another kind, damaged or in another encoding.
    """
    limits = limits or Limits()
    if path.is_dir():
        files = sorted(path.glob("*.csv"))
        if not files:
            raise _error(path, "is a folder without CSV files; name a file, or put tables there")
        return [page for file in files for page in read_pages(file, limits)]
    check_size(path, limits)
    suffix = path.suffix.lower()
    if suffix not in (*_WORKBOOKS, ".csv"):
        raise _error(
            path,
            "is no table (XLSX, XLS, ODS, CSV) and no RDF (TTL, TRIG, NT, NQ, JSONLD, RDF) by its "
            "name; save it as one of them",
        )
    with path.open("rb") as handle:
        magic = handle.read(4)
    if suffix == ".csv":
        if magic in (_ZIP, _OLE):
            raise _error(path, "is a workbook by its content; rename it to .xlsx, .xls or .ods")
        return [_csv(path)]
    if (magic == _ZIP) is (suffix == ".xls") or (suffix == ".xls" and magic != _OLE):
        raise _error(path, f"is no {suffix[1:].upper()} file by its content; save it again as XLSX")
    if magic == _ZIP:
        _check_archive(path, limits)
    return _workbook(path, limits)


def check_size(path: Path, limits: Limits) -> None:
    """Refuse a file that is not there or larger than is read."""
    if not path.is_file():
        raise _error(path, "is not there; check the name")
    if (size := path.stat().st_size) > limits.size:
        raise _error(
            path,
            f"has {size / _MEGABYTE:,.0f} MB, and at most {limits.size / _MEGABYTE:,.0f} MB are "
            "read; split it, or raise --max-size",
        )


def _error(path: Path, expected: str, line: int = 0) -> DataError:
    return DataError(path.name, line, "", "", expected)


def _check_archive(path: Path, limits: Limits) -> None:
    """Refuse an archive that unpacks to too much; what it says of itself is counted, then tried."""
    too_much = (
        f"unpacks to more than {limits.unpacked / _MEGABYTE:,.0f} MB; such a file is not opened. "
        "Save only the filled rows into a new workbook"
    )
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > limits.unpacked:
                raise _error(path, too_much)
            for member in members:
                with archive.open(member) as part:
                    while part.read(_MEGABYTE):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _error(path, f"is damaged or locked ({error}); save it again, no password") from None


def read_apart(module: str, path: Path, limits: Limits, *more: str) -> dict[str, Any]:
    """What a module says of a file in a process of its own, which the limits end; empty if so.

    ``more`` are arguments that the module takes between the path and the limits.
    """
    command = [sys.executable, "-m", module, str(path.resolve()), *more]
    try:
        done = subprocess.run(
            [*command, json.dumps(asdict(limits))],
            capture_output=True, check=False, timeout=limits.seconds * 2,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {}
    found: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    return found


def _workbook(path: Path, limits: Limits) -> list[Page]:
    found = read_apart("kgraph.exchange._spreadsheet", path, limits)
    if not found:
        raise _error(
            path,
            "cannot be read with the memory and time allowed; its sheets claim too large an area, "
            "or it is damaged. Copy the filled rows into a new workbook",
        )
    if "error" in found:
        remedy = "copy the filled rows into a new workbook" if found["large"] else "save it again"
        raise _error(path, f"cannot be read: {found['error']}; {remedy}")
    return [
        Page(path.name, sheet["name"], list(_cells(sheet["rows"], sheet["formulas"])))
        for sheet in found["sheets"]
    ]


def _cells(rows: list[list[Any]], formulas: dict[str, str]) -> Iterator[tuple[int, list[Cell]]]:
    from openpyxl.utils import get_column_letter

    for line, row in enumerate(rows, 1):
        yield (
            line,
            [
                Cell(
                    text=value if isinstance(value, str) else value[1],
                    kind="text" if isinstance(value, str) else value[0],
                    formula=formulas.get(f"{get_column_letter(number)}{line}", "")
                    if formulas
                    else "",
                )
                for number, value in enumerate(row, 1)
            ],
        )


def _csv(path: Path) -> Page:
    text = utf8(path, "save the file as CSV UTF-8")
    separator = max(",;\t", key=text.partition("\n")[0].count)
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = 0
    try:
        for row in reader:
            cells = [Cell(cell, formula=cell if cell.startswith("=") else "") for cell in row]
            rows.append((before + 1, cells))
            before = reader.line_num
    except csv.Error as error:
        raise _error(
            path, f"is no valid CSV: {error}; look at its quotation marks", reader.line_num
        ) from None
    return Page(path.name, path.stem, rows)


def utf8(path: Path, remedy: str) -> str:
    """The text of a file, refused with a remedy where it is in another encoding."""
    content = path.read_bytes()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _error(path, f"is UTF-16, not UTF-8; {remedy}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _error(path, f"is not UTF-8; {remedy}", line) from None
    if "\0" in text:
        raise _error(path, f"holds NUL characters; {remedy}")
    return text
