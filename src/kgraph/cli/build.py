"""``kgraph build``, ``kgraph validate``, ``kgraph version``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli._options import ReleaseFolder, opened
from kgraph.cli._output import note

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(build)
    app.command()(validate)
    app.command()(version)


def build(
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Facts to read, instead of the ones shipped.")
    ] = None,
    ontology: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Ontology to read, not the one shipped."),
    ] = None,
    release: ReleaseFolder = None,
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
) -> None:
    """Make a release of the facts: check, resolve, derive, publish."""
    from kgraph.ingest.build import build as make
    from kgraph.ingest.report import tally

    started = time.monotonic()

    def step(name: str) -> None:
        note(f"{time.monotonic() - started:5.1f} s  {name}")

    built = make(data, ontology, release, force=force, progress=step)
    if not built.fresh:
        note(f"release {built.release.version} is up to date: {built.release.path}")
        return
    print(tally(built.release.manifest))
    note(f"release {built.release.version} is published: {built.release.path}")


def validate(
    release: ReleaseFolder = None,
    warnings: Annotated[bool, typer.Option("--warnings", help="List each warning.")] = False,
) -> None:
    """Hold the release to the SHACL shapes: no violation, warnings counted."""
    from kgraph.validation import validate as check

    report = check(opened(release))
    for finding in report.violations:
        print(finding)
    for finding in report.warnings if warnings else ():
        print(finding)
    for shape, count in report.warning_counts.items():
        print(f"{count:6d}  warning  {shape}")
    note(f"{report.n_violations} violations, {report.n_warnings} warnings")
    report.raise_if_violated()


def version(release: ReleaseFolder = None) -> None:
    """Print the versions of kgraph and of the published release."""
    from kgraph import __version__
    from kgraph.errors import ReleaseError

    print(f"kgraph {__version__}")
    try:
        found = opened(release)
        print(f"release {found.version} ({found.path})")
    except ReleaseError as error:
        note(str(error))
