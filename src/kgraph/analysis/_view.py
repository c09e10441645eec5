"""How a view is cut out of the affiliation: day, roles, filters, level, entries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kgraph.analysis.coverage import Coverage, Roster, claimed_on
from kgraph.analysis.incidence import Incidence, Level
from kgraph.analysis.labels import Codes
from kgraph.errors import KGraphError, NotFoundError, QueryParameterError

if TYPE_CHECKING:
    from kgraph.analysis.affiliation import Affiliation

#: Codes of :func:`certainty`, in the order in which the strongest comes first.
ATTESTED, PRESUMED, ENDED, NOT_YET, UNKNOWN = range(5)

Mask = npt.NDArray[np.bool_]
Columns = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Selection:
    """What :meth:`Affiliation.at` was asked for."""

    as_of: date | None
    roles: Collection[str] | None
    level: Level
    kinds: Collection[str] | None
    states: Collection[str] | None
    network_kinds: Collection[str] | None
    isolates: bool


def certainty(days: npt.NDArray[np.int32], as_of: date | None) -> npt.NDArray[np.int8]:
    """``Bounds.on`` for all rows at once; without a day, whether a row was ever attested."""
    attested_from, attested_until, held_from, held_until, not_yet_before, ended_after = days.T
    if as_of is None:
        return np.where(attested_from <= attested_until, ATTESTED, PRESUMED).astype(np.int8)
    day = as_of.toordinal()
    sure = np.full(len(days), UNKNOWN, dtype=np.int8)
    # What decides most comes last.
    sure[(held_from <= day) & (day <= held_until)] = PRESUMED
    sure[(attested_from <= day) & (day <= attested_until)] = ATTESTED
    sure[day < not_yet_before] = NOT_YET
    sure[day > ended_after] = ENDED
    return sure


def cut(source: Affiliation, chosen: Selection) -> Incidence:
    """The view of a selection; O(rows), with a sort only on level "top"."""
    sure = certainty(source.days, chosen.as_of)
    allowed, columns = _allowed_members(source, chosen), _allowed_networks(source, chosen)
    kept = sure <= PRESUMED
    kept &= source.participates if chosen.roles is None else _in_roles(source, chosen.roles)
    if not allowed.all():
        kept &= allowed[source.member]
    if not columns.all():
        kept &= columns[source.network]
    rows, n_left_out = np.flatnonzero(kept).astype(np.int32), 0
    member, network = source.member[kept], source.network[kept]
    if chosen.level == "leaf":
        below = ~_above(source.parent, network)[network]
        n_left_out = len(_starts(member, network)) - len(_starts(member[below], network[below]))
        rows, member, network = rows[below], member[below], network[below]
    elif chosen.level == "top":
        network = topmost(source.parent)[network]
        order = np.lexsort((network, member))
        rows, member, network = rows[order], member[order], network[order]
    starts = _starts(member, network)
    if len(starts) < len(rows):
        member, network = member[starts], network[starts]
    members, row = _compress(member, allowed, chosen.isolates)
    networks, column = _compress(network, columns, chosen.isolates)
    per_member = np.bincount(row, minlength=len(members))
    return Incidence(
        affiliation=source,
        members=source.members.pick(members),
        networks=source.networks.pick(networks),
        indptr=np.concatenate(([0], np.cumsum(per_member))).astype(np.int32),
        indices=column,
        certainty=_strongest(sure[rows], starts),
        behind=rows,
        behind_ptr=np.append(starts, np.int32(len(rows))),
        as_of=chosen.as_of,
        level=chosen.level,
        roles=_roles(source, chosen.roles),
        n_left_out=n_left_out,
        selection=chosen,
    )


def _roles(source: Affiliation, asked: Collection[str] | None) -> tuple[str, ...]:
    """The roles that count, in alphabetical order."""
    if asked is None:
        return source.taking_part
    return tuple(sorted(_known("role", asked, source.roles)))


def _in_roles(source: Affiliation, asked: Collection[str]) -> Mask:
    """The rows that have one of some roles."""
    return Codes(source.role, source.roles).among(_known("role", asked, source.roles))


def _known(what: str, asked: Collection[str], known: Collection[str]) -> set[str]:
    """The codes asked for, all of which must occur: a misspelt one would give an empty graph."""
    if isinstance(asked, str):
        raise QueryParameterError(f"{what}s is the text {asked!r}; give a list of codes")
    for code in asked:
        if code not in known:
            raise NotFoundError(
                what, code, f"there are {', '.join(sorted(set(known) - {''})) or 'none'}"
            )
    return set(asked)


def _allowed_members(source: Affiliation, chosen: Selection) -> Mask:
    """Members that the filters on kind and state let pass; without one, all but persons."""
    kinds = source.members.codes("kind")
    if chosen.kinds is None:
        allowed = kinds.among({*kinds.values} - {"person"})
    else:
        allowed = kinds.among(_known("kind", chosen.kinds, kinds.values))
    if chosen.states is not None:
        states = source.members.codes("state")
        allowed &= states.among(_known("state", chosen.states, states.values))
    return allowed


def _allowed_networks(source: Affiliation, chosen: Selection) -> Mask:
    """Networks that the filter on kind lets pass."""
    if chosen.network_kinds is None:
        return np.ones(len(source.networks), dtype=np.bool_)
    kinds = source.networks.codes("kind")
    return kinds.among(_known("network kind", chosen.network_kinds, kinds.values))


def _line(parents: list[int], column: int) -> list[int]:
    """The networks above one, nearest first."""
    line: list[int] = []
    while (column := parents[column]) >= 0:
        if column in line:
            raise KGraphError("networks are each other's parents; mend the column parent")
        line.append(column)
    return line


def _above(parent: Columns, columns: Columns) -> Mask:
    """Networks under which at least one of the columns lies."""
    parents = parent.tolist()
    above = np.zeros(len(parents), dtype=np.bool_)
    for column in np.flatnonzero(np.bincount(columns, minlength=len(parents))):
        above[_line(parents, int(column))] = True
    return above


def topmost(parent: Columns) -> Columns:
    """The topmost network above each, or itself."""
    parents = parent.tolist()
    return np.array([[i, *_line(parents, i)][-1] for i in range(len(parents))], dtype=np.int32)


def _starts(member: Columns, network: Columns) -> Columns:
    """Where in the ordered rows a new pair of member and network begins."""
    new = np.ones(len(member), dtype=np.bool_)
    new[1:] = (member[1:] != member[:-1]) | (network[1:] != network[:-1])
    return np.flatnonzero(new).astype(np.int32)


def _compress(
    codes: Columns, allowed: Mask, isolates: bool
) -> tuple[npt.NDArray[np.intp], Columns]:
    """The labels that stay, and the codes renumbered among them."""
    stay = allowed.copy() if isolates else np.zeros(len(allowed), dtype=np.bool_)
    if not (isolates and stay.all()):
        stay[codes] = True
    if stay.all():
        return np.arange(len(stay)), codes
    return np.flatnonzero(stay), (np.cumsum(stay, dtype=np.int32) - 1)[codes]


def _strongest(sure: npt.NDArray[np.int8], starts: Columns) -> npt.NDArray[np.int8]:
    """The strongest certainty of each group of rows."""
    if len(starts) == len(sure):
        return sure
    return np.minimum.reduceat(sure, starts)


def coverage(view: Incidence) -> Coverage:
    """Listed members of each network's own roster, before any filter, against the claimed count.

    Of a network that had ended on the day nothing counts, neither its memberships nor what was
    claimed while there was one. It stands in a view through the bodies below it, or as an isolate.
    """
    source, ended = view.affiliation, view.affiliation.ended(view.as_of)
    rows = np.flatnonzero((certainty(source.days, view.as_of) <= PRESUMED) & source.participates)
    kinds = source.members.codes("kind")
    rows = rows[kinds.among({*kinds.values} - {"person"})[source.member[rows]]]
    starts = _starts(source.member[rows], source.network[rows])
    n_listed = np.bincount(source.network[rows][starts], minlength=len(source.networks))
    rosters = []
    for i, iri in zip(view.networks.positions.tolist(), view.networks.iris, strict=True):
        claims = () if iri in ended else source.figures.get(iri, ())
        claim = claimed_on(claims, view.as_of)
        said = (round(claim.value), claim.qualifier, claim.date, claim.source) if claim else None
        rosters.append(Roster(iri, int(n_listed[i]), *(said or (None, "", "", ""))))
    return Coverage(tuple(rosters))
