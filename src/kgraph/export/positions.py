"""Where to draw a two-mode graph without places: networks first, members around them."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["arranged"]

#: The angle by which the seeds of a sunflower follow each other.
GOLDEN = math.pi * (3 - math.sqrt(5))
#: Half the width of the drawing, and the distance of neighbours around one centre, in pixels.
REACH, STEP = 1500.0, 22.0


def arranged(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """A place for every node: networks by the members they share, members between their networks.

    Parameters
    ----------
    graph : networkx.Graph
        Two-mode; nodes of mode 1 (networks) have ``bipartite=1``.

    Returns
    -------
    dict node → (x, y), in pixels
        In the order of the nodes; the same on every run.

    Notes
    -----
    ForceAtlas2 of the networks alone, O(n_networks²) a step; then ranks instead of distances, so
    that neither a crowd nor a far part spoils the picture.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_node("n", bipartite=1)
    >>> graph.add_edge("a", "n")
    >>> sorted(arranged(graph))
    ['a', 'n']
    """
    networks = [node for node, mode in graph.nodes(data="bipartite") if mode == 1]
    centres = _networks(graph, networks)
    seated: dict[tuple[int, int], int] = defaultdict(int)
    places = {}
    for node in graph:
        around = [centres[other] for other in graph[node] if other in centres]
        places[node] = centres[node] if node in centres else _seat(around, seated)
    return places


def _networks(graph: nx.Graph, networks: list[str]) -> dict[str, tuple[float, float]]:
    """The networks alone, tied by how many members they share."""
    import networkx as nx

    chosen = set(networks)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for node in graph:
        if node not in chosen:
            for pair in combinations(sorted(set(graph[node]) & chosen), 2):
                shared[pair] += 1
    plain = nx.Graph()
    plain.add_nodes_from(networks)
    plain.add_weighted_edges_from((one, two, math.sqrt(n)) for (one, two), n in shared.items())
    if not networks:
        return {}
    places = nx.forceatlas2_layout(
        plain, max_iter=200, weight="weight", strong_gravity=True, gravity=0.5, seed=1
    )
    return _spread({node: (float(x), float(y)) for node, (x, y) in places.items()})


def _spread(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Even out crowd and void: a coordinate becomes mostly its rank, from one edge to the other."""
    reach = REACH * math.sqrt(len(places) / 100)
    ranks = []
    for axis in (0, 1):
        ordered = sorted(places, key=lambda node: (places[node][axis], node))
        ranks.append({node: 2 * (i + 0.5) / len(ordered) - 1 for i, node in enumerate(ordered)})
    return {node: (reach * ranks[0][node], reach * ranks[1][node] * 0.7) for node in places}


def _seat(
    centres: list[tuple[float, float]], seated: dict[tuple[int, int], int]
) -> tuple[float, float]:
    """The next seat in a spiral around the mean of some centres; a centre itself stays free."""
    x = sum(x for x, _ in centres) / len(centres) if centres else 0.0
    y = sum(y for _, y in centres) / len(centres) if centres else -1.2 * REACH
    middle = round(x), round(y)
    turn = seated[middle] = seated[middle] + 1
    reach = STEP * math.sqrt(turn + (3 if len(centres) == 1 else -1))
    return x + reach * math.cos(turn * GOLDEN), y + reach * math.sin(turn * GOLDEN)
