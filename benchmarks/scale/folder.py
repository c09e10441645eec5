"""A folder of facts of its own: every table of ours, empty where the data set says nothing."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kgraph import resources
from kgraph.exchange.workbook import table_text
from kgraph.exchange.writing import file_of
from kgraph.ingest.tables import COLUMNS

__all__ = ["Folder", "read", "sample"]

#: The tables that are one file a network or a subject, or several files.
_SPLIT = {"facts/organisations": "organisations", "facts/memberships": "memberships"}


class Folder:
    """Rows by table; what is not given stays empty."""

    def __init__(self) -> None:
        self.rows: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        for name in ("states-de", "countries"):
            with (resources.data() / f"reference/{name}.csv").open(encoding="utf-8") as handle:
                self.rows[f"reference/{name}"] += csv.DictReader(handle)

    def add(self, table: str, **cells: str) -> None:
        """Add a row; columns that are not given stay empty."""
        self.rows[table].append(dict.fromkeys(COLUMNS[table], "") | cells)

    def write(self, folder: Path) -> Path:
        """Write every table."""
        for table, columns in COLUMNS.items():
            files = defaultdict(list, {} if table in _SPLIT else {f"{table}.csv": []})
            for row in self.rows[table]:
                sheet = _SPLIT.get(table)
                files[file_of(sheet, row) if sheet else f"{table}.csv"].append(row)
            for file, rows in files.items():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                rows.sort(key=lambda row: tuple(row.values()))
                (folder / file).write_text(table_text(columns, rows), encoding="utf-8")
        return folder


def read(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a gzip-compressed CSV file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def sample(rows: list[dict[str, str]], part: float) -> list[dict[str, str]]:
    """An even part of the rows: every fourth for a quarter, all for the whole."""
    return [row for i, row in enumerate(rows) if int((i + 1) * part) > int(i * part)]
