"""Tails and adjusted p-values of many pairs at once, against scipy and against one pair at a time.

They need no fixture.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control, hypergeom

from kgraph.analysis.kernels.families import distinct_tests, step_up
from kgraph.analysis.significance import (
    benjamini_hochberg,
    hypergeometric_tail,
    overlap_p_values,
)


def random_pairs(seed: int, n_pairs: int, n_total: int) -> tuple[np.ndarray, ...]:
    """Pairs of 60 sets, most of them small, that share few: shared, a, b, sizes."""
    dice = np.random.default_rng(seed)
    sizes = np.clip(dice.lognormal(1.5, 1.2, 60).astype(np.int64), 1, n_total)
    a, b = dice.integers(0, 60, (2, n_pairs))
    shared = np.minimum(dice.geometric(0.6, n_pairs), np.minimum(sizes[a], sizes[b]))
    return shared, a, b, sizes


@pytest.mark.parametrize("bits", [0, 21])
@pytest.mark.parametrize("kind", [np.int32, np.int64])
@pytest.mark.parametrize("seed", range(3))
def test_overlaps_equal_scipy_over_the_whole_family(
    seed: int, kind: type, bits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kgraph.analysis.significance._BITS", bits)  # 0: each pair by itself
    *pairs, sizes = random_pairs(seed, 500, 900)
    shared, a, b = (array.astype(kind) for array in pairs)
    p_value, p_adjusted = overlap_p_values(shared, a, b, sizes, 900, 2000)
    theirs = hypergeom.sf(shared - 1, 900, sizes[a], sizes[b])
    assert p_value == pytest.approx(theirs, rel=1e-9, abs=1e-300)
    family = false_discovery_control(np.concatenate([theirs, np.ones(1500)]), method="bh")
    assert p_adjusted == pytest.approx(family[:500], rel=1e-9, abs=1e-300)
    assert p_adjusted.tolist() == benjamini_hochberg(p_value, 2000).tolist()
    assert 0 < (p_adjusted < 0.05).sum() < 500


def test_a_pair_has_one_p_value_whichever_set_comes_first() -> None:
    shared, a, b, sizes = random_pairs(5, 400, 70)
    one, two = (overlap_p_values(shared, *ends, sizes, 70, 1770) for ends in ((a, b), (b, a)))
    assert [part.tolist() for part in one] == [part.tolist() for part in two]


@pytest.mark.parametrize("n_pairs", [0, 1, 500, 30_000])
def test_distinct_tests_are_those_that_numpy_finds(n_pairs: int) -> None:
    dice = np.random.default_rng(n_pairs)
    sizes = dice.integers(40, 100, 200)
    a, b = dice.integers(0, 200, (2, n_pairs))
    shared = dice.integers(0, 40, n_pairs)
    tests, n_times, which = distinct_tests(shared, a, b, sizes, 7)
    low, high = np.minimum(sizes[a], sizes[b]), np.maximum(sizes[a], sizes[b])
    assert tests[:, which].tolist() == [shared.tolist(), low.tolist(), high.tolist()]
    expected, times = np.unique([shared, low, high], axis=1, return_counts=True)
    assert n_pairs < 30_000 or len(n_times) > 20_000  # more than the first table takes
    order = np.lexsort(tests[::-1])
    assert tests[:, order].tolist() == expected.tolist()
    assert n_times[order].tolist() == times.tolist()


def test_more_shared_than_there_are_has_the_tail_zero_and_none_has_one() -> None:
    shared, size = np.array([-2, 0, 9, 4]), np.array([3, 3, 3, 3])
    assert hypergeometric_tail(shared, size, size, 8).tolist() == [1.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize("n_tests", [300, 5000, 10**9])
@pytest.mark.parametrize("seed", range(4))
def test_what_stands_often_is_adjusted_as_if_it_were_listed_often(seed: int, n_tests: int) -> None:
    dice = np.random.default_rng(seed)
    # Ties, the least numbers there are, nothing and all.
    p_values = np.concatenate([dice.random(40) ** [1, 2, 9, 60][seed], [0, 1, 5e-324, 1e-310, 0.5]])
    p_values = np.append(p_values, p_values[:5])
    n_times = dice.integers(1, 9, 50)
    listed = np.repeat(p_values, n_times)
    rank = np.searchsorted(np.sort(listed), listed, side="right")
    raised = np.minimum(listed * n_tests / rank, 1.0)
    expected = [raised[listed >= one].min() for one in p_values]
    assert step_up(p_values, n_times, n_tests).tolist() == expected
    assert step_up.python(p_values, n_times, n_tests).tolist() == expected
    assert benjamini_hochberg(listed, n_tests).tolist() == np.repeat(expected, n_times).tolist()


def test_a_family_of_none_stays_empty() -> None:
    assert benjamini_hochberg(np.zeros(0), 10).tolist() == []
    none = np.zeros(0, dtype=np.int32)
    assert [len(part) for part in overlap_p_values(none, none, none, np.array([2]), 5, 0)] == [0, 0]
