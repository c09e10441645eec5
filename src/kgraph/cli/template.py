"""``kgraph template``: a workbook to fill in, empty or with the rows of one network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli._output import note
from kgraph.errors import QueryParameterError

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command()(template)


def template(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="FILE.xlsx: a workbook; a folder: a CSV file for each table.",
        ),
    ],
    language: Annotated[
        str, typer.Option("--language", "-l", help="Of the notes and labels: de or en.")
    ] = "de",
    network: Annotated[
        str, typer.Option(metavar="SLUG", help="Begin with what the facts say about this network.")
    ] = "",
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Facts to read, instead of the ones shipped.")
    ] = None,
) -> None:
    """Write a workbook to fill in, with code lists as drop-downs and a note on each column.

    kgraph template -o new.xlsx

    kgraph template -o metrex.xlsx --language en --network metrex
    """
    from kgraph import resources
    from kgraph.codelists import read_codelists
    from kgraph.exchange.sheets import choices
    from kgraph.exchange.workbook import rows_of, workbook, write_folder
    from kgraph.ingest.journal import complete
    from kgraph.ingest.tables import read_tables

    if language not in ("de", "en"):
        raise QueryParameterError(f"--language is {language!r}; there is de and en")
    if output.suffix not in ("", ".xlsx"):
        raise QueryParameterError(
            f"{output} is no workbook; give a name that ends in .xlsx, or a folder for CSV files"
        )
    folder = data or resources.data()
    complete(folder)
    tables = read_tables(folder)
    rows = rows_of(tables, network) if network else {}
    if output.suffix == ".xlsx":
        lists = choices(read_codelists(resources.ontology()), tables)
        output.write_bytes(workbook(rows, lists, language))
    else:
        write_folder(output, rows)
    told = ", ".join(f"{name} {len(found)}" for name, found in rows.items() if found)
    note(f"wrote {output}" + (f"; rows: {told}" if told else ""))
