"""Null models and backbones against published numbers and the definition."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from scipy.sparse import csr_array

from kgraph.analysis import Incidence
from kgraph.analysis.backbone import backbone, pair_p_values
from kgraph.analysis.configuration import cell_probabilities
from kgraph.analysis.kernels.binomials import sum_tails
from kgraph.analysis.significance import log_factorials
from kgraph.errors import QueryParameterError

ViewOf = Callable[..., Incidence]


def expand(row_totals: np.ndarray, column_totals: np.ndarray) -> np.ndarray:
    """The probability of every cell."""
    rows = np.unique(row_totals, return_inverse=True)[1].reshape(-1)
    columns = np.unique(column_totals, return_inverse=True)[1].reshape(-1)
    return cell_probabilities(row_totals, column_totals)[np.ix_(rows, columns)]


def test_women_with_p_below_5_percent(davis: Incidence) -> None:
    # Neal et al. 2021 on the same data: 17 pairs fixed-row, 5 FDSM, 0 SDSM.
    counts = {
        model: int((pair_p_values(davis.matrix, model, 4000)[3] < 0.05).sum())
        for model in ("fixed-row", "fdsm", "sdsm")
    }
    assert counts == {"fixed-row": 17, "fdsm": 5, "sdsm": 0}


def test_small_pairs_need_sdsm(davis: Incidence) -> None:
    # Olivia and Flora share both of their two events: hypergeometric p .011, SDSM p .088.
    names = [agent.name for agent in davis.members]
    pair = sorted((names.index("Olivia Carleton"), names.index("Flora Price")))
    for model, expected in (("fixed-row", 0.011), ("sdsm", 0.088)):
        a, b, shared, p_value = pair_p_values(davis.matrix, model)  # type: ignore[arg-type]
        (row,) = np.flatnonzero((a == pair[0]) & (b == pair[1]))
        assert shared[row] == 2
        assert p_value[row] == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize("seed", range(6))
def test_probabilities_have_the_margins(seed: int) -> None:
    dice = np.random.default_rng(seed)
    matrix = dice.random((30, 12)) < dice.random((30, 1))
    matrix[0], matrix[1] = True, False  # full and empty rows have no finite parameter
    rows, columns = matrix.sum(axis=1), matrix.sum(axis=0)
    p = expand(rows, columns)
    assert p.sum(axis=1) == pytest.approx(rows, abs=1e-7)
    assert p.sum(axis=0) == pytest.approx(columns, abs=1e-7)
    assert p.min() >= 0 and p.max() <= 1


@pytest.mark.parametrize("seed", range(3))
def test_sdsm_is_the_poisson_binomial_tail(seed: int) -> None:
    matrix = (np.random.default_rng(seed).random((7, 6)) < 0.5).astype(int)
    cells = expand(matrix.sum(axis=1), matrix.sum(axis=0))
    a, b, shared, p_value = pair_p_values(csr_array(matrix), "sdsm")
    for i, k, s, p in zip(a, b, shared, p_value, strict=True):
        both = cells[i] * cells[k]
        tail = sum(
            float(np.prod(np.where(drawn, both, 1 - both)))
            for drawn in product((False, True), repeat=6)
            if sum(drawn) >= s
        )
        assert p == pytest.approx(tail, abs=1e-10)


def one_by_one(chances: list[float], at_least: int) -> float:
    """P(at least so many successes), a trial at a time."""
    states = np.zeros(at_least + 1)
    states[0] = 1.0
    for q in chances:
        moved = np.append(0.0, states[:-1] * q)
        moved[-1] += states[-1] * q
        states = states * (1 - q) + moved
    return float(states[-1])


def test_tails_of_many_trials_keep_their_digits() -> None:
    dice = np.random.default_rng(3)
    n_times = np.array([400, 90, 7, 1, 30])
    chance = dice.random((4, 5)) ** 3
    chance[0] = [1e-9, 1e-6, 1.0, 1.0, 0.0]  # certain, impossible, next to impossible
    chance[3, 0] = 0.97
    sums = [(i, j) for i in range(4) for j in range(i, 4)]
    numbers = [1, 2, 8, 9, 60, 400, 530]
    asked = np.array(numbers * len(sums))
    tails = np.zeros(len(asked))
    low, high = np.array(sums).T
    ptr = np.arange(0, len(asked) + 1, len(numbers))
    table = log_factorials(int(n_times.max()))
    chosen = np.arange(len(sums))[::-1].copy()
    sum_tails(chance, n_times, low, high, ptr, asked, table, chosen, tails)
    for (i, j), found in zip(sums, tails.reshape(len(sums), -1), strict=True):
        chances = np.repeat(chance[i] * chance[j], n_times).tolist()
        expected = [one_by_one(chances, number) for number in numbers]
        assert found.tolist() == pytest.approx(expected, rel=1e-9, abs=1e-35)
    assert len({round(tail, 3) for tail in tails}) > 10  # between nothing and certainty


def test_the_backbone_keeps_twins(view_of: ViewOf) -> None:
    matrix = (np.random.default_rng(5).random((50, 60)) < 0.1).astype(int)
    matrix[:2, :8] = 1
    matrix[:2, 8:] = 0
    found = backbone(view_of(matrix))
    assert (found[0].a.key, found[0].b.key, found[0].shared) == ("0000", "0001", 8)
    assert found[0].p_adjusted < 0.05
    assert [tie.p_value for tie in found] == sorted(tie.p_value for tie in found)
    assert backbone(view_of(matrix), minimum_shared=9) == []


def test_the_family_of_tests_is_all_pairs(davis: Incidence) -> None:
    found = backbone(davis, model="fixed-row", alpha=1.1)
    n_pairs = 18 * 17 // 2
    assert found[0].p_adjusted == pytest.approx(min(1.0, found[0].p_value * n_pairs), rel=1e-9)
    plain = backbone(davis, model="fixed-row", correction="none")
    assert len(plain) == 17


def test_hostile_parameters_are_refused(today: Incidence) -> None:
    with pytest.raises(QueryParameterError, match="give one of sdsm, fdsm, fixed-row"):
        backbone(today, model="ergm")  # type: ignore[arg-type]
    with pytest.raises(QueryParameterError, match="give 'members' or 'networks'"):
        backbone(today, "towns")  # type: ignore[arg-type]
