"""BiRank: a walk between the modes that damps large networks, from everywhere or from one node."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis.centrality import labelled, mode_sizes
from kgraph.analysis.incidence import Incidence, Mode
from kgraph.errors import QueryParameterError

__all__ = ["birank"]

Floats = npt.NDArray[np.float64]


def birank(
    incidence: Incidence,
    mode: Mode = "members",
    *,
    alpha: float = 0.85,
    beta: float = 0.85,
    member: str | None = None,
    tolerance: float = 1e-10,
) -> dict[str, float]:
    """BiRank scores, solved to a stated tolerance.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}
        Whose scores.
    alpha, beta : float in [0, 1)
        How much of a network's score comes from its members, and of a member's from its networks;
        the rest comes from the prior.
    member : str, optional
        Put the whole prior of the members on this one, and none on the networks: then the scores
        say what is near it. Without it the prior is the same for all of a mode and sums to 1.
    tolerance : float
        Largest change of any score at which the iteration ends.

    Returns
    -------
    dict IRI → float
        Ordered by IRI. Comparable within a mode. Empty priors give 0.

    Raises
    ------
    NotFoundError
        If nobody has that IRI, path or key.

    Notes
    -----
    S = D₁^(−1/2) B D₂^(−1/2); p = α Sᵀ u + (1 − α) p⁰, u = β S p + (1 − β) u⁰. The norm of S is 1,
    so each round shrinks the error by αβ. Cost O(entries · log(tolerance) / log(αβ)).

    References
    ----------
    He, X., Gao, M., Kan, M.-Y., & Wang, D. (2017). BiRank: Towards ranking on bipartite graphs.
    IEEE Transactions on Knowledge and Data Engineering, 29(1), 57–71.
    https://doi.org/10.1109/TKDE.2016.2611584

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> scores = birank(example().at(date(2024, 5, 1)), "networks", member="xx-5")
    >>> [round(score, 3) for score in scores.values()]
    [0.063, 0.222, 0.017, 0.019]
    """
    mode_sizes(incidence, mode)
    for name, share in (("alpha", alpha), ("beta", beta)):
        if not 0 <= share < 1:
            raise QueryParameterError(f"{name} is {share}; give a number from 0 to below 1")
    u_prior, p_prior = _priors(incidence, member)
    if not incidence.n_entries:
        return labelled(incidence, mode, u_prior * 0 if mode == "members" else p_prior * 0)
    step = _normalised(incidence)
    u, p = u_prior, p_prior
    change = np.inf
    while change > tolerance:
        p = alpha * (step.T @ u) + (1 - alpha) * p_prior
        moved = beta * (step @ p) + (1 - beta) * u_prior
        change, u = float(np.abs(moved - u).max()), moved
    p = alpha * (step.T @ u) + (1 - alpha) * p_prior
    return labelled(incidence, mode, u if mode == "members" else p)


def _priors(incidence: Incidence, member: str | None) -> tuple[Floats, Floats]:
    """What members and networks score before the walk."""
    n_members, n_networks = incidence.shape
    if member is None:
        return np.full(n_members, 1 / max(n_members, 1)), np.full(
            n_networks, 1 / max(n_networks, 1)
        )
    row = incidence.find_member(member)
    prior = np.zeros(n_members)
    if row is not None:
        prior[row] = 1.0
    return prior, np.zeros(n_networks)


def _normalised(incidence: Incidence) -> Any:
    """The incidence, each entry divided by the roots of both degrees."""
    matrix = incidence.matrix.astype(np.float64)
    degrees = incidence.member_degrees[incidence.member_of_entry]
    sizes = incidence.network_sizes[incidence.indices]
    matrix.data = 1 / np.sqrt(degrees * sizes)
    return matrix
