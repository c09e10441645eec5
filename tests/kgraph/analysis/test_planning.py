"""What planners ask, against pencil and paper and against a graph without the node."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import networkx as nx
import numpy as np
import pytest

from kgraph.analysis import Affiliation, Incidence
from kgraph.analysis.bridges import bridges
from kgraph.analysis.example import member, membership, network
from kgraph.analysis.memberships import counted, memberships
from kgraph.analysis.peers import peer_networks, peers
from kgraph.analysis.reach import is_joinable
from kgraph.analysis.redundancy import redundancy
from kgraph.analysis.results import cautions
from kgraph.analysis.whatif import Effect, dissolve, join, leave, merge
from kgraph.errors import NotFoundError, QueryParameterError

ViewOf = Callable[..., Incidence]

# The example on 2024-05-01:
#   Ahof - water - Berg - rail - Chaus - water (a square), Chaus - climate - Dorf - forest - Eck


def test_memberships_of_berg(today: Incidence) -> None:
    rail, water = memberships(today, "xx-2")
    assert (rail.network.slug, rail.roles, rail.start) == ("rail", ("lead", "member"), "2005")
    assert (rail.certainty, rail.n_members, rail.via) == ("attested", 2, ())
    assert (rail.end, rail.last_said) == ("", "2024-12-31")
    assert water.sources == ("handbook: table of water",)


def test_memberships_say_by_which_body(towns: Affiliation) -> None:
    held = memberships(towns.at(date(2012, 1, 1), level="top"), "xx-1")
    assert [(h.network.slug, h.via) for h in held] == [("rail", ("rail-tariffs",)), ("water", ())]


def test_memberships_are_counted_by_what_they_are(today: Incidence) -> None:
    # Chaus is in water, rail and climate, all of the kind "network" and without a theme.
    assert [(c.code, [n.slug for n in c.networks]) for c in counted(today, "xx-3", "kind")] == [
        ("network", ["climate", "rail", "water"])
    ]
    assert [(c.code, len(c.networks)) for c in counted(today, "xx-2", "role")] == [
        ("member", 2), ("lead", 1)
    ]  # fmt: skip
    assert [(c.code, len(c.networks)) for c in counted(today, "xx-2", "theme")] == [("", 2)]
    with pytest.raises(QueryParameterError, match="by is 'mood'"):
        counted(today, "xx-2", "mood")  # type: ignore[arg-type]


def test_no_membership_known_is_no_row(towns: Affiliation) -> None:
    assert memberships(towns.at(date(1990, 1, 1)), "xx-2") == []
    with pytest.raises(NotFoundError, match="there is no member"):
        memberships(towns.at(None), "'); DROP TABLE members; --")


def test_peers_by_hand(today: Incidence) -> None:
    # Berg {rail water}: Chaus {climate rail water} 2 of 3, Ahof {water} 1 of 2.
    found = peers(today, "xx-2")
    assert [(p.agent.name, p.similarity) for p in found] == [
        ("Chaus", pytest.approx(2 / 3)),
        ("Ahof", pytest.approx(1 / 2)),
    ]
    assert [n.slug for n in found[0].shared] == ["rail", "water"]
    assert [p.agent.name for p in peers(today, "xx-4", area="state")] == ["Eck"]


def test_networks_of_peers_by_hand(today: Incidence) -> None:
    # Ahof {water}: Berg (1/2) is in rail, Chaus (1/3) in rail and climate.
    found = peer_networks(today, "xx-1", minimum_peers=1)
    assert [(s.network.slug, [p.agent.name for p in s.peers]) for s in found] == [
        ("rail", ["Berg", "Chaus"]),
        ("climate", ["Chaus"]),
    ]
    assert [s.score for s in found] == pytest.approx([1, (1 / 3) / (1 / 2 + 1 / 3)])
    assert [s.network.slug for s in peer_networks(today, "xx-1")] == ["rail"]


def test_bodies_of_a_network_one_is_in_are_no_suggestion(towns: Affiliation) -> None:
    # In 2012 Ahof is in rail's working group: rail itself is a matter of form.
    found = peer_networks(towns.at(date(2012, 1, 1)), "xx-1", minimum_peers=1)
    assert "rail" not in [s.network.slug for s in found]


def test_large_networks_make_no_peers(today: Incidence) -> None:
    assert [p.agent.name for p in peers(today, "xx-2", exclude_larger_than=2)] == ["Chaus"]
    # Water lists three and claims over nine.
    assert [p.agent.name for p in peers(today, "xx-2", exclude_larger_than=8)] == ["Chaus"]
    assert len(peers(today, "xx-2", exclude_larger_than=9)) == 2
    with pytest.raises(QueryParameterError, match="k is 0"):
        peers(today, "xx-2", 0)
    with pytest.raises(QueryParameterError, match="give one of anywhere, country, state"):
        peers(today, "xx-2", area="planet")  # type: ignore[arg-type]


def themed(slug: str, *themes: str, parent: str = "") -> object:
    from dataclasses import replace

    return replace(network(slug, parent=parent), themes=themes)


def test_redundancy_needs_a_common_theme() -> None:
    rows = [member(str(i), f"Town {i}") for i in range(6)]
    columns = [themed("a", "water", "rail"), themed("b", "rail"), themed("c"),
               themed("d", "rail", parent="a")]  # fmt: skip
    members_of = ([0, 1, 2, 3, 4], [0, 1, 2], [0, 1, 2], [0, 1, 2, 3])
    held = [membership(c, rows[i]) for c, own in zip(columns, members_of, strict=True) for i in own]  # type: ignore[arg-type]
    view = Affiliation.from_memberships(rows, columns, held).at(None)  # type: ignore[arg-type]
    found = redundancy(view)
    assert [(r.overlap.a.slug, r.overlap.b.slug, r.themes, r.related) for r in found] == [
        ("a", "d", ("rail",), True),  # four of five
        ("b", "d", ("rail",), False),  # three of four
        ("a", "b", ("rail",), False),  # three of five
    ]
    assert len(redundancy(view, any_theme=True)) == 6
    assert redundancy(view, member="5") == []
    assert len(redundancy(view, member="3")) == 1  # in a and d
    with pytest.raises(QueryParameterError, match="minimum_containment is 0"):
        redundancy(view, minimum_containment=0)


def test_bridges_by_hand(today: Incidence) -> None:
    found = {b.node.name: b for b in bridges(today)}
    # climate alone joins Chaus and Dorf; without it Dorf and Eck hang on nothing.
    assert [[m.name for m in piece] for piece in found["Climate"].cut_off] == [["Dorf", "Eck"]]
    assert found["Climate"].n_pairs == 1
    assert [m.name for m in found["Forest"].stranded] == ["Eck"]
    # Berg and Chaus share rail too; only Ahof's two pairs depend on water.
    assert (found["Water"].n_pairs, [m.name for m in found["Water"].stranded]) == (2, ["Ahof"])
    assert "Rail" not in found
    members = {b.node.name: b for b in bridges(today, "members")}
    assert [[n.slug for n in piece] for piece in members["Chaus"].cut_off] == [
        ["climate", "forest"]
    ]
    assert [n.slug for n in members["Dorf"].stranded] == []
    assert [[n.slug for n in piece] for piece in members["Dorf"].cut_off] == [["forest"]]
    assert [b.node.name for b in bridges(today, node="climate")] == ["Climate"]
    assert bridges(today, node="rail-tariffs") == []


@pytest.mark.parametrize("seed", range(8))
def test_bridges_equal_what_is_left_without_the_node(view_of: ViewOf, seed: int) -> None:
    view = view_of(np.random.default_rng(seed).random((12, 8)) < 0.18)
    graph = view.to_networkx()
    graph.remove_nodes_from(list(nx.isolates(graph)))
    points = set(nx.articulation_points(graph))
    found = {
        b.node.iri: b
        for mode in ("members", "networks")
        for b in bridges(view, mode)  # type: ignore[arg-type]
        if b.cut_off or b.stranded
    }
    assert set(found) == points
    for iri, bridge in found.items():
        home = graph.subgraph(nx.node_connected_component(graph, iri)).copy()
        home.remove_node(iri)
        sizes = sorted(map(len, nx.connected_components(home)), reverse=True)
        assert len(bridge.stranded) == sum(size == 1 for size in sizes[1:])
        assert len(bridge.cut_off) == sum(size > 1 for size in sizes[1:])


def by_kind(found: list[Effect], kind: str) -> list[Effect]:
    return [effect for effect in found if effect.kind == kind]


def figures(found: list[Effect]) -> list[tuple[int, int]]:
    return [(effect.before, effect.after) for effect in found[:3]]


def test_a_network_dissolves(today: Incidence) -> None:
    found = dissolve(today, "forest")
    # memberships, parts, joined pairs (AB AC BC CD DE)
    assert figures(found) == [(9, 7), (1, 1), (5, 4)]
    assert [(e.node.name, e.before) for e in by_kind(found, "stranded") if e.node] == [("Eck", 1)]
    cut = dissolve(today, "climate")
    assert figures(cut) == [(9, 7), (1, 2), (5, 4)]
    assert [(e.names, e.before, e.after) for e in by_kind(cut, "cut-off")] == [
        (("Dorf", "Eck"), 5, 2)
    ]
    assert dissolve(today, "rail-tariffs") == []  # nobody is in it on that day


def test_a_member_leaves(today: Incidence) -> None:
    found = leave(today, "xx-3", "rail")
    assert figures(found) == [(9, 8), (1, 1), (5, 5)]
    assert [(e.names, e.before, e.after) for e in by_kind(found, "partner")] == [(("Berg",), 2, 1)]
    whole = leave(today, "xx-3")
    # What Chaus loses by its own choice is no stranding; Dorf and Eck are cut off by it.
    assert by_kind(whole, "stranded") == []
    assert [e.names for e in by_kind(whole, "cut-off")] == [("Dorf", "Eck")]
    assert {e.names: e.after for e in by_kind(whole, "partner")} == {
        ("Ahof",): 0, ("Berg",): 0, ("Dorf",): 0,
    }  # fmt: skip
    assert leave(today, "xx-3", "forest") == []


def test_a_member_joins(today: Incidence, towns: Affiliation) -> None:
    found = join(today, "xx-1", "rail")
    assert figures(found) == [(9, 10), (1, 1), (5, 5)]
    assert {e.names: (e.before, e.after) for e in by_kind(found, "partner")} == {
        ("Berg",): (1, 2), ("Chaus",): (1, 2),
    }  # fmt: skip
    assert join(today, "xx-2", "rail") == []  # is in it
    # Eck is in no network in 2018; it can join one.
    before = towns.at(date(2018, 1, 1), states=["East"])
    assert [agent.name for agent in before.members] == ["Dorf"]
    newcomer = join(before, "xx-5", "forest")
    assert figures(newcomer) == [(2, 3), (1, 1), (0, 1)]
    assert before.shape == (1, 2)


def test_two_networks_merge(today: Incidence) -> None:
    found = merge(today, "rail", "water")
    assert figures(found) == [(9, 7), (1, 1), (5, 5)]
    assert [e.names for e in by_kind(found, "in-both")] == [("Berg",), ("Chaus",)]
    assert figures(merge(today, "climate", "forest")) == [(9, 8), (1, 1), (5, 6)]
    assert merge(today, "rail", "rail") == []


def test_nothing_is_saved(today: Incidence) -> None:
    before = today.matrix.toarray().tolist()
    dissolve(today, "water")
    leave(today, "xx-3")
    join(today, "xx-1", "rail")
    merge(today, "rail", "water")
    assert today.matrix.toarray().tolist() == before


def test_themes_come_and_go() -> None:
    rows = [member(str(i), f"Town {i}") for i in range(3)]
    columns = [themed("a", "water", "rail"), themed("b", "rail")]
    held = [membership(columns[0], rows[0]), membership(columns[1], rows[0])]  # type: ignore[arg-type]
    held.append(membership(columns[1], rows[1]))  # type: ignore[arg-type]
    view = Affiliation.from_memberships(rows, columns, held).at(None)  # type: ignore[arg-type]
    lost = by_kind(leave(view, "0", "a"), "theme")
    assert [(e.code, e.before, e.after) for e in lost] == [("rail", 2, 1), ("water", 1, 0)]
    won = by_kind(join(view, "1", "a"), "theme")
    assert [(e.code, e.before, e.after) for e in won] == [("rail", 1, 2), ("water", 0, 1)]


@pytest.mark.parametrize("seed", range(5))
def test_joining_and_leaving_again_cancel(view_of: ViewOf, seed: int) -> None:
    view = view_of(np.random.default_rng(seed).random((8, 6)) < 0.3)
    graph = view.to_networkx()
    for row, column in zip(view.member_of_entry[:4], view.indices[:4], strict=True):
        one, two = view.members[row], view.networks[column]
        effects = leave(view, one.iri, two.iri)
        left = graph.copy()
        left.remove_edge(one.iri, two.iri)
        linked = [part for part in nx.connected_components(left) if len(part) > 1]
        assert effects[1].after == len(linked)
        projected = nx.bipartite.projected_graph(left, view.iris("members"))
        assert effects[2].after == projected.number_of_edges()


def placed(places: list[tuple[float, float]], matrix: np.ndarray) -> Incidence:
    """A view whose members lie at places, in degrees of latitude and longitude."""
    from dataclasses import replace

    rows = [replace(member(f"{i:04}", f"Town {i}"), lat=lat, lon=lon)
            for i, (lat, lon) in enumerate(places)]  # fmt: skip
    columns = [network(f"{j:04}") for j in range(matrix.shape[1])]
    held = [membership(columns[j], rows[i]) for i, j in np.argwhere(matrix)]
    return Affiliation.from_memberships(rows, columns, held).at(None)


def test_a_network_of_another_area_is_no_suggestion() -> None:
    # Five towns ten kilometres apart in a row; the sixth, 100 km off, is like two of them.
    places = [(52.0, 7.0 + 0.15 * i) for i in range(5)] + [(52.9, 7.0)]
    matrix = np.array([[1, 1, 1], [1, 1, 1], [0, 1, 0], [0, 1, 0], [0, 1, 1], [1, 0, 0]])
    view = placed(places, matrix)
    # "0001" is an area of five; "0002" has three members, at 0, 10 and 40 km.
    assert [is_joinable(view, 5, column) for column in range(3)] == [True, False, False]
    assert [is_joinable(view, 2, column) for column in range(3)] == [True, True, True]
    assert peer_networks(view, "0005") == []
    assert {s.network.slug for s in peer_networks(view, "0005", candidates="all")} == {
        "0001", "0002"
    }  # fmt: skip
    with pytest.raises(QueryParameterError, match="candidates is 'some'"):
        peer_networks(view, "0005", candidates="some")  # type: ignore[arg-type]


def test_a_network_of_the_whole_country_is_in_reach_of_its_middle() -> None:
    # Pairs of towns in four corners, 300 km apart; the ninth in the middle, far from all of them.
    corners = [(50.0, 7.0), (50.0, 11.0), (52.5, 7.0), (52.5, 11.0)]
    places = [(lat + step, lon) for lat, lon in corners for step in (0.0, 0.05)]
    matrix = np.array([[1, 0]] * 8 + [[0, 1]] * 2)
    view = placed([*places, (51.2, 9.0), (51.2, 14.5)], matrix)
    assert is_joinable(view, 8, 0) and not is_joinable(view, 9, 0)


def test_bodies_and_agreements_are_no_suggestion(towns: Affiliation) -> None:
    rows = [member(str(i), f"Town {i}") for i in range(3)]
    columns = [network("a"), network("b", kind="governance-body"), network("c")]
    held = [membership(columns[0], row) for row in rows]
    held += [membership(columns[j], rows[i]) for j in (1, 2) for i in (1, 2)]
    view = Affiliation.from_memberships(rows, columns, held).at(None)
    assert [s.network.slug for s in peer_networks(view, "0")] == ["c"]
    assert peer_networks(towns.at(date(2024, 5, 1)), "xx-1")[0].n_claimed is None


def test_what_no_source_dates_is_warned_about() -> None:
    rows = [member(str(i), f"Town {i}") for i in range(3)]
    columns = [network("dated"), network("undated")]
    held = [membership(columns[0], row, start="2000") for row in rows]
    held += [membership(columns[1], row) for row in rows[:2]]
    affiliation = Affiliation.from_memberships(rows, columns, held)
    said = {c.code: c.en for c in cautions(affiliation.at(date(1950, 1, 1)))}
    assert "2 memberships" in said["undated"]
    assert "undated" not in {c.code for c in cautions(affiliation.at(None))}
    only = Affiliation.from_memberships(rows, columns, held[:3])
    assert "undated" not in {c.code for c in cautions(only.at(date(2010, 1, 1)))}
