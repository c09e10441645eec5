"""``kgraph analyse``: measures on the two-mode graph of members and networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kgraph.cli._options import AsOf, Format, Output, ReleaseFolder, day, opened
from kgraph.cli._output import emit, emit_json, note
from kgraph.cli._progress import progress
from kgraph.errors import QueryParameterError

if TYPE_CHECKING:
    from kgraph.analysis import Result

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
    from kgraph.analysis.measures import get, run

    if measure == "list":
        _list(form, output)
        return
    view = opened(release).affiliation.at(day(as_of), level=level, roles=role or None)
    with progress():
        result = run(measure, view, dict(_pair(text) for text in param or []))
    if form is Format.JSON:
        emit_json({**result.about(), "rows": list(result.rows)}, output)
    else:
        columns = list(get(measure).columns)
        if form is Format.TABLE:
            named = _FOR_MACHINES | {name for name in columns if f"{name}_names" in columns}
            columns = [name for name in columns if name not in named]
        emit(result.rows, columns, form, output)
    _tell(result)


def _tell(result: Result) -> None:
    """Say on stderr what the rows are of, who defined it, and what speaks against them."""
    note(
        f"{result.measure} as of {result.as_of or 'ever'}, level {result.level}: "
        f"{result.n_members} members, {result.n_networks} networks, {result.n_entries} memberships"
    )
    given = {name: value for name, value in result.parameters.items() if value is not None}
    if given:
        note("parameters: " + ", ".join(f"{name}={value}" for name, value in given.items()))
    note(f"roles: {', '.join(result.roles)}")
    covered = result.coverage
    note(
        f"coverage: {covered.n_listed} of {covered.n_claimed} members are listed in the "
        f"{covered.n_with_claim} of {covered.n_networks} networks for which a source counts them"
    )
    note(result.definition_en)
    for reference in result.references:
        note(f"reference: {reference.text} {reference.url}")
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
