"""Pages → records: which table a page is, which column each cell stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kgraph.errors import DataError
from kgraph.exchange.reading import Cell, Page
from kgraph.exchange.sheets import SHEETS, Sheet
from kgraph.exchange.workbook import CODES, INTRODUCTIONS

__all__ = ["Record", "Records", "records"]

_EMPTY = Cell("")


class Record(NamedTuple):
    """A row of a sheet: where it stands, and its cells by column."""

    sheet: Sheet
    place: str
    line: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that a file holds, and what is to be said about it."""

    rows: list[Record]
    notes: list[str]


def records(pages: Iterable[Page]) -> Records:
    """The rows of every page that is a table of ours, in the order of :data:`SHEETS`.

    Raises
    ------
    DataError
        If no page is a table of ours, or one has other columns.
    """
    rows: list[Record] = []
    notes: list[str] = []
    n_tables = 0
    pages = [page for page in pages if any(cell.text for _, row in page.rows for cell in row)]
    for page in pages:
        if page.name in (CODES, *INTRODUCTIONS.values()):
            continue
        sheet = _sheet_of(page)
        if sheet is None:
            notes.append(f"{page.place} is no table of ours and is not read")
            continue
        n_tables += 1
        rows += _rows(page, sheet, notes)
    if not n_tables:
        file = pages[0].file if pages else "the file"
        names = ", ".join(sheet.name for sheet in SHEETS)
        raise DataError(
            file, 0, "", "", f"has no sheet that is one of {names}; begin with: kgraph template"
        )
    if not rows:
        raise DataError(pages[0].file, 0, "", "", "has no rows below the headers; fill some in")
    order = {sheet.name: number for number, sheet in enumerate(SHEETS)}
    return Records(sorted(rows, key=lambda row: order[row.sheet.name]), notes)


def _sheet_of(page: Page) -> Sheet | None:
    """By the name of the page; else by its header, if only one table has these columns."""
    for sheet in SHEETS:
        if page.name.strip().casefold() == sheet.name:
            return sheet
    header = {cell.text.strip().casefold() for cell in page.rows[0][1]} - {""}
    fits = [s for s in SHEETS if set(s.required) <= header <= set(s.columns)]
    return fits[0] if len(fits) == 1 else None


def _rows(page: Page, sheet: Sheet, notes: list[str]) -> Iterator[Record]:
    (line, head), *body = [entry for entry in page.rows if any(c.text.strip() for c in entry[1])]
    columns = _header(page, sheet, line, [cell.text.strip().casefold() for cell in head], notes)
    for number, cells in body:
        beyond = next((cell for cell in cells[len(columns) :] if cell.text.strip()), None)
        if beyond is not None:
            raise DataError(
                page.place, number, "", "",
                f"has {beyond.text!r} in a column without a header; quote a value that holds the "
                "separator, or name the column",
            )  # fmt: skip
        found = dict(zip(columns, cells, strict=False))
        yield Record(
            sheet, page.place, number, {name: found.get(name, _EMPTY) for name in sheet.columns}
        )


def _header(page: Page, sheet: Sheet, line: int, header: list[str], notes: list[str]) -> list[str]:
    """The columns of a page, refused where one is unknown, missing or there twice."""
    while header and not header[-1]:
        header.pop()
    said = ",".join(header)
    for column in header:
        if column not in sheet.columns:
            near = _near(column, [one for one in sheet.columns if one not in header])
            raise DataError(page.place, line, "column", column, f"is not in this table{near}")
        if header.count(column) > 1:
            raise DataError(page.place, line, "column", column, "is there twice; delete one")
    missing = [column for column in sheet.required if column not in header]
    if missing:
        raise DataError(
            page.place, line, "header", said, f"lacks {', '.join(missing)}, which every row needs"
        )
    if absent := [column for column in sheet.columns if column not in header]:
        notes.append(f"{page.place} has no column {', '.join(absent)}; taken as empty")
    return header


def _near(column: str, missing: list[str]) -> str:
    """Which of the columns that are missing it may be; else all of them."""
    from rapidfuzz import process

    found = process.extractOne(column, missing, score_cutoff=60)
    return (
        f"; did you mean {found[0]!r}?" if found else f"; missing: {', '.join(missing) or 'none'}"
    )
