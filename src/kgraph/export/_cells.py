"""Values as the formats for other programs take them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["inert", "labels", "modes", "plain", "plain_graph", "text"]


def text(value: object) -> str:
    """A value as one cell; lists are joined, what is missing is empty."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: it gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def plain(data: dict[str, Any]) -> dict[str, Any]:
    """Attributes without lists and without what is missing."""
    return {
        key: text(value) if isinstance(value, list | tuple) else value
        for key, value in data.items()
        if value is not None
    }


def plain_graph(graph: nx.Graph) -> nx.Graph:
    """A copy of a graph whose attributes are texts and numbers."""
    import networkx as nx

    copy = nx.Graph(**plain(graph.graph))
    copy.add_nodes_from((node, plain(data)) for node, data in graph.nodes(data=True))
    copy.add_edges_from((a, b, plain(data)) for a, b, data in graph.edges(data=True))
    return copy


def modes(graph: nx.Graph) -> tuple[list[str], list[str]]:
    """The members and the networks of a two-mode graph, in its order."""
    sides: tuple[list[str], list[str]] = ([], [])
    for node, side in graph.nodes(data="bipartite"):
        sides[side].append(node)
    return sides


def labels(graph: nx.Graph) -> dict[str, str]:
    """A name for each node that no other has: with its key behind it where two are called alike."""
    names = {node: str(data["name"]) for node, data in graph.nodes(data=True)}
    times = Counter(names.values())
    marked = {
        node: name if times[name] == 1 else f"{name} ({_key(graph.nodes[node])})"
        for node, name in names.items()
    }
    times = Counter(marked.values())
    return {node: name if times[name] == 1 else node for node, name in marked.items()}


def _key(data: dict[str, Any]) -> str:
    return str(data.get("key") or data.get("slug") or data.get("iri"))
