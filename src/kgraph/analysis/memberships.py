"""What a member is in: a named list, with role, time, certainty and place of evidence."""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.analysis.incidence import Incidence
from kgraph.dates import Certainty
from kgraph.model import Network

__all__ = ["Held", "memberships"]


@dataclass(frozen=True, slots=True)
class Held:
    """One network that a member is in.

    ``start`` is as printed and empty where no source says it; ``via`` names the bodies through
    which it is a member, where these are not the network itself; ``n_members`` counts who is listed
    in this view.
    """

    network: Network
    roles: tuple[str, ...]
    start: str
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
        via = {slugs[one.network] for one in behind if one.network != network.iri}
        found.append(
            Held(
                network, tuple(sorted({one.role for one in behind})), starts[0] if starts else "",
                incidence.certainty_of(entry), tuple(sorted(via)), int(sizes[column]),
                tuple(sorted(said)),
            )
        )  # fmt: skip
    return sorted(found, key=lambda held: (held.network.name, held.network.iri))
