"""What a member is in: a named list, with role, time, certainty and place of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from kgraph.analysis.incidence import Incidence
from kgraph.dates import Certainty
from kgraph.errors import QueryParameterError
from kgraph.model import Network

__all__ = ["By", "Counted", "Held", "counted", "memberships"]

By = Literal["theme", "role", "kind"]


@dataclass(frozen=True, slots=True)
class Held:
    """One network that a member is in.

    ``start`` is as printed and empty where no source says it; ``end`` likewise, and only if the
    member has no other role in it that goes on; ``last_said`` is the latest date of a source that
    names it, empty where none has a date, and may lie after the day of the view. ``via`` names the
    bodies through which it is a member, where these are not the network itself; ``n_members``
    counts who is listed in this view.
    """

    network: Network
    roles: tuple[str, ...]
    start: str
    end: str
    last_said: str
    certainty: Certainty
    via: tuple[str, ...]
    n_members: int
    sources: tuple[str, ...]


def memberships(incidence: Incidence, member: str) -> list[Held]:
    """The networks of a member, with all that is known of each membership.

    Parameters
    ----------
    incidence : Incidence
        Its level decides whether working groups count beside or as what is above them.
    member : str
        IRI, path or key.

    Returns
    -------
    list of Held
        By name, then IRI. Empty if the member has no membership in this view, which means "none
        known".

    Raises
    ------
    NotFoundError
        If nobody has that IRI, path or key.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> for held in memberships(example().at(date(2024, 5, 1)), "xx-2"):
    ...     print(held.network.name, held.roles, held.start, held.certainty)
    Rail ('lead', 'member') 2005 attested
    Water ('member',) 2001 attested
    """
    row = incidence.find_member(member)
    if row is None:
        return []
    sizes = incidence.network_sizes
    first, last = int(incidence.indptr[row]), int(incidence.indptr[row + 1])
    slugs = {network.iri: network.slug for network in incidence.affiliation.networks}
    found = []
    for entry in range(first, last):
        column = int(incidence.indices[entry])
        network = incidence.networks[column]
        behind = incidence.memberships_of(entry)
        said = {f"{at.source}: {at.locator}" for one in behind for at in one.evidence}
        starts = sorted(one.start for one in behind if one.start)
        ends = [one.end for one in behind]
        dates = sorted(at.date for one in behind for at in one.evidence)
        via = {slugs[one.network] for one in behind if one.network != network.iri}
        found.append(
            Held(
                network, tuple(sorted({one.role for one in behind})), starts[0] if starts else "",
                max(ends) if all(ends) else "", dates[-1] if dates else "",
                incidence.certainty_of(entry), tuple(sorted(via)), int(sizes[column]),
                tuple(sorted(said)),
            )
        )  # fmt: skip
    return sorted(found, key=lambda held: (held.network.name, held.network.iri))


@dataclass(frozen=True, slots=True)
class Counted:
    """The networks of a member that have a code: of a theme, a role, a kind of network."""

    code: str
    networks: tuple[Network, ...]


def counted(incidence: Incidence, member: str, by: By = "theme") -> list[Counted]:
    """The networks of a member by theme, by its role in them, or by their kind.

    Parameters
    ----------
    incidence : Incidence
    member : str
        IRI, path or key.
    by : {"theme", "role", "kind"}

    Returns
    -------
    list of Counted
        By number of networks, falling, then code. A network with two themes counts with both, one
        whose theme is not known with the empty code: the numbers do not sum to the memberships.

    Raises
    ------
    NotFoundError
        If nobody has that IRI, path or key.
    """
    if by not in get_args(By):
        raise QueryParameterError(f"by is {by!r}; give one of {', '.join(get_args(By))}")
    found: dict[str, list[Network]] = {}
    for held in memberships(incidence, member):
        network = held.network
        codes = {"theme": network.themes, "role": held.roles, "kind": (network.kind,)}[by]
        for code in codes or ("",):
            found.setdefault(code, []).append(network)
    rows = [Counted(code, tuple(networks)) for code, networks in found.items()]
    return sorted(rows, key=lambda row: (-len(row.networks), row.code))
