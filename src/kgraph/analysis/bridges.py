"""What only one member or one network ties together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence, Mode
from kgraph.errors import QueryParameterError
from kgraph.model import Agent, Network

__all__ = ["Bridge", "bridges"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A member or network without which the graph falls apart.

    Attributes
    ----------
    node : Agent or Network
    cut_off : tuple of tuple of Network or Agent
        What loses its way to the largest piece, one tuple a piece, by the networks in it (for a
        bridging member) or by the members in it (for a bridging network); largest piece first.
    stranded : tuple of Agent or Network
        Pieces of a single node: members left without any network, or networks with this member
        alone.
    n_pairs : int
        Pairs of the other mode that only this node joins directly: members that share no other
        network, or networks that share no other member.
    """

    node: Agent | Network
    cut_off: tuple[tuple[Agent | Network, ...], ...]
    stranded: tuple[Agent | Network, ...]
    n_pairs: int


def bridges(
    incidence: Incidence, mode: Mode = "networks", *, node: str | None = None
) -> list[Bridge]:
    """The articulation points of one mode, with what each of them alone holds together.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}
    node : str, optional
        Only this one (IRI, path, key or slug).

    Returns
    -------
    list of Bridge
        Those that hold more pieces first, then more stranded, more pairs, then by name and IRI.
        Nodes that hold nothing alone are left out.

    Notes
    -----
    One search in depth finds all pieces: what hangs below a node is a stretch of the order in which
    the search comes by. Where rosters are missing, a bridge may be one only on paper. Cost O(nodes
    + entries), and O(Σ size²) for the pairs.

    References
    ----------
    Tarjan, R. (1972). Depth-first search and linear graph algorithms. SIAM Journal on Computing,
    1(2), 146–160. https://doi.org/10.1137/0201010

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> view = example().at(date(2024, 5, 1))
    >>> [(b.node.name, [[m.name for m in piece] for piece in b.cut_off],
    ...   [m.name for m in b.stranded]) for b in bridges(view)]
    [('Climate', [['Dorf', 'Eck']], []), ('Water', [], ['Ahof']), ('Forest', [], ['Eck'])]
    """
    n_members = len(incidence.members)
    labels = (*incidence.members, *incidence.networks)
    if mode not in ("members", "networks"):
        raise QueryParameterError(f"mode is {mode!r}; give 'members' or 'networks'")
    asked = None
    if node is not None:
        find = incidence.find_member if mode == "members" else incidence.find_network
        position = find(node)
        if position is None:
            return []
        asked = position if mode == "members" else n_members + position
    pieces = _pieces(incidence.matrix)
    pairs = _only_pairs(incidence.matrix if mode == "networks" else incidence.matrix.T)
    offset = 0 if mode == "members" else n_members
    found = []
    for i in range(len(pairs)):
        v = offset + i
        if asked not in (None, v) or not (pieces.get(v) or pairs[i]):
            continue
        found.append(_bridge(labels, v, n_members, pieces.get(v, []), int(pairs[i]), mode))
    return sorted(
        found,
        key=lambda b: (
            -len(b.cut_off), -sum(map(len, b.cut_off)), -len(b.stranded), -b.n_pairs,
            b.node.name, b.node.iri,
        ),
    )  # fmt: skip


def _bridge(
    labels: tuple[Any, ...],
    v: int,
    n_members: int,
    parts: list[list[int]],
    n_pairs: int,
    mode: Mode,
) -> Bridge:
    """The record of one node: its pieces named by the other mode's or its own nodes."""
    cut_off, stranded = [], []
    for part in parts:
        if len(part) == 1:
            stranded.append(labels[part[0]])
            continue
        named = [labels[n] for n in sorted(part) if (n < n_members) == (mode == "networks")]
        cut_off.append(tuple(named))
    cut_off.sort(key=lambda piece: (-len(piece), [node.iri for node in piece]))
    return Bridge(
        labels[v], tuple(cut_off), tuple(sorted(stranded, key=lambda node: node.iri)), n_pairs
    )


def _only_pairs(matrix: Any) -> Ints:
    """For each column, the pairs of rows that share this column alone."""
    from scipy.sparse import csr_array

    rows = csr_array(matrix, dtype=np.int64)
    shared = (rows @ rows.T).tocsr()
    shared.setdiag(0)
    shared.data = (shared.data == 1).astype(np.int64)
    twice = (shared @ rows).multiply(rows).sum(axis=0)
    return np.asarray(twice, dtype=np.int64).reshape(-1) // 2


def _pieces(matrix: Any) -> dict[int, list[list[int]]]:
    """For each articulation point the pieces that fall off when it goes, but for the largest."""
    from scipy.sparse import block_array, csr_array

    if 0 in matrix.shape or not matrix.nnz:
        return {}
    whole = csr_array(block_array([[None, matrix], [matrix.T, None]]))
    ties = [part.tolist() for part in np.split(whole.indices, whole.indptr[1:-1])]
    found: dict[int, list[list[int]]] = {}
    seen = [-1] * len(ties)
    for root in range(len(ties)):
        if seen[root] < 0:
            order, below = _search(root, ties, seen)
            for v, stretches in below.items():
                parts = [order[first:last] for first, last in stretches]
                hanging = {n for part in parts for n in part}
                rest = [n for n in order if n != v and n not in hanging]
                parts += [rest] if rest else []
                if len(parts) > 1:
                    parts.sort(key=lambda part: (-len(part), part))
                    found[v] = parts[1:]
    return found


def _search(
    root: int, ties: list[list[int]], seen: list[int]
) -> tuple[list[int], dict[int, list[tuple[int, int]]]]:
    """The order of a search in depth, and the stretches that hang on each node alone."""
    order, low = [root], {root: 0}
    seen[root] = 0
    below: dict[int, list[tuple[int, int]]] = {}
    stack = [(root, -1, iter(ties[root]))]
    while stack:
        v, parent, rest = stack[-1]
        for w in rest:
            if seen[w] < 0:
                seen[w] = low[w] = len(order)
                order.append(w)
                stack.append((w, v, iter(ties[w])))
                break
            if w != parent:
                low[v] = min(low[v], seen[w])
        else:
            stack.pop()
            if parent >= 0:
                low[parent] = min(low[parent], low[v])
                if low[v] >= seen[parent]:
                    below.setdefault(parent, []).append((seen[v], len(order)))
    return order, below
