"""How good the suggestions are: hide a membership and look whether it is suggested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kgraph.analysis.incidence import Incidence
from kgraph.analysis.peers import peer_networks
from kgraph.errors import QueryParameterError

__all__ = ["hit_rates"]


def hit_rates(
    incidence: Incidence,
    first: Sequence[int] = (1, 5, 10),
    *,
    n_hidden: int = 200,
    minimum_degree: int = 4,
    k: int = 10,
    seed: int = 0,
) -> dict[int, tuple[float, float]]:
    """Share of hidden memberships among the first suggestions, by peers and by size alone.

    Parameters
    ----------
    incidence : Incidence
    first : sequence of int
        Among how many suggestions to look.
    n_hidden : int
        Memberships to hide, one at a time, drawn from those of municipalities.
    minimum_degree : int
        Only of members with at least so many networks; who has one has no peers without it.
    k : int
        Number of peers.
    seed : int

    Returns
    -------
    dict number of suggestions → (share by peers, share by size)
        By size: the largest networks that the member is not in.

    Notes
    -----
    A hidden membership that is not suggested need not be a bad suggestion, and one that is may be
    there because the law says so: the rates compare methods, they promise nothing.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> view = example().at(date(2024, 5, 1))
    >>> hit_rates(view, (4,), n_hidden=4, minimum_degree=2)[4][1]
    1.0
    """
    rows = incidence.member_of_entry
    town = np.array([agent.kind == "municipality" for agent in incidence.members], dtype=np.bool_)
    open_to = np.flatnonzero(
        town[rows] & (incidence.member_degrees[rows] >= minimum_degree)
    ) if incidence.n_entries else np.zeros(0, dtype=np.intp)  # fmt: skip
    if not len(open_to):
        raise QueryParameterError(
            f"minimum_degree is {minimum_degree}; no municipality has so many networks"
        )
    dice = np.random.default_rng(seed)
    drawn = dice.choice(open_to, min(n_hidden, len(open_to)), replace=False)
    by_size = np.argsort(-incidence.network_sizes, kind="stable").tolist()
    places = [_places(incidence, int(entry), by_size, k) for entry in drawn]
    return {
        n: (
            sum(peer < n for peer, _ in places) / len(places),
            sum(size < n for _, size in places) / len(places),
        )
        for n in first
    }


def _places(incidence: Incidence, entry: int, by_size: list[int], k: int) -> tuple[float, float]:
    """Where a hidden network stands among the suggestions by peers and among those by size."""
    row, column = int(incidence.member_of_entry[entry]), int(incidence.indices[entry])
    kept = np.arange(incidence.n_entries) != entry
    indptr = incidence.indptr.copy()
    indptr[row + 1 :] -= 1
    hidden = replace(incidence, indices=incidence.indices[kept], indptr=indptr)
    found = peer_networks(hidden, incidence.members[row].iri, k, minimum_peers=1)
    slugs = [one.network.iri for one in found]
    own = set(hidden.indices[hidden.indptr[row] : hidden.indptr[row + 1]].tolist())
    free = [j for j in by_size if j not in own]
    iri = incidence.networks[column].iri
    return slugs.index(iri) if iri in slugs else float("inf"), free.index(column)
