"""Which worker is asked what, and that each question gets its own answer, once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from kgraph_api.sparql.conversation import Conversation
from kgraph_api.sparql.messages import END, HEADER, LAST, READY, WHOLE, Question, pack
from kgraph_api.sparql.turns import Turns
from kgraph_api.sparql.workmate import Worker

#: Seconds that a question takes: hardly any; too many to be asked ahead in front of a free worker.
SMALL, LARGE = 0.0001, 0.001


class _Fake:
    """The process of a worker: what it has been asked, and what it says."""

    def __init__(self, house: _House, number: int) -> None:
        self.asked: list[bytes] = []
        self.worker = Worker(number, house.turns.add, lambda _: None, house.kill)
        self.worker.connection_made(self)  # type: ignore[arg-type]
        self.worker.data_received(pack(READY))

    def write(self, message: bytes) -> None:
        """Take a question."""
        self.asked.append(Question.unpacked(message[HEADER.size :]).query.encode())

    def answer(self, took: float = SMALL) -> None:
        """Answer what it was asked first, by saying that again."""
        self.worker.data_received(pack(WHOLE["rows"], self.asked.pop(0), took))

    def resume_reading(self) -> None: ...

    def close(self) -> None: ...


class _House:
    """Workers and their turns."""

    def __init__(self, n_workers: int, took: float) -> None:
        self.turns = Turns(2, 10, lambda _: None)
        self.killed: list[int] = []
        self.workers = [_Fake(self, number) for number in range(n_workers)]
        for _ in range(100):
            self.ask("before")
            next(one for one in self.workers if one.asked).answer(took)

    def ask(self, query: str) -> Conversation:
        return self.turns.ask(Question(query, (), (), "json", "turtle"))

    def kill(self, worker: Worker) -> None:
        """As the pool does."""
        self.killed.append(worker.number)
        worker.is_leaving = True
        self.turns.withdraw(worker)

    @property
    def n_asked(self) -> list[int]:
        """How many questions each worker has."""
        return sorted(len(one.asked) for one in self.workers)


async def _until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, which takes a few moments."""
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.005)


def in_loop(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Run a test in an event loop."""

    def run() -> None:
        asyncio.run(test())

    run.__doc__, run.__name__ = test.__doc__, test.__name__
    return run


@in_loop
async def test_small_questions_go_to_a_worker_that_is_at_one() -> None:
    house = _House(3, SMALL)
    asked = [house.ask(f"{i}") for i in range(5)]
    assert house.n_asked == [0, 0, 5]
    (busy,) = (one for one in house.workers if one.asked)
    for conversation in asked:
        assert not conversation.is_done
        busy.answer()
        assert conversation.is_whole
    assert [one.take() for one in asked] == [b"0", b"1", b"2", b"3", b"4"]


@in_loop
async def test_a_worker_is_asked_no_more_than_a_few_ahead() -> None:
    house = _House(4, SMALL)
    for i in range(40):
        house.ask(f"{i}")
    assert sum(house.n_asked) < 20, "the others wait for whoever is free first"
    assert house.n_asked[:2] == [0, 0], "as many are at it as there are cores, or two"


@pytest.mark.parametrize("n", [1, 2])
def test_larger_questions_go_to_free_workers_first(n: int) -> None:
    async def test() -> None:
        house = _House(3, LARGE)
        for i in range(n):
            house.ask(f"{i}")
        assert house.n_asked == [0] * (3 - n) + [1] * n

    asyncio.run(test())


@in_loop
async def test_what_is_held_up_is_asked_again_elsewhere() -> None:
    house = _House(3, SMALL)
    asked = [house.ask(f"{i}") for i in range(3)]
    (slow,) = (one for one in house.workers if one.asked)
    await _until(lambda: house.n_asked == [0, 2, 3])
    (other,) = (one for one in house.workers if one.asked and one is not slow)
    assert (slow.asked, other.asked) == ([b"0", b"1", b"2"], [b"1", b"2"])
    slow.answer()
    slow.answer()  # what nobody waits for from it
    other.answer()
    other.answer()
    slow.answer()
    assert [one.take() for one in asked] == [b"0", b"1", b"2"]
    house.ask("next")
    assert house.n_asked == [0, 0, 1]


@in_loop
async def test_a_worker_that_stays_at_what_nobody_waits_for_is_ended() -> None:
    house = _House(2, SMALL)
    house.ask("held up")
    house.ask("ahead")
    (slow,) = (one for one in house.workers if one.asked)
    await _until(lambda: house.n_asked == [1, 2])
    slow.answer()
    await _until(lambda: slow.worker.number in house.killed)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_who_leaves_ends_nobody_else(place: int) -> None:
    async def test() -> None:
        house = _House(2, SMALL)
        asked = [house.ask(f"{i}") for i in range(3)]
        asked[place].cancel()
        assert asked[place].is_done and not asked[place].is_whole
        (busy,) = (one for one in house.workers if one.asked)
        for _ in range(3):
            busy.answer()
        rest = [one.take() for one in asked]
        assert rest == [b"" if i == place else b"%d" % i for i in range(3)]
        assert not house.killed

    asyncio.run(test())


@in_loop
async def test_what_a_killed_worker_was_asked_ahead_is_asked_of_another() -> None:
    house = _House(2, SMALL)
    house.ask("first")
    ahead = house.ask("ahead")
    (killed,) = (one for one in house.workers if one.asked)
    killed.worker.kill()
    (other,) = (one for one in house.workers if one is not killed)
    assert other.asked == [b"ahead"]
    killed.answer()
    other.answer()
    assert ahead.take() == b"ahead"
    assert not killed.worker.recall(), "it is at nothing any more"


@in_loop
async def test_a_worker_that_says_its_last_word_gives_back_what_it_was_asked() -> None:
    house = _House(2, SMALL)
    first, ahead = house.ask("first"), house.ask("ahead")
    (leaving,) = (one for one in house.workers if one.asked)
    leaving.worker.data_received(pack(END, LAST))
    assert first.is_done and leaving.worker.is_leaving
    leaving.worker.close()
    house.turns.withdraw(leaving.worker)
    (other,) = (one for one in house.workers if one is not leaving)
    assert other.asked == [b"ahead"] and not ahead.is_done
