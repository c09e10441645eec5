"""What pyvis draws: nodes and edges with places, colours and plain text titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kgraph.export.positions import arranged
from kgraph.export.wording import name_of, word

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["colours_of", "drawn_edges", "drawn_nodes", "options_of"]

#: Up to this many edges the browser may arrange a graph that has no places of its own.
PHYSICS_BELOW = 300
COLOURS = (
    "#0b6aa8", "#c2410c", "#2b7a3f", "#7b3fa0", "#b8336a", "#8a6508", "#0f7f86", "#4b4fc4",
    "#a33a2a",
)  # fmt: skip
REST, MEMBER, EDGE, INK = "#6b6f76", "#8a949e", "#b9c4cf", "#1c2733"
LONGEST_LABEL = 40
#: So many networks of a large graph keep their label when the whole is seen.
ALWAYS_LABELLED, FAR_LABEL = 16, 44


def colours_of(graph: nx.Graph) -> dict[str, str]:
    """Kind of network → colour, the most frequent first; beyond the palette all are grey."""
    kinds: dict[str, int] = {}
    for _, data in graph.nodes(data=True):
        if data.get("bipartite") == 1:
            kinds[str(data.get("kind", ""))] = kinds.get(str(data.get("kind", "")), 0) + 1
    ranked = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    return {kind: COLOURS[i] if i < len(COLOURS) else REST for i, kind in enumerate(ranked)}


def options_of(graph: nx.Graph) -> dict[str, Any]:
    """Settings of the drawing. Physics only where the browser finds the places itself."""
    return {
        "physics": {
            "enabled": not _has_places(graph) and graph.size() < PHYSICS_BELOW,
            "stabilization": {"iterations": 300, "fit": True},
            "barnesHut": {"gravitationalConstant": -9000, "springLength": 130, "avoidOverlap": 0.2},
        },
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "interaction": {
            "hover": True, "tooltipDelay": 120, "hideEdgesOnDrag": graph.size() > 1000,
            "hideEdgesOnZoom": graph.size() > 1000,
        },
        "nodes": {"borderWidth": 1, "scaling": {"label": {"drawThreshold": 8}}},
        "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0},
    }  # fmt: skip


def _has_places(graph: nx.Graph) -> bool:
    return all(
        data.get("x") is not None and data.get("y") is not None
        for _, data in graph.nodes(data=True)
    )


def _places(graph: nx.Graph) -> Mapping[str, tuple[float, float]]:
    """Places of the nodes in pixels, y downwards; none where the browser's physics finds them."""
    if not _has_places(graph):
        return arranged(graph) if graph.size() >= PHYSICS_BELOW else {}
    found = {node: (float(data["x"]), float(data["y"])) for node, data in graph.nodes(data=True)}
    if not found:
        return {}
    west, north = min(x for x, _ in found.values()), max(y for _, y in found.values())
    width = max(max(x for x, _ in found.values()) - west, north - min(y for _, y in found.values()))
    scale = 4000 / (width or 1)
    return {node: ((x - west) * scale, (north - y) * scale) for node, (x, y) in found.items()}


def drawn_nodes(
    graph: nx.Graph, colours: Mapping[str, str], words: Mapping[str, str]
) -> Iterable[dict[str, Any]]:
    """Members first, so that networks and their labels lie on top."""
    places = _places(graph)
    labelled = _labelled(graph, places)
    ordered = sorted(graph.nodes(data=True), key=lambda entry: entry[1].get("bipartite") == 1)
    for node, data in ordered:
        name, kind, ties = name_of(node, data), str(data.get("kind", "")), graph.degree(node)
        is_network = data.get("bipartite") == 1
        shape = "dot" if is_network or kind == "municipality" else "square"
        drawn = {
            "id": node, "name": name, "label": _short(name), "shape": shape,
            "title": _title(name, word(kind, words), data, words["ties"], ties),
            "size": round(8 + 2.2 * ties**0.5, 1) if is_network else round(4 + ties**0.5, 1),
            "color": colours[kind] if is_network else MEMBER,
            "mass": 4 if is_network else 1,
            "font": {"size": FAR_LABEL if node in labelled else 22 if is_network else 13,
                     "color": INK, "strokeWidth": 10 if node in labelled else 4,
                     "strokeColor": "#ffffff", "face": "system-ui, sans-serif"},
        }  # fmt: skip
        if node in places:
            drawn["x"], drawn["y"] = (round(value, 1) for value in places[node])
        yield drawn


def drawn_edges(
    graph: nx.Graph, colours: Mapping[str, str], words: Mapping[str, str]
) -> Iterable[dict[str, Any]]:
    """The lines of the picture, each with what it says of a membership."""
    for number, (one, two, data) in enumerate(graph.edges(data=True)):
        said = [", ".join(word(role, words) for role in data["roles"]), _period(data),
                word(data["certainty"], words)]  # fmt: skip
        yield {
            "id": number, "from": one, "to": two, "arrows": "", "color": EDGE,
            "dashes": data["certainty"] == "presumed", "width": 1,
            "title": "\n".join(line for line in said if line),
        }  # fmt: skip


def _labelled(graph: nx.Graph, places: Mapping[str, tuple[float, float]]) -> set[str]:
    """The largest networks whose labels can be read from afar without touching each other."""
    if graph.size() < PHYSICS_BELOW:
        return set()
    networks = [node for node, mode in graph.nodes(data="bipartite") if mode == 1]
    free: dict[str, tuple[float, float, float]] = {}
    for node in sorted(networks, key=lambda node: (-graph.degree(node), node)):
        half = 0.27 * FAR_LABEL * len(_short(name_of(node, graph.nodes[node])))
        x, y = places[node]
        apart = (
            abs(x - ox) > half + oh or abs(y - oy) > 1.5 * FAR_LABEL for ox, oy, oh in free.values()
        )
        if all(apart):
            free[node] = (x, y, half)
        if len(free) == ALWAYS_LABELLED:
            break
    return set(free)


def _title(name: str, kind: str, data: Mapping[str, Any], ties: str, n_ties: int) -> str:
    lines = [name, kind, str(data.get("state") or ""), f"{ties}: {n_ties}"]
    return "\n".join(line for line in lines if line)


def _period(data: Mapping[str, Any]) -> str:
    return f"{data['start']} – {data['end']}" if data["start"] or data["end"] else ""


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"
