"""Days, roles, filters, levels, coverage, and the arrays that a release stores."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from kgraph.analysis import Affiliation, Incidence
from kgraph.analysis._view import certainty
from kgraph.analysis.example import example, member, membership, network
from kgraph.coverage import coverage
from kgraph.dates import Bounds, Certainty, PartialDate, bounds
from kgraph.errors import KGraphError, NotFoundError, QueryParameterError
from kgraph.model import Figure, Period
from kgraph.namespaces import thing
from kgraph.release import Release

# The order of the codes in the arrays.
CODES = [
    Certainty.ATTESTED,
    Certainty.PRESUMED,
    Certainty.ENDED,
    Certainty.NOT_YET,
    Certainty.UNKNOWN,
]


def entries(view: Incidence) -> dict[str, list[str]]:
    """Network slug → names of its members."""
    found: dict[str, list[str]] = {column.slug: [] for column in view.networks}
    for row, column in zip(view.member_of_entry, view.indices, strict=True):
        found[view.networks[column].slug].append(view.members[row].name)
    return found


def test_a_day_holds_who_is_a_member_on_it(towns: Affiliation) -> None:
    # Eck left water at the end of 2015, Ahof joins forest in 2030, Eck's funding is no membership.
    assert entries(towns.at(date(2024, 5, 1))) == {
        "climate": ["Chaus", "Dorf"],
        "forest": ["Dorf", "Eck"],
        "rail": ["Berg", "Chaus"],
        "water": ["Ahof", "Berg", "Chaus"],
    }


def test_an_earlier_day_has_other_members(towns: Affiliation) -> None:
    # Before the only roster (2020) that names Eck in forest; the working group ran 2010 to 2015.
    assert entries(towns.at(date(2012, 1, 1))) == {
        "climate": ["Chaus", "Dorf"],
        "forest": ["Dorf"],
        "rail": ["Berg", "Chaus"],
        "rail-tariffs": ["Ahof", "Berg"],
        "water": ["Ahof", "Berg", "Chaus", "Eck"],
    }


def test_the_last_day_of_a_membership_still_counts(towns: Affiliation) -> None:
    assert "Eck" in entries(towns.at(date(2015, 12, 31)))["water"]
    assert "Eck" not in entries(towns.at(date(2016, 1, 1)))["water"]


def test_no_day_collapses_all_years(towns: Affiliation) -> None:
    view = towns.at(None)
    assert view.as_of is None
    assert entries(view)["water"] == ["Ahof", "Berg", "Chaus", "Eck"]
    assert entries(view)["forest"] == ["Ahof", "Dorf", "Eck"]
    assert entries(view)["rail-tariffs"] == ["Ahof", "Berg"]


def test_each_entry_says_how_surely_it_holds(today: Incidence) -> None:
    # Eck in forest rests on a roster of 2020 alone; everything else is attested to the end of 2024.
    assert [today.certainty_of(e).value for e in range(9)] == ["attested"] * 8 + ["presumed"]
    assert today.members[today.member_of_entry[8]].name == "Eck"


def test_two_roles_of_one_pair_are_one_entry(today: Incidence) -> None:
    berg = today.find_member("xx-2")
    assert berg is not None
    first, last = today.indptr[berg], today.indptr[berg + 1]
    rail = next(e for e in range(first, last) if today.networks[today.indices[e]].slug == "rail")
    assert [row.role for row in today.memberships_of(rail)] == ["lead", "member"]
    assert today.n_entries == 9


def test_the_arrays_answer_as_bounds_do() -> None:
    dice = random.Random(20240501)

    def day() -> date:
        edge = dice.random()
        if edge < 0.1:
            return date.min
        if edge > 0.9:
            return date.max
        return date(2000, 1, 1) + timedelta(days=dice.randrange(60))

    bounds = [Bounds(*(day() for _ in range(6))) for _ in range(500)]
    columns = [[getattr(b, name).toordinal() for name in Bounds.__slots__] for b in bounds]
    days = np.array(columns, dtype=np.int32)
    seen = set()
    for offset in range(-1, 61, 3):
        when = date(2000, 1, 1) + timedelta(days=offset)
        answers = [CODES[code] for code in certainty(days, when)]
        assert answers == [b.on(when) for b in bounds]
        seen.update(answers)
    assert seen == set(Certainty)


def test_roles_that_are_asked_for_count_whether_they_participate_or_not(towns: Affiliation) -> None:
    day = date(2024, 5, 1)
    assert entries(towns.at(day, roles=["funder"])) == {"climate": ["Eck"]}
    assert entries(towns.at(day, roles={"lead"})) == {"rail": ["Berg"], "water": ["Chaus"]}
    assert towns.at(day).roles == ("lead", "member")


def test_filters_by_kind_and_state(towns: Affiliation) -> None:
    day = date(2012, 1, 1)
    assert entries(towns.at(day, states=["East"])) == {
        "climate": ["Dorf"],
        "forest": ["Dorf"],
        "water": ["Eck"],
    }
    assert entries(towns.at(day, network_kinds=["working-group"])) == {
        "rail-tariffs": ["Ahof", "Berg"]
    }
    assert towns.at(day, kinds=["municipality"]).shape == (5, 5)


def test_leaf_leaves_out_what_lies_above(towns: Affiliation) -> None:
    view = towns.at(date(2012, 1, 1), level="leaf")
    assert "rail" not in entries(view)
    assert view.n_left_out == 2  # Berg and Chaus in rail
    # In 2024 the working group is gone, and rail is a leaf itself.
    later = towns.at(date(2024, 5, 1), level="leaf")
    assert entries(later)["rail"] == ["Berg", "Chaus"]
    assert later.n_left_out == 0


def test_top_lifts_members_of_a_working_group(towns: Affiliation) -> None:
    view = towns.at(date(2012, 1, 1), level="top")
    assert entries(view)["rail"] == ["Ahof", "Berg", "Chaus"]
    assert "rail-tariffs" not in entries(view)
    rail = thing("network/rail")
    ahof = view.to_networkx().edges[thing("municipality/xx-1"), rail]
    assert ahof["via"] == ["rail-tariffs"]


def test_a_parent_without_a_column_is_no_parent() -> None:
    column, row = network("a", parent="elsewhere"), member("1", "One")
    affiliation = Affiliation.from_memberships([row], [column], [membership(column, row)])
    assert entries(affiliation.at(None, level="top")) == {"a": ["One"]}


def test_parents_in_a_circle_are_refused() -> None:
    a, b, row = network("a", parent="b"), network("b", parent="a"), member("1", "One")
    affiliation = Affiliation.from_memberships([row], [a, b], [membership(a, row)])
    with pytest.raises(KGraphError, match="each other's parents"):
        affiliation.at(None, level="top")


def test_isolates_are_kept_on_request(towns: Affiliation) -> None:
    assert towns.at(date(2024, 5, 1), states=["East"]).shape == (2, 2)
    kept = towns.at(date(2024, 5, 1), states=["East"], isolates=True)
    assert kept.shape == (2, 5)
    assert kept.network_sizes.tolist() == [1, 2, 0, 0, 0]


def test_persons_hold_offices_and_are_no_members() -> None:
    column, town, person = network("a"), member("1", "One"), member("jo", "Jo", kind="person")
    held = [membership(column, town), membership(column, person, "chair")]
    affiliation = Affiliation.from_memberships([town, person], [column], held)
    assert entries(affiliation.at(None)) == {"a": ["One"]}
    assert affiliation.at(None).coverage.rosters[0].n_listed == 1
    assert entries(affiliation.at(None, kinds=["person"])) == {"a": ["Jo"]}


def test_a_network_can_be_a_member_of_a_network() -> None:
    union, club, town = network("union"), network("club"), member("1", "One")
    in_union = replace(membership(union, town), member=club.iri)
    affiliation = Affiliation.from_memberships(
        [town], [union, club], [in_union, membership(club, town)]
    )
    assert entries(affiliation.at(None)) == {"club": ["One"], "union": ["Club"]}
    graph = affiliation.at(None).to_networkx()
    assert graph.nodes[f"{club.iri}#member"]["bipartite"] == 0
    assert graph.nodes[club.iri]["bipartite"] == 1
    assert graph.number_of_nodes() == 4


def test_nothing_is_claimed_for_a_network_that_has_ended() -> None:
    # The union ended in 2015; its working group goes on, and stands for it on level "top".
    union, group = network("union"), network("group", "working-group", parent="union")
    towns = [member("1", "Ahof"), member("2", "Berg")]
    held = [membership(union, towns[0], start="2000", end="2015-12-31")]
    held += [membership(group, town, start="2000") for town in towns]
    claim = Figure(thing("figure/u"), union.iri, "members", 9.0, "", "", "2003", "handbook", "")
    lasted = bounds([PartialDate.parse("2000")], [PartialDate.parse("2015-12-31")], [])
    end = Period(
        union.iri, "network", (("self", union.iri),), "Union", None, "", "", "2000", "2015-12-31",
        lasted, (),
    )  # fmt: skip
    affiliation = Affiliation.from_memberships(towns, [union, group], held, [claim], [end])
    claimed = {
        (year, level, isolates): affiliation.at(
            date(year, 12, 31), level=level, isolates=isolates
        ).coverage.n_claimed
        for year in (2015, 2016) for level in ("as-is", "top") for isolates in (False, True)
    }  # fmt: skip
    assert {key for key, n_claimed in claimed.items() if n_claimed == 9} == {
        key for key in claimed if key[0] == 2015
    }
    assert {claimed[key] for key in claimed if key[0] == 2016} == {0}
    assert affiliation.at(None).coverage.n_claimed == 9


@pytest.mark.parametrize("day", [None, date(2005, 6, 1), date(2016, 6, 1), date(2026, 6, 1)])
@pytest.mark.parametrize("level", ["as-is", "top"])
def test_coverage_is_that_of_each_network(release: Release, day: date | None, level: str) -> None:
    wanted = {one.network: one for one in coverage(release, day)}
    view = release.affiliation.at(day, level=level, isolates=True)
    claimed = [one for one in view.coverage.rosters if one.n_claimed]
    assert {one.network: (one.n_listed, one.n_claimed) for one in claimed} == {
        iri: (one.n_listed, one.n_claimed) for iri, one in wanted.items() if one.n_claimed
    }


def test_coverage_sets_listed_against_claimed(towns: Affiliation) -> None:
    # A source of 2023 says that water has "over 9" members; 3 are listed in 2024, 4 in 2012.
    (water,) = [r for r in towns.at(date(2024, 5, 1)).coverage.rosters if r.n_claimed]
    assert (water.n_listed, water.n_claimed, water.qualifier, water.claimed_on) == (
        3, 9, "over", "2023",
    )  # fmt: skip
    assert water.share == pytest.approx(1 / 3)
    before = towns.at(date(2012, 1, 1)).coverage
    assert (before.n_with_claim, before.n_claimed) == (0, 0)
    # The roster counts before any filter on members.
    filtered = towns.at(date(2024, 5, 1), states=["West"], roles=["lead"]).coverage
    assert [r.n_listed for r in filtered.rosters] == [2, 3]


def test_the_order_of_the_input_does_not_matter(towns: Affiliation) -> None:
    turned = Affiliation.from_memberships(
        reversed(towns.members), reversed(towns.networks), tuple(reversed(towns.memberships))
    )
    there, here = turned.at(date(2012, 1, 1)), towns.at(date(2012, 1, 1))
    assert there.members == here.members
    assert there.networks == here.networks
    assert there.indices.tolist() == here.indices.tolist()
    assert there.certainty.tolist() == here.certainty.tolist()


def test_arrays_survive_a_release(towns: Affiliation, tmp_path: Path) -> None:
    for name, array in towns.arrays().items():
        np.save(tmp_path / name, array, allow_pickle=False)
    stored = {path.stem: np.load(path, mmap_mode="r") for path in tmp_path.iterdir()}
    assert {name for name, array in stored.items() if array.dtype == np.int32} == {
        "source_row", "member", "network", "role", "days", "parent",
        "members_kind", "members_state", "members_name", "start", "end", "said", "said_ptr",
        "networks_kind", "networks_name",
    }  # fmt: skip
    again = Affiliation.from_arrays(stored, towns.members, towns.networks, towns.memberships)
    for day in (date(2012, 1, 1), date(2024, 5, 1), None):
        assert entries(again.at(day)) == entries(towns.at(day))


def test_arrays_of_another_release_are_refused(towns: Affiliation) -> None:
    with pytest.raises(KGraphError, match=r"do not fit 5 members, 5 networks and 14 memberships"):
        Affiliation.from_arrays(
            towns.arrays(), towns.members, towns.networks, towns.memberships[:-1]
        )
    with pytest.raises(KGraphError, match="build the release again"):
        Affiliation.from_arrays(
            towns.arrays(), towns.members[:2], towns.networks, towns.memberships
        )


def test_nothing_at_all() -> None:
    empty = Affiliation.from_memberships([], [], [])
    for level in ("as-is", "leaf", "top"):
        view = empty.at(date(2024, 5, 1), level=level)
        assert view.shape == (0, 0)
        assert view.matrix.shape == (0, 0)
        assert view.to_networkx().number_of_nodes() == 0
    again = Affiliation.from_arrays(empty.arrays(), [], [], [])
    assert again.at(None).n_entries == 0


def test_an_office_where_there_is_no_roster_has_no_column() -> None:
    column, office, town = network("a"), network("office"), member("1", "One")
    held = [membership(office, town, "funder"), membership(column, town)]
    affiliation = Affiliation.from_memberships([town], [column], held)
    assert entries(affiliation.at(None)) == {"a": ["One"]}
    # Evidence is still looked up among all memberships that were given.
    assert affiliation.at(None).memberships_of(0) == (held[1],)


def test_a_membership_of_nobody_we_know_is_refused() -> None:
    column, row = network("a"), member("1", "One")
    held = membership(column, row)
    with pytest.raises(NotFoundError, match="no network"):
        Affiliation.from_memberships([row], [], [held])
    with pytest.raises(NotFoundError, match="no member"):
        Affiliation.from_memberships([], [column], [held])


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"roles": ["chief"]}, NotFoundError, "no role 'chief'.*funder, lead, member"),
        ({"roles": "member"}, QueryParameterError, "roles is the text 'member'; give a list"),
        ({"states": ["Nowhere"]}, NotFoundError, "no state 'Nowhere'.*East, West"),
        ({"kinds": ["a' OR 1=1 --"]}, NotFoundError, "no kind"),
        ({"network_kinds": ["club"]}, NotFoundError, "network, working-group"),
        ({"level": "middle"}, QueryParameterError, "give 'as-is', 'leaf' or 'top'"),
    ],
)
def test_a_misspelt_filter_is_no_empty_graph(
    arguments: dict[str, object], error: type[KGraphError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        example().at(date(2024, 5, 1), **arguments)


def test_a_day_is_a_date(towns: Affiliation) -> None:
    with pytest.raises(QueryParameterError, match=r"as_of is '2024-05-01'; give a datetime\.date"):
        towns.at("2024-05-01")  # type: ignore[arg-type]


def test_members_are_found_by_iri_path_and_key(today: Incidence) -> None:
    for name in ("xx-3", "municipality/xx-3", thing("municipality/xx-3")):
        assert today.find_member(name) == 2
    assert today.find_network("water") == today.find_network("network/water") == 3
    assert today.find_network("rail-tariffs") is None  # known, but nobody is in it on that day
    with pytest.raises(NotFoundError, match="there is no member 'xx-9' in this release; give"):
        today.find_member("xx-9")


def test_an_ambiguous_key_is_refused() -> None:
    column, town, district = network("a"), member("de-1", "One"), member("de-1", "D", "district")
    held = [membership(column, town), membership(column, district)]
    view = Affiliation.from_memberships([town, district], [column], held).at(None)
    with pytest.raises(QueryParameterError, match="district/de-1, municipality/de-1"):
        view.find_member("de-1")
    assert view.find_member("district/de-1") == 0
