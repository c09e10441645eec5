"""Tests of a family: which of them are the same, and p-values adjusted for how many there are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import Kernel

__all__ = ["dealt_out", "distinct_tests", "step_up"]

Ints = npt.NDArray[np.int32]
Whole = npt.NDArray[np.signedinteger]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@Kernel
def distinct_tests(
    shared: Whole, a: Whole, b: Whole, sizes: Whole, n_bits: int
) -> tuple[Longs, Longs, Ints]:
    """The distinct tests, whichever set comes first, in the order in which they first occur.

    Parameters
    ----------
    shared, a, b : int arrays, n_pairs
    sizes : int64 array
        The size of each set; one more is below ``2 ** n_bits``.
    n_bits : int
        At most 21, so that a test is one number.

    Returns
    -------
    tests : int64 array, 3 × n_distinct
        Shared, smaller and larger size. What is shared is at least 0 and at most one more than the
        smaller size, which has the same tail.
    n_times : int64 array, n_distinct
        How many pairs have that test.
    which : int32 array, n_pairs
        The test of each pair.
    """
    which, key = np.empty(len(shared), np.int32), np.empty(len(shared), np.int64)
    n_slots, n_found = 1 << 13, -1
    while n_slots * 2 < len(shared):
        n_slots *= 2
    while n_found < 0:
        n_found = _number(shared, a, b, sizes, n_bits, key, which, n_slots)
        n_slots *= 4
    tests, n_times = np.empty((3, n_found), np.int64), np.zeros(n_found, np.int64)
    mask = (1 << n_bits) - 1
    for test in range(n_found):
        tests[0, test], tests[1, test] = key[test] & mask, (key[test] >> n_bits) & mask
        tests[2, test] = key[test] >> (2 * n_bits)
    for i in range(len(which)):
        n_times[which[i]] += 1
    return tests, n_times, which


@Kernel
def _number(
    shared: Whole,
    a: Whole,
    b: Whole,
    sizes: Whole,
    n_bits: int,
    key: Longs,
    which: Ints,
    n_slots: int,
) -> int:
    """Number the distinct tests by a hash table; how many they are, -1 if it gets too full."""
    slots = np.full(n_slots, -1, np.int32)
    n_found = 0
    for i in range(len(shared)):
        low, high = min(sizes[a[i]], sizes[b[i]]), max(sizes[a[i]], sizes[b[i]])
        own = ((high << n_bits | low) << n_bits) | min(max(np.int64(shared[i]), 0), low + 1)
        slot = (own * 0x1E3779B97F4A7C15 >> 42) & (n_slots - 1)
        test = slots[slot]
        while test >= 0 and key[test] != own:
            slot = (slot + 1) & (n_slots - 1)
            test = slots[slot]
        if test < 0:
            if 2 * n_found >= n_slots:
                return -1
            test = n_found
            slots[slot], key[test] = test, own
            n_found += 1
        which[i] = test
    return n_found


@Kernel
def dealt_out(p_values: Floats, adjusted: Floats, which: Ints) -> tuple[Floats, Floats]:
    """The two values of each pair's test."""
    own, own_adjusted = np.empty(len(which)), np.empty(len(which))
    for i in range(len(which)):
        own[i], own_adjusted[i] = p_values[which[i]], adjusted[which[i]]
    return own, own_adjusted


@Kernel
def step_up(p_values: Floats, n_times: Longs, n_tests: int) -> Floats:
    """P-values adjusted by Benjamini and Hochberg, each of which stands some times in the family.

    What is not below (number of p-values left) / (number of tests) is raised to 1, and so is all
    that comes after it. Most others are found by asking this again, and only they are put in order.
    """
    left, n_left = np.arange(len(p_values)), n_times.sum()
    n_before = 2 * len(left) + 1
    while n_before > len(left) + len(left) // 8:
        n_before, n_kept, n_below = len(left), 0, 0
        for i in left:
            left[n_kept] = i  # stays if it is below; cheaper than to ask
            is_below = p_values[i] * n_tests < n_left
            n_kept += is_below
            n_below += is_below * n_times[i]
        left, n_left = left[:n_kept], n_below
    adjusted = np.ones(len(p_values))
    least, rank = 1.0, n_left
    for i in _rising(p_values, left)[::-1]:
        least = min(least, p_values[i] * n_tests / rank)
        adjusted[i] = least
        rank -= n_times[i]
    return adjusted


@Kernel
def _rising(values: Floats, chosen: Longs) -> Longs:
    """Some places of numbers that are not negative, by rising number: eleven bits at a time.

    Such numbers are in the order of their bits, read as whole numbers.
    """
    order, other = chosen.copy(), np.empty_like(chosen)
    keys, other_keys = values[chosen].view(np.int64), np.empty(len(chosen), np.int64)
    for shift in range(0, 64, 11):
        places = np.zeros(2049, np.int64)
        for key in keys:
            places[((key >> shift) & 2047) + 1] += 1
        if places.max() == len(keys):
            continue
        places = np.cumsum(places)
        for i in range(len(keys)):
            digit = (keys[i] >> shift) & 2047
            other[places[digit]], other_keys[places[digit]] = order[i], keys[i]
            places[digit] += 1
        order, other, keys, other_keys = other, order, other_keys, keys
    return order
