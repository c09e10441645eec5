"""``kgraph diff``: what is different between two days, or between two releases."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgraph.cli._options import Format, Output, ReleaseFolder, opened
from kgraph.cli._output import emit, emit_bytes, note
from kgraph.errors import QueryParameterError
from kgraph.namespaces import path_of

if TYPE_CHECKING:
    from kgraph.difference import Difference
    from kgraph.release import Release
    from kgraph.revision import Revision

__all__ = ["register"]

_COLUMNS = ("what", "date", "network", "thing", "roles", "certain", "sources")
_REVISION = ("kind", "graph", "subject", "predicate", "object", "was")


class Form(StrEnum):
    """How a difference is printed; the last two are for releases only."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    NQUADS = "nquads"
    PATCH = "patch"


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command()(diff)


def diff(
    day_from: Annotated[str, typer.Option("--from", metavar="DAY", help="YYYY-MM-DD.")] = "",
    day_to: Annotated[str, typer.Option("--to", metavar="DAY", help="YYYY-MM-DD.")] = "",
    network: Annotated[str, typer.Option(metavar="SLUG", help="Only this network.")] = "",
    state: Annotated[str, typer.Option(metavar="KEY", help="Only members there (de-05).")] = "",
    ties: Annotated[int, typer.Option(metavar="N", min=0, help="List this many ties.")] = 0,
    releases: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Compare two releases: versions, or folders."),
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", "-f", help="nquads and patch: for releases.")
    ] = Form.TABLE,
    output: Output = None,
    release: ReleaseFolder = None,
) -> None:
    """Show who joined and left, and what was founded, merged, renamed, dissolved.

    kgraph diff --from 2013-04-01 --to 2025-01-01 --state de-05

    kgraph diff --releases 0a1b2c3d4e5f 6a7b8c9d0e1f --format patch
    """
    if releases:
        _releases(releases, release, form, output)
        return
    from kgraph.difference import difference

    if form in (Form.NQUADS, Form.PATCH):
        raise QueryParameterError(f"--format {form} is for two releases; give table, csv or json")
    days = _day("--from", day_from), _day("--to", day_to)
    found = difference(opened(release), *days, network, state, n_ties=ties)
    emit(_rows(found), _COLUMNS, Format(form.value), output)
    told = ", ".join(f"{n} {what}" for what, n in found.counts.items())
    note(f"{day_from} to {day_to}: {told or 'no participation came or went'}")
    note(
        f"ties: {found.ties.n_before:,} pairs share a network before, {found.ties.n_after:,} "
        f"after; {found.ties.n_came:,} came, {found.ties.n_went:,} went"
    )


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QueryParameterError(f"{option} is {text!r}; give a day as YYYY-MM-DD") from None


def _rows(found: Difference) -> list[dict[str, Any]]:
    """Events, moves and the ties listed, as rows of one table."""
    rows: list[dict[str, Any]] = [
        {
            "what": event.change.kind,
            "date": event.change.date,
            "network": [path_of(iri) for iri in event.change.results or event.change.originals],
            "thing": [*map(path_of, event.change.originals), *event.change.former_names]
            if event.change.results
            else [],
            "roles": [],
            "certain": event.certain,
            "sources": sorted({said.source for said in event.change.sources}),
        }
        for event in found.events
    ]
    rows += [
        {
            "what": str(move.what),
            "date": move.since,
            "network": [path_of(move.network)],
            "thing": [path_of(move.member)],
            "roles": list(move.roles),
            "certain": move.what in ("joined", "left", "merged", "succeeded"),
            "sources": sorted({said.source for said in move.sources}),
        }
        for move in found.moves
    ]
    for what, pairs in (("tie-came", found.ties.came), ("tie-went", found.ties.went)):
        rows += [
            {"what": what, "thing": [path_of(found.members[i]) for i in pair]} for pair in pairs
        ]
    return rows


def _releases(names: tuple[str, str], folder: Path | None, form: Form, output: Path | None) -> None:
    from kgraph import revision

    found = revision.compare(*(_release(name, folder) for name in names))
    if form is Form.PATCH:
        emit_bytes("".join(revision.patch(found)).encode(), output)
    elif form is Form.NQUADS:
        emit_bytes("".join(revision.quads(found)).encode(), output)
    elif form is Form.TABLE:
        emit_bytes(revision.summary(found).encode(), output)
    else:
        emit(_statements(found), _REVISION, Format(form.value), output)


def _statements(found: Revision) -> list[dict[str, Any]]:
    return [{name: str(getattr(change, name)) for name in _REVISION} for change in found.statements]


def _release(name: str, folder: Path | None) -> Release:
    """A release by its version, below the folder of releases, or by its own folder."""
    from kgraph.release import default_root, open_release

    root = folder or default_root()
    chosen = root / name if (root / name).is_dir() else Path(name)
    if not chosen.is_dir():
        kept = sorted(path.parent.name for path in root.glob("*/manifest.json"))
        raise QueryParameterError(
            f"there is no release {name!r}; give a folder or a version of {root}: {', '.join(kept)}"
        )
    return open_release(chosen)
