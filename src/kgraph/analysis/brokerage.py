"""Two-mode brokerage: chains member – network – broker – network – member whose ends never meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.kernels._lazy import in_parts
from kgraph.analysis.kernels.chains import open_chains
from kgraph.errors import QueryParameterError
from kgraph.model import Agent, Network

__all__ = ["Broker", "brokerage"]

Grouping = Literal["kind", "state", "country"]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Broker:
    """One node in the middle, and its open chains by whom they tie, from alike to unlike.

    ``coordinator``: all three of one group. ``gatekeeper``: one end of the broker's group.
    ``itinerant``: both ends of one group, not the broker's. ``liaison``: three groups.
    """

    node: Agent | Network
    chains: int
    coordinator: int
    gatekeeper: int
    itinerant: int
    liaison: int


def brokerage(incidence: Incidence, mode: Mode = "members", by: Grouping = "state") -> list[Broker]:
    """The open chains in whose middle each node stands.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}
        For networks a chain is network – member – broker – member – network.
    by : {"kind", "state", "country"}
        What the three are grouped by; networks have no state, their country stands for it.

    Returns
    -------
    list of Broker
        In the order of the view; by definition 0 for who shares nothing with two others.

    Notes
    -----
    A chain is open if its ends share no network at all; then the broker is in no case one of
    several who join them. This is stricter than to ask for no other tie among the five nodes of the
    chain, and it has no direction, so that gatekeeper and representative are one. The count grows
    with the square of the degree: compare like with like. Cost O(Σ partners²).

    References
    ----------
    Jasny, L., & Lubell, M. (2015). Two-mode brokerage in policy networks. Social Networks, 41,
    36–47. https://doi.org/10.1016/j.socnet.2014.11.005

    Examples
    --------
    Ahof and Berg are tied to Dorf by Chaus alone, twice over in the case of Berg:

    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> [(b.node.name, b.chains, b.gatekeeper)
    ...  for b in brokerage(example().at(date(2024, 5, 1))) if b.chains]
    [('Chaus', 3, 3), ('Dorf', 1, 1)]
    """
    if by not in get_args(Grouping):
        raise QueryParameterError(f"by is {by!r}; give one of {', '.join(get_args(Grouping))}")
    if mode not in get_args(Mode):
        raise QueryParameterError(f"mode is {mode!r}; give 'members' or 'networks'")
    labels: Sequence[Agent | Network] = (
        incidence.members if mode == "members" else incidence.networks
    )
    groups = _groups(labels, by)
    matrix = incidence.matrix.astype(np.int64)
    shared = (matrix @ matrix.T if mode == "members" else matrix.T @ matrix).tocsr()
    shared.sort_indices()
    ptr, near = (np.require(part, np.int32, ("C", "W")) for part in (shared.indptr, shared.indices))

    def work(first: int, last: int) -> Ints:
        return open_chains(ptr, near, shared.data, groups, first, last)

    none: Ints = np.zeros((0, 4), dtype=np.int64)
    found = np.concatenate([none, *in_parts(len(labels), work, "nodes")])
    return [
        Broker(node, n_all, alike, n_all - alike - outside, itinerant, outside - itinerant)
        for node, (n_all, alike, itinerant, outside) in zip(labels, found.tolist(), strict=True)
    ]


def _groups(labels: Sequence[Agent | Network], by: Grouping) -> Ints:
    """The number of the group of each node."""
    words = [
        node.kind if by == "kind"
        else node.state if by == "state" and isinstance(node, Agent)
        else node.country
        for node in labels
    ]  # fmt: skip
    return np.unique(words, return_inverse=True)[1].reshape(-1) if words else np.zeros(0, np.int64)
