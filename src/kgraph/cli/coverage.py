"""``kgraph coverage``: members listed against the counts that sources claim."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgraph.cli._options import AsOf, Format, Output, ReleaseFolder, day, opened
from kgraph.cli._output import emit, note

if TYPE_CHECKING:
    from kgraph.coverage import Group, NetworkCoverage

__all__ = ["register"]


class Grouping(StrEnum):
    """What the networks can be summed up by."""

    KIND = "kind"
    THEME = "theme"
    STATE = "state"


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command()(coverage)


def coverage(
    network: Annotated[
        str, typer.Option(metavar="SLUG", help="Only this network, for every date of a claim.")
    ] = "",
    state: Annotated[
        str, typer.Option(metavar="KEY", help="Only networks with a member there (de-05).")
    ] = "",
    kind: Annotated[str, typer.Option(metavar="CODE", help="Only this kind of network.")] = "",
    theme: Annotated[str, typer.Option(metavar="CODE", help="Only this theme.")] = "",
    by: Annotated[Grouping | None, typer.Option(help="Sum up by kind, theme or state.")] = None,
    as_of: AsOf = "today",
    form: Annotated[Format, typer.Option("--format", "-f")] = Format.TABLE,
    output: Output = None,
    release: ReleaseFolder = None,
) -> None:
    """Show how much of each network is known: listed, claimed, since when.

    kgraph coverage --theme urban-development --as-of 2013-04-01
    """
    from kgraph import coverage as views

    found = opened(release)
    rows = views.coverage(found, day(as_of), network=network, state=state, kind=kind, theme=theme)
    if by:
        emit((_group(one) for one in views.by(by.value, rows)), _GROUP, form, output)
    else:
        emit((_row(one) for one in rows), _ROW, form, output)
    total = views.by("kind", rows)
    note(
        f"as of {day(as_of) or 'ever'}: {len(rows)} networks, "
        f"{sum(one.n_with_claim for one in total)} with a claimed count, "
        f"{sum(one.n_without_member for one in total)} without a known member"
    )
    for claim, n_listed in views.history(found, network) if network else ():
        note(f"{claim.date}: {n_listed} listed, {claim.qualifier} {claim.value:.0f} "
             f"claimed by {claim.source}")  # fmt: skip


_ROW = ("network", "kind", "listed", "attested", "in_state", "claimed", "qualifier", "claimed_on",
        "share", "roster", "roster_members", "roster_source")  # fmt: skip
_GROUP = ("key", "networks", "listed", "without_member", "without_roster", "with_claim", "known",
          "claimed", "share")  # fmt: skip


def _row(one: NetworkCoverage) -> dict[str, Any]:
    return {
        "network": one.slug,
        "kind": one.kind,
        "listed": one.n_listed,
        "attested": one.n_attested,
        "in_state": one.n_in_state,
        "claimed": one.n_claimed,
        "qualifier": one.claimed.qualifier if one.claimed else "",
        "claimed_on": one.claimed.date if one.claimed else "",
        "claimed_by": one.claimed.source if one.claimed else "",
        "share": _share(one.share),
        "roster": one.roster.date if one.roster else "",
        "roster_members": one.roster.n_members if one.roster else None,
        "roster_source": one.roster.source if one.roster else "",
    }


def _group(one: Group) -> dict[str, Any]:
    return {
        "key": one.key,
        "networks": one.n_networks,
        "listed": one.n_listed,
        "without_member": one.n_without_member,
        "without_roster": one.n_without_roster,
        "with_claim": one.n_with_claim,
        "known": one.n_known,
        "claimed": one.n_claimed,
        "share": _share(one.share),
    }


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 3)
