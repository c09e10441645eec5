"""New rows → the tables of the data folder: sorted, and all of them or none.

Whoever is killed while they are written leaves the old tables or the new ones, never a part of
them: see :mod:`kgraph.ingest.journal`.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from kgraph.errors import DataError
from kgraph.exchange.verdicts import Examination
from kgraph.exchange.workbook import table_text
from kgraph.ingest.journal import replace_all
from kgraph.ingest.resolve import PATH_KINDS
from kgraph.ingest.tables import Row

__all__ = ["check_unchanged", "file_of", "merged_text", "write"]

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
    if sheet in ("names", "descriptions"):
        return f"mappings/{sheet}.csv"
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
            f"{len(result.refused)} of {len(result.verdicts)} rows refused; nothing is written",
        )  # fmt: skip
    new: defaultdict[str, list[Row]] = defaultdict(list)
    columns: dict[str, tuple[str, ...]] = {}
    for verdict in result.new:
        file = file_of(verdict.sheet.name, verdict.row.cells)
        new[file].append(verdict.row)
        columns[file] = verdict.sheet.columns
    there = {
        file: [row for table in result.before.values() for row in table if row.path == file]
        for file in new
    }

    def unchanged() -> None:
        for file, rows in there.items():
            check_unchanged(data / file, rows)

    texts = {file: merged_text(columns[file], there[file], rows) for file, rows in new.items()}
    if texts:
        replace_all(data, texts, unchanged)
    return [Path(file) for file in new]


def check_unchanged(path: Path, there: Sequence[Row]) -> None:
    """Refuse to write a table that is no longer what was read.

    Raises
    ------
    DataError
        If it is another.
    """
    if path.is_file():
        stands = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        old = [dict(row.cells) for row in there]
        if [{k: v.strip() for k, v in row.items()} for row in stands] != old:
            raise DataError(path.name, 0, "", "", "was changed meanwhile; import once more")


def merged_text(columns: Sequence[str], there: Sequence[Row], new: Sequence[Row]) -> str:
    """The text of a table with its old rows and the new ones."""
    old = [dict(row.cells) for row in there]
    merged = old + sorted((dict(row.cells) for row in new), key=_key)
    if old == sorted(old, key=_key):
        merged.sort(key=_key)
    return table_text(columns, merged)


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.values())
