"""Memberships as arrays: one row a membership, with its role and the six days of its bounds.

:class:`Affiliation` holds the whole history. :meth:`Affiliation.at` cuts the view of one day, at
one level of the hierarchy, for some roles: an :class:`~kgraph.analysis.incidence.Incidence`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from kgraph.analysis._view import Selection, cut
from kgraph.analysis.coverage import by_network
from kgraph.analysis.incidence import Incidence, Level
from kgraph.analysis.labels import Codes, Labels
from kgraph.analysis.moments import Moments
from kgraph.analysis.stored import arrays_of, parts_of
from kgraph.errors import NotFoundError, QueryParameterError
from kgraph.model import Agent, Figure, Membership, Network, Period

__all__ = ["BOUNDS", "Affiliation"]

#: The six days of :class:`kgraph.dates.Bounds`, in the order of the columns of ``days``.
BOUNDS = (
    "attested_from", "attested_until", "held_from", "held_until", "not_yet_before", "ended_after"
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Affiliation:
    """All memberships of a release as int32 arrays, with the records that label them.

    Attributes
    ----------
    members : sequence of Agent, n_members
        Whoever has a membership, and every other agent given; ordered by IRI.
    networks : sequence of Network, n_networks
        Ordered by IRI.
    memberships : sequence of Membership
        All that were given; row ``i`` of the arrays is ``memberships[source_row[i]]``.
    roles : tuple of str
        The role codes that occur, in alphabetical order; ``role`` points into it.
    source_row, member, network, role : int32 arrays, n_rows
        Ordered by member, network and source row, so that a view needs no sorting.
    days : int32 array, n_rows × 6
        Proleptic ordinals (``date.toordinal``) of the bounds, in the order of :data:`BOUNDS`.
    participates : bool array, n_rows
        Whether the role counts as taking part (a funder's does not).
    parent : int32 array, n_networks
        The column of each network's parent; -1 without one, or with one that has no column.
    moments : Moments
        The dates of the rows as their sources print them.
    claims : iterable of Figure
        What sources claim; see :attr:`figures`.
    periods : iterable of Period
        What is known of the end of networks; see :meth:`ended`.

    Examples
    --------
    >>> from kgraph.analysis.example import example
    >>> affiliation = example()
    >>> len(affiliation.members), len(affiliation.networks), len(affiliation.memberships)
    (5, 5, 15)
    >>> affiliation.roles
    ('funder', 'lead', 'member')
    """

    members: Labels[Agent]
    networks: Labels[Network]
    memberships: Sequence[Membership]
    roles: tuple[str, ...]
    source_row: npt.NDArray[np.int32]
    member: npt.NDArray[np.int32]
    network: npt.NDArray[np.int32]
    role: npt.NDArray[np.int32]
    days: npt.NDArray[np.int32]
    participates: npt.NDArray[np.bool_]
    parent: npt.NDArray[np.int32]
    moments: Moments
    claims: Iterable[Figure]
    periods: Iterable[Period] = ()

    @cached_property
    def figures(self) -> Mapping[str, tuple[Figure, ...]]:
        """The counts of members that sources claim, by the IRI of the network."""
        return by_network(self.claims)

    def ended(self, day: date | None) -> frozenset[str]:
        """The IRIs of the networks that had ended on a day; without a day none had."""
        if day is None:
            return frozenset()
        return frozenset(iri for iri, last in self._last_days.items() if day > last)

    @cached_property
    def _last_days(self) -> Mapping[str, date]:
        """The day after which each network had ended, of those of which an end is known."""
        return {one.iri: one.bounds.ended_after for one in self.periods if one.kind == "network"}

    @cached_property
    def taking_part(self) -> tuple[str, ...]:
        """The roles with which somebody takes part."""
        return tuple(
            role
            for i, role in enumerate(self.roles)
            if (self.participates & (self.role == i)).any()
        )

    @classmethod
    def from_memberships(
        cls,
        agents: Iterable[Agent],
        networks: Iterable[Network],
        memberships: Iterable[Membership],
        figures: Iterable[Figure] = (),
        periods: Iterable[Period] = (),
    ) -> Affiliation:
        """Index memberships by their members and networks.

        Parameters
        ----------
        agents : iterable of Agent
            A network that is a member of another network need not be among them.
        networks : iterable of Network
        memberships : iterable of Membership
            All roles, all times. An office in an organisation that is not among the networks, one
            without a roster, has no column to stand in and is left out.
        figures : iterable of Figure, optional
            Counts of members that sources claim, for the coverage.
        periods : iterable of Period, optional
            Ends of networks, for the coverage; other periods are passed over.

        Raises
        ------
        NotFoundError
            If a membership names a member that is not given, or takes part in a network that is
            not given.
        """
        given = tuple(memberships)
        columns = {network.iri: network for network in networks}
        labels = {agent.iri: agent for agent in agents}
        kept = [i for i, row in enumerate(given) if row.participates or row.network in columns]
        rows = [given[i] for i in kept]
        for row in rows:
            if row.network not in columns:
                raise NotFoundError("network", row.network, f"membership {row.iri} names it")
            if row.member not in labels:
                labels[row.member] = _network_as_member(columns.get(row.member), row)
        members = Labels(tuple(labels[iri] for iri in sorted(labels)))
        nets = Labels(tuple(columns[iri] for iri in sorted(columns)))
        place = {iri: i for i, iri in enumerate(members.iris)}
        column = {iri: i for i, iri in enumerate(nets.iris)}
        roles = Codes.of([row.role for row in rows])
        member = np.array([place[row.member] for row in rows], dtype=np.int32)
        network = np.array([column[row.network] for row in rows], dtype=np.int32)
        days = [[getattr(row.bounds, name).toordinal() for name in BOUNDS] for row in rows]
        order = np.lexsort((network, member))
        return cls(
            members,
            nets,
            given,
            roles.values,
            np.array(kept, dtype=np.int32)[order],
            member[order],
            network[order],
            roles.number[order],
            # A bound a column: that is how they are read.
            np.asfortranarray(np.array(days, np.int32).reshape(len(rows), len(BOUNDS))[order]),
            np.array([row.participates for row in rows], dtype=np.bool_)[order],
            np.array([column.get(one.parent, -1) for one in nets], dtype=np.int32),
            Moments.of(rows[i] for i in order.tolist()),
            tuple(figures),
            tuple(periods),
        )

    def at(
        self,
        as_of: date | None,
        *,
        roles: Collection[str] | None = None,
        level: str = "as-is",
        kinds: Collection[str] | None = None,
        states: Collection[str] | None = None,
        network_kinds: Collection[str] | None = None,
        isolates: bool = False,
    ) -> Incidence:
        """The members and networks of one day as a 0/1 matrix.

        Parameters
        ----------
        as_of : date or None
            Memberships that are attested or presumed on this day. **None is not today**: it takes
            every membership of every time as if they all held at once, so that two members can
            share a network that one left before the other joined. The command line and the API put
            today's date here; code without a clock has to be told the day.
        roles : collection of str, optional
            Role codes that count. None: those with which one takes part.
        level : {"as-is", "leaf", "top"}
            ``as-is``: every network a column. ``leaf``: only networks under which no other network
            of the view lies; the rosters above them are left out and counted in ``n_left_out``.
            ``top``: a member of a working group counts as one of the topmost network above it.
        kinds : collection of str, optional
            Kinds of members (``municipality``, ``district``). None: all but persons, who hold
            offices for a member and are none themselves.
        states : collection of str, optional
            States of members, as in ``Agent.state``.
        network_kinds : collection of str, optional
            Kinds of networks, as in ``Network.kind``; applied before the level.
        isolates : bool
            Keep members and networks without an entry, as far as the filters let them pass. They
            count in the size of their mode, by which measures are normalised.

        Raises
        ------
        NotFoundError
            If a role, kind or state occurs nowhere in the affiliation.
        QueryParameterError
            If a filter is a single string, the day no date, or the level unknown.
        KGraphError
            If networks are each other's parents.
        """
        if as_of is not None and not isinstance(as_of, date):
            raise QueryParameterError(f"as_of is {as_of!r}; give a datetime.date or None")
        for known in get_args(Level):
            if level == known:
                chosen = Selection(as_of, roles, known, kinds, states, network_kinds, isolates)
                return cut(self, chosen)
        raise QueryParameterError(f"level is {level!r}; give 'as-is', 'leaf' or 'top'")

    def arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """The arrays to store in a release, by name; :meth:`from_arrays` takes them back."""
        return arrays_of(self)

    @classmethod
    def from_arrays(
        cls,
        arrays: Mapping[str, np.ndarray[Any, Any]],
        members: Sequence[Agent],
        networks: Sequence[Network],
        memberships: Sequence[Membership],
        figures: Iterable[Figure] = (),
        periods: Iterable[Period] = (),
    ) -> Affiliation:
        """Put stored arrays and the records of the same release together again, without a loop.

        No record is read before it is needed.

        Parameters
        ----------
        arrays : mapping
            What :meth:`arrays` gave; memory-mapped arrays stay so.
        members : sequence of Agent
            ``Affiliation.members`` of the affiliation that was stored, ordered by IRI.
        networks : sequence of Network
            Ordered by IRI.
        memberships : sequence of Membership
            In the order in which they were given first. Read only where evidence is asked for.

        Raises
        ------
        KGraphError
            If they do not fit together.
        """
        return cls(*parts_of(arrays, members, networks, memberships, figures, periods))


def _network_as_member(network: Network | None, row: Membership) -> Agent:
    """The record of a network that is itself a member."""
    if network is None:
        raise NotFoundError("member", row.member, f"membership {row.iri} names it")
    return Agent(
        network.iri, "network", network.slug, network.name, network.name_en,
        "", "", network.country, "", None, None, None,
    )  # fmt: skip
