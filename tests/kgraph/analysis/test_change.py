"""Turnover by hand, survival against published figures and scipy."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from kgraph.analysis import Affiliation
from kgraph.analysis.change import turnover
from kgraph.analysis.example import member, membership, network
from kgraph.analysis.survival import kaplan_meier, spells, survival
from kgraph.errors import NotFoundError, QueryParameterError


def test_turnover_by_hand(towns: Affiliation) -> None:
    years = {year.year: year for year in turnover(towns.at(date(2024, 5, 1)))}
    assert list(years) == list(range(2001, 2025))
    # 2001: water has four, forest Dorf. 2005: Berg and Chaus join rail, Berg in two roles. 2009:
    # Chaus and Dorf join climate. 2010: Ahof and Berg join rail-tariffs.
    stock = [years[y].stock for y in (2001, 2004, 2005, 2009, 2010, 2014)]
    assert stock == [5, 5, 7, 9, 11, 11]
    assert [years[y].joins for y in (2001, 2005, 2009, 2010, 2011)] == [5, 2, 2, 2, 0]
    # 2015: Eck leaves water on its last day, Ahof and Berg leave rail-tariffs.
    assert (years[2015].leaves, years[2015].stock, years[2016].leaves) == (3, 8, 0)
    assert years[2015].persistence == pytest.approx(8 / 11)
    # 2020: a roster lists Eck in forest for the first time; when it joined is not known.
    assert (years[2020].joins, years[2020].first_known, years[2020].stock) == (0, 1, 9)
    assert years[2001].persistence is None
    for before, after in zip(list(years.values()), list(years.values())[1:], strict=False):
        change = after.joins + after.first_known - after.leaves - after.no_longer_known
        assert after.stock - before.stock == change


def test_the_year_of_the_view_ends_on_its_day(towns: Affiliation) -> None:
    # Ahof joins forest in 2030, on a day between January and December that nobody knows.
    assert turnover(towns.at(date(2029, 12, 31)))[-1].joins == 0
    assert turnover(towns.at(date(2030, 12, 31)))[-1].joins == 1


def test_turnover_of_one_member_or_network(towns: Affiliation) -> None:
    view = towns.at(date(2024, 5, 1))
    ahof = {year.year: year.stock for year in turnover(view, member="xx-1", first_year=2009)}
    assert (ahof[2009], ahof[2010], ahof[2016]) == (1, 2, 1)
    water = turnover(view, network="water", first_year=2014, last_year=2016)
    assert [(year.stock, year.leaves) for year in water] == [(4, 0), (3, 1), (3, 0)]
    with pytest.raises(NotFoundError, match="there is no network 'air'"):
        turnover(view, network="air")
    with pytest.raises(QueryParameterError, match="at most 1000 years"):
        turnover(view, first_year=1, last_year=3000)


def test_a_change_of_role_is_no_join() -> None:
    column, row = network("a"), member("1", "One")
    first = membership(column, row, "member", start="2003", end="2010")
    then = membership(column, row, "chair", start="2008", on="2012")
    view = Affiliation.from_memberships([row], [column], [first, then]).at(date(2012, 12, 31))
    years = turnover(view)
    assert [y.year for y in years if y.joins] == [2003]
    assert [y.year for y in years if y.leaves] == []


def test_turnover_counts_on_the_level_of_the_view(towns: Affiliation) -> None:
    top = towns.at(date(2024, 5, 1), level="top")
    years = {year.year: year for year in turnover(top)}
    # Berg is in rail when it joins rail's working group, and stays when it leaves that.
    assert (years[2010].joins, years[2015].leaves) == (1, 2)


def test_nothing_dated_has_no_years() -> None:
    column, row = network("a"), member("1", "One")
    view = Affiliation.from_memberships([row], [column], [membership(column, row)]).at(None)
    assert turnover(view) == []
    assert survival(view) == []
    assert spells(view).n_undated == 1


# Freireich et al. 1963, weeks in remission under 6-MP, the textbook example; + is censored.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
CENSORED = [0, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1]


def test_the_remission_data() -> None:
    steps = kaplan_meier(np.zeros(21), np.array(WEEKS, float), np.array(CENSORED) == 0)
    found = {int(step.years): round(step.survival, 3) for step in steps[1:]}
    assert found == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.69, 16: 0.627, 22: 0.538, 23: 0.448}
    assert [step.at_risk for step in steps[1:]] == [21, 17, 15, 12, 11, 7, 6]
    # The 95 % interval at 10 weeks on the log(−log) scale is .503 to .889.
    (ten,) = [step for step in steps if step.years == 10]
    assert (ten.lower, ten.upper) == pytest.approx((0.503, 0.889), abs=5e-4)


@pytest.mark.parametrize("seed", range(4))
def test_without_late_entry_it_equals_scipy(seed: int) -> None:
    dice = np.random.default_rng(seed)
    leave, ended = dice.integers(1, 30, 60).astype(float), dice.random(60) < 0.6
    theirs = ecdf(CensoredData(uncensored=leave[ended], right=leave[~ended])).sf
    for step in kaplan_meier(np.zeros(60), leave, ended)[1:]:
        assert step.survival == pytest.approx(float(theirs.evaluate(step.years)), abs=1e-12)


def test_late_entry_by_hand() -> None:
    # Two observed from 0 and one from 5 on. At 3 two are at risk, at 6 two: S = 1/2 · 1/2.
    entry, leave = np.array([0.0, 0.0, 5.0]), np.array([3.0, 6.0, 8.0])
    steps = kaplan_meier(entry, leave, np.array([True, True, False]))
    assert [(s.years, s.at_risk, s.survival) for s in steps[1:]] == [(3, 2, 0.5), (6, 2, 0.25)]


def test_spells_of_the_example(towns: Affiliation) -> None:
    view = towns.at(date(2024, 12, 31))
    every = spells(view, truncation="none")
    # water 4, rail 2, rail-tariffs 2, climate 2, Dorf in forest; Eck's start is not known, Ahof
    # joins later.
    assert (len(every.leave), int(every.ended.sum()), every.n_undated) == (11, 3, 1)
    known = spells(view)
    # No dated source speaks of the three that ended: they cannot have been seen to end.
    assert (len(known.leave), int(known.ended.sum()), known.n_unobserved) == (8, 0, 3)
    assert survival(view)[-1].survival == 1
    # Without a day the view of 2030 counts too, and what has no end has not ended.
    always = spells(towns.at(None), truncation="none")
    assert (len(always.leave), int(always.ended.sum())) == (12, 3)
    assert np.isfinite(always.leave).all()
    with pytest.raises(QueryParameterError, match="give 'evidence' or 'none'"):
        spells(view, truncation="left")  # type: ignore[arg-type]


def test_who_was_seen_and_left_counts() -> None:
    column = network("a")
    rows = [member(str(i), f"Town {i}") for i in range(2)]
    held = [
        membership(column, rows[0], start="2001-01-01", end="2011-01-01", on="2006-01-01"),
        membership(column, rows[1], start="2001-01-01", on="2021-01-01"),
    ]
    view = Affiliation.from_memberships(rows, [column], held).at(date(2022, 1, 1))
    found = spells(view)
    assert found.entry == pytest.approx([5, 20], abs=0.01)
    assert found.leave == pytest.approx([10, 20], abs=0.01)
    # The second is seen for the first time in its 20th year: at 10 the first is alone at risk.
    assert [(s.at_risk, s.survival) for s in survival(view)[1:]] == [(1, 0)]
    assert [(s.at_risk, s.survival) for s in survival(view, truncation="none")[1:]] == [(2, 0.5)]
