"""Which networks a member could be in at all: by their kind, and by where their members are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence

__all__ = ["NOT_JOINED", "distances_km", "is_joinable"]

#: Kinds of networks that nobody joins by wanting to: one is in them by law or by mandate, was
#: elected, delegated, took part on a day, or signed a paper.
NOT_JOINED = frozenset(
    {"agreement", "company", "event", "governance-body", "municipal-association", "publication",
     "working-group"}
)  # fmt: skip

#: A network is near if its nearest member is not farther than this many times what its members are
#: from each other; fewer located members than this show no area, and so near nobody is far.
_TIMES, _FEWEST, _NEAR_KM = 1.5, 3, 10.0
#: In reach as well is who is nearer to the middle than this share of the farthest member.
_AMID = 0.8
_EARTH_KM = 6371.0

Floats = npt.NDArray[np.float64]


def is_joinable(incidence: Incidence, row: int, column: int) -> bool:
    """Whether a member could want to be in a network: its kind, and its area as far as it has one.

    Notes
    -----
    The distance from the member to the nearest one listed is held against the distances from those
    listed to their nearest neighbours, of which three in four are shorter than the one used. The
    members of a network of all Germany are far apart, so that it reaches far; a region's does not.
    Who lies amid the members is in reach too, however far the nearest.
    Who may join is another question, and not in the data.
    """
    if incidence.networks[column].kind in NOT_JOINED:
        return False
    me = _places(incidence, [row])
    ptr, rows = incidence.columns
    others = _places(incidence, rows[ptr[column] : ptr[column + 1]].tolist())
    if not len(me) or len(others) < _FEWEST:
        return True
    return _is_near(me, others) or _is_amid(me, others)


def _is_near(me: Floats, others: Floats) -> bool:
    """Whether one of the others is about as near as they are to each other."""
    apart = distances_km(others, others)
    np.fill_diagonal(apart, np.inf)
    usual = float(np.quantile(apart.min(axis=1), 0.75))
    return float(distances_km(me, others).min()) <= max(_TIMES * usual, _NEAR_KM)


def _is_amid(me: Floats, others: Floats) -> bool:
    """Whether the member is well within the circle that the others fill."""
    centre = others.mean(axis=0, keepdims=True)
    radius = float(distances_km(centre, others).max())
    return float(distances_km(centre, me).max()) <= _AMID * radius


def _places(incidence: Incidence, rows: list[int]) -> Floats:
    """Latitude and longitude of those members that have them, in radians."""
    agents = (incidence.members[row] for row in rows)
    found = [(a.lat, a.lon) for a in agents if a.lat is not None and a.lon is not None]
    return np.radians(np.array(found, dtype=np.float64).reshape(-1, 2))


def distances_km(a: Floats, b: Floats) -> Floats:
    """Great-circle distances between places given in radians, in kilometres.

    Examples
    --------
    Münster and Dortmund:

    >>> places = np.radians([[51.9625, 7.6256], [51.5142, 7.4653]])
    >>> round(float(distances_km(places[:1], places[1:])[0, 0]))
    51
    """
    lat, lon = a[:, None, 0], a[:, None, 1]
    half = (
        np.sin((b[None, :, 0] - lat) / 2) ** 2
        + np.cos(lat) * np.cos(b[None, :, 0]) * np.sin((b[None, :, 1] - lon) / 2) ** 2
    )
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))), dtype=np.float64)
