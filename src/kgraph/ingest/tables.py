"""CSV files → checked rows. Every error names the file and the line.

A row keeps its cells as text, with the file and line that it stands in, so that whatever is found
wrong with it later can still be said to the person who edits the table.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kgraph import namespaces
from kgraph.dates import PartialDate
from kgraph.errors import DataError
from kgraph.ingest.quads import Term, term, text_of

__all__ = [
    "COLUMNS", "DATES", "FORMS", "GRAPHS", "REQUIRED", "Row", "Tables", "check_row", "described",
    "read_table", "read_tables",
]  # fmt: skip

#: The tables by name, and their columns. A name is a file, or a folder of files with one header.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "facts/sources": (
        "source", "title", "publisher", "url", "published", "not_before", "not_after",
        "language", "note",
    ),
    "facts/organisations": (
        "org", "kind", "name_de", "name_en", "short_name", "legal_form", "country", "parent",
        "founded", "dissolved", "seat", "website", "themes", "source", "locator",
    ),
    "facts/memberships": (
        "network", "member", "member_kind", "member_country", "member_region", "role",
        "start", "end", "attested_on", "source", "locator",
    ),
    "facts/claims": (
        "subject", "property", "value", "unit", "valid_from", "valid_to", "source", "locator",
    ),
    "reference/municipalities-de": (
        "ags", "name", "official_name", "kind", "state", "district_key", "district",
        "district_kind", "population", "area_km2", "lat", "lon",
        "association_key", "association", "association_kind",
    ),
    "reference/municipalities-de-former": (
        "ags", "name", "kind", "state", "last_seen", "absent_on", "same_name_ags",
    ),
    "reference/municipalities-fr": (
        "code", "name", "departement", "departement_name", "region", "region_name", "population",
    ),
    "reference/municipalities-nl": ("code", "name"),
    "reference/states-de": ("key", "name_de", "name_en", "iso", "nuts"),
    "reference/countries": ("code", "name_de", "name_en"),
    "mappings/same-organisation": ("alias", "org", "reason"),
    "mappings/not-same": ("org", "other", "reason"),
    "mappings/subjects": ("subject", "agent", "reason"),
    "mappings/names": ("printed", "kind", "country", "region", "network", "agent", "reason"),
    "mappings/named": ("agent", "class", "name", "name_en", "country", "within", "reason"),
    "mappings/body-types": ("org", "type", "reason"),
    "mappings/descriptions": ("org", "de", "en", "sources", "reason"),
    "mappings/themes": ("word", "theme", "reason"),
    "mappings/legal-forms": ("printed", "form", "reason"),
    "mappings/claim-types": ("property", "pattern", "term", "note"),
    "mappings/readings": (
        "property", "value", "subject", "thing", "label", "kind", "function", "represents",
        "number", "qualifier", "counted", "date", "place", "reason",
    ),
    "mappings/changes": ("change", "originals", "results", "date", "name", "reason"),
    "mappings/corrections": ("file", "key", "column", "was", "now", "reason"),
}  # fmt: skip

#: Where the statements are that came in as RDF: a file of N-Triples for each source.
GRAPHS = "facts/graphs"

#: The columns that hold a date at the precision of its source.
DATES = frozenset({
    "published", "not_before", "not_after", "founded", "dissolved", "start", "end", "attested_on",
    "valid_from", "valid_to", "date",
})  # fmt: skip

#: The columns that no row may leave empty, by table.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "facts/sources": ("source", "title"),
    "facts/organisations": ("org", "kind", "source", "locator"),
    "facts/memberships": ("network", "member", "member_kind", "role", "source", "locator"),
    "facts/claims": ("subject", "property", "value", "source", "locator"),
    "reference/municipalities-de": ("ags", "name", "state", "population", "area_km2", "lat", "lon"),
    "mappings/same-organisation": ("alias", "org", "reason"),
    "mappings/subjects": ("subject", "agent", "reason"),
    "mappings/names": ("printed", "agent", "reason"),
    "mappings/named": ("agent", "class", "name", "reason"),
    "mappings/descriptions": ("org", "de", "en", "sources", "reason"),
    "mappings/claim-types": ("property", "pattern"),
    "mappings/changes": ("change", "reason"),
    "mappings/readings": ("property", "value"),
}

#: What a cell must look like, by column, and how to say it; an empty cell is another matter.
_SLUG = (re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "is no slug; write a-z and 0-9, joined by -")
_NUMBER = (re.compile(r"-?\d+(?:\.\d+)?"), "is no plain number; write digits with a dot")
FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "source": _SLUG,
    "org": _SLUG,
    "language": (re.compile(r"[a-z]{2}"), "is no language; write two letters, such as de"),
    "population": (re.compile(r"\d+"), "is no count; write digits only"),
    "area_km2": _NUMBER,
    "lat": _NUMBER,
    "lon": _NUMBER,
}

#: Pairs of columns of which the first may not lie after the second.
PERIODS = (("start", "end"), ("valid_from", "valid_to"), ("not_before", "not_after"),
           ("founded", "dissolved"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, and where it stands."""

    path: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def date(self, column: str) -> PartialDate | None:
        """The date in a cell; None where the cell is empty."""
        text = self.cells[column]
        return PartialDate.parse(text) if text else None

    def parts(self, column: str) -> list[str]:
        """The values of a cell that holds a list, separated by ``|``."""
        return [part.strip() for part in self.cells[column].split("|") if part.strip()]

    def error(self, column: str, expected: str) -> DataError:
        """The error that names this row, a column and its value."""
        return DataError(
            self.path, self.line, column, self.cells.get(column, "") if column else "", expected
        )


