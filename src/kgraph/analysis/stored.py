"""An affiliation of the tables of a release, as the arrays that it keeps, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kgraph.analysis.labels import Codes, Labels
from kgraph.analysis.moments import Moments
from kgraph.errors import KGraphError
from kgraph.namespaces import thing

if TYPE_CHECKING:
    from kgraph.analysis.affiliation import Affiliation
    from kgraph.model import Agent, Figure, Membership, Network, Period

__all__ = ["affiliate", "arrays_of", "parts_of"]

Array = np.ndarray[Any, Any]

#: Fields by which a view filters.
_FIELDS = {"members": ("kind", "state"), "networks": ("kind",)}
#: The arrays that an affiliation has as attributes, in its order.
_ROWS = ("source_row", "member", "network", "role", "days", "participates", "parent")
_MOMENTS = ("start", "end", "said_ptr", "said")


def affiliate(
    agents: Iterable[Agent],
    networks: Iterable[Network],
    memberships: Sequence[Membership],
    figures: Iterable[Figure],
    periods: Iterable[Period] = (),
) -> Affiliation:
    """Whoever takes part in what has a roster.

    Offices of persons and the bodies that they sit in are governance, not membership; they are left
    out.
    """
    from kgraph.analysis.affiliation import Affiliation

    person, columns = thing("person/"), tuple(networks)
    known = {network.iri for network in columns}
    kept = [
        i for i, row in enumerate(memberships)
        if row.network in known and not row.member.startswith(person)
    ]  # fmt: skip
    found = Affiliation.from_memberships(
        agents, columns, (memberships[i] for i in kept), figures, periods
    )
    source_row = np.array(kept, dtype=np.int32)[found.source_row]
    return replace(found, memberships=memberships, source_row=source_row)


def arrays_of(source: Affiliation) -> dict[str, Array]:
    """The arrays by name: rows, and what a view needs of the records."""
    found: dict[str, Array] = {name: getattr(source, name) for name in _ROWS}
    found["roles"] = _texts(source.roles)
    for name in _MOMENTS:
        found[name] = getattr(source.moments, name)
    for mode, labels in (("members", source.members), ("networks", source.networks)):
        found[f"{mode}_iri"] = _texts(labels.iris)
        for field in _FIELDS[mode]:
            codes = labels.codes(field)
            found[f"{mode}_{field}"] = codes.number
            found[f"{mode}_{field}_values"] = _texts(codes.values)
        # The names themselves are read from the records; this is their alphabetical order.
        found[f"{mode}_name"] = labels.codes("name").number
    return found


def parts_of(
    arrays: Mapping[str, Array],
    members: Sequence[Agent],
    networks: Sequence[Network],
    memberships: Sequence[Membership],
    figures: Iterable[Figure],
    periods: Iterable[Period],
) -> tuple[Any, ...]:
    """What an affiliation is made of, in its order.

    Raises
    ------
    KGraphError
        If the arrays and the records do not fit together.
    """
    n_rows = int(arrays["source_row"].max(initial=-1)) + 1
    n_members, n_networks = len(arrays["members_iri"]), len(arrays["networks_iri"])
    if (n_members, n_networks) != (len(members), len(networks)) or n_rows > len(memberships):
        raise KGraphError(
            f"the affiliation arrays do not fit {len(members)} members, {len(networks)} networks "
            f"and {len(memberships)} memberships; build the release again"
        )
    return (
        Labels(members, arrays["members_iri"], _codes(arrays, "members")),
        Labels(networks, arrays["networks_iri"], _codes(arrays, "networks")),
        memberships,
        _read(arrays["roles"]),
        *(arrays[name] for name in _ROWS),
        Moments(*(arrays[name] for name in _MOMENTS)),
        figures,
        periods,
    )


def _texts(values: Sequence[str]) -> Array:
    """Texts as an array of UTF-8 bytes."""
    return np.char.encode(np.array(values, dtype=np.str_), "utf-8")


def _read(texts: Array) -> tuple[str, ...]:
    return tuple(np.char.decode(texts, "utf-8").tolist())


def _codes(arrays: Mapping[str, Array], mode: str) -> dict[str, Codes]:
    """The fields that are stored as numbers."""
    known = {
        field: Codes(arrays[f"{mode}_{field}"], _read(arrays[f"{mode}_{field}_values"]))
        for field in _FIELDS[mode]
    }
    return known | {"name": Codes(arrays[f"{mode}_name"], ())}
