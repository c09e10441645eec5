"""``kgraph analyse``: measures on the two-mode graph of members and networks."""

from __future__ import annotations

from typing import Annotated

import typer

from kgraph.cli._options import AsOf, Format, Output, ReleaseFolder, day, opened
from kgraph.cli._output import emit, note
from kgraph.errors import QueryParameterError

__all__ = ["register"]

#: Columns that a table on the terminal leaves out: names stand beside them.
_FOR_MACHINES = frozenset({"iri", "a", "b"})


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command()(analyse)


def analyse(
    measure: Annotated[
        str, typer.Argument(help="A measure; 'list' prints them with their parameters.")
    ],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter; may be repeated."),
    ] = None,
    as_of: AsOf = "today",
    level: Annotated[str, typer.Option(help="as-is, leaf or top.")] = "as-is",
    role: Annotated[list[str] | None, typer.Option(help="Only this role; may be repeated.")] = None,
    form: Annotated[Format, typer.Option("--format", "-f")] = Format.TABLE,
    output: Output = None,
    release: ReleaseFolder = None,
) -> None:
    """Compute a measure, with its coverage and its caveats.

    kgraph analyse closest-partners -p member=de-05515000
    """
    from kgraph.analysis.measures import run

    if measure == "list":
        _list(form, output)
        return
    view = opened(release).affiliation.at(day(as_of), level=level, roles=role or None)
    result = run(measure, view, dict(_pair(text) for text in param or []))
    columns = list(result.rows[0]) if result.rows else []
    if form is Format.TABLE:
        named = _FOR_MACHINES | ({"shared"} if "shared_names" in columns else set())
        columns = [name for name in columns if name not in named]
    emit(result.rows, columns, form, output)
    note(
        f"{result.measure} as of {result.as_of or 'ever'}, level {result.level}: "
        f"{result.n_members} members, {result.n_networks} networks, {result.n_entries} memberships"
    )
    for caution in result.warnings:
        note(f"note: {caution.en}")


def _list(form: Format, output: Output) -> None:
    from kgraph.analysis.measures import MEASURES

    rows = [
        {
            "measure": m.id,
            "what it says": m.definition_en,
            "parameters": [f"{p.name}={p.default if p.default is not None else ''}"
                           for p in m.parameters],
        }
        for m in MEASURES.values()
    ]  # fmt: skip
    emit(rows, ["measure", "what it says", "parameters"], form, output)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise QueryParameterError(f"--param is {text!r}; write NAME=VALUE")
    return name, value
