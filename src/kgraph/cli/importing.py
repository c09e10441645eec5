"""``kgraph import``: what a filled-in workbook would change, and with ``--accept`` the change."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli._options import Format
from kgraph.cli._output import emit, note
from kgraph.errors import DataError, QueryParameterError

if TYPE_CHECKING:
    from kgraph.exchange.verdicts import Examination

__all__ = ["register"]

_COLUMNS = ("sheet", "row", "verdict", "told", "candidates", "cells")

#: How many refused rows are printed; ``--format csv`` prints all.
_SHOWN = 50


#: What is said of so many rows alike is printed once.
_OFTEN = 4


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command("import")(import_file)


def import_file(
    file: Annotated[Path, typer.Argument(help="XLSX, XLS, ODS, CSV, or a folder of CSV files.")],
    accept: Annotated[
        bool, typer.Option("--accept", help="Write the tables, if no row is refused.")
    ] = False,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Facts to add to, instead of the checkout's.")
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", "-f", help="Print a verdict for each row.")
    ] = None,
    max_size: Annotated[
        int, typer.Option(metavar="MB", min=1, max=2000, help="The largest file that is read.")
    ] = 50,
) -> None:
    """Show row by row what a file would change; write it only with --accept.

    kgraph import new.xlsx

    kgraph import new.xlsx --accept
    """
    from kgraph import resources
    from kgraph.codelists import read_codelists
    from kgraph.exchange.examine import examine
    from kgraph.exchange.reading import Limits, read_pages
    from kgraph.exchange.records import records
    from kgraph.exchange.writing import write
    from kgraph.ingest.tables import read_tables

    if data is None and not resources.in_checkout():
        raise QueryParameterError(
            "the facts inside the installed package are not to be changed; copy them to a folder "
            f"of yours and name it: --data DIR (they are in {resources.data()})"
        )
    folder = data or resources.data()
    found = records(read_pages(file, Limits(size=max_size * 1_000_000)))
    result = examine(found, read_tables(folder), read_codelists(resources.ontology()))
    for said in result.notes:
        note(f"note: {said}")
    if form:
        emit(_rows(result), _COLUMNS, form, None)
    else:
        _print(result)
        _print_effect(result)
    if result.refused:
        raise DataError(
            file.name, 0, "", "",
            f"has {len(result.refused)} refused rows of {len(result.verdicts)}; nothing is written",
        )  # fmt: skip
    if not accept:
        note("nothing is written yet; to write it: --accept" if result.new else "nothing to write")
        return
    for path in write(result, folder):
        note(f"wrote {path}")


def _print(result: Examination) -> None:
    from kgraph.exchange.verdicts import What

    often = _often(result)
    for (sheet, told), n_rows in often.items():
        print(f"{sheet}: {n_rows} rows: {told}")
    for verdict in result.rows(What.CORRECTED, What.ACCEPTED):
        rest = [told for told in verdict.told if (verdict.sheet.name, told) not in often]
        if rest:
            print(f"{verdict.place}: {verdict.what}: {'; '.join(rest)}")
    for verdict in result.refused[:_SHOWN]:
        print(verdict)
    if len(result.refused) > _SHOWN:
        print(f"and {len(result.refused) - _SHOWN} more refused rows; all of them: --format csv")
    counts = [(len(result.rows(what)), what.value) for what in What]
    print(f"{len(result.verdicts)} rows: " + ", ".join(f"{n} {what}" for n, what in counts if n))


def _often(result: Examination) -> dict[tuple[str, str], int]:
    """What is said of many rows of a sheet alike, and of how many: it is printed once."""
    counted = Counter((verdict.sheet.name, told) for verdict in result.new for told in verdict.told)
    return {key: n for key, n in counted.items() if n >= _OFTEN}


def _print_effect(result: Examination) -> None:
    from kgraph.exchange.effect import effect

    if result.refused:
        return
    lines = effect(result)
    print("it would change:" if lines else "it would change nothing: every row is there already")
    for line in lines:
        print(f"  {line}")


def _rows(result: Examination) -> list[dict[str, object]]:
    return [
        {
            "sheet": verdict.sheet.name,
            "row": verdict.row.line,
            "verdict": verdict.what.value,
            "told": "; ".join(verdict.told),
            "candidates": [str(candidate) for candidate in verdict.candidates],
            "cells": "|".join(verdict.row.cells.values()),
        }
        for verdict in result.verdicts
    ]