Tables = Mapping[str, list[Row]]


def read_tables(data: Path) -> Tables:
    """Read every table of a data folder, each row checked on its own.

    Parameters
    ----------
    data : Path
        The folder with ``facts/``, ``reference/`` and ``mappings/``.

    Returns
    -------
    dict
        Table name → rows, in the order of the files and their lines; under :data:`GRAPHS` a row
        for each thing that the RDF of a source describes.

    Raises
    ------
    DataError
        At the first row that is at fault.
    """
    graphs = [
        row
        for file in sorted((data / GRAPHS).glob("*.nt"))
        for row in described(file.relative_to(data).as_posix(), file.read_text("utf-8", "replace"))
    ]
    return {name: list(read_table(data, name)) for name in COLUMNS} | {GRAPHS: graphs}


def described(path: str, text: str) -> Iterator[Row]:
    """The things to which N-Triples give a class: cells ``agent`` (the path) and ``name``.

    A line that does not parse is passed over; whoever states it refuses it.
    """
    found: dict[str, str] = {}
    lines = [tuple(line.removesuffix(" .").split(" ", 2)) for line in text.splitlines()]
    for node in (line[0] for line in lines if line[1:2] == (term("rdf:type"),)):
        found[namespaces.path_of(text_of(Term(node)))] = ""
    for line in lines:
        if line[1:2] == (term("rdfs:label"),) and len(line) == 3:
            thing = namespaces.path_of(text_of(Term(line[0])))
            if found.get(thing) == "":
                found[thing] = text_of(Term(line[2]))
    for thing, name in found.items():
        yield Row(path, 0, {"agent": thing, "name": name})


def read_table(data: Path, name: str) -> Iterator[Row]:
    """Read one table: ``{name}.csv``, or every ``.csv`` file of the folder ``{name}/``."""
    files = sorted((data / name).glob("*.csv")) if (data / name).is_dir() else []
    if not files and not (data / f"{name}.csv").is_file():
        raise DataError(f"{name}.csv", 0, "", "", "is missing; restore it from version control")
    for file in files or [data / f"{name}.csv"]:
        yield from _read_file(file, file.relative_to(data).as_posix(), name)


def _read_file(file: Path, path: str, name: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(_text(file, path), newline=""), strict=True)
    try:
        header = next(reader, [])
        _check_header(path, header, COLUMNS[name])
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not cells:
                raise DataError(path, line, "", "", "is an empty line; delete it")
            if len(cells) != len(header):
                raise DataError(
                    path, line, "", "",
                    f"has {len(cells)} cells where the header has {len(header)}; "
                    "quote a value that holds a comma",
                )  # fmt: skip
            row = Row(path, line, dict(zip(header, map(str.strip, cells), strict=True)))
            check_row(row, REQUIRED.get(name, ()))
            yield row
    except csv.Error as error:
        raise DataError(
            path, reader.line_num, "", "", f"is no valid CSV: {error}; look at its quotation marks"
        ) from None


def _text(file: Path, path: str) -> str:
    """The text of a file, without the mark that spreadsheets put in front of UTF-8."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(path, line, "", "", "is not UTF-8; save the file as CSV UTF-8") from None


def _check_header(path: str, header: list[str], columns: tuple[str, ...]) -> None:
    if columns and tuple(header) != columns:
        raise DataError(
            path, 1, "header", ",".join(header), f"is not the one expected: {','.join(columns)}"
        )


def check_row(row: Row, required: tuple[str, ...]) -> None:
    """Refuse a row with an empty required cell, a malformed one, or a period that ends first."""
    for column in required:
        if not row[column]:
            raise row.error(column, "is empty; every row needs it")
    for column, (form, expected) in FORMS.items():
        if (text := row.cells.get(column)) and not form.fullmatch(text):
            raise row.error(column, expected)
    for column in _dates_in(tuple(row.cells)):
        try:
            row.date(column)
        except ValueError as error:
            raise row.error(column, f"is wrong: {error}") from None
    for first, last in PERIODS:
        if first in row.cells and last in row.cells:
            start, end = row.date(first), row.date(last)
            if start and end and start.earliest > end.latest:
                raise row.error(last, f"lies before {first} {start}; swap them or correct one")


@lru_cache(maxsize=64)
def _dates_in(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(DATES.intersection(columns)))
