"""New rows → the tables of the data folder: sorted, and all of them or none.

Every file is prepared beside its place before the first one is renamed. Each rename is atomic, and
they come in the order in which tables refer to each other: whoever is killed between two of them
leaves tables that build, and the same import again adds what is missing.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from kgraph.errors import DataError
from kgraph.exchange.verdicts import Examination
from kgraph.exchange.workbook import table_text
from kgraph.ingest.resolve import PATH_KINDS
from kgraph.ingest.tables import Row

__all__ = ["file_of", "write"]

#: First part of a path → the file of organisations that holds its rows.
_ORGANISATIONS = {
    "network": "networks", "body": "bodies", "organisation": "institutions",
    "programme": "programmes-and-projects", "project": "programmes-and-projects",
    "event": "events-and-documents", "publication": "events-and-documents",
    "agreement": "events-and-documents",
}  # fmt: skip

#: Class of the register → its file.
_NAMED = {"Person": "people", "Organisation": "organisations", "Body": "others"}


def file_of(sheet: str, row: Mapping[str, str]) -> str:
    """The file of the data folder in which a row of a sheet stands.

    >>> file_of("memberships", {"network": "metrex"})
    'facts/memberships/metrex.csv'
    """
    if sheet == "sources":
        return "facts/sources.csv"
    if sheet == "names":
        return "mappings/names.csv"
    if sheet == "named":
        return f"mappings/named/{_NAMED.get(row['class'], 'territories')}.csv"
    if sheet == "organisations":
        return f"facts/organisations/{_ORGANISATIONS[PATH_KINDS[row['kind']]]}.csv"
    return f"facts/{sheet}/{row['network' if sheet == 'memberships' else 'subject']}.csv"


def write(result: Examination, data: Path) -> list[Path]:
    """Write the new rows of an examination that refuses none.

    Parameters
    ----------
    result : Examination
    data : Path
        The folder with ``facts/`` and ``mappings/``.

    Returns
    -------
    list of Path
        The files that changed, relative to the folder.

    Raises
    ------
    DataError
        If a row is refused, or a file was changed since it was read.

    Notes
    -----
    A file that is sorted stays sorted; in one that keeps the order of its source, the rows that
    are there keep their lines and the new ones follow, sorted.
    """
    if result.refused:
        raise DataError(
            result.refused[0].row.path, 0, "", "",
            f"has {len(result.refused)} refused rows; nothing is written",
        )  # fmt: skip
    new: defaultdict[str, list[Row]] = defaultdict(list)
    columns: dict[str, tuple[str, ...]] = {}
    for verdict in result.new:
        file = file_of(verdict.sheet.name, verdict.row.cells)
        new[file].append(verdict.row)
        columns[file] = verdict.sheet.columns
    prepared: list[tuple[Path, Path]] = []
    try:
        for file, rows in new.items():
            there = [r for table in result.before.values() for r in table if r.path == file]
            text = _table(data / file, columns[file], there, rows)
            prepared.append((_prepare(data / file, text), data / file))
        for temporary, target in prepared:
            os.replace(temporary, target)  # noqa: PTH105 - the name says what it does
    finally:
        for temporary, _ in prepared:
            temporary.unlink(missing_ok=True)
    return [Path(file) for file in new]


def _table(path: Path, columns: Sequence[str], there: list[Row], new: list[Row]) -> str:
    """The text of a table with its old rows and the new ones."""
    old = [dict(row.cells) for row in there]
    if path.is_file():
        stands = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        if [{k: v.strip() for k, v in row.items()} for row in stands] != old:
            raise DataError(path.name, 0, "", "", "was changed meanwhile; import once more")
    merged = old + sorted((dict(row.cells) for row in new), key=_key)
    if old == sorted(old, key=_key):
        merged.sort(key=_key)
    return table_text(columns, merged)


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.values())


def _prepare(target: Path, text: str) -> Path:
    """Write a text beside its place, and make sure that it is on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = target.stat().st_mode if target.is_file() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode & 0o777)
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)
