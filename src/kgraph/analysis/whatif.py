"""What changes if a network dissolves, a member leaves or joins, or two networks merge.

Each function compares the view with one that differs in a few entries. Nothing is saved; the view
stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis._effects import Effect, effects, own_effects
from kgraph.analysis.incidence import Incidence
from kgraph.model import Agent

__all__ = ["Effect", "dissolve", "join", "leave", "merge"]


def dissolve(incidence: Incidence, network: str) -> list[Effect]:
    """What changes if a network dissolves.

    Parameters
    ----------
    incidence : Incidence
    network : str
        IRI, path or slug.

    Returns
    -------
    list of Effect
        Figures of the whole first, then who is stranded, then who is cut off. Empty if the network
        has no members in this view.

    Raises
    ------
    NotFoundError
        If there is no such network.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> for effect in dissolve(example().at(date(2024, 5, 1)), "climate"):
    ...     print(effect.kind, effect.before, effect.after, effect.names)
    memberships 9 7 ()
    parts 1 2 ()
    joined-pairs 5 4 ()
    cut-off 5 2 ('Dorf', 'Eck')
    """
    column = incidence.find_network(network)
    if column is None:
        return []
    rows, columns = incidence.member_of_entry, incidence.indices
    kept = columns != column
    now, then = _matrices(incidence, (rows[kept], columns[kept]))
    return effects(now, then, incidence.members)


def leave(incidence: Incidence, member: str, network: str | None = None) -> list[Effect]:
    """What changes if a member leaves one network, or all.

    Parameters
    ----------
    incidence : Incidence
    member : str
    network : str, optional
        Without it the member leaves all its networks.

    Returns
    -------
    list of Effect
        As for :func:`dissolve`, then its partners and themes that change, most lost first. Empty if
        it is not in the network.
    """
    row = incidence.find_member(member)
    column = None if network is None else incidence.find_network(network)
    if row is None or (network is not None and column is None):
        return []
    rows, columns = incidence.member_of_entry, incidence.indices
    kept = (rows != row) | (columns != column if column is not None else False)
    if kept.all():
        return []
    now, then = _matrices(incidence, (rows[kept], columns[kept]))
    members = incidence.members
    own = own_effects(incidence, now, then, members, row)
    return [*effects(now, then, members, by_choice=row), *own]


def join(incidence: Incidence, member: str, network: str) -> list[Effect]:
    """What changes if a member joins a network; it need not be in any network yet.

    Returns
    -------
    list of Effect
        As for :func:`leave`. Empty if it is in the network already, or if nobody is in it in this
        view.
    """
    row, column = incidence.find_member(member), incidence.find_network(network)
    if column is None:
        return []
    members: Sequence[Agent] = incidence.members
    if row is None:
        members, row = (*members, _agent(incidence, member)), len(members)
    rows, columns = incidence.member_of_entry, incidence.indices
    if bool(((rows == row) & (columns == column)).any()):
        return []
    now, then = _matrices(incidence, (np.append(rows, row), np.append(columns, column)), members)
    return [*effects(now, then, members), *own_effects(incidence, now, then, members, row)]


def merge(incidence: Incidence, network: str, other: str) -> list[Effect]:
    """What changes if two networks become one.

    Returns
    -------
    list of Effect
        As for :func:`dissolve`, then who is in both. Empty if one has no members in this view, or
        both are the same.
    """
    one, two = incidence.find_network(network), incidence.find_network(other)
    if one is None or two is None or one == two:
        return []
    rows, columns = incidence.member_of_entry, incidence.indices.copy()
    both = np.intersect1d(rows[columns == one], rows[columns == two])
    columns[columns == two] = one
    now, then = _matrices(incidence, (rows, columns))
    twice = [
        Effect("in-both", incidence.members[row], 2, 1, (incidence.members[row].name,))
        for row in both.tolist()
    ]
    return [*effects(now, then, incidence.members), *twice]


def _matrices(
    incidence: Incidence,
    entries: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]],
    members: Sequence[Agent] | None = None,
) -> tuple[Any, Any]:
    """The view as it is, and one with other entries; both with a row for each member."""
    from scipy.sparse import csr_array

    shape = len(members or incidence.members), len(incidence.networks)
    now = incidence.matrix
    now.resize(shape)
    then = csr_array((np.ones(len(entries[0]), dtype=np.int32), entries), shape=shape)
    then.sum_duplicates()
    then.data[:] = 1
    return now, then


def _agent(incidence: Incidence, member: str) -> Agent:
    """The record of a known member that is not in the view."""
    known = incidence.affiliation.members
    return known[known.find(member, "member")]
