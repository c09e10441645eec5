"""Each row of an import: accepted, corrected by a decision, already there, or refused and why.

The rows go through the same functions as in a build, over the tables that there are and those that
would come; a row that passes here passes there. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable

from kgraph.codelists import CodeLists
from kgraph.errors import DataError
from kgraph.exchange.cells import CellError, Cells
from kgraph.exchange.records import Record, Records
from kgraph.exchange.sheets import SHEETS, choices
from kgraph.exchange.trial import try_build
from kgraph.exchange.verdicts import Examination, Verdict, What, reason
from kgraph.ingest.tables import Row, Tables, check_row

__all__ = ["examine"]


def examine(found: Records, tables: Tables, codes: CodeLists) -> Examination:
    """Hold every row against the tables, the decisions and the code lists.

    Parameters
    ----------
    found : Records
        What a file holds.
    tables : Tables
        What there is.
    codes : CodeLists

    Returns
    -------
    Examination

    Raises
    ------
    DataError
        If the tables that there are do not build, with or without the new rows.
    """
    cells = Cells(choices(codes, tables))
    known = {sheet.name: {tuple(r.cells.values()) for r in tables[sheet.table]} for sheet in SHEETS}
    verdicts = [_read(record, cells, known[record.sheet.name]) for record in found.rows]
    _refuse_duplicates(verdicts)
    _refuse_contradictions(verdicts, tables)
    result = Examination(verdicts, found.notes, tables, tables)
    try_build(result, codes)
    return result


def _read(record: Record, cells: Cells, known: set[tuple[str, ...]]) -> Verdict:
    """Read the cells of a row and check it by itself."""
    printed = {name: cell.text.strip() for name, cell in record.cells.items()}
    verdict = Verdict(record.sheet, Row(record.place, record.line, printed))
    if tuple(printed.values()) in known:
        verdict.what = What.UNCHANGED
        return verdict
    read, faults = dict(printed), []
    for column, cell in record.cells.items():
        try:
            read[column], told = cells.read(record.sheet, column, cell)
        except CellError as error:
            faults.append(f"{column} {DataError.quoted(printed[column])} {error}")
            continue
        if told:
            verdict.correct(f"{column} {DataError.quoted(printed[column])}: {told}")
    verdict.row = Row(record.place, record.line, read)
    if faults:
        verdict.refuse("; ".join(faults))
        return verdict
    if tuple(read.values()) in known:
        verdict.what = What.UNCHANGED
        return verdict
    try:
        check_row(verdict.row, record.sheet.required)
    except DataError as error:
        verdict.refuse(reason(error))
    return verdict


def _refuse_duplicates(verdicts: Iterable[Verdict]) -> None:
    """Refuse a row that the file holds twice."""
    seen: dict[tuple[str, ...], Verdict] = {}
    for verdict in verdicts:
        key = (verdict.sheet.name, *verdict.row.cells.values())
        first = seen.setdefault(key, verdict)
        if first is not verdict:
            verdict.refuse(f"is the same as row {first.row.line}; delete one of them")


#: Sheet → the columns that make a row the only one of its kind.
_KEYS = {
    "sources": ("source",),
    "named": ("agent",),
    "names": ("printed", "kind", "country", "region", "network"),
    "organisations": ("org", "source"),
    "descriptions": ("org",),
}


def _refuse_contradictions(verdicts: Iterable[Verdict], tables: Tables) -> None:
    """Refuse a row that says otherwise what another row has the say about."""
    there: dict[tuple[str, ...], Row] = {}
    for sheet in SHEETS:
        for row in tables[sheet.table] if sheet.name in _KEYS else ():
            there[(sheet.name, *(row[column] for column in _KEYS[sheet.name]))] = row
    for verdict in verdicts:
        if verdict.sheet.name not in _KEYS or verdict.what in (What.UNCHANGED, What.REFUSED):
            continue
        row = verdict.row
        key = (verdict.sheet.name, *(row[column] for column in _KEYS[verdict.sheet.name]))
        other = there.setdefault(key, row)
        if other is not row:
            column = next(c for c in verdict.sheet.columns if row[c] != other[c])
            verdict.refuse(
                f"{column} {row[column]!r} contradicts {other[column]!r} of the same "
                f"{' and '.join(_KEYS[verdict.sheet.name])} in {other.path}:{other.line}; an "
                "import adds rows: correct that one there if it is wrong, else use another slug"
            )
