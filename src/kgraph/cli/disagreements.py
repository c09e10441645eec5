"""``kgraph disagreements``: where sources contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgraph.cli._options import Format, Output, ReleaseFolder, opened
from kgraph.cli._output import emit, note

if TYPE_CHECKING:
    from kgraph.disagreements import Disagreement

__all__ = ["register"]

_COLUMNS = ("about", "on", "first_day", "last_day", "value", "source", "locator", "other_value",
            "other_source", "other_locator")  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command()(disagreements)


def disagreements(
    about: Annotated[
        str, typer.Option(metavar="KEY", help="Only about this: a slug, a path or an IRI.")
    ] = "",
    on: Annotated[
        str,
        typer.Option(help="Only on founding-date, member-count, legal-form, seat or chair."),
    ] = "",
    form: Annotated[Format, typer.Option("--format", "-f")] = Format.TABLE,
    output: Output = None,
    release: ReleaseFolder = None,
) -> None:
    """List every pair of sources that contradict each other, with both values and places.

    kgraph disagreements --about stadtregion-muenster
    """
    from kgraph.disagreements import disagreements as find

    found = find(opened(release), about, on)
    emit((_row(one) for one in found), _COLUMNS, form, output)
    note(f"{len(found)} disagreements about {len({one.about for one in found})} organisations")


def _row(one: Disagreement) -> dict[str, Any]:
    from kgraph.namespaces import path_of

    return {
        "about": path_of(one.about),
        "on": one.on,
        "first_day": one.first_day,
        "last_day": one.last_day,
        "value": one.first.value,
        "source": one.first.source,
        "locator": one.first.locator,
        "other_value": one.second.value,
        "other_source": one.second.source,
        "other_locator": one.second.locator,
    }
