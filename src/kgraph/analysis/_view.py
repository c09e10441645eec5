"""How a view is cut out of the affiliation: day, roles, filters, level, entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kgraph.analysis.coverage import Coverage, Roster, claimed_on
from kgraph.analysis.incidence import Incidence, Level
from kgraph.errors import KGraphError, NotFoundError, QueryParameterError

if TYPE_CHECKING:
    from kgraph.analysis.affiliation import Affiliation

#: Codes of :func:`certainty`, in the order in which the strongest comes first.
ATTESTED, PRESUMED, ENDED, NOT_YET, UNKNOWN = range(5)

Mask = npt.NDArray[np.bool_]


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
    cases = [
        day > ended_after,
        day < not_yet_before,
        (attested_from <= day) & (day <= attested_until),
        (held_from <= day) & (day <= held_until),
    ]
    return np.select(cases, [ENDED, NOT_YET, ATTESTED, PRESUMED], UNKNOWN).astype(np.int8)


def cut(source: Affiliation, chosen: Selection) -> Incidence:
    """The view of a selection; O(rows log rows)."""
    sure = certainty(source.days, chosen.as_of)
    holds = sure <= PRESUMED
    roles = _roles(source, chosen.roles)
    counts = np.isin(source.role, [source.roles.index(role) for role in roles])
    if chosen.roles is None:
        counts &= source.participates
    allowed, columns = _allowed_members(source, chosen), _allowed_networks(source, chosen)
    kept = holds & counts & allowed[source.member] & columns[source.network]
    parents = _parents(source)
    below = kept
    column = source.network
    if chosen.level == "leaf":
        below = kept & ~_above(parents, np.unique(column[kept]))[column]
    elif chosen.level == "top":
        column = _topmost(parents)[column]
    n_left_out = _n_pairs(source, kept) - _n_pairs(source, below)
    rows = np.flatnonzero(below)
    members, member = _compress(source.member[rows], allowed, chosen.isolates)
    networks, network = _compress(column[rows], columns, chosen.isolates)
    key = member.astype(np.int64) * max(len(networks), 1) + network
    order = np.argsort(key, kind="stable")
    pairs, starts = np.unique(key[order], return_index=True)
    per_member = np.bincount(pairs // max(len(networks), 1), minlength=len(members))
    listed = holds & source.participates & _no_persons(source)[source.member]
    return Incidence(
        affiliation=source,
        members=tuple(source.members[i] for i in members),
        networks=tuple(source.networks[i] for i in networks),
        indptr=np.concatenate(([0], np.cumsum(per_member))).astype(np.int32),
        indices=(pairs % max(len(networks), 1)).astype(np.int32),
        certainty=_strongest(sure[rows][order], starts),
        behind=rows[order].astype(np.int32),
        behind_ptr=np.append(starts, len(rows)).astype(np.int32),
        as_of=chosen.as_of,
        level=chosen.level,
        roles=roles,
        coverage=_coverage(source, listed, networks, chosen.as_of),
        n_left_out=n_left_out,
        selection=chosen,
    )


def _roles(source: Affiliation, asked: Collection[str] | None) -> tuple[str, ...]:
    """The roles that count, in alphabetical order."""
    if asked is None:
        return tuple(source.roles[i] for i in np.unique(source.role[source.participates]))
    return tuple(sorted(_known("role", asked, source.roles)))


def _known(what: str, asked: Collection[str], known: Iterable[str]) -> set[str]:
    """The codes asked for, all of which must occur: a misspelt one would give an empty graph."""
    if isinstance(asked, str):
        raise QueryParameterError(f"{what}s is the text {asked!r}; give a list of codes")
    codes = set(known)
    for code in asked:
        if code not in codes:
            raise NotFoundError(
                what, code, f"there are {', '.join(sorted(codes - {''})) or 'none'}"
            )
    return set(asked)


def _no_persons(source: Affiliation) -> Mask:
    """Members that are no persons."""
    return np.array([agent.kind != "person" for agent in source.members], dtype=np.bool_)


def _allowed_members(source: Affiliation, chosen: Selection) -> Mask:
    """Members that the filters on kind and state let pass."""
    allowed = _no_persons(source)
    if chosen.kinds is not None:
        kinds = _known("kind", chosen.kinds, (agent.kind for agent in source.members))
        allowed = np.array([agent.kind in kinds for agent in source.members], dtype=np.bool_)
    if chosen.states is not None:
        states = _known("state", chosen.states, (agent.state for agent in source.members))
        allowed &= np.array([agent.state in states for agent in source.members], dtype=np.bool_)
    return allowed


def _allowed_networks(source: Affiliation, chosen: Selection) -> Mask:
    """Networks that the filter on kind lets pass."""
    if chosen.network_kinds is None:
        return np.ones(len(source.networks), dtype=np.bool_)
    kinds = _known("network kind", chosen.network_kinds, (n.kind for n in source.networks))
    return np.array([network.kind in kinds for network in source.networks], dtype=np.bool_)


def _parents(source: Affiliation) -> list[int]:
    """The column of each network's parent; -1 without one, or with one that has no column."""
    column = {network.iri: i for i, network in enumerate(source.networks)}
    return [column.get(network.parent, -1) for network in source.networks]


