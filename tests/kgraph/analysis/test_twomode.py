"""The networkx face of a view."""

from __future__ import annotations

from datetime import date

import networkx as nx
import numpy as np
import pytest

from kgraph.analysis import Affiliation, Incidence
from kgraph.analysis.example import member, membership, network
from kgraph.namespaces import thing

CHAUS, WATER, RAIL = (
    thing(path) for path in ("municipality/xx-3", "network/water", "network/rail")
)


def test_nodes_carry_mode_name_kind_and_key(today: Incidence) -> None:
    graph = today.to_networkx()
    assert graph.nodes[CHAUS] == {
        "bipartite": 0, "iri": CHAUS, "name": "Chaus", "kind": "municipality", "country": "de",
        "key": "xx-3", "state": "West",
    }  # fmt: skip
    assert graph.nodes[WATER] == {
        "bipartite": 1, "iri": WATER, "name": "Water", "kind": "network", "country": "de",
        "slug": "water", "themes": [],
    }  # fmt: skip
    assert nx.is_bipartite(graph)
    assert list(graph)[:5] == [member.iri for member in today.members]


def test_edges_carry_roles_period_certainty_and_sources(today: Incidence) -> None:
    assert today.to_networkx().edges[CHAUS, WATER] == {
        "roles": ["lead"],
        "start": "2001",
        "end": "",
        "sources": ["handbook: table of water"],
        "memberships": [thing("membership/water/xx-3/lead")],
        "via": ["water"],
        "certainty": "attested",
    }


def test_the_period_of_several_roles_is_the_whole() -> None:
    column, row = network("a"), member("1", "One")
    lead = membership(column, row, "lead", start="2003-05", end="2010")
    chair = membership(column, row, "chair", start="2003", end="2009-12")
    both = Affiliation.from_memberships([row], [column], [lead, chair]).at(date(2005, 1, 1))
    edge = both.to_networkx().edges[row.iri, column.iri]
    assert (edge["start"], edge["end"]) == ("2003", "2010")
    # One role without an end keeps the end open.
    lasting = membership(column, row, "member", start="2004")
    three = Affiliation.from_memberships([row], [column], [lead, chair, lasting])
    assert three.at(date(2005, 1, 1)).to_networkx().edges[row.iri, column.iri]["end"] == ""


def test_the_graph_says_what_it_is_a_view_of(towns: Affiliation) -> None:
    graph = towns.at(date(2012, 1, 1), level="top", roles=["member"]).to_networkx()
    assert graph.graph == {"as_of": "2012-01-01", "level": "top", "roles": ["member"]}
    assert towns.at(None).to_networkx().graph["as_of"] == ""


def test_no_attribute_is_read_unasked(today: Incidence) -> None:
    # networkx takes "weight" for a length in some functions and for a strength in others.
    for _, _, attributes in today.to_networkx().edges(data=True):
        assert "weight" not in attributes


def test_it_has_the_entries_of_the_matrix(davis: Incidence) -> None:
    graph = davis.to_networkx()
    matrix = nx.bipartite.biadjacency_matrix(graph, davis.iris("members"), davis.iris("networks"))
    assert np.array_equal(matrix.toarray(), davis.matrix.toarray())
    assert graph.number_of_edges() == 89  # Davis, Gardner & Gardner 1941, fig. 3


def test_a_hostile_name_stays_a_value() -> None:
    name = '</script><script>alert(1)</script>" ; DROP GRAPH <x>'
    column, row = network("a"), member("1", name)
    view = Affiliation.from_memberships([row], [column], [membership(column, row)]).at(None)
    assert view.to_networkx().nodes[row.iri]["name"] == name


@pytest.mark.parametrize("level", ["as-is", "leaf", "top"])
def test_every_level_is_two_mode(towns: Affiliation, level: str) -> None:
    graph = towns.at(date(2012, 1, 1), level=level).to_networkx()
    sides = nx.get_node_attributes(graph, "bipartite")
    assert all(sides[a] != sides[b] for a, b in graph.edges)
