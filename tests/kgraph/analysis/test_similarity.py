"""Partners and overlap against pencil and paper, published numbers and scipy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import networkx as nx
import numpy as np
import pytest
from scipy.stats import false_discovery_control, hypergeom

from kgraph.analysis import Affiliation, Incidence, closest_partners, network_overlap, run
from kgraph.analysis.pairs import pairs
from kgraph.analysis.significance import benjamini_hochberg, hypergeometric_tail
from kgraph.errors import NotFoundError, QueryParameterError
from kgraph.release import Release

ViewOf = Callable[..., Incidence]


def test_partners_by_hand(today: Incidence) -> None:
    # Chaus shares water (3 members, weighs 1/2) with Ahof and Berg, rail (2, weighs 1) with Berg,
    # climate (2, weighs 1) with Dorf. Dorf comes before Ahof by the weight.
    found = closest_partners(today, "xx-3")
    assert [(p.partner.name, p.n_shared, p.newman_weight) for p in found] == [
        ("Berg", 2, 1.5),
        ("Dorf", 1, 1.0),
        ("Ahof", 1, 0.5),
    ]
    assert [network.slug for network in found[0].shared] == ["rail", "water"]


def test_large_networks_can_be_left_out(today: Incidence) -> None:
    found = closest_partners(today, "xx-3", exclude_larger_than=2)
    assert [(p.partner.name, p.n_shared, p.newman_weight) for p in found] == [
        ("Berg", 1, 1.0),  # rail
        ("Dorf", 1, 1.0),  # climate; a tie in both numbers goes by name
    ]
    assert closest_partners(today, "xx-1", exclude_larger_than=2) == []


def test_partners_can_be_ranked_by_weight(view_of: ViewOf) -> None:
    # Town 0 shares two networks of five with town 1, and one of two with town 5.
    matrix = np.zeros((6, 3))
    matrix[:5, :2] = 1
    matrix[[0, 5], 2] = 1
    view = view_of(matrix)
    assert closest_partners(view, "0000", k=1)[0].partner.name == "Town 1"
    first = closest_partners(view, "0000", k=1, rank_by="newman")[0]
    assert (first.partner.name, first.newman_weight) == ("Town 5", 1.0)


def test_k_limits_and_none_does_not(today: Incidence) -> None:
    assert len(closest_partners(today, "xx-3", k=2)) == 2
    assert len(closest_partners(today, "xx-3", k=None)) == 3
    assert closest_partners(today, "xx-3", k=0) == []


def test_newman_weights_sum_to_memberships(davis: Incidence) -> None:
    # Newman 2001: each network of at least two members hands out a weight of one.
    for woman, degree in zip(davis.members, davis.member_degrees, strict=True):
        weights = [p.newman_weight for p in closest_partners(davis, woman.iri, k=None)]
        assert sum(weights) == pytest.approx(degree, abs=1e-12)


def test_shared_counts_equal_the_projection_of_networkx(davis: Incidence) -> None:
    graph = davis.to_networkx()
    projected = nx.bipartite.weighted_projected_graph(graph, davis.iris("members"))
    newman = nx.bipartite.collaboration_weighted_projected_graph(graph, davis.iris("members"))
    for woman in davis.iris("members"):
        found = closest_partners(davis, woman, k=None)
        assert {p.partner.iri: p.n_shared for p in found} == {
            other: projected.edges[woman, other]["weight"] for other in projected[woman]
        }
        assert {p.partner.iri: p.newman_weight for p in found} == pytest.approx(
            {other: newman.edges[woman, other]["weight"] for other in newman[woman]}
        )


def test_a_known_member_without_membership_on_the_day_has_no_partners(towns: Affiliation) -> None:
    assert closest_partners(towns.at(date(2002, 1, 1)), "xx-2")  # Berg in water
    assert closest_partners(towns.at(date(1990, 1, 1)), "xx-2") == []


@pytest.mark.parametrize("name", ["xx-9", "", "xx-3'); DROP TABLE members; --", "../xx-3", "water"])
def test_an_unknown_member_is_refused(today: Incidence, name: str) -> None:
    with pytest.raises(NotFoundError, match="there is no member"):
        closest_partners(today, name)


def test_hostile_numbers_are_refused(today: Incidence) -> None:
    with pytest.raises(QueryParameterError, match="k is -1; give at least 0"):
        closest_partners(today, "xx-3", k=-1)
    with pytest.raises(QueryParameterError, match="exclude_larger_than is 0"):
        closest_partners(today, "xx-3", exclude_larger_than=0)
    with pytest.raises(QueryParameterError, match="minimum_shared is 0; give at least 1"):
        network_overlap(today, 0)
    with pytest.raises(QueryParameterError, match="give 'shared' or 'newman'"):
        closest_partners(today, "xx-3", rank_by="name")  # type: ignore[arg-type]


def test_overlap_by_hand(today: Incidence) -> None:
    # 5 members. rail {Berg Chaus}, water {Ahof Berg Chaus}: 2 of 2 and of 3. climate {Chaus Dorf}
    # shares Chaus with both, Dorf with forest {Dorf Eck}.
    # P(both of rail in water) = C(3,2) / C(5,2) = 3/10; P(at least one of climate in water) = 1 -
    # C(2,2) / C(5,2) = 9/10; P(at least one of two in two) = 1 - C(3,2) / C(5,2) = 7/10.
    found = network_overlap(today, 1)
    assert [(o.a.slug, o.b.slug, o.shared, o.size_a, o.size_b) for o in found] == [
        ("rail", "water", 2, 2, 3),
        ("climate", "forest", 1, 2, 2),
        ("climate", "rail", 1, 2, 2),
        ("climate", "water", 1, 2, 3),
    ]
    assert [o.containment for o in found] == [1, 0.5, 0.5, 0.5]
    assert [o.jaccard for o in found] == [2 / 3, 1 / 3, 1 / 3, 1 / 4]
    assert [o.p_value for o in found] == pytest.approx([0.3, 0.7, 0.7, 0.9], abs=1e-12)
    # Six pairs are six tests: 6 · 0.3 / 1 = 1.8, and so on: nothing is left.
    assert [o.p_adjusted for o in found] == [1, 1, 1, 1]
    assert not any(o.more_than_size_explains for o in found)


def test_overlap_lists_from_two_shared_members_on(today: Incidence) -> None:
    assert [(o.a.slug, o.b.slug) for o in network_overlap(today)] == [("rail", "water")]
    assert network_overlap(today, 3) == []
    assert len(network_overlap(today, 1, top=2)) == 2


def test_overlap_of_one_network(today: Incidence, towns: Affiliation) -> None:
    found = network_overlap(today, 1, network="water")
    assert [(o.a.slug, o.b.slug) for o in found] == [("rail", "water"), ("climate", "water")]
    assert network_overlap(today, 1, network="rail-tariffs") == []  # nobody is in it on that day
    with pytest.raises(NotFoundError, match="there is no network 'air'"):
        network_overlap(today, network="air")


def test_the_listing_does_not_change_the_family_of_tests(davis: Incidence) -> None:
    every = {(o.a.iri, o.b.iri): o.p_adjusted for o in network_overlap(davis, 1)}
    some = network_overlap(davis, 4)
    assert 0 < len(some) < len(every)
    assert [o.p_adjusted for o in some] == [every[o.a.iri, o.b.iri] for o in some]


def test_davis_has_the_published_p_values(davis: Incidence) -> None:
    # Pairs of women that attend more events together than their numbers of events explain.
    women = {agent.name: i for i, agent in enumerate(davis.members)}
    found = pairs(davis.matrix.T)
    evelyn, theresa = sorted((women["Evelyn Jefferson"], women["Theresa Anderson"]))
    (row,) = np.flatnonzero((found.a == evelyn) & (found.b == theresa))
    assert found.p_value[row] == pytest.approx(0.01631702, abs=5e-9)
    assert int((found.p_value < 0.05).sum()) == 17  # fixed-row model, Neal et al. 2021


@pytest.mark.parametrize("seed", range(6))
def test_tails_equal_scipy(seed: int) -> None:
    dice = np.random.default_rng(seed)
    n_total = int(dice.integers(2, 400))
    a, b = dice.integers(1, n_total + 1, (2, 300))
    shared = dice.integers(0, np.minimum(a, b) + 1)
    ours = hypergeometric_tail(shared, a, b, n_total)
    theirs = hypergeom.sf(shared - 1, n_total, a, b)
    assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-300)


def test_adjusted_p_values_equal_scipy() -> None:
    dice = np.random.default_rng(7)
    p_values = dice.random(200) ** 3
    family = np.concatenate([p_values, np.ones(800)])
    expected = false_discovery_control(family, method="bh")[:200]
    assert benjamini_hochberg(p_values, 1000) == pytest.approx(expected, abs=1e-15)


def test_twins_among_many_are_more_than_size_explains(view_of: ViewOf) -> None:
    matrix = np.zeros((60, 4))
    matrix[:10, :2] = 1  # two networks with the same ten members of 60: p = 1 / C(60, 10)
    matrix[10:40, 2] = 1
    matrix[35:60, 3] = 1
    twins, loose = network_overlap(view_of(matrix))
    assert (twins.shared, twins.jaccard, twins.more_than_size_explains) == (10, 1, True)
    assert twins.p_value == pytest.approx(1 / 75394027566, rel=1e-9)
    assert twins.p_adjusted == pytest.approx(6 / 75394027566, rel=1e-9)
    assert (loose.shared, loose.more_than_size_explains) == (5, False)


@pytest.mark.parametrize("shape", [(0, 0), (3, 0), (0, 3), (3, 2)])
def test_nothing_overlaps_with_nothing(view_of: ViewOf, shape: tuple[int, int]) -> None:
    assert network_overlap(view_of(np.zeros(shape)), 1) == []


def test_one_network_has_partners_and_no_overlap(view_of: ViewOf) -> None:
    view = view_of(np.ones((3, 1)))
    assert network_overlap(view, 1) == []
    assert [p.newman_weight for p in closest_partners(view, "0000")] == [0.5, 0.5]
    assert closest_partners(view_of(np.ones((1, 1))), "0000") == []


def test_a_roster_of_two_out_of_many_is_no_club_of_two(today: Incidence) -> None:
    # Of water three are listed, and a source says there are over nine: it weighs 1/8, not 1/2.
    found = closest_partners(today, "xx-3", sizes="claimed")
    assert [(p.partner.name, p.newman_weight) for p in found] == [
        ("Berg", 1.125), ("Dorf", 1.0), ("Ahof", 0.125)
    ]  # fmt: skip
    few = closest_partners(today, "xx-3", sizes="claimed", exclude_larger_than=8)
    assert [(p.partner.name, p.n_shared) for p in few] == [("Berg", 1), ("Dorf", 1)]
    with pytest.raises(QueryParameterError, match="sizes is 'guessed'"):
        closest_partners(today, "xx-3", sizes="guessed")  # type: ignore[arg-type]


def test_the_partners_of_all_stand_by_nearness(today: Incidence) -> None:
    # As above: water weighs 1/2 with those that are listed, rail and climate and forest 1.
    rows = run("best-partners", today, {"k": 2, "sizes": "listed"}).rows
    assert [(row["a_name"], row["place"], row["b_name"], row["n_shared"], row["newman_weight"])
            for row in rows] == [
        ("Berg", 1, "Chaus", 2, 1.5), ("Chaus", 1, "Berg", 2, 1.5), ("Chaus", 2, "Dorf", 1, 1.0),
        ("Dorf", 1, "Chaus", 1, 1.0), ("Dorf", 2, "Eck", 1, 1.0), ("Eck", 1, "Dorf", 1, 1.0),
        ("Ahof", 1, "Berg", 1, 0.5), ("Ahof", 2, "Chaus", 1, 0.5), ("Berg", 2, "Ahof", 1, 0.5),
    ]  # fmt: skip
    assert run("best-partners", today, {"k": 2, "sizes": "listed", "top": 3}).rows == rows[:3]
    by_weight = run("best-partners", today, {"k": 1, "rank_by": "newman"}).rows
    assert [row["newman_weight"] for row in by_weight] == [1.125, 1.125, 1.0, 1.0, 0.125]
    assert run("best-partners", Affiliation.from_memberships([], [], []).at(None)).rows == ()


@pytest.mark.parametrize("partners", ["territorial", "municipalities", "any"])
def test_the_partners_of_all_are_those_of_each(release: Release, partners: str) -> None:
    view = release.affiliation.at(date(2024, 6, 30))
    every = run("best-partners", view, {"partners": partners, "rank_by": "newman"}).rows
    for key in ("de-05515000", "de-05913000", "de-14713000", "de-05558020"):
        given = {"member": key, "partners": partners, "rank_by": "newman"}
        own = [row for row in every if row["a"].endswith(f"/{key}")]
        assert [row["place"] for row in own] == [*range(1, len(own) + 1)]
        assert [(row["b"], row["n_shared"]) for row in own] == [
            (row["iri"], row["n_shared"]) for row in run("closest-partners", view, given).rows
        ]
        assert len(own) == 10


def test_partners_can_be_of_some_kinds(today: Incidence) -> None:
    assert len(closest_partners(today, "xx-3", kinds={"municipality"})) == 3
    assert closest_partners(today, "xx-3", kinds={"district"}) == []
    assert len(closest_partners(today, "xx-3", k=1, kinds={"municipality"})) == 1


def test_a_claim_from_later_is_a_size_but_no_coverage(towns: Affiliation) -> None:
    # The count of water is of 2023.
    view = towns.at(date(2006, 1, 1))
    assert view.coverage.n_with_claim == 0
    found = closest_partners(view, "xx-3", sizes="claimed")
    assert [p.newman_weight for p in found if p.partner.name == "Berg"] == [1.125]
