"""What is different between two days: who joined and left, what was founded, merged, dissolved.

That a source first names a member between the days does not mean that the member joined then: such
memberships are *newly attested*, apart from those that *joined*.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kgraph.dates import Certainty, PartialDate
from kgraph.errors import NotFoundError, QueryParameterError

if TYPE_CHECKING:
    from kgraph.analysis.incidence import Incidence
    from kgraph.analysis.ties import Ties
    from kgraph.model import Change, Evidence, Membership, Network
    from kgraph.release import Release

__all__ = ["Difference", "Event", "Move", "What", "difference"]

#: The roles that say since when one is in a network at all; an office may begin later.
_JOINING = frozenset({"member", "founding-member", "associate"})
#: Changes after which something else stands in the place of what there was.
_REPLACING = frozenset({"merger", "succession"})


class What(StrEnum):
    """What became of a participation between two days."""

    JOINED = "joined"
    LEFT = "left"
    MERGED = "merged"
    SUCCEEDED = "succeeded"
    NEWLY_ATTESTED = "newly-attested"
    NO_LONGER_ATTESTED = "no-longer-attested"


@dataclass(frozen=True, slots=True)
class Move:
    """A participation that holds on one of the two days only.

    It *merged* where the network or the member became another one: the members of a network that
    went into an umbrella did not leave. It *succeeded* where the member is what two others became:
    a town made of two members did not join. ``since`` is the day that the sources give for it, as
    printed (joining, leaving, the founding or the end of the network); for one newly attested the
    day of its first evidence. Empty where none of them has a date.
    """

    what: What
    member: str
    network: str
    roles: tuple[str, ...]
    since: str
    sources: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A founding, merger, renaming, dissolution between the days.

    ``certain`` is False where the date as printed (a year) also allows a day outside.
    """

    change: Change
    certain: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different on ``day_to``, seen from ``day_from``; all lists are ordered.

    ``members`` labels the rows that the pairs of ``ties`` name (IRIs).
    """

    day_from: date
    day_to: date
    moves: tuple[Move, ...]
    events: tuple[Event, ...]
    ties: Ties
    members: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many moves there are of each kind, in the order of :class:`What`."""
        found = Counter(move.what for move in self.moves)
        return {what.value: found[what] for what in What if found[what]}

    def of(self, what: What) -> tuple[Move, ...]:
        """The moves of one kind."""
        return tuple(move for move in self.moves if move.what is what)


def difference(
    release: Release,
    day_from: date,
    day_to: date,
    network: str = "",
    state: str = "",
    *,
    n_ties: int = 100,
) -> Difference:
    """What is different between two days.

    Parameters
    ----------
    release : Release
    day_from, day_to : date
        The first must be before the second.
    network : str, optional
        Only this network (its slug), with the mergers of its members.
    state : str, optional
        Only members in this state (``de-05``), and ties between two of them; only events of
        networks that ever had a member there.
    n_ties : int
        How many ties to list of those that came and of those that went; all are counted.

    Returns
    -------
    Difference

    Raises
    ------
    QueryParameterError
        If the days are in the wrong order.
    NotFoundError
        If there is no such network or state.

    Examples
    --------
    >>> import kgraph
    >>> found = difference(kgraph.open(), date(2013, 4, 1), date(2025, 1, 1), "metrex")
    >>> found.day_from < found.day_to, all(move.network.endswith("metrex") for move in found.moves)
    (True, True)
    """
    if day_from >= day_to:
        raise QueryParameterError(f"from {day_from} to {day_to} is no time; give the earlier first")
    chosen = release.network(network) if network else None
    if state and state not in (known := {agent.state for agent in release.agents}):
        raise NotFoundError("state", state, f"there are {', '.join(sorted(known - {''}))}")
    views = [
        release.affiliation.at(day, states=[state] if state else None) for day in (day_from, day_to)
    ]
    before, after = (_pairs(view, chosen) for view in views)
    networks = {one.iri: one for one in release.networks}
    moves = [
        *(_gained(release, rows, networks[pair[1]], day_from)
          for pair, rows in after.items() if pair not in before),
        *(_lost(release, rows, networks[pair[1]], day_to)
          for pair, rows in before.items() if pair not in after),
    ]  # fmt: skip
    inside = _in_state(release, state) if state else None
    return Difference(
        day_from=day_from,
        day_to=day_to,
        moves=tuple(sorted(moves, key=lambda m: (m.network, m.what, m.member))),
        events=tuple(_events(release, day_from, day_to, chosen, inside)),
        ties=_ties(release, before, after, n_ties),
        members=tuple(agent.iri for agent in release.affiliation.members),
    )


Pairs = dict[tuple[str, str], tuple["Membership", ...]]


