"""Rows → a workbook that a spreadsheet program edits, or a folder of CSV files.

Every cell is text, so that ``05515000`` keeps its zero and ``2013-04`` stays a month.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.errors import NotFoundError
from kgraph.exchange.notes import INTRODUCTION, note
from kgraph.exchange.sheets import DECISIONS, OPEN_LISTS, SHEETS, Choice, Sheet
from kgraph.ingest.resolve import Resolver
from kgraph.ingest.tables import Row, Tables

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["CODES", "INTRODUCTIONS", "rows_of", "table_text", "workbook", "write_folder"]

Rows = Mapping[str, Sequence[Row]]

#: The sheet that lists the codes, and the first sheet by language; neither holds rows.
CODES = "codes"
INTRODUCTIONS = {"de": "Anleitung", "en": "Read me"}

#: The columns by which a roster prints a member, and those of a decision about it.
_MEMBER = ("member", "member_kind", "member_country", "member_region")
_NAME = ("printed", "kind", "country", "region")

#: Rows below the header that get drop-downs.
_READY = 5000


def rows_of(tables: Tables, network: str) -> dict[str, list[Row]]:
    """What the facts say about one network: its rows on each sheet, in the order of the tables.

    Parameters
    ----------
    tables : Tables
    network : str
        Its slug or one of its aliases.

    Returns
    -------
    dict
        Name of a sheet → rows. The sources are those that the other rows name, the decisions those
        by which its members' names read.

    Raises
    ------
    NotFoundError
        If there is no such organisation.
    """
    resolver = Resolver.from_tables(tables)
    slug = resolver.canonical(network)
    if slug not in resolver.organisations:
        near = resolver.near(network, sorted(resolver.organisations))
        raise NotFoundError("network", network, near.removeprefix("; "))
    asked = {"organisations": "org", "memberships": "network", "claims": "subject",
             "descriptions": "org"}  # fmt: skip
    found: dict[str, list[Row]] = {
        sheet.name: [
            row
            for row in tables[sheet.table]
            if sheet.name in asked and resolver.canonical(row[asked[sheet.name]]) == slug
        ]
        for sheet in SHEETS
    }
    found["names"], found["named"] = _decisions(tables, found["memberships"], resolver)
    stating = ("organisations", "memberships", "claims")
    named = {row["source"] for name in stating for row in found[name]}
    found["sources"] = [row for row in tables["facts/sources"] if row["source"] in named]
    return found


def _decisions(
    tables: Tables, roster: Sequence[Row], resolver: Resolver
) -> tuple[list[Row], list[Row]]:
    """The decisions by which the names of a roster read, and the entries that they lead to."""
    printed = {tuple(row[c] for c in _MEMBER) for row in roster}
    networks = {"", *(row["network"] for row in roster)}
    names = [
        row
        for row in tables["mappings/names"]
        if row["network"] in networks and tuple(row[c] for c in _NAME) in printed
    ]
    agents = {path for row in roster for path, _ in [resolver.resolve(row) or ("", "")]}
    return names, [row for row in tables["mappings/named"] if row["agent"] in agents]


def workbook(rows: Rows, lists: Mapping[str, Sequence[Choice]], language: str) -> bytes:
    """A workbook with a sheet for each table, the codes as drop-downs, and a note on each column.

    Parameters
    ----------
    rows : mapping
        Name of a sheet → the rows that it begins with.
    lists : mapping
        Name of a list → its values; see :func:`kgraph.exchange.sheets.choices`.
    language : {"de", "en"}
        Of the notes and labels.

    Returns
    -------
    bytes
        An XLSX file.
    """
    from openpyxl import Workbook

    book = Workbook()
    _introduce(book, language)
    places = _lay_out(lists)
    for sheet in sorted(SHEETS, key=lambda sheet: sheet.name in DECISIONS):
        page = book.create_sheet(sheet.name)
        _head(page, sheet, language)
        for row in rows.get(sheet.name, ()):
            _write(page, [row[column] for column in sheet.columns])
        _offer(page, sheet, places)
    _list_codes(book, lists, language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _introduce(book: Workbook, language: str) -> None:
    from openpyxl.styles import Font

    page = book.worksheets[0]
    page.title = INTRODUCTIONS[language]
    page.column_dimensions["A"].width = 110
    for line in INTRODUCTION[language]:
        page.append([line])
    page["A1"].font = Font(bold=True, size=14)


def _head(page: Worksheet, sheet: Sheet, language: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    page.append(list(sheet.columns))
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, 1):
        cell = page.cell(1, number)
        cell.font = Font(bold=column in sheet.required)
        cell.fill = PatternFill("solid", fgColor="DDE7EE")
        cell.comment = Comment(note(sheet.name, column, language), "kgraph", 90, 320)
        shape = page.column_dimensions[get_column_letter(number)]
        shape.width = 34 if column in ("member", "title", "value", "name_de", "reason") else 17
        shape.number_format = "@"


def _write(page: Worksheet, cells: Sequence[str]) -> None:
    """Add a row of texts; one that begins with ``=`` is no formula."""
    line = page.max_row + 1
    for number, text in enumerate(cells, 1):
        if text:
            cell = page.cell(line, number, text)
            cell.data_type = "s"
            cell.number_format = "@"


def _lay_out(lists: Mapping[str, Sequence[Choice]]) -> dict[str, str]:
    """Name of a list → the cells of the sheet of codes that hold its codes."""
    places, line = {}, 2
    for name, found in lists.items():
        places[name] = f"{CODES}!$B${line}:$B${line + len(found) - 1}"
        line += len(found)
    return places


def _offer(page: Worksheet, sheet: Sheet, places: Mapping[str, str]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, name in sheet.lists.items():
        rule = DataValidation("list", formula1=f"={places[name]}", allow_blank=True)
        rule.showErrorMessage = name not in OPEN_LISTS
        letter = get_column_letter(sheet.columns.index(column) + 1)
        rule.add(f"{letter}2:{letter}{_READY}")
        page.add_data_validation(rule)


def _list_codes(book: Workbook, lists: Mapping[str, Sequence[Choice]], language: str) -> None:
    page = book.create_sheet(CODES)
    page.append(["list", "code", "label", "definition"])
    for letter, width in zip("ABCD", (20, 28, 34, 90), strict=True):
        page.column_dimensions[letter].width = width
    for name, found in lists.items():
        for choice in found:
            meaning = choice.definitions.get(language) or next(
                iter(choice.definitions.values()), ""
            )
            page.append([name, choice.code, choice.label(language), meaning])


def table_text(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """A table as CSV: UTF-8 text, comma, double quotes where needed, LF."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return buffer.getvalue()


def write_folder(folder: Path, rows: Rows) -> list[Path]:
    """Write a CSV file for each sheet, and give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for sheet in SHEETS:
        path = folder / f"{sheet.name}.csv"
        cells = [row.cells for row in rows.get(sheet.name, ())]
        path.write_text(table_text(sheet.columns, cells), encoding="utf-8")
        written.append(path)
    return written
