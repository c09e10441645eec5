"""The public face of a view: the two-mode ``networkx.Graph`` with all its attributes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kgraph.dates import PartialDate
from kgraph.model import Membership
from kgraph.namespaces import path_of

if TYPE_CHECKING:
    from kgraph.analysis.incidence import Incidence

__all__ = ["member_node", "to_networkx"]


def to_networkx(incidence: Incidence) -> Any:
    """A view as a two-mode graph: members in mode 0, networks in mode 1.

    Parameters
    ----------
    incidence : Incidence

    Returns
    -------
    networkx.Graph
        Nodes are IRIs, members first, in the order of the view. A network that is itself a member
        of another stands in both modes and has two nodes; the one that is a member is the IRI
        followed by ``#member`` (:func:`member_node`), and ``iri`` is the same on both.

        - nodes: ``bipartite`` (0 member, 1 network), ``iri``, ``name``, ``kind``, ``country``;
          members ``key`` and ``state``; networks ``slug``, ``themes`` (list)
        - edges: ``roles`` (list), ``start`` and ``end`` as printed (empty where unknown or open),
          ``certainty``, ``sources`` (list of ``slug: locator``), ``memberships`` (list of IRIs),
          ``via`` (list of slugs of the bodies that the membership is in; at level "top" these may
          be working groups)
        - graph: ``as_of`` (ISO 8601 or ""), ``level``, ``roles``

        There is no attribute ``weight``, which several algorithms of networkx read unasked.

    Notes
    -----
    Cost O(members + memberships).

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> graph = example().at(date(2024, 5, 1)).to_networkx()
    >>> graph.number_of_nodes(), graph.number_of_edges()
    (9, 9)
    >>> edge = graph.edges["https://w3id.org/imcoop/id/municipality/xx-2",
    ...                    "https://w3id.org/imcoop/id/network/rail"]
    >>> edge["roles"], edge["start"], edge["certainty"], edge["sources"]
    (['lead', 'member'], '2005', 'attested', ['handbook: table of rail'])
    """
    import networkx as nx

    graph = nx.Graph(
        as_of=incidence.as_of.isoformat() if incidence.as_of else "",
        level=incidence.level,
        roles=list(incidence.roles),
    )
    both = {network.iri for network in incidence.networks}
    nodes = [member_node(agent.iri, both) for agent in incidence.members]
    for node, agent in zip(nodes, incidence.members, strict=True):
        graph.add_node(
            node, bipartite=0, iri=agent.iri, name=agent.name, kind=agent.kind,
            country=agent.country, key=agent.key, state=agent.state,
        )  # fmt: skip
    for network in incidence.networks:
        graph.add_node(
            network.iri, bipartite=1, iri=network.iri, name=network.name, kind=network.kind,
            country=network.country, slug=network.slug, themes=list(network.themes),
        )  # fmt: skip
    entries = zip(incidence.member_of_entry, incidence.indices, strict=True)
    for entry, (row, column) in enumerate(entries):
        attributes = _edge(incidence.memberships_of(entry))
        attributes["certainty"] = incidence.certainty_of(entry).value
        graph.add_edge(nodes[row], incidence.networks[column].iri, **attributes)
    return graph


def member_node(iri: str, networks: set[str]) -> str:
    """The node of a member: its IRI, marked if a network of the same view has that IRI too."""
    return f"{iri}#member" if iri in networks else iri


def _edge(behind: Sequence[Membership]) -> dict[str, object]:
    """The attributes of one edge, from all memberships behind it."""
    starts = [PartialDate.parse(row.start) for row in behind if row.start]
    ends = [PartialDate.parse(row.end) for row in behind if row.end]
    open_end = len(ends) < len(behind)
    said = {f"{place.source}: {place.locator}" for row in behind for place in row.evidence}
    return {
        "roles": sorted({row.role for row in behind}),
        "start": min(starts, key=_earliest).text if starts else "",
        "end": "" if open_end else max(ends, key=_latest).text,
        "sources": sorted(said),
        "memberships": sorted(row.iri for row in behind),
        "via": sorted({path_of(row.network).rpartition("/")[-1] for row in behind}),
    }


def _earliest(day: PartialDate) -> tuple[date, date]:
    return day.earliest, day.latest


def _latest(day: PartialDate) -> tuple[date, date]:
    return day.latest, day.earliest
