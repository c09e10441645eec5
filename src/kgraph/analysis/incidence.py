"""The two-mode incidence of one view: who is in which network on one day, and how surely.

An :class:`Incidence` is what every measure takes. :meth:`Affiliation.at` makes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from kgraph.analysis.labels import Labels
from kgraph.dates import Certainty
from kgraph.errors import KGraphError
from kgraph.model import Agent, Membership, Network

if TYPE_CHECKING:
    from kgraph.analysis._view import Selection
    from kgraph.analysis.affiliation import Affiliation
    from kgraph.analysis.coverage import Coverage

__all__ = ["Incidence", "Level", "Mode"]

Level = Literal["as-is", "leaf", "top"]
Mode = Literal["members", "networks"]


@dataclass(frozen=True, eq=False)
class Incidence:
    """A 0/1 matrix of members × networks with its labels, its basis and its evidence.

    Attributes
    ----------
    affiliation : Affiliation
        What it is a view of; evidence is looked up there.
    members : sequence of Agent, n_members
        Labels of the rows, ordered by IRI.
    networks : sequence of Network, n_networks
        Labels of the columns, ordered by IRI.
    indptr, indices : int32 arrays
        The entries in compressed rows: member ``i`` is in ``indices[indptr[i]:indptr[i + 1]]``.
    certainty : int8 array, n_entries
        0 where at least one membership behind the entry is attested, 1 where all are presumed.
    behind, behind_ptr : int32 arrays
        The memberships behind entry ``e``: rows ``behind[behind_ptr[e]:behind_ptr[e + 1]]`` of the
        affiliation.
    as_of : date or None
        The day of the view; None where the years are collapsed.
    level : {"as-is", "leaf", "top"}
    roles : tuple of str
        The roles that count, in alphabetical order.
    n_left_out : int
        Entries that the level leaves out (those of networks above a leaf).
    selection : Selection or None
        What :meth:`Affiliation.at` was asked for; :meth:`on` asks the same for another day.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> view = example().at(date(2024, 5, 1))
    >>> view.shape, view.matrix.toarray().tolist()[2]
    ((5, 4), [1, 0, 1, 1])
    """

    affiliation: Affiliation
    members: Labels[Agent]
    networks: Labels[Network]
    indptr: npt.NDArray[np.int32]
    indices: npt.NDArray[np.int32]
    certainty: npt.NDArray[np.int8]
    behind: npt.NDArray[np.int32]
    behind_ptr: npt.NDArray[np.int32]
    as_of: date | None
    level: Level
    roles: tuple[str, ...]
    n_left_out: int
    selection: Selection | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Number of members, number of networks."""
        return len(self.members), len(self.networks)

    @property
    def n_entries(self) -> int:
        """Number of (member, network) pairs; several roles of one pair are one entry."""
        return len(self.indices)

    @property
    def matrix(self) -> Any:
        """The entries as a ``scipy.sparse.csr_array`` of int32 ones, n_members × n_networks."""
        from scipy.sparse import csr_array

        ones = np.ones(self.n_entries, dtype=np.int32)
        return csr_array((ones, self.indices, self.indptr), shape=self.shape)

    @cached_property
    def columns(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """The same entries by column: network ``j`` has the members ``rows[ptr[j]:ptr[j + 1]]``."""
        # To sort numbers is much faster than to find their order.
        n_members = max(len(self.members), 1)
        key = np.sort(self.indices.astype(np.int64) * n_members + self.member_of_entry)
        ptr = np.concatenate(([0], np.cumsum(self.network_sizes))).astype(np.int32)
        return ptr, (key % n_members).astype(np.int32)

    @cached_property
    def coverage(self) -> Coverage:
        """Listed members against the counts that sources claim."""
        from kgraph.analysis._view import coverage

        return coverage(self)

    def iris(self, mode: Mode) -> tuple[str, ...]:
        """The IRIs of the members or of the networks, in order."""
        return self.members.iris if mode == "members" else self.networks.iris

    @property
    def member_degrees(self) -> npt.NDArray[np.int64]:
        """Number of networks of each member."""
        return np.diff(self.indptr).astype(np.int64)

    @cached_property
    def network_sizes(self) -> npt.NDArray[np.int64]:
        """Number of members of each network."""
        sizes = np.bincount(self.indices, minlength=len(self.networks)).astype(np.int64)
        sizes.setflags(write=False)
        return sizes

    @property
    def member_of_entry(self) -> npt.NDArray[np.int32]:
        """The row of each entry."""
        rows = np.arange(len(self.members), dtype=np.int32)
        return np.repeat(rows, np.diff(self.indptr))

    def certainty_of(self, entry: int) -> Certainty:
        """How surely the entry holds."""
        return (Certainty.ATTESTED, Certainty.PRESUMED)[self.certainty[entry]]

    def memberships_of(self, entry: int) -> tuple[Membership, ...]:
        """The memberships behind an entry: one for each role, at level "top" for each body too."""
        rows = self.behind[self.behind_ptr[entry] : self.behind_ptr[entry + 1]]
        source = self.affiliation
        return tuple(source.memberships[source.source_row[row]] for row in rows)

    def find_member(self, name: str) -> int | None:
        """The row of a member by IRI, path (``municipality/de-05515000``) or key.

        Returns
        -------
        int or None
            None if the member is known and has no membership in this view.

        Raises
        ------
        NotFoundError
            If no member of the affiliation has that IRI, path or key.
        QueryParameterError
            If several have that key.
        """
        return self.members.place(self.affiliation.members.find(name, "member"))

    def find_network(self, name: str) -> int | None:
        """The column of a network by IRI, path or slug; as :meth:`find_member`."""
        return self.networks.place(self.affiliation.networks.find(name, "network"))

    def on(self, day: date | None) -> Incidence:
        """The view of another day with the same roles, filters and level.

        Raises
        ------
        KGraphError
            If the incidence was not cut by :meth:`Affiliation.at`.
        """
        from kgraph.analysis._view import cut

        if self.selection is None:
            raise KGraphError("this incidence is no view of an affiliation; use Affiliation.at")
        return cut(self.affiliation, replace(self.selection, as_of=day))

    def to_networkx(self) -> Any:
        """The view as a two-mode ``networkx.Graph``; see :mod:`kgraph.analysis.twomode`."""
        from kgraph.analysis.twomode import to_networkx

        return to_networkx(self)
