"""Pajek ``.net`` with two modes, as R reads it: ``igraph::read_graph``, ``network::read.paj``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.export._cells import labels, modes

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write_pajek"]


def write_pajek(graph: nx.Graph, path: Path) -> None:
    """Write a two-mode graph as Pajek network.

    Vertices are numbered from 1, members first; ``*Vertices 32 18`` says that 18 of 32 are members.
    The file is UTF-8 without a mark in front, at which igraph stops; Pajek itself takes such a file
    for one of the system's code page unless the bytes EF BB BF are put first. A quotation mark in a
    name becomes an apostrophe, since the format has no way to write one.

    Parameters
    ----------
    graph : networkx.Graph
        As :meth:`kgraph.Release.to_networkx` gives it.
    path : Path
    """
    members, networks = modes(graph)
    names = labels(graph)
    number = {node: i for i, node in enumerate([*members, *networks], start=1)}
    lines = [f"*Vertices {len(number)} {len(members)}"]
    lines += [f'{i} "{_line(names[node])}"' for node, i in number.items()]
    lines.append("*Edges")
    pairs = sorted(sorted((number[a], number[b])) for a, b in graph.edges)
    lines += [f"{a} {b} 1" for a, b in pairs]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _line(name: str) -> str:
    return " ".join(name.replace('"', "'").split())
