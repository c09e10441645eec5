"""``kgraph periods``: what held on a day besides membership."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgraph.cli._options import AsOf, Format, Output, ReleaseFolder, day, opened
from kgraph.cli._output import emit, note

if TYPE_CHECKING:
    from kgraph.dates import Certainty
    from kgraph.model import Period

__all__ = ["register"]

_COLUMNS = ("kind", "certainty", "label", "amount", "unit", "qualifier", "start", "end", "parties",
            "ended_by", "sources", "iri")  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command()(periods)


def periods(
    kind: Annotated[
        str,
        typer.Option(
            help="Only office, fee, funding, shareholding, agreement, name, network, territory, "
            "membership."
        ),
    ] = "",
    about: Annotated[
        str, typer.Option(metavar="KEY", help="Only about this: a slug, a path or an IRI.")
    ] = "",
    certainty: Annotated[
        list[str] | None,
        typer.Option(
            help="attested, presumed, ended, not-yet or unknown; may be repeated. Without it the "
            "first two."
        ),
    ] = None,
    as_of: AsOf = "today",
    form: Annotated[Format, typer.Option("--format", "-f")] = Format.TABLE,
    output: Output = None,
    release: ReleaseFolder = None,
) -> None:
    """List what held on a day: offices, fees, funding, agreements, names, territories.

    kgraph periods --kind name --about iclei --as-of 2000-01-01
    """
    from kgraph.periods import certainties, holding

    on, wanted = day(as_of), certainties(certainty or [])
    found = holding(opened(release), on, kind=kind, about=about, certainty=wanted)
    emit((_row(*one) for one in found), _COLUMNS, form, output)
    note(f"as of {on or 'ever'}: {len(found)}")


def _row(period: Period, certainty: Certainty) -> dict[str, Any]:
    from kgraph.namespaces import path_of

    return {
        "kind": period.kind,
        "certainty": certainty.value,
        "label": period.label,
        "amount": period.amount,
        "unit": period.unit,
        "qualifier": period.qualifier,
        "start": period.start,
        "end": period.end,
        "parties": [f"{role} {path_of(iri)}" for role, iri in period.parties],
        "ended_by": path_of(period.ended_by),
        "sources": [f"{said.source}: {said.locator}" for said in period.evidence],
        "iri": path_of(period.iri),
    }