def _line(parents: list[int], column: int) -> list[int]:
    """The networks above one, nearest first."""
    line: list[int] = []
    while (column := parents[column]) >= 0:
        if column in line:
            raise KGraphError("networks are each other's parents; mend the column parent")
        line.append(column)
    return line


def _above(parents: list[int], columns: npt.NDArray[np.int32]) -> Mask:
    """Networks under which at least one of the columns lies."""
    above = np.zeros(len(parents), dtype=np.bool_)
    for column in columns:
        above[_line(parents, int(column))] = True
    return above


def _topmost(parents: list[int]) -> npt.NDArray[np.int32]:
    """The topmost network above each, or itself."""
    return np.array([[i, *_line(parents, i)][-1] for i in range(len(parents))], dtype=np.int32)


def _n_pairs(source: Affiliation, kept: Mask) -> int:
    """Number of distinct (member, network) pairs among the rows."""
    key = source.member[kept].astype(np.int64) * len(source.networks) + source.network[kept]
    return len(np.unique(key))


def _compress(
    codes: npt.NDArray[np.int32], allowed: Mask, isolates: bool
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The labels that stay, and the codes renumbered among them."""
    stay = np.zeros(len(allowed), dtype=np.bool_)
    stay[codes] = True
    if isolates:
        stay |= allowed
    return np.flatnonzero(stay), (np.cumsum(stay) - 1)[codes]


def _strongest(sure: npt.NDArray[np.int8], starts: npt.NDArray[np.intp]) -> npt.NDArray[np.int8]:
    """The strongest certainty of each group of rows."""
    if not len(starts):
        return np.zeros(0, dtype=np.int8)
    return np.minimum.reduceat(sure, starts)


def _coverage(
    source: Affiliation, listed: Mask, networks: npt.NDArray[np.intp], as_of: date | None
) -> Coverage:
    """Listed members of each network's own roster, before any filter, against the claimed count."""
    key = np.unique(
        source.network[listed].astype(np.int64) * max(len(source.members), 1)
        + source.member[listed]
    )
    n_listed = np.bincount(key // max(len(source.members), 1), minlength=len(source.networks))
    rosters = []
    for i in networks:
        iri = source.networks[i].iri
        claim = claimed_on(source.figures.get(iri, ()), as_of)
        said = (round(claim.value), claim.qualifier, claim.date, claim.source) if claim else None
        rosters.append(Roster(iri, int(n_listed[i]), *(said or (None, "", "", ""))))
    return Coverage(tuple(rosters))
