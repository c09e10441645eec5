"""``kgraph report``: counts, coverage, age, warnings and disagreements of a release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli._options import Output, ReleaseFolder, opened
from kgraph.cli._output import emit_bytes, note

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command()(report)


def report(
    into: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Replace what stands between the markers of this file."),
    ] = None,
    warnings: Annotated[
        bool, typer.Option(help="Hold the release to the shapes; takes some seconds.")
    ] = True,
    output: Output = None,
    release: ReleaseFolder = None,
) -> None:
    """Print the data report as Markdown.

    kgraph report --into data/README.md
    """
    from kgraph import report as reports
    from kgraph.validation import validate

    found = opened(release)
    counts = validate(found).warning_counts if warnings else None
    text = reports.report(found, counts)
    if into is None:
        emit_bytes(text.encode(), output)
        return
    into.write_text(reports.insert(into.read_text(encoding="utf-8"), text), encoding="utf-8")
    note(f"wrote the report into {into}")
