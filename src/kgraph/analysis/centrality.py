"""Degree and closeness on the two-mode graph, as Borgatti and Everett normalise them.

Each mode is compared with its own maximum: a member can have at most all networks, a network at
most all members. The values equal those of ``networkx.algorithms.bipartite``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis._paths import distances
from kgraph.analysis.incidence import Incidence, Mode
from kgraph.errors import QueryParameterError

__all__ = [
    "closeness_centrality",
    "degree_centrality",
    "farness",
    "harmonic_centrality",
]


def degree_centrality(
    incidence: Incidence, mode: Mode = "members", *, normalized: bool = True
) -> dict[str, float]:
    """Number of networks of each member, or of members of each network.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}
        Whose centrality.
    normalized : bool
        Divide by the size of the other mode, not by n − 1; without it, the bare count.

    Returns
    -------
    dict IRI → float in [0, 1], or count
        Ordered by IRI.

    Notes
    -----
    Cost O(entries). A count compares only what is equally covered: see ``incidence.coverage``.

    References
    ----------
    Borgatti, S. P., & Everett, M. G. (1997). Network analysis of 2-mode data. Social Networks,
    19(3), 243–269. https://doi.org/10.1016/S0378-8733(96)00301-2

    Faust, K. (1997). Centrality in affiliation networks. Social Networks, 19(2), 157–191.
    https://doi.org/10.1016/S0378-8733(96)00300-0

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> view = example().at(date(2024, 5, 1))
    >>> list(degree_centrality(view).values())
    [0.25, 0.5, 0.75, 0.5, 0.25]
    >>> list(degree_centrality(view, "networks", normalized=False).values())
    [2.0, 2.0, 2.0, 3.0]
    """
    _, other = mode_sizes(incidence, mode)
    counts = incidence.member_degrees if mode == "members" else incidence.network_sizes
    return labelled(incidence, mode, counts / max(other, 1) if normalized else counts)


def closeness_centrality(
    incidence: Incidence, mode: Mode = "members", *, normalized: bool = True
) -> dict[str, float]:
    """How near everything is: the least possible sum of distances by the actual one.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}
    normalized : bool
        Multiply by the share of all other nodes that the node reaches, as networkx does. Without
        it, a pair apart from the rest scores as if the rest were not there.

    Returns
    -------
    dict IRI → float
        (n_other + 2 (n_own − 1)) / Σ distances to all nodes it reaches; 0 for isolates. In [0, 1]
        where the graph is connected. Ordered by IRI.

    Notes
    -----
    Cost O(classes / 256 · entries · diameter), where a class is a set of nodes with the same
    neighbours. With one network that nearly everybody is in, it
    says little more than who is in it. On a graph of several parts the smallest parts come first,
    with values above 1 (a network with one member, both in nothing else, is at distance 1 from all
    that it reaches); networkx gives the same. Prefer :func:`harmonic_centrality` there.

    References
    ----------
    Borgatti, S. P., & Everett, M. G. (1997). Network analysis of 2-mode data. Social Networks,
    19(3), 243–269. https://doi.org/10.1016/S0378-8733(96)00301-2

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> view = example().at(date(2024, 5, 1))
    >>> list(closeness_centrality(view).values())[2]  # 12 / 16
    0.75
    """
    return closeness_scores(incidence, mode, normalized=normalized)[1]


def closeness_scores(
    incidence: Incidence, mode: Mode = "members", *, normalized: bool = True
) -> tuple[dict[str, float], dict[str, float]]:
    """:func:`farness` and :func:`closeness_centrality` from the same searches."""
    own, other = mode_sizes(incidence, mode)
    reached = distances(incidence, mode)
    least = float(other + 2 * (own - 1))
    value = np.divide(least, reached.total, out=np.zeros(own), where=reached.total > 0)
    if normalized:
        value *= reached.n_reached / max(own + other - 1, 1)
    return labelled(incidence, mode, reached.total), labelled(incidence, mode, value)


def farness(incidence: Incidence, mode: Mode = "members") -> dict[str, float]:
    """The bare number behind closeness: the sum of distances to all nodes that a node reaches.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> list(farness(example().at(date(2024, 5, 1))).values())
    [26.0, 24.0, 16.0, 20.0, 32.0]
    """
    mode_sizes(incidence, mode)
    return labelled(incidence, mode, distances(incidence, mode).total)


def harmonic_centrality(
    incidence: Incidence, mode: Mode = "members", *, normalized: bool = True
) -> dict[str, float]:
    """The sum of inverse distances: closeness for graphs that fall apart.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}
    normalized : bool
        Divide by the greatest possible sum, n_other + (n_own − 1) / 2: all of the other mode one
        step away, all of the own mode two. It carries Borgatti and Everett's reasoning over to the
        harmonic sum; networkx has only the bare sum (``nx.harmonic_centrality``).

    Returns
    -------
    dict IRI → float in [0, 1], or sum
        Ordered by IRI.

    References
    ----------
    Boldi, P., & Vigna, S. (2014). Axioms for centrality. Internet Mathematics, 10(3–4), 222–262.
    https://doi.org/10.1080/15427951.2013.865686
    """
    own, other = mode_sizes(incidence, mode)
    sums = distances(incidence, mode).inverse_total
    greatest = greatest_harmonic(own, other)
    return labelled(incidence, mode, sums / greatest if normalized and greatest > 0 else sums)


def greatest_harmonic(own: int, other: int) -> float:
    """The sum of inverse distances to all others if each is as near as it can be."""
    return other + (own - 1) / 2


def mode_sizes(incidence: Incidence, mode: str) -> tuple[int, int]:
    """Number of nodes of the mode and of the other."""
    n_members, n_networks = incidence.shape
    if mode == "members":
        return n_members, n_networks
    if mode == "networks":
        return n_networks, n_members
    raise QueryParameterError(f"mode is {mode!r}; give 'members' or 'networks'")


def labelled(incidence: Incidence, mode: Mode, values: npt.ArrayLike) -> dict[str, float]:
    """Values by the IRI of their node, in the order of the IRIs."""
    numbers: list[float] = np.asarray(values, dtype=np.float64).tolist()
    return dict(zip(incidence.iris(mode), numbers, strict=True))