def _pairs(view: Incidence, chosen: Network | None) -> Pairs:
    """(member, network) → the memberships that hold."""
    members, networks = view.iris("members"), view.iris("networks")
    found: Pairs = {}
    for entry, (row, column) in enumerate(zip(view.member_of_entry, view.indices, strict=True)):
        if chosen is None or networks[column] == chosen.iri:
            found[members[row], networks[column]] = view.memberships_of(entry)
    return found


def _gained(
    release: Release, rows: tuple[Membership, ...], network: Network, day_from: date
) -> Move:
    """A participation that holds on the second day only: joined, or only newly attested."""
    was = {row.iri: row.bounds.on(day_from) for row in rows}
    out = (Certainty.NOT_YET, Certainty.ENDED)
    started = [row for row in rows if was[row.iri] in out]
    founded = [PartialDate.parse(said.value) for said in network.founded]
    if formed := _formed(release, rows, day_from):
        return _move(What.SUCCEEDED, rows, formed)
    if any(row.role in _JOINING for row in started) or len(started) == len(rows):
        return _move(What.JOINED, rows, _texts(row.start for row in started))
    if founded and min(date.earliest for date in founded) > day_from:
        return _move(What.JOINED, rows, _texts(date.text for date in founded))
    first = sorted(
        said.date for row in rows for said in row.evidence if said.date and "/" not in said.date
    )
    return _move(What.NEWLY_ATTESTED, rows, first[0] if first else "")


def _formed(release: Release, rows: tuple[Membership, ...], day_from: date) -> str:
    """The date of the merger that made the member out of others after the first day."""
    if any(row.start for row in rows):
        return ""
    return _texts(
        change.date
        for change in release.changes_of(rows[0].member)
        if change.kind in _REPLACING
        and rows[0].member in change.results
        and rows[0].member not in change.originals
        and change.date
        and PartialDate.parse(change.date).latest > day_from
    )


def _lost(release: Release, rows: tuple[Membership, ...], network: Network, day_to: date) -> Move:
    """A participation that holds on the first day only: left, or no longer spoken of."""
    ended = [row for row in rows if row.bounds.on(day_to) is Certainty.ENDED]
    if not ended:
        return _move(What.NO_LONGER_ATTESTED, rows, "")
    merged = [
        change
        for row in ended
        for change in release.changes_of(row.network) + release.changes_of(row.member)
        if change.iri == row.ended_by and change.kind in _REPLACING
    ]
    if merged:
        return _move(What.MERGED, rows, _texts(change.date for change in merged))
    texts = _texts(row.end for row in ended)
    return _move(What.LEFT, rows, texts or _texts(said.value for said in network.dissolved))


def _move(what: What, rows: tuple[Membership, ...], since: str) -> Move:
    sources = dict.fromkeys(said for row in rows for said in row.evidence)
    roles = tuple(sorted({row.role for row in rows}))
    return Move(what, rows[0].member, rows[0].network, roles, since, tuple(sources))


def _texts(dates: Iterable[str]) -> str:
    """Dates as printed, each once; several where sources differ."""
    return " | ".join(sorted({text for text in dates if text}))


def _in_state(release: Release, state: str) -> set[str]:
    """What lies in the state, and the networks that ever had a member there."""
    members = {agent.iri for agent in release.agents if agent.state == state}
    return members | {row.network for row in release.memberships if row.member in members}


def _events(
    release: Release,
    day_from: date,
    day_to: date,
    chosen: Network | None,
    inside: set[str] | None,
) -> Iterable[Event]:
    """Changes that may have happened after the first day and up to the second; by date."""
    found = []
    members = {row.member for row in release.members_of(chosen.iri)} if chosen else set()
    for change in release.changes:
        about = {*change.originals, *change.results}
        of_member = change.kind in _REPLACING and not about.isdisjoint(members)
        if not change.date or (chosen and chosen.iri not in about and not of_member):
            continue
        when = PartialDate.parse(change.date)
        if when.latest <= day_from or when.earliest > day_to:
            continue
        if inside is None or about & inside:
            certain = day_from < when.earliest and when.latest <= day_to
            found.append((when.earliest, change.iri, Event(change, certain)))
    return [event for _, _, event in sorted(found, key=lambda entry: entry[:2])]


def _ties(release: Release, before: Pairs, after: Pairs, limit: int) -> Ties:
    from scipy.sparse import csr_array

    from kgraph.analysis.ties import compare_ties

    source = release.affiliation
    rows = {agent.iri: i for i, agent in enumerate(source.members)}
    columns = {network.iri: i for i, network in enumerate(source.networks)}
    matrices = []
    for pairs in (before, after):
        places: defaultdict[str, list[int]] = defaultdict(list)
        for member, network in pairs:
            places["row"].append(rows[member])
            places["column"].append(columns[network])
        shape = (len(rows), len(columns))
        entries = ([1] * len(pairs), (places["row"], places["column"]))
        matrices.append(csr_array(entries, shape=shape, dtype="int32"))
    return compare_ties(matrices[0], matrices[1], limit)
