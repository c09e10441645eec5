"""Where members and networks stand on the picture: geography first, the same on every run.

A member stands at its coordinates, projected like a web map (north is up); a network at the mean of
its members. What has no coordinates of its own borrows a place: a district or a state the mean of
its municipalities, an organisation that of what it lies within, else that of its networks. Things
that would coincide move apart on a small spiral, in the order of their IRIs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kgraph.namespaces import thing

if TYPE_CHECKING:
    from kgraph.release import Release

__all__ = ["Layout", "layout", "project"]

Point = tuple[float, float]
Layout = Mapping[str, Point]

#: Side of the cells in which things count as coincident, and the step of the spiral; in degrees.
_CELL, _STEP = 0.02, 0.02
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def project(lat: float, lon: float) -> Point:
    """Web Mercator in degrees of longitude: east is larger x, north is larger y.

    >>> project(0.0, 7.5)
    (7.5, 0.0)
    >>> round(project(51.9625, 7.6256)[1], 3)
    61.026
    """
    north = math.degrees(math.asinh(math.tan(math.radians(lat))))
    return lon, north + 0.0


def layout(release: Release) -> Layout:
    """IRI → (x, y) for every network and every agent that anything is known of; O(rows)."""
    places = {
        agent.iri: project(agent.lat, agent.lon)
        for agent in release.agents
        if agent.lat is not None and agent.lon is not None
    }
    places |= _territories(release, places)
    within = {a.iri: thing(a.within) for a in release.agents if a.within and a.iri not in places}
    _borrow(places, within)
    beside: defaultdict[str, set[str]] = defaultdict(set)
    around: defaultdict[str, set[str]] = defaultdict(set)
    for row in release.memberships:
        if row.participates:
            beside[row.network].add(row.member)
            around[row.member].add(row.network)
    networks = {network.iri for network in release.networks}
    centres = _means({iri: beside[iri] for iri in networks if iri in beside}, places)
    _borrow(centres, {n.iri: n.parent for n in release.networks if n.parent})
    places |= {iri: place for iri, place in centres.items() if iri not in places}
    rest = {iri: around[iri] for iri in around if iri not in places}
    places |= _means(rest, centres)
    shown = networks | set(around)
    return _apart({iri: place for iri, place in places.items() if iri in shown})


def _territories(release: Release, places: Layout) -> dict[str, Point]:
    """Districts, states and countries at the mean of their municipalities."""
    inside: defaultdict[str, set[str]] = defaultdict(set)
    for agent in release.agents:
        if agent.iri in places and agent.kind == "municipality":
            for kind, key in (("district", agent.district), ("state", agent.state),
                              ("country", agent.country.lower())):  # fmt: skip
                if key:
                    inside[thing(f"{kind}/{key}")].add(agent.iri)
    found = _means(inside, places)
    return {iri: place for iri, place in found.items() if iri not in places}


def _borrow(places: dict[str, Point], holders: Mapping[str, str]) -> None:
    """Put what has no place where its holder is, or its holder's holder."""
    for iri in sorted(holders):
        seen, at = {iri}, iri
        while at not in places and at in holders and holders[at] not in seen:
            at = holders[at]
            seen.add(at)
        if at in places:
            places.setdefault(iri, places[at])


def _means(groups: Mapping[str, Iterable[str]], places: Layout) -> dict[str, Point]:
    """The mean of the places of each group; a group without any place has none."""
    found = {}
    for iri, members in groups.items():
        points = [places[member] for member in sorted(members) if member in places]
        if points:
            n = len(points)
            found[iri] = (sum(x for x, _ in points) / n, sum(y for _, y in points) / n)
    return found


def _apart(places: Layout) -> Layout:
    """Move what shares a cell onto a spiral around it; the first keeps its place."""
    n_in_cell: defaultdict[tuple[int, int], int] = defaultdict(int)
    moved = {}
    for iri in sorted(places):
        x, y = places[iri]
        cell = (round(x / _CELL), round(y / _CELL))
        k = n_in_cell[cell]
        n_in_cell[cell] += 1
        radius, angle = _STEP * math.sqrt(k), k * _GOLDEN_ANGLE
        moved[iri] = (
            round(x + radius * math.cos(angle), 5),
            round(y + radius * math.sin(angle), 5),
        )
    return moved
