"""Centralities against pencil and paper, published numbers and networkx."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import networkx as nx
import numpy as np
import pytest

from kgraph.analysis import (
    Affiliation,
    Incidence,
    Mode,
    betweenness_centrality,
    closeness_centrality,
    degree_centrality,
    farness,
    harmonic_centrality,
)
from kgraph.analysis.example import member, membership, network
from kgraph.analysis.kernels import _lazy
from kgraph.errors import QueryParameterError

MODES: tuple[Mode, Mode] = ("members", "networks")
ViewOf = Callable[..., Incidence]


def by_name(view: Incidence, values: dict[str, float]) -> dict[str, float]:
    """Values by the names of members or the slugs of networks."""
    names = {agent.iri: agent.name for agent in view.members}
    names |= {column.iri: column.slug for column in view.networks}
    return {names[iri]: value for iri, value in values.items()}


# The example on 2024-05-01:
#   Ahof - water - Berg - rail - Chaus - water (a square), Chaus - climate - Dorf - forest - Eck


def test_degree_by_hand(today: Incidence) -> None:
    # Of 4 networks; of 5 members.
    assert by_name(today, degree_centrality(today)) == {
        "Ahof": 1 / 4, "Berg": 2 / 4, "Chaus": 3 / 4, "Dorf": 2 / 4, "Eck": 1 / 4,
    }  # fmt: skip
    assert by_name(today, degree_centrality(today, "networks")) == {
        "climate": 2 / 5, "forest": 2 / 5, "rail": 2 / 5, "water": 3 / 5,
    }  # fmt: skip
    assert list(degree_centrality(today, normalized=False).values()) == [1, 2, 3, 2, 1]


def test_farness_and_closeness_by_hand(today: Incidence) -> None:
    # Ahof: water 1, Berg Chaus 2 2, rail climate 3 3, Dorf 4, forest 5, Eck 6        = 26
    # Berg: water rail 1 1, Ahof Chaus 2 2, climate 3, Dorf 4, forest 5, Eck 6        = 24
    # Chaus: water rail climate 1 1 1, Ahof Berg Dorf 2 2 2, forest 3, Eck 4          = 16
    # Dorf: climate forest 1 1, Chaus Eck 2 2, water rail 3 3, Ahof Berg 4 4          = 20
    # Eck: forest 1, Dorf 2, climate 3, Chaus 4, water rail 5 5, Ahof Berg 6 6        = 32
    assert by_name(today, farness(today)) == {
        "Ahof": 26, "Berg": 24, "Chaus": 16, "Dorf": 20, "Eck": 32,
    }  # fmt: skip
    # The least possible: 4 networks at 1, 4 members at 2 = 12.
    assert by_name(today, closeness_centrality(today)) == pytest.approx(
        {"Ahof": 12 / 26, "Berg": 12 / 24, "Chaus": 12 / 16, "Dorf": 12 / 20, "Eck": 12 / 32}
    )
    # water: Ahof Berg Chaus 1 1 1, rail climate 2 2, Dorf 3, forest 4, Eck 5         = 19
    # rail: Berg Chaus 1 1, water climate 2 2, Ahof Dorf 3 3, forest 4, Eck 5         = 21
    # climate: Chaus Dorf 1 1, water rail forest 2 2 2, Ahof Berg Eck 3 3 3           = 17
    # forest: Dorf Eck 1 1, climate 2, Chaus 3, water rail 4 4, Ahof Berg 5 5         = 25
    # The least possible: 5 members at 1, 3 networks at 2 = 11.
    assert by_name(today, closeness_centrality(today, "networks")) == pytest.approx(
        {"climate": 11 / 17, "forest": 11 / 25, "rail": 11 / 21, "water": 11 / 19}
    )


def test_harmonic_by_hand(today: Incidence) -> None:
    # Chaus: 3 at 1, 3 at 2, one at 3, one at 4: 3 + 3/2 + 1/3 + 1/4; at most 4 + 4/2 = 6.
    total = 3 + 3 / 2 + 1 / 3 + 1 / 4
    assert by_name(today, harmonic_centrality(today, normalized=False))["Chaus"] == pytest.approx(
        total, abs=1e-12
    )
    assert by_name(today, harmonic_centrality(today))["Chaus"] == pytest.approx(total / 6)


def test_betweenness_by_hand(today: Incidence) -> None:
    # Chaus parts {Ahof Berg water rail} from {climate Dorf forest Eck}: 4 · 4 = 16; water to rail
    # and Ahof to rail go through Chaus in one of two ways each: 1/2 + 1/2. Berg has these halves
    # alone. Dorf parts 6 nodes from 2; nobody's way leads through Ahof or Eck.
    assert by_name(today, betweenness_centrality(today, normalized=False)) == pytest.approx(
        {"Ahof": 0, "Berg": 1, "Chaus": 17, "Dorf": 12, "Eck": 0}, abs=1e-12
    )
    # climate parts 5 from 3, forest 7 from 1. water: Ahof from the 7 others; Berg to Chaus and the
    # 4 beyond in one of two ways: 5/2. rail: these other halves.
    assert by_name(today, betweenness_centrality(today, "networks", normalized=False)) == (
        pytest.approx({"climate": 15, "forest": 7, "rail": 2.5, "water": 9.5}, abs=1e-12)
    )
    # The greatest possible, by Borgatti and Everett's formula for 5 and 4 nodes: 24 and 25.
    assert by_name(today, betweenness_centrality(today))["Chaus"] == pytest.approx(17 / 24)
    assert by_name(today, betweenness_centrality(today, "networks"))["climate"] == pytest.approx(
        15 / 25
    )


def test_davis_has_the_published_betweenness(davis: Incidence) -> None:
    # Raw values of Davis Southern Women; the columns are E1 to E14 in order.
    events = list(betweenness_centrality(davis, "networks", normalized=False).values())
    assert events[7] == pytest.approx(110.2064, abs=5e-5)  # E8
    assert events[8] == pytest.approx(101.9321, abs=5e-5)  # E9
    women = by_name(davis, betweenness_centrality(davis, normalized=False))
    assert women["Nora Fayette"] == pytest.approx(50.4903, abs=5e-5)


#: Degree, closeness and betweenness after Borgatti and Everett, to two digits, as the tests of
#: networkx print them (which name Borgatti and Halgin, Analyzing affiliation networks, 2011).
DAVIS = {
    "Nora Fayette": (0.57, 0.80, 0.11), "Evelyn Jefferson": (0.57, 0.80, 0.10),
    "Theresa Anderson": (0.57, 0.80, 0.09), "Sylvia Avondale": (0.50, 0.77, 0.07),
    "Laura Mandeville": (0.50, 0.73, 0.05), "Brenda Rogers": (0.50, 0.73, 0.05),
    "Katherina Rogers": (0.43, 0.73, 0.05), "Helen Lloyd": (0.36, 0.73, 0.04),
    "Ruth DeSand": (0.29, 0.71, 0.02), "Verne Sanderson": (0.29, 0.71, 0.02),
    "Myra Liddel": (0.29, 0.69, 0.02), "Eleanor Nye": (0.29, 0.67, 0.01),
    "Frances Anderson": (0.29, 0.67, 0.01), "Pearl Oglethorpe": (0.21, 0.67, 0.01),
    "Charlotte McDowd": (0.29, 0.60, 0.01), "Olivia Carleton": (0.14, 0.59, 0.01),
    "Flora Price": (0.14, 0.59, 0.01), "Dorothy Murchison": (0.14, 0.65, 0.0),
    "E1": (0.17, 0.52, 0.0), "E2": (0.17, 0.52, 0.0), "E3": (0.33, 0.56, 0.02),
    "E4": (0.22, 0.54, 0.01), "E5": (0.44, 0.59, 0.04), "E6": (0.44, 0.69, 0.07),
    "E7": (0.56, 0.73, 0.13), "E8": (0.78, 0.85, 0.24), "E9": (0.67, 0.79, 0.23),
    "E10": (0.28, 0.55, 0.01), "E11": (0.22, 0.54, 0.02), "E12": (0.33, 0.56, 0.02),
    "E13": (0.17, 0.52, 0.0), "E14": (0.17, 0.52, 0.0),
}  # fmt: skip


def test_davis_has_the_printed_centralities_of_all_32_nodes(davis: Incidence) -> None:
    found = [
        by_name(davis, function(davis))
        | {f"E{i}": value for i, value in enumerate(function(davis, "networks").values(), start=1)}
        for function in (degree_centrality, closeness_centrality, betweenness_centrality)
    ]
    assert len(DAVIS) == 32
    for node, printed in DAVIS.items():
        assert [one[node] for one in found] == pytest.approx(printed, abs=0.0051), node


@pytest.mark.parametrize("name", ["degree", "closeness", "betweenness"])
def test_davis_equals_networkx_for_all_32_nodes(davis: Incidence, name: str) -> None:
    ours = {
        "degree": degree_centrality,
        "closeness": closeness_centrality,
        "betweenness": betweenness_centrality,
    }[name]
    theirs = getattr(nx.bipartite, f"{name}_centrality")(davis.to_networkx(), davis.iris("members"))
    both = ours(davis) | ours(davis, "networks")
    assert len(both) == 32
    assert both == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_random_graphs_equal_networkx(view_of: ViewOf, seed: int) -> None:
    dice = np.random.default_rng(seed)
    n_rows, n_columns = int(dice.integers(2, 40)), int(dice.integers(2, 25))
    matrix = dice.random((n_rows, n_columns)) < dice.uniform(0.02, 0.4)
    # Members with the same networks, whom the code contracts.
    matrix = matrix[dice.integers(0, n_rows, n_rows)] if seed % 2 else matrix
    view = view_of(matrix)
    graph, top = view.to_networkx(), view.iris("members")
    for ours, theirs in (
        (degree_centrality, nx.bipartite.degree_centrality),
        (closeness_centrality, nx.bipartite.closeness_centrality),
        (betweenness_centrality, nx.bipartite.betweenness_centrality),
    ):
        expected = theirs(graph, top)
        assert ours(view) | ours(view, "networks") == pytest.approx(expected, abs=1e-9)
    unscaled = nx.bipartite.closeness_centrality(graph, top, normalized=False)
    raw = nx.betweenness_centrality(graph, normalized=False)
    harmonic = nx.harmonic_centrality(graph)
    for mode in MODES:
        for found, expected in (
            (closeness_centrality(view, mode, normalized=False), unscaled),
            (betweenness_centrality(view, mode, normalized=False), raw),
            (harmonic_centrality(view, mode, normalized=False), harmonic),
        ):
            assert found == pytest.approx({iri: expected[iri] for iri in found}, abs=1e-9)


def test_parts_do_not_change_a_value(davis: Incidence, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [betweenness_centrality(davis), closeness_centrality(davis, "networks")]
    monkeypatch.setattr(_lazy, "_PARTS", 1)
    parts = [betweenness_centrality(davis), closeness_centrality(davis, "networks")]
    assert parts[0] == pytest.approx(whole[0], abs=1e-12)
    assert parts[1] == whole[1]


def test_isolates_score_nothing_and_still_count(view_of: ViewOf) -> None:
    # Two members in one of two networks, one member in none.
    view = view_of(np.array([[1, 0], [1, 0], [0, 0]]))
    assert list(degree_centrality(view).values()) == [0.5, 0.5, 0]
    assert list(degree_centrality(view, "networks").values()) == [2 / 3, 0]
    # Distances 1 + 2 = 3; least 2 + 2·2 = 6; 2 of 4 others are reached: 6/3 · 2/4 = 1.
    assert list(closeness_centrality(view).values()) == [1, 1, 0]
    assert list(betweenness_centrality(view, "networks", normalized=False).values()) == [1, 0]
    assert list(harmonic_centrality(view, normalized=False).values()) == [1.5, 1.5, 0]


def test_a_small_part_scores_above_one_as_in_networkx(view_of: ViewOf) -> None:
    # A chain of 3 + 3 and a pair apart: the pair is at distance 1 from all that it reaches.
    matrix = np.zeros((4, 4))
    matrix[[0, 0, 1, 1, 2, 3], [0, 1, 1, 2, 2, 3]] = 1
    view = view_of(matrix)
    found = closeness_centrality(view)
    # (4 + 2·3) / 1 · 1/7 against, for the middle of the chain, 10 / (1+1+2+2+3) · 5/7.
    assert list(found.values())[3] == pytest.approx(10 / 7)
    assert list(found.values())[1] == pytest.approx(10 / 9 * 5 / 7)
    theirs = nx.bipartite.closeness_centrality(view.to_networkx(), view.iris("members"))
    assert found == pytest.approx({iri: theirs[iri] for iri in found})
    harmonic = list(harmonic_centrality(view).values())
    assert harmonic[1] > harmonic[3]


def test_one_network_of_all(view_of: ViewOf) -> None:
    # A star: the network is between all 4 · 3 / 2 pairs. networkx divides by the same 6.
    view = view_of(np.ones((4, 1)))
    assert list(betweenness_centrality(view, "networks", normalized=False).values()) == [6]
    assert list(betweenness_centrality(view, "networks").values()) == [1]
    assert list(betweenness_centrality(view).values()) == [0, 0, 0, 0]
    assert list(closeness_centrality(view).values()) == [1, 1, 1, 1]
    assert list(degree_centrality(view).values()) == [1, 1, 1, 1]


def test_one_member_in_one_network(view_of: ViewOf) -> None:
    view = view_of(np.ones((1, 1)))
    for mode in MODES:
        assert list(degree_centrality(view, mode).values()) == [1]
        assert list(closeness_centrality(view, mode).values()) == [1]
        assert list(harmonic_centrality(view, mode).values()) == [1]
        assert list(betweenness_centrality(view, mode).values()) == [0]


@pytest.mark.parametrize("shape", [(0, 0), (3, 0), (0, 2), (3, 2)])
def test_no_entries(view_of: ViewOf, shape: tuple[int, int]) -> None:
    view = view_of(np.zeros(shape))
    for mode, size in zip(MODES, shape, strict=True):
        for measure in (
            degree_centrality, closeness_centrality, harmonic_centrality, betweenness_centrality,
        ):  # fmt: skip
            assert list(measure(view, mode).values()) == [0] * size


def test_results_come_in_the_order_of_the_iris(towns: Affiliation) -> None:
    view = towns.at(date(2012, 1, 1))
    for measure in (degree_centrality, closeness_centrality, betweenness_centrality):
        for mode in MODES:
            assert list(measure(view, mode)) == sorted(view.iris(mode))


def test_a_measure_looks_at_its_own_day(towns: Affiliation) -> None:
    # In 2012 Eck is a member of water, so 4 of 5 members are.
    then = by_name(towns.at(date(2012, 1, 1)), degree_centrality(towns.at(date(2012, 1, 1))))
    assert then["Eck"] == 1 / 5
    sizes = degree_centrality(towns.at(date(2012, 1, 1)), "networks", normalized=False)
    assert list(sizes.values())[-1] == 4


def test_an_unknown_mode_is_refused(today: Incidence) -> None:
    with pytest.raises(QueryParameterError, match="mode is 'women'; give 'members' or 'networks'"):
        betweenness_centrality(today, "women")  # type: ignore[arg-type]


def test_a_network_that_is_a_member_has_two_values() -> None:
    union, club = network("union"), network("club")
    one, as_member = member("1", "One"), member("club", "Club", kind="network")
    held = [membership(union, as_member), membership(club, one)]
    view = Affiliation.from_memberships([one, as_member], [union, club], held).at(None)
    assert degree_centrality(view, normalized=False)[club.iri] == 1
    assert degree_centrality(view, "networks", normalized=False)[club.iri] == 1
