"""A two-mode graph as one HTML file: interactive, offline, and harmless whatever the names say."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kgraph.errors import QueryParameterError
from kgraph.export.drawing import colours_of, drawn_edges, drawn_nodes, options_of
from kgraph.export.rows import edge_rows, node_rows
from kgraph.export.wording import TEXTS, word
from kgraph.model import Source

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["HtmlPage", "cited", "render_html", "write_html"]


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page that was made; in a notebook it shows itself in a frame without rights.

    Attributes
    ----------
    text : str
        The whole file.
    n_left_out : int
        Edges that the cap left out; the page says so.
    """

    text: str
    n_left_out: int

    def _repr_html_(self) -> str:
        """A sandboxed frame: its script cannot reach the notebook."""
        return (
            '<iframe sandbox="allow-scripts" width="100%" height="720" '
            f'srcdoc="{html.escape(self.text)}"></iframe>'
        )


def write_html(
    graph: nx.Graph,
    path: Path | str,
    *,
    title: str,
    language: str,
    sources: Iterable[Source],
    max_edges: int = 5000,
    labels: Mapping[str, str] | None = None,
) -> None:
    """Write a two-mode graph as a page that works offline and asks no host for anything.

    Parameters
    ----------
    graph : networkx.Graph
        As :meth:`kgraph.Release.to_networkx` gives it. Nodes may have ``x`` and ``y`` (east and
        north); without them they are arranged here. Parallel edges are drawn as one.
    path : path or str
        The file; it is replaced.
    title, language : str
        The heading; ``de`` or ``en``.
    sources : iterable of Source
        Listed with their links; see :func:`cited`.
    max_edges : int
        Larger graphs are cut to their largest networks, and the page says so.
    labels : mapping code → label, optional
        How kinds, roles and certainties are called in this language; else the codes are shown.

    Raises
    ------
    QueryParameterError
        If the language is neither German nor English.
    """
    page = render_html(
        graph, title=title, language=language, sources=sources, max_edges=max_edges, labels=labels
    )
    Path(path).write_text(page.text, encoding="utf-8", newline="\n")


def render_html(
    graph: nx.Graph,
    *,
    title: str,
    language: str,
    sources: Iterable[Source],
    max_edges: int = 5000,
    labels: Mapping[str, str] | None = None,
) -> HtmlPage:
    """The page as text; see :func:`write_html`. A notebook shows it as the value of a cell."""
    if language not in TEXTS:
        raise QueryParameterError(f"language is {language!r}; there is {' and '.join(TEXTS)}")
    from kgraph.export._pyvis import SafeNetwork

    words = {**TEXTS[language], **(labels or {})}
    part, left_out = _capped(_simple(graph), max_edges)
    colours = colours_of(part)
    drawing = SafeNetwork(options_of(part))
    for node in drawn_nodes(part, colours, words):
        drawing.add_node(node.pop("id"), **node)
    for edge in drawn_edges(part, colours, words):
        drawing.add_edge(edge.pop("from"), edge.pop("to"), **edge)
    networks = sum(mode == 1 for _, mode in part.nodes(data="bipartite"))
    text = drawing.generate_html(
        title=title, language=language, t=TEXTS[language], left_out=left_out,
        counts={"networks": networks, "members": len(part) - networks, "edges": part.size()},
        legend=[(word(kind, words), colour) for kind, colour in colours.items()],
        nodes=node_rows(part, words), edges=edge_rows(part, words), sources=_listed(sources),
    )  # fmt: skip
    return HtmlPage(text, left_out)


def cited(graph: nx.Graph, sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources that the edges of a graph name, ordered by slug.

    Parameters
    ----------
    graph : networkx.Graph
        Edges have ``sources``, each ``slug: locator``.
    sources : iterable of Source
        All there are.
    """
    named = {
        str(place).partition(":")[0]
        for *_, places in graph.edges(data="sources", default=())
        for place in places
    }
    return tuple(sorted((s for s in sources if s.slug in named), key=lambda s: s.slug))


def _simple(graph: nx.Graph) -> nx.Graph:
    """The graph with text ids, directed from member to network, parallel edges as one."""
    import networkx as nx

    simple = nx.Graph()
    for node, data in graph.nodes(data=True):
        simple.add_node(str(node), **data)
    for one, two, data in graph.edges(data=True):
        ends = str(one), str(two)
        there = simple.edges[ends] if simple.has_edge(*ends) else {}
        simple.add_edge(*ends, **_merged(there, data))
    return simple


def _merged(there: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of two parallel edges: lists united, the first text kept, attested wins."""
    result: dict[str, Any] = {}
    for name in ("roles", "sources"):
        result[name] = sorted({*_texts(there.get(name)), *_texts(more.get(name))})
    for name in ("start", "end"):
        result[name] = str(there.get(name) or more.get(name) or "")
    said = {str(data["certainty"]) for data in (there, more) if data.get("certainty")}
    result["certainty"] = "attested" if "attested" in said else "".join(sorted(said)[:1])
    return result


def _capped(graph: nx.Graph, max_edges: int) -> tuple[nx.Graph, int]:
    """The largest networks with their members, up to so many edges; and how many are left out."""
    n_left_out = graph.size() - max_edges
    if n_left_out <= 0:
        return graph, 0
    rank = {node: (-graph.degree(node), node) for node in graph}
    ordered = sorted(graph.edges, key=lambda ends: sorted(rank[node] for node in ends))
    return graph.edge_subgraph(ordered[:max_edges]).copy(), n_left_out


def _listed(sources: Iterable[Source]) -> list[dict[str, str]]:
    return [
        {"slug": source.slug, "title": source.title, "url": _web_address(source.url),
         "rest": ", ".join(part for part in (source.publisher, source.published) if part)}
        for source in sources
    ]  # fmt: skip


def _web_address(text: str) -> str:
    """The address if it may be linked: http and https only."""
    try:
        return text if urlsplit(text).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _texts(values: object) -> Sequence[str]:
    """A list of texts from whatever the attribute holds."""
    if isinstance(values, str):
        return [values]
    return [str(value) for value in values] if isinstance(values, Iterable) else []
