"""The part of a graph around some of its nodes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kgraph.errors import NotFoundError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["neighbourhood"]


def neighbourhood(graph: nx.Graph, keys: Iterable[str]) -> nx.Graph:
    """The nodes with these keys, their neighbours, and what ties those among each other.

    Parameters
    ----------
    graph : networkx.Graph
        Two-mode; networks have ``slug``, members ``key``.
    keys : iterable of str
        Slugs of networks, keys of members.

    Raises
    ------
    NotFoundError
        If the graph has no node with one of the keys.
    """
    by_key = {data.get("slug") or data.get("key"): node for node, data in graph.nodes(data=True)}
    chosen: set[str] = set()
    for key in keys:
        if key not in by_key:
            raise NotFoundError("network or member", key, "it may have no members on that day")
        chosen |= {by_key[key], *graph[by_key[key]]}
    return graph.subgraph(sorted(chosen)).copy()
