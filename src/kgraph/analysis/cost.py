"""How long a measure will take, before it is computed: what a server decides by.

Estimates in seconds of one core of an ordinary server of 2024, from the sizes of the view alone,
rather too high than too low, without the seconds that the first use of a kernel takes to compile.
They were fitted to runs on the real data and on generated graphs of 11,000, 35,000 and 100,000
members; a factor of three either way is to be expected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from kgraph.analysis.incidence import Incidence

__all__ = [
    "Cost",
    "backbone",
    "best_partners",
    "betweenness",
    "bridges",
    "brokerage",
    "closeness",
    "clustering",
    "communities",
    "core_periphery",
    "linear",
    "nestedness",
    "overlap",
    "own_pairs",
    "turnover",
    "what_if",
]  # fmt: skip

#: A view and the checked parameters of a measure give seconds.
Cost = Callable[[Incidence, Mapping[str, Any]], float]


def linear(view: Incidence, _: Mapping[str, Any]) -> float:
    """A pass over the entries and the nodes."""
    return 1e-6 * view.n_entries + 8e-6 * sum(view.shape)


def overlap(view: Incidence, _: Mapping[str, Any]) -> float:
    """Every pair of networks of every member."""
    return 5e-7 * _squares(view.member_degrees) + linear(view, _)


def best_partners(view: Incidence, values: Mapping[str, Any]) -> float:
    """Every pair of members of every network, and a row for each partner that is listed."""
    n_listed = min(int(values["k"]), view.shape[0]) * view.shape[0]
    return 1e-8 * _squares(view.network_sizes) + 5e-6 * n_listed + linear(view, values)


def own_pairs(view: Incidence, values: Mapping[str, Any]) -> float:
    """Every pair of nodes of a mode that share something."""
    return 1e-7 * _pairs(view, values) + linear(view, values)


def bridges(view: Incidence, values: Mapping[str, Any]) -> float:
    """A search in depth, and the pairs that only one network joins."""
    return 2e-5 * view.n_entries + 6e-8 * _both(view)


def what_if(view: Incidence, _: Mapping[str, Any]) -> float:
    """Parts and pairs before and after."""
    return 1e-5 * view.n_entries + 1e-7 * _squares(view.network_sizes)


def turnover(view: Incidence, values: Mapping[str, Any]) -> float:
    """A view a year."""
    years = int(values["last_year"] or 2030) - int(values["first_year"] or 1900)
    return (5e-3 + 1e-7 * len(view.affiliation.member)) * max(years, 1)


def closeness(view: Incidence, _: Mapping[str, Any]) -> float:
    """A breadth-first search from every node."""
    return 5e-10 * sum(view.shape) * view.n_entries


def betweenness(view: Incidence, values: Mapping[str, Any]) -> float:
    """A search with accumulation from every node, or from some."""
    n_sources = min(int(values["n_sources"] or sum(view.shape)), sum(view.shape))
    return 1e-8 * n_sources * view.n_entries


def clustering(view: Incidence, values: Mapping[str, Any]) -> float:
    """Random graphs, and in each the squares or the paths of four ties."""
    each = 5e-8 * min(_squares(view.member_degrees), _squares(view.network_sizes))
    if values["coefficient"] == "opsahl":
        each = 3e-8 * _squares(_partners(view, values))
    n_graphs = 1 + int(values["n_samples"])
    return _samples(view, values) + n_graphs * each


def nestedness(view: Incidence, values: Mapping[str, Any]) -> float:
    """Random graphs, and in each all pairs of both modes."""
    n_graphs = 1 + int(values["n_samples"])
    return _samples(view, values) + n_graphs * 5e-8 * _both(view)


def communities(view: Incidence, values: Mapping[str, Any]) -> float:
    """Searches by moving nodes one at a time."""
    return 2e-4 * view.n_entries * int(values["n_runs"])


def core_periphery(view: Incidence, _: Mapping[str, Any]) -> float:
    """Both projections, and a cut for every member."""
    n_members, n_networks = view.shape
    return 1e-7 * n_members * n_networks + 1e-7 * _both(view)


def brokerage(view: Incidence, values: Mapping[str, Any]) -> float:
    """The pairs of partners of every node."""
    return 2e-9 * _squares(_partners(view, values)) + linear(view, values)


def backbone(view: Incidence, values: Mapping[str, Any]) -> float:
    """Every pair of a mode, tested against random graphs or by its probability."""
    n_pairs = _pairs(view, values)
    if values["model"] == "fdsm":
        return _samples(view, values) + (1 + int(values["n_samples"])) * 1e-7 * n_pairs
    if values["model"] == "fixed-row":
        return 3e-7 * n_pairs + linear(view, values)
    own, other = view.member_degrees, view.network_sizes
    if values["mode"] == "networks":
        own, other = other, own
    n_classes = min(len(np.unique(own)) ** 2 / 2, n_pairs)
    n_terms = n_classes * len(other) * min(float(own.max(initial=0)), 50.0)
    return 3e-7 * n_pairs + 5e-11 * n_terms + linear(view, values)


def _samples(view: Incidence, values: Mapping[str, Any]) -> float:
    """To draw random graphs with the same margins; the first takes as long as ten."""
    n_samples = int(values["n_samples"])
    return 5e-6 * view.n_entries * (n_samples + 11) + 1e-3 * n_samples


def _squares(counts: Any) -> float:
    return float((np.asarray(counts, dtype=np.float64) ** 2).sum())


def _both(view: Incidence) -> float:
    return _squares(view.member_degrees) + _squares(view.network_sizes)


def _pairs(view: Incidence, values: Mapping[str, Any]) -> float:
    """Two times the pairs of a mode that share something, one counted as often as it shares."""
    between = view.network_sizes if values["mode"] == "members" else view.member_degrees
    return _squares(between)


def _partners(view: Incidence, values: Mapping[str, Any]) -> Any:
    """At most how many partners each node of a mode has."""
    is_members = values["mode"] == "members"
    sizes = view.network_sizes if is_members else view.member_degrees
    around = (view.matrix if is_members else view.matrix.T) @ sizes
    return np.minimum(around, view.shape[0 if is_members else 1])
