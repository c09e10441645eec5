"""What held on a day besides membership: offices, fees, funding, agreements, names, territories.

The five answers are those of :mod:`kgraph.dates`, from the same six days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kgraph import namespaces
from kgraph.dates import Certainty
from kgraph.errors import NotFoundError, QueryParameterError
from kgraph.model import Membership, Period

if TYPE_CHECKING:
    from kgraph.model import Change
    from kgraph.release import Release

__all__ = ["Kind", "certainties", "holding", "on_day"]


class Kind(StrEnum):
    """What can hold for a time."""

    MEMBERSHIP = "membership"
    OFFICE = "office"
    FEE = "fee"
    FUNDING = "funding"
    SHAREHOLDING = "shareholding"
    AGREEMENT = "agreement"
    NAME = "name"
    NETWORK = "network"
    TERRITORY = "territory"


def holding(
    release: Release,
    day: date | None,
    *,
    kind: str = "",
    about: str = "",
    certainty: Collection[Certainty] = (),
) -> tuple[tuple[Period, Certainty], ...]:
    """What held on a day, and how surely.

    Parameters
    ----------
    release : Release
    day : date or None
        None asks whether it was ever attested.
    kind : str, optional
        A value of :class:`Kind`; everything but memberships if not given.
    about : str, optional
        Only what this takes part in: an IRI, a path (``network/metrex``) or the slug of a network.
    certainty : collection of Certainty
        The answers to give; attested and presumed if empty.

    Returns
    -------
    tuple of (Period, Certainty)
        Ordered by kind, then by IRI. An office is a participation of a person, or one in a body or
        in a role that makes no member. A network or a territory is there if a beginning or an end
        of it is known: of any other no source says that it changed.

    Raises
    ------
    QueryParameterError
        If there is no such kind.
    NotFoundError
        If nothing has that path or slug.

    Examples
    --------
    >>> import kgraph
    >>> found = holding(kgraph.open(), date(2018, 6, 1), kind="name", about="network/iclei")
    >>> [(one.label, sure.value) for one, sure in found]
    [('ICLEI – Local Governments for Sustainability', 'attested')]
    """
    if kind and kind not in set(Kind):
        raise QueryParameterError(f"nothing of the kind {kind!r} has a time; there is {_KINDS}")
    iri = _iri(release, about) if about else ""
    wanted = set(certainty) or {one for one in Certainty if one.holds}
    found = [
        (period, sure)
        for period in _periods(release, kind)
        if (not iri or any(iri == other for _, other in period.parties))
        and (sure := period.bounds.on(day) if day else period.bounds.ever) in wanted
    ]
    return tuple(sorted(found, key=lambda row: (row[0].kind, row[0].iri)))


_KINDS = ", ".join(Kind)


def certainties(words: Collection[str]) -> tuple[Certainty, ...]:
    """The answers that are asked for by their codes.

    Raises
    ------
    QueryParameterError
        If one of them is none.

    Examples
    --------
    >>> certainties(["ended"])
    (<Certainty.ENDED: 'ended'>,)
    """
    for word in words:
        if word not in set(Certainty):
            raise QueryParameterError(f"certainty {word!r} is none of {', '.join(Certainty)}")
    return tuple(Certainty(word) for word in words)


def _periods(release: Release, kind: str) -> Iterator[Period]:
    """The periods of a kind; without one all but memberships."""
    yield from (one for one in release.periods if kind in ("", one.kind))
    if kind in ("", Kind.OFFICE, Kind.MEMBERSHIP):
        members = {network.iri for network in release.networks}
        for row in release.memberships:
            of = _kind_of(row, members)
            if of == (kind or Kind.OFFICE):
                yield _as_period(row, of)


def _kind_of(row: Membership, networks: Collection[str]) -> Kind:
    is_member = row.participates and "/id/person/" not in row.member and row.network in networks
    return Kind.MEMBERSHIP if is_member else Kind.OFFICE


def _as_period(row: Membership, kind: Kind) -> Period:
    parties = (("member", row.member), ("organisation", row.network))
    label = f"{row.role} ({row.function})" if row.function else row.role
    return Period(row.iri, kind, parties, label, None, "", "", row.start, row.end, row.bounds,
                  row.evidence, row.ended_by)  # fmt: skip


def _iri(release: Release, about: str) -> str:
    if about.startswith(namespaces.BASE):
        return about
    if "/" not in about:
        return release.network(about).iri
    iri = namespaces.thing(about)
    known = any(iri == other for one in release.periods for _, other in one.parties)
    if not known and not release.memberships_of(iri) and not release.members_of(iri):
        raise NotFoundError("thing with a time", about, "write a path, such as network/metrex")
    return iri


def on_day(release: Release, iri: str, day: date | None) -> tuple[str, ...]:
    """What stands for an organisation or territory on a day: itself, its successors, its origins.

    A town that merged leads to the town it became part of; that one leads back to the towns that
    there were before. What neither had ended nor was yet to come stands for itself.

    Parameters
    ----------
    iri : str
        Of a municipality, a district, an organisation.
    day : date or None
        None stands for every time: then it is itself.

    Returns
    -------
    tuple of str
        IRIs, ordered. Empty where it had ended or was not yet there, and no source says what there
        was instead.

    Examples
    --------
    >>> import kgraph
    >>> release, base = kgraph.open(), "https://w3id.org/imcoop/id/municipality/de-"
    >>> [one.removeprefix(base) for one in on_day(release, base + "14521030", date(2020, 1, 1))]
    ['14521035']
    >>> [one.removeprefix(base) for one in on_day(release, base + "14521035", date(2010, 1, 1))]
    ['14521030', '14521050']
    """
    answers = _existence(release)
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [iri]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        sure = answers[one].bounds.on(day) if day and one in answers else Certainty.PRESUMED
        if sure is Certainty.ENDED:
            waiting += _others(release.changes_of(one), one, forward=True)
        elif sure is Certainty.NOT_YET:
            waiting += _others(release.changes_of(one), one, forward=False)
        else:
            found.add(one)
    return tuple(sorted(found))


def _existence(release: Release) -> dict[str, Period]:
    return {one.iri: one for one in release.periods if one.kind == Kind.TERRITORY}


def _others(changes: Collection[Change], iri: str, *, forward: bool) -> list[str]:
    """What a thing became, or what it was made of."""
    found: list[str] = []
    for change in changes:
        here, there = change.originals, change.results
        if not forward:
            here, there = there, here
        if iri in here and change.kind in ("merger", "succession", "split"):
            found += [other for other in there if other != iri]
    return found
