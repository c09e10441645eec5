"""Ties that came and went, against counting every pair."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.sparse import csr_array

from kgraph.analysis import ties
from kgraph.analysis.ties import compare_ties


def counted(dense: np.ndarray) -> set[tuple[int, int]]:
    """Every pair of rows with a common column, one by one."""
    return {(i, j) for i, j in combinations(range(len(dense)), 2) if (dense[i] & dense[j]).any()}


@pytest.mark.parametrize("block", [1, 50, 4_000_000])
def test_against_counting(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "BLOCK", block)
    draw = np.random.default_rng(7)
    before, after = (draw.random((40, 9)) < 0.1 for _ in range(2))
    old, new = counted(before), counted(after)
    found = compare_ties(csr_array(before.astype("int32")), csr_array(after.astype("int32")), 1000)
    assert (found.n_before, found.n_after) == (len(old), len(new))
    assert (found.came, found.went) == (tuple(sorted(new - old)), tuple(sorted(old - new)))
    assert (found.n_came, found.n_went) == (len(new - old), len(old - new))


def test_nobody() -> None:
    nothing = csr_array((0, 0), dtype="int32")
    assert compare_ties(nothing, nothing).n_came == 0
