"""Reads one workbook in a process of its own and prints its cells as JSON.

A workbook of a few kilobytes can claim seventeen billion cells, or break the parser; here it can
break only this process, which may use so much memory and so much time and no more. Run by
:mod:`kgraph.exchange.reading` as ``python -m kgraph.exchange._spreadsheet FILE LIMITS``.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Any

__all__ = ["main"]


def main(path: str, limits: dict[str, int]) -> dict[str, Any]:
    """The sheets of a workbook: name, rows, and which cells are formulas.

    A cell is its text, or ``[kind, text]`` with the kind ``number``, ``date`` or ``truth``.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    _bound(limits)
    try:
        formulas = _formulas(path, limits) if path.lower().endswith(".xlsx") else {}
        with CalamineWorkbook.from_path(path) as book:
            return {
                "sheets": [
                    {
                        "name": name,
                        "rows": _rows(book.get_sheet_by_name(name), name, limits),
                        "formulas": formulas.get(name, {}),
                    }
                    for name in book.sheet_names
                ]
            }
    except (_TooLargeError, CalamineError, OSError, ValueError, KeyError) as error:
        return {
            "error": f"{type(error).__name__}: {error}",
            "large": isinstance(error, _TooLargeError),
        }


class _TooLargeError(Exception):
    """A sheet has more rows or columns than is allowed."""


def _bound(limits: dict[str, int]) -> None:
    """Take no more memory and time than allowed, where the system can hold us to it."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))


def _formulas(path: str, limits: dict[str, int]) -> dict[str, dict[str, str]]:
    """Sheet → cell (``B5``) → formula. Also stops at a sheet that is too large, row by row."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    found: dict[str, dict[str, str]] = {}
    try:
        book = load_workbook(path, read_only=True, data_only=False)
    except InvalidFileException as error:
        raise ValueError(error) from None
    for page in book.worksheets:
        page.reset_dimensions()
        for line, row in enumerate(page.iter_rows(), 1):
            _check(page.title, line, len(row), limits)
            for cell in row:
                if cell.data_type == "f":
                    found.setdefault(page.title, {})[cell.coordinate] = str(cell.value)
    return found


def _rows(sheet: Any, name: str, limits: dict[str, int]) -> list[list[Any]]:
    if sheet.end is not None:
        _check(name, sheet.end[0] + 1, sheet.end[1] + 1, limits)
    return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _check(name: str, n_rows: int, n_columns: int, limits: dict[str, int]) -> None:
    if n_rows > limits["rows"]:
        raise _TooLargeError(f"sheet {name} has more than {limits['rows']:,} rows")
    if n_columns > limits["columns"]:
        raise _TooLargeError(f"sheet {name} has more than {limits['columns']:,} columns")


def _cell(value: Any) -> str | list[str]:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return ["truth", str(value).lower()]
    if isinstance(value, int | float):
        return ["number", str(int(value)) if value == int(value) else repr(value)]
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return ["date", value.date().isoformat() if midnight else value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    return ["other", str(value)]


if __name__ == "__main__":
    json.dump(main(sys.argv[1], json.loads(sys.argv[2])), sys.stdout)
