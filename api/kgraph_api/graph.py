"""The two-mode graph of one day, cut down to what was asked for, with its positions."""

from __future__ import annotations

from collections import Counter
from datetime import date

from kgraph.analysis import Incidence
from kgraph.model import Agent, Network
from kgraph_api.layout import Layout
from kgraph_api.schemas.views import Coverage, GraphAnswer, GraphEdge, GraphNode
from kgraph_api.served import Served

__all__ = ["graph"]


def graph(
    served: Served,
    day: date | None,
    *,
    kinds: tuple[str, ...] = (),
    themes: tuple[str, ...] = (),
    state: str = "",
    min_members: int = 0,
) -> GraphAnswer:
    """Networks and members that are tied on a day.

    Parameters
    ----------
    kinds, themes : tuple of str
        Codes; a network stays if it is of one of each. Empty: all.
    state : str
        Key of a state: members that lie in it, and the networks they are in.
    min_members : int
        Networks stay that keep at least so many members after the other filters.
    """
    view = served.view(day)
    kept = [
        edge
        for edge in _edges(view)
        if _fits(served.networks[edge.target], kinds, themes) and _lies(served, edge.source, state)
    ]
    sizes = Counter(edge.target for edge in kept)
    edges = [edge for edge in kept if sizes[edge.target] >= min_members]
    ties = Counter(edge.source for edge in edges) + Counter(edge.target for edge in edges)
    rosters = [r for r in view.coverage.rosters if r.n_claimed is not None and r.network in ties]
    return GraphAnswer(
        version=served.version,
        as_of=day,
        nodes=[_node(served, iri, ties[iri], day) for iri in sorted(ties)],
        edges=edges,
        coverage=[Coverage.from_model(roster, served) for roster in rosters],
        truncated=False,
    )


def _edges(view: Incidence) -> list[GraphEdge]:
    """Every entry of the matrix with its roles, by member and network."""
    pairs = zip(view.member_of_entry.tolist(), view.indices.tolist(), strict=True)
    return [
        GraphEdge(
            source=view.members[row].iri,
            target=view.networks[column].iri,
            roles=sorted({membership.role for membership in view.memberships_of(entry)}),
            certainty=view.certainty_of(entry).value,
        )
        for entry, (row, column) in enumerate(pairs)
    ]


def _fits(network: Network, kinds: tuple[str, ...], themes: tuple[str, ...]) -> bool:
    return (not kinds or network.kind in kinds) and (
        not themes or not set(themes).isdisjoint(network.themes)
    )


def _lies(served: Served, iri: str, state: str) -> bool:
    agent = served.agents.get(iri)
    return not state or (agent is not None and state in (agent.state, _own_state(agent)))


def _own_state(agent: Agent) -> str:
    return agent.key if agent.kind == "state" else ""


def _node(served: Served, iri: str, size: int, day: date | None) -> GraphNode:
    """A network that is itself a member of another one is one node, a network."""
    x, y = _place(served.layout, iri)
    if network := served.networks.get(iri):
        return GraphNode(
            id=iri, type="network", kind=network.kind, slug=network.slug, label_de=network.name,
            label_en=network.name_en or network.name, state=None, x=x, y=y, size=size,
            themes=list(network.themes), n_listed=served.n_members(day).get(iri, 0),
        )  # fmt: skip
    agent = served.agents[iri]
    return GraphNode(
        id=iri, type="member", kind=agent.kind, key=agent.key, label_de=agent.name,
        label_en=agent.name_en or agent.name, state=served.state_of(agent), x=x, y=y, size=size,
        themes=[],
    )  # fmt: skip


def _place(places: Layout, iri: str) -> tuple[float | None, float | None]:
    return places.get(iri, (None, None))
