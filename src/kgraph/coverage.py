"""How much of each network the rosters show: listed, claimed, since when.

Unknown is never shown as none: a network whose sources list nobody is in the table with 0 listed
and the counts that are claimed for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from kgraph.dates import Certainty, PartialDate
from kgraph.errors import NotFoundError, QueryParameterError

if TYPE_CHECKING:
    from kgraph.model import Figure, Membership, Network
    from kgraph.release import Release

__all__ = ["Group", "Listing", "NetworkCoverage", "by", "coverage", "history"]

#: A document counts as a roster if it names this many members (or all that are known) and half as
#: many as the fullest document up to the day: a report that greets seven of eighty is no roster.
N_ROSTER, SHARE_ROSTER = 3, 0.5


@dataclass(frozen=True, slots=True)
class Listing:
    """A document that lists members: its date as printed, its slug, how many it names, and where.

    ``locator`` holds every place in it that names one, joined by ``; ``.
    """

    date: str
    source: str
    n_members: int
    locator: str = ""


@dataclass(frozen=True, slots=True)
class NetworkCoverage:
    """One network on one day.

    ``n_listed`` counts agents (no persons) that take part, attested or presumed; ``n_attested`` the
    attested among them; ``n_in_state`` those in the state that was asked for, else all.
    ``claimed`` is the count that speaks for the day, ``claims`` all counts, also later ones.
    ``roster`` is the last dated roster up to the day.
    """

    network: str
    slug: str
    name: str
    kind: str
    themes: tuple[str, ...]
    states: tuple[str, ...]
    n_listed: int
    n_attested: int
    n_in_state: int
    claimed: Figure | None
    claims: tuple[Figure, ...]
    roster: Listing | None

    @property
    def n_claimed(self) -> int | None:
        """The count that a source claims for the day, without its qualifier; None without one."""
        return round(self.claimed.value) if self.claimed else None

    @property
    def share(self) -> float | None:
        """Listed by claimed, at most 1; None without a claim."""
        return min(1.0, self.n_listed / self.n_claimed) if self.n_claimed else None


@dataclass(frozen=True, slots=True)
class Group:
    """The networks of one kind, theme or state together.

    ``n_listed`` counts listings: a member of two networks twice. ``n_known`` and ``n_claimed`` are
    the sums over those networks for which a count is claimed: members listed of members claimed.
    """

    key: str
    n_networks: int
    n_listed: int
    n_without_member: int
    n_without_roster: int
    n_with_claim: int
    n_known: int
    n_claimed: int

    @property
    def share(self) -> float | None:
        """Listed by claimed over the networks with a claim, at most 1; None without a claim."""
        return min(1.0, self.n_known / self.n_claimed) if self.n_claimed else None


def coverage(
    release: Release,
    as_of: date | None,
    *,
    network: str = "",
    state: str = "",
    kind: str = "",
    theme: str = "",
) -> tuple[NetworkCoverage, ...]:
    """Listed members against claimed counts for each network on a day.

    Parameters
    ----------
    release : Release
    as_of : date or None
        None takes whoever was ever listed, and the latest claim.
    network : str, optional
        Only the network with this slug.
    state : str, optional
        Only networks that list a member in this state (``de-05``) on the day. The numbers stay
        those of the whole network, since claims are; ``n_in_state`` counts the state's own.
    kind, theme : str, optional
        Only networks of this kind, on this theme (codes).

    Returns
    -------
    tuple of NetworkCoverage
        Ordered by slug. Networks that neither list a member nor have a claim are among them; those
        that had ended on the day are not, unless one is asked for by its slug.

    Raises
    ------
    NotFoundError
        If there is no such network, state, kind or theme.

    Examples
    --------
    >>> import kgraph
    >>> [found] = coverage(kgraph.open(), date(2016, 1, 1), network="netzwerk-innenstadt-nrw")
    >>> found.slug, found.n_listed > 0
    ('netzwerk-innenstadt-nrw', True)
    """
    for what, code, known in (
        ("state", state, {agent.state for agent in release.agents}),
        ("network kind", kind, {one.kind for one in release.networks}),
        ("theme", theme, {one for found in release.networks for one in found.themes}),
    ):
        if code and code not in known:
            raise NotFoundError(what, code, f"there are {', '.join(sorted(known - {''}))}")
    ended = release.affiliation.ended(as_of)
    chosen = (
        (release.network(network),)
        if network
        else tuple(one for one in release.networks if one.iri not in ended)
    )
    counts = release.affiliation.figures
    states = {agent.iri: agent.state for agent in release.agents}
    found = (
        _one(
            one,
            release.members_of(one.iri),
            () if one.iri in ended else counts.get(one.iri, ()),
            states,
            as_of,
            state,
        )
        for one in chosen
        if (not kind or one.kind == kind) and (not theme or theme in one.themes)
    )
    return tuple(
        sorted((one for one in found if not state or one.n_in_state), key=lambda one: one.slug)
    )


def history(release: Release, network: str) -> tuple[tuple[Figure, int], ...]:
    """Every dated claim of a network, with the members listed on its first day; by date.

    Parameters
    ----------
    network : str
        Its slug.

    Returns
    -------
    tuple of (Figure, int)
        The claim, and the members listed when it was made.
    """
    one = release.network(network)
    dated = [f for f in release.affiliation.figures.get(one.iri, ()) if f.date]
    dated.sort(key=lambda f: (PartialDate.parse(f.date).earliest, f.value, f.source))
    return tuple(
        (f, len(_holding(release.members_of(one.iri), PartialDate.parse(f.date).earliest)))
        for f in dated
    )


def by(
    what: Literal["kind", "theme", "state"], rows: Iterable[NetworkCoverage]
) -> tuple[Group, ...]:
    """Sum up networks by kind, theme or state, ordered by key.

    A network on two themes, or with members in two states, counts in both; the key is empty where
    the sources tell none.

    Examples
    --------
    >>> by("kind", [])
    ()
    """
    if what not in ("kind", "theme", "state"):
        raise QueryParameterError(f"group by {what!r}; give 'kind', 'theme' or 'state'")
    groups: defaultdict[str, list[NetworkCoverage]] = defaultdict(list)
    for row in rows:
        keys = {"kind": (row.kind,), "theme": row.themes, "state": row.states}[what]
        for key in keys or ("",):
            groups[key].append(row)
    return tuple(_group(key, groups[key]) for key in sorted(groups))


def _group(key: str, rows: list[NetworkCoverage]) -> Group:
    claimed = [row for row in rows if row.n_claimed is not None]
    return Group(
        key=key,
        n_networks=len(rows),
        n_listed=sum(row.n_listed for row in rows),
        n_without_member=sum(not row.n_listed for row in rows),
        n_without_roster=sum(row.roster is None for row in rows),
        n_with_claim=len(claimed),
        n_known=sum(row.n_listed for row in claimed),
        n_claimed=sum(row.n_claimed or 0 for row in claimed),
    )


def _one(
    network: Network,
    memberships: tuple[Membership, ...],
    claims: tuple[Figure, ...],
    states: dict[str, str],
    as_of: date | None,
    state: str,
) -> NetworkCoverage:
    from kgraph.analysis.coverage import claimed_on

    holding = _holding(memberships, as_of)
    return NetworkCoverage(
        network=network.iri,
        slug=network.slug,
        name=network.name or network.name_en or network.short_name,
        kind=network.kind,
        themes=network.themes,
        states=tuple(sorted({states[m] for m in holding if states.get(m)})),
        n_listed=len(holding),
        n_attested=sum(sure is Certainty.ATTESTED for sure in holding.values()),
        n_in_state=sum(states.get(m) == state for m in holding) if state else len(holding),
        claimed=claimed_on(claims, as_of),
        claims=claims,
        roster=_last_roster(memberships, as_of),
    )


def _holding(memberships: Iterable[Membership], day: date | None) -> dict[str, Certainty]:
    """Who takes part on the day (or ever did), with the stronger of several answers."""
    found: dict[str, Certainty] = {}
    for one in memberships:
        if not one.participates or "/id/person/" in one.member:
            continue
        if day is None:
            dated = one.bounds.attested_from <= one.bounds.attested_until
            sure = Certainty.ATTESTED if dated else Certainty.PRESUMED
        else:
            sure = one.bounds.on(day)
        if sure.holds and found.get(one.member) is not Certainty.ATTESTED:
            found[one.member] = sure
    return found


def _last_roster(memberships: Iterable[Membership], day: date | None) -> Listing | None:
    """The latest dated document that names enough members to be called a roster."""
    listed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    places: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    everybody = set()
    for one in memberships:
        if not one.participates or "/id/person/" in one.member:
            continue
        everybody.add(one.member)
        for said in one.evidence:
            if said.date and "/" not in said.date:
                listed[said.date, said.source].add(one.member)
                places[said.date, said.source].add(said.locator)
    dated = [
        (PartialDate.parse(when).earliest, len(who), source, when)
        for (when, source), who in listed.items()
    ]
    known = [roster for roster in dated if day is None or roster[0] <= day]
    fullest = max((roster[1] for roster in known), default=0)
    enough = max(min(N_ROSTER, len(everybody)), SHARE_ROSTER * fullest)
    rosters = [roster for roster in known if roster[1] >= enough]
    if not rosters:
        return None
    _, n_members, source, when = max(rosters)
    return Listing(when, source, n_members, "; ".join(sorted(places[when, source])))
