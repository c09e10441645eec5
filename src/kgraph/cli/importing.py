"""``kgraph import``: what a workbook or an RDF file would change; with ``--accept`` the change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgraph.cli._options import Format
from kgraph.cli._output import emit, note
from kgraph.cli._verdicts import SHOWN, print_verdicts, verdict_rows
from kgraph.errors import DataError, QueryParameterError

if TYPE_CHECKING:
    from kgraph.exchange.reading import Limits
    from kgraph.exchange.verdicts import Examination

__all__ = ["register"]

_COLUMNS = ("sheet", "row", "verdict", "told", "candidates", "cells")


def _told(meaning: str) -> Any:
    return typer.Option(help=meaning, rich_help_panel="Whose statements an RDF file holds")


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command("import")(import_file)


def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="XLSX, XLS, ODS, CSV, a folder of CSV files; or RDF: TTL, TRIG, NT, NQ, JSONLD, "
            "RDF."
        ),
    ],
    accept: Annotated[
        bool, typer.Option("--accept", help="Write it into the data, if nothing is refused.")
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
    source: Annotated[str, _told("Slug of the source, if the file names none.")] = "",
    title: Annotated[str, _told("Title of the source.")] = "",
    publisher: Annotated[str, _told("Who published it.")] = "",
    published: Annotated[str, _told("When: 2013, 2013-04 or 2013-04-19.")] = "",
    licence: Annotated[str, _told("Address of the licence it is under.")] = "",
    url: Annotated[str, _told("Where it is.")] = "",
    language: Annotated[str, _told("Its language: de, en …")] = "",
    add: Annotated[
        bool, _told("The file is a part only: keep what earlier files of the source said.")
    ] = False,
) -> None:
    """Show what a file would change; write it only with --accept.

    kgraph import new.xlsx

    kgraph import new.xlsx --accept

    kgraph import members.ttl --source radachse-2024 --title "Die Radachse" --publisher Radachse
    --published 2024 --licence https://creativecommons.org/licenses/by/4.0/
    """
    from kgraph import resources
    from kgraph.exchange.rdf import is_rdf
    from kgraph.exchange.reading import Limits
    from kgraph.ingest.journal import complete

    if data is None and not resources.in_checkout():
        raise QueryParameterError(
            "the facts inside the installed package are not to be changed; copy them to a folder "
            f"of yours and name it: --data DIR (they are in {resources.data()})"
        )
    folder, limits = data or resources.data(), Limits(size=max_size * 1_000_000)
    cells = {"title": title, "publisher": publisher, "published": published, "url": url,
             "language": language}  # fmt: skip
    if not is_rdf(file) and any((source, licence, add, *cells.values())):
        raise QueryParameterError(
            "--source, what describes it and --add are for RDF files; a table has a row for its "
            "source, and its rows are always added"
        )
    complete(folder)
    if is_rdf(file):
        _import_graphs(file, (source, cells, licence), add, folder, limits, form, accept)
    else:
        _import_tables(file, folder, limits, form, accept)


def _import_tables(
    file: Path, folder: Path, limits: Limits, form: Format | None, accept: bool
) -> None:
    from kgraph import resources
    from kgraph.codelists import read_codelists
    from kgraph.exchange.effect import listed, undescribed
    from kgraph.exchange.examine import examine
    from kgraph.exchange.reading import read_pages
    from kgraph.exchange.records import records
    from kgraph.exchange.writing import write
    from kgraph.ingest.tables import read_tables

    found = records(read_pages(file, limits))
    result = examine(found, read_tables(folder), read_codelists(resources.ontology()))
    for said in result.notes:
        note(f"note: {said}")
    if form:
        emit(verdict_rows(result), _COLUMNS, form, None)
    else:
        print_verdicts(result)
        _print_effect(result)
    if result.refused:
        raise DataError(
            file.name, 0, "", "",
            f"{len(result.refused)} of {len(result.verdicts)} rows refused; nothing is written",
        )  # fmt: skip
    if found_none := undescribed(result):
        note(f"no description yet of {listed(found_none)}: the sheet descriptions takes one")
    _end(accept, bool(result.new), lambda: write(result, folder))


def _import_graphs(
    file: Path,
    told: tuple[str, dict[str, str], str],
    add: bool,
    folder: Path,
    limits: Limits,
    form: Format | None,
    accept: bool,
) -> None:
    from kgraph import resources
    from kgraph.exchange.attribution import Told
    from kgraph.exchange.graphs import examine_graphs, write_graphs
    from kgraph.exchange.rdf import read_rdf

    document = read_rdf(file, limits)
    result = examine_graphs(document, Told(*told), folder, resources.ontology(), add=add)
    for said in result.notes:
        note(f"note: {said}")
    if form:
        rows = [{"line": one.line, "verdict": "refused", "told": one.said}
                for one in result.refused]  # fmt: skip
        emit(rows, ("line", "verdict", "told"), form, None)
    else:
        for fault in result.refused[:SHOWN]:
            print(fault)
        if len(result.refused) > SHOWN:
            print(f"and {len(result.refused) - SHOWN} more; all of them: --format csv")
        gone = f"; {result.n_withdrawn} of an earlier file go" if result.withdrawn else ""
        print(f"{result.n_new + result.n_known} statements: {result.n_new} new, "
              f"{result.n_known} there already{gone}")  # fmt: skip
    if result.refused:
        raise DataError(
            file.name, 0, "", "",
            f"statements refused: {len(result.refused)}; nothing is written",
        )  # fmt: skip
    if not form:
        for shape, count in result.warnings.items():
            print(f"{count:6d}  warning  {shape}")
        _print_lines(result.effect, "every statement is there already")
    is_new = bool(result.graphs or result.withdrawn)
    _end(accept, is_new, lambda: write_graphs(result, folder))


def _end(accept: bool, is_new: bool, write: Callable[[], list[Path]]) -> None:
    """Write, if that is asked for and there is something to write."""
    if not is_new:
        note("nothing to write")
    elif not accept:
        note("nothing is written yet; to write it: --accept")
    else:
        for path in write():
            note(f"wrote {path}")
        note("to make the release: kgraph build")


def _print_effect(result: Examination) -> None:
    from kgraph.exchange.effect import effect

    if result.refused:
        return
    _print_lines(effect(result), "every row is there already")


def _print_lines(lines: list[str], nothing: str) -> None:
    print("it would change:" if lines else f"it would change nothing: {nothing}")
    for line in lines:
        print(f"  {line}")
