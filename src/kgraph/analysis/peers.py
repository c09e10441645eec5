"""Networks of one's peers that one is not in, with the peers named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from kgraph.analysis.coverage import claimed_sizes
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.reach import is_joinable
from kgraph.errors import QueryParameterError
from kgraph.model import Agent, Network

__all__ = ["Area", "Peer", "Suggestion", "peer_networks", "peers"]

Area = Literal["anywhere", "country", "state"]
Candidates = Literal["joinable", "all"]


@dataclass(frozen=True, slots=True)
class Peer:
    """A member of the same kind, and how alike its networks are (Jaccard)."""

    agent: Agent
    similarity: float
    shared: tuple[Network, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A network, the peers in it, and their part of the similarity of all peers.

    ``n_claimed`` is how many members a source claims for it; where that is more than are listed,
    ``n_members``, the one asked for may be in it without being listed.
    """

    network: Network
    score: float
    peers: tuple[Peer, ...]
    n_members: int
    n_claimed: int | None


def peers(
    incidence: Incidence,
    member: str,
    k: int = 10,
    *,
    area: Area = "anywhere",
    exclude_larger_than: int | None = None,
) -> list[Peer]:
    """The k members of the same kind whose networks resemble those of one member most.

    Parameters
    ----------
    incidence : Incidence
    member : str
        IRI, path or key.
    k : int
    area : {"anywhere", "country", "state"}
        Look only in the member's own country or state.
    exclude_larger_than : int, optional
        Networks with more members, listed or claimed, do not count towards the likeness.

    Returns
    -------
    list of Peer
        By Jaccard, then number of shared networks, both falling, then name and IRI. A peer shares
        at least one network.
    """
    if k < 1:
        raise QueryParameterError(f"k is {k}; give at least 1")
    if area not in get_args(Area):
        raise QueryParameterError(f"area is {area!r}; give one of {', '.join(get_args(Area))}")
    row = incidence.find_member(member)
    if row is None:
        return []
    matrix = incidence.matrix.astype(np.int64)
    if exclude_larger_than is not None:
        claimed = claimed_sizes(incidence, range(len(incidence.networks)))
        sizes = np.maximum(incidence.network_sizes, claimed)
        matrix = matrix[:, np.flatnonzero(sizes <= exclude_larger_than)]
    degrees = np.diff(matrix.indptr)
    shared = (matrix @ matrix[[row]].T).toarray().reshape(-1)
    near = _eligible(incidence, row, area) & (shared > 0)
    alike = shared[near] / (degrees[near] + degrees[row] - shared[near])
    order = sorted(
        zip(np.flatnonzero(near).tolist(), alike.tolist(), strict=True),
        key=lambda found: (
            -round(found[1], 12), -int(shared[found[0]]), incidence.members[found[0]].name,
            incidence.members[found[0]].iri,
        ),
    )  # fmt: skip
    own = set(_networks_of(incidence, row))
    return [
        Peer(
            incidence.members[i], value,
            tuple(incidence.networks[j] for j in _networks_of(incidence, i) if j in own),
        )
        for i, value in order[:k]
    ]  # fmt: skip


def peer_networks(
    incidence: Incidence,
    member: str,
    k: int = 10,
    *,
    area: Area = "anywhere",
    minimum_peers: int = 2,
    exclude_larger_than: int | None = None,
    candidates: Candidates = "joinable",
) -> list[Suggestion]:
    """The networks that peers are in and the member is not.

    Parameters
    ----------
    incidence, member, k, area, exclude_larger_than
        As in :func:`peers`.
    minimum_peers : int
        Fewer peers in a network are no reason to name it.
    candidates : {"joinable", "all"}
        Joinable are networks of a kind that one joins by wanting to, in reach of the member; see
        :func:`kgraph.analysis.reach.is_joinable`.

    Returns
    -------
    list of Suggestion
        By score, then number of peers, both falling, then name and IRI. What lies above or below a
        network that the member is in is left out: that is a matter of form.

    Notes
    -----
    Collaborative filtering with nearest neighbours: who is in the same networks may want the same
    others. It does not know who may join (eligibility, place, fee) and repeats what the rosters
    lack. Cost O(entries).

    References
    ----------
    Sarwar, B., Karypis, G., Konstan, J., & Riedl, J. (2001). Item-based collaborative filtering
    recommendation algorithms. Proceedings of WWW '01, 285–295. https://doi.org/10.1145/371920.372071

    Examples
    --------
    Berg's networks are like those of Chaus and of Ahof; both are in no other that Berg is not in,
    but Chaus is in climate:

    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> view = example().at(date(2024, 5, 1))
    >>> [(found.network.slug, [peer.agent.name for peer in found.peers], round(found.score, 3))
    ...  for found in peer_networks(view, "xx-2", minimum_peers=1)]
    [('climate', ['Chaus'], 0.571)]
    """
    if minimum_peers < 1:
        raise QueryParameterError(f"minimum_peers is {minimum_peers}; give at least 1")
    if candidates not in get_args(Candidates):
        raise QueryParameterError(f"candidates is {candidates!r}; give 'joinable' or 'all'")
    alike = peers(incidence, member, k, area=area, exclude_larger_than=exclude_larger_than)
    row = incidence.find_member(member)
    if row is None or not alike:
        return []
    place = {agent.iri: i for i, agent in enumerate(incidence.members)}
    own = _networks_of(incidence, row)
    known = _related(incidence, own)
    votes: dict[int, list[Peer]] = {}
    for peer in alike:
        for column in _networks_of(incidence, place[peer.agent.iri]):
            if column not in known:
                votes.setdefault(column, []).append(peer)
    total = sum(peer.similarity for peer in alike)
    sizes = incidence.network_sizes
    found = [
        Suggestion(
            incidence.networks[column], sum(peer.similarity for peer in named) / total,
            tuple(named), int(sizes[column]), incidence.coverage.rosters[column].n_claimed,
        )
        for column, named in votes.items()
        if len(named) >= minimum_peers
        and (candidates == "all" or is_joinable(incidence, row, column))
    ]  # fmt: skip
    return sorted(
        found,
        key=lambda s: (-round(s.score, 12), -len(s.peers), s.network.name, s.network.iri),
    )


def _eligible(incidence: Incidence, row: int, area: Area) -> npt.NDArray[np.bool_]:
    """Who may be a peer: of the same kind, in the area, and not the member itself."""
    me = incidence.members[row]
    kind = np.array([agent.kind == me.kind for agent in incidence.members], dtype=np.bool_)
    kind[row] = False
    if area == "country":
        kind &= np.array([agent.country == me.country for agent in incidence.members])
    elif area == "state":
        same = [agent.country == me.country and agent.state == me.state and bool(me.state)
                for agent in incidence.members]  # fmt: skip
        kind &= np.array(same)
    return kind


def _networks_of(incidence: Incidence, row: int) -> list[int]:
    """The columns of a member."""
    return list(incidence.indices[incidence.indptr[row] : incidence.indptr[row + 1]].tolist())


def _related(incidence: Incidence, own: list[int]) -> set[int]:
    """The columns that a member is in, and those above and below them."""
    parents = {network.iri: network.parent for network in incidence.affiliation.networks}
    mine = {incidence.networks[column].iri for column in own}
    above = set[str]()
    for iri in mine:
        while iri := parents.get(iri, ""):
            above.add(iri)
    related = set(own)
    for column, network in enumerate(incidence.networks):
        if network.iri in above or network.parent in mine:
            related.add(column)
    return related
