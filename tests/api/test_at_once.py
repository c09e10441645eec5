"""Equal measures are computed once at a time, failures reach everybody, and room is bounded."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kgraph.errors import QueryParameterError
from kgraph_api.jobs import atonce
from kgraph_api.jobs.atonce import AtOnce
from kgraph_api.jobs.limits import BusyError
from kgraph_api.jobs.outcome import Outcome, Outcomes
from kgraph_api.jobs.question import Question

ASKED = Question("v1", "degree", {}, None)


def outcome(text: bytes = b"{}") -> Outcome:
    return Outcome(ASKED, {}, (text,))


def test_equal_questions_are_computed_once() -> None:
    desk, begun, may_end = AtOnce(Outcomes(10**6)), threading.Event(), threading.Event()
    n_computed = 0

    def compute() -> Outcome:
        nonlocal n_computed
        n_computed += 1
        begun.set()
        assert may_end.wait(20)
        return outcome()

    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(desk.answer, "key", compute)
        assert begun.wait(20)
        others = [pool.submit(desk.answer, "key", compute) for _ in range(4)]
        may_end.set()
        answers = [one.result(20) for one in (first, *others)]
    assert n_computed == 1 and all(answer is answers[0] for answer in answers)
    assert desk.answer("key", compute) is answers[0], "kept"


def test_what_is_too_long_to_keep_is_answered_all_the_same() -> None:
    desk = AtOnce(Outcomes(0))
    long = outcome(b"x" * 100)
    assert desk.answer("key", lambda: long) is long
    other = outcome()
    assert desk.answer("key", lambda: other) is other


def test_a_failure_is_told_and_not_kept() -> None:
    desk = AtOnce(Outcomes(10**6))

    def refuse() -> Outcome:
        raise QueryParameterError("k is 0")

    for _ in range(2):
        with pytest.raises(QueryParameterError, match="k is 0"):
            desk.answer("key", refuse)
    assert desk.answer("key", outcome).rows == (b"{}",)


def test_only_so_many_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atonce, "_PATIENCE", 0.05)
    desk, may_end = AtOnce(Outcomes(10**6)), threading.Event()
    begun = threading.Semaphore(0)

    def slow() -> Outcome:
        begun.release()
        assert may_end.wait(20)
        return outcome()

    with ThreadPoolExecutor(atonce._SLOTS) as pool:
        running = [pool.submit(desk.answer, f"key {i}", slow) for i in range(atonce._SLOTS)]
        for _ in running:
            assert begun.acquire(timeout=20)
        with pytest.raises(BusyError):
            desk.answer("one more", outcome)
        may_end.set()
        assert all(one.result(20) for one in running)
    assert desk.answer("one more", outcome).rows == (b"{}",)
