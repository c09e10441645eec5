"""What differs between two matrices of the same members and networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from kgraph.analysis.incidence import Incidence
from kgraph.model import Agent, Network

__all__ = ["Effect", "effects", "own_effects"]

Kind = Literal[
    "memberships", "parts", "joined-pairs", "stranded", "cut-off", "partner", "theme", "in-both"
]


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that changes, before and after.

    ``kind`` is

    - ``memberships``, ``parts``, ``joined-pairs``: figures of the whole view; the pairs are members
      that share at least one network;
    - ``stranded``: a member that keeps no network;
    - ``cut-off``: members (``names``) that lose every way to the rest of their part; before and
      after are the sizes of the parts that they are in;
    - ``partner``: a member, and how many networks it shares with the one that leaves or joins;
    - ``theme``: a theme, and how many networks on it the member is in;
    - ``in-both``: a member of both networks that merge; it has one membership less.
    """

    kind: Kind
    node: Agent | Network | None
    before: int
    after: int
    names: tuple[str, ...] = ()
    code: str = ""


def effects(
    before: Any, after: Any, members: Sequence[Agent], *, by_choice: int | None = None
) -> list[Effect]:
    """What both matrices amount to, and who loses; the row that leaves by choice does not."""
    homes, parts = _parts(before), _parts(after)
    found = [
        Effect("memberships", None, before.nnz, after.nnz),
        Effect("parts", None, len(homes), len(parts)),
        Effect("joined-pairs", None, _n_pairs(before), _n_pairs(after)),
    ]
    had, has = np.diff(before.indptr), np.diff(after.indptr)
    found += [
        Effect("stranded", members[i], int(had[i]), 0, (members[i].name,))
        for i in np.flatnonzero((had > 0) & (has == 0)).tolist()
        if i != by_choice
    ]
    home_of = {i: number for number, home in enumerate(homes) for i in home}
    # Parts come largest first: the first of what one part becomes keeps its place, the others
    # are cut off from it.
    kept = set[int]()
    for part in parts:
        home = home_of.get(part[0], -1)
        if home in kept:
            names = tuple(members[i].name for i in part)
            found.append(Effect("cut-off", None, len(homes[home]), len(part), names))
        kept.add(home)
    return found


def _parts(matrix: Any) -> list[list[int]]:
    """The members of each part that has any network, largest first."""
    from scipy.sparse import block_array
    from scipy.sparse.csgraph import connected_components

    if not matrix.nnz:
        return []
    _, numbers = connected_components(block_array([[None, matrix], [matrix.T, None]]))
    parts: dict[int, list[int]] = {}
    linked = np.asarray(matrix.sum(axis=1)).reshape(-1) > 0
    for i in np.flatnonzero(linked).tolist():
        parts.setdefault(int(numbers[i]), []).append(i)
    return sorted(parts.values(), key=lambda part: (-len(part), part))


def _n_pairs(matrix: Any) -> int:
    """Pairs of members that share at least one network."""
    shared = (matrix @ matrix.T).tocsr()
    n_linked = int((shared.diagonal() > 0).sum())
    return (int((shared > 0).sum()) - n_linked) // 2


def own_effects(
    incidence: Incidence, now: Any, then: Any, members: Sequence[Agent], row: int
) -> list[Effect]:
    """How the partners and themes of one member change."""
    had = (now @ now[[row]].T).toarray().reshape(-1)
    has = (then @ then[[row]].T).toarray().reshape(-1)
    changed = [i for i in np.flatnonzero(had != has).tolist() if i != row]
    partners = [
        Effect("partner", members[i], int(had[i]), int(has[i]), (members[i].name,)) for i in changed
    ]
    partners.sort(key=lambda e: (e.after > 0, -e.before, e.names))
    counts = [_themes(incidence, matrix, row) for matrix in (now, then)]
    themes = [
        Effect("theme", None, counts[0].get(theme, 0), counts[1].get(theme, 0), code=theme)
        for theme in sorted(set(counts[0]) | set(counts[1]))
        if counts[0].get(theme, 0) != counts[1].get(theme, 0)
    ]
    return partners + themes


def _themes(incidence: Incidence, matrix: Any, row: int) -> dict[str, int]:
    """How many networks of a member are on each theme."""
    counts: dict[str, int] = {}
    for column in matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].tolist():
        for theme in incidence.networks[column].themes:
            counts[theme] = counts.get(theme, 0) + 1
    return counts
