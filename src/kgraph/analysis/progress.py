"""How far a long computation is: loops say it, whoever listens shows it.

The listener is told from the thread that called :func:`listening`. Without one nothing happens, and
the loops cost what they cost before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

__all__ = ["STEPS", "Listener", "listening", "track"]

T = TypeVar("T")

#: Is told a fraction in [0, 1] that never falls, the code of a step, and how many of how many.
Listener = Callable[[float, str, int, int], None]

#: What a loop goes through, by the code that it reports: in German, in English.
STEPS: dict[str, tuple[str, str]] = {
    "sources": ("Wege von allen Knoten", "paths from all nodes"),
    "samples": ("Zufallsgraphen", "random graphs"),
    "searches": ("Suchläufe", "searches"),
    "nodes": ("Knoten", "nodes"),
    "pairs": ("Paare", "pairs"),
    "blocks": ("Blöcke von Mitgliedern", "blocks of members"),
    "networks": ("Netzwerke", "networks"),
    "years": ("Jahre", "years"),
}


@dataclass(slots=True)
class _Ear:
    """A listener, and the parts of the whole that the loops now running stand for."""

    listener: Listener
    parts: list[tuple[float, float]] = field(default_factory=lambda: [(0.0, 1.0)])
    said: float = 0.0

    def say(self, step: str, n_done: int, n_all: int) -> None:
        low, high = self.parts[-1]
        self.said = max(self.said, low + (high - low) * n_done / max(n_all, 1))
        self.listener(self.said, step, n_done, n_all)


_EAR: ContextVar[_Ear | None] = ContextVar("kgraph_progress", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Have the loops that run inside tell a listener how far they are."""
    token = _EAR.set(_Ear(listener))
    try:
        yield
    finally:
        _EAR.reset(token)


def track(items: Iterable[T], n_all: int, step: str) -> Iterator[T]:
    """The items, each reported when the loop comes back for the next.

    A loop inside of a loop counts for the one item of the outer loop in which it runs.

    Parameters
    ----------
    items : iterable
    n_all : int
        How many there are.
    step : str
        A code of :data:`STEPS`.

    Examples
    --------
    >>> said = []
    >>> with listening(lambda share, step, done, of: said.append((share, step, done, of))):
    ...     for _ in track("ab", 2, "samples"):
    ...         for _ in track("xy", 2, "nodes"):
    ...             pass
    >>> [share for share, *_ in said]
    [0.0, 0.0, 0.25, 0.5, 0.5, 0.5, 0.75, 1.0, 1.0]
    >>> said[-1]
    (1.0, 'samples', 2, 2)
    """
    ear = _EAR.get()
    if ear is None:
        yield from items
        return
    ear.say(step, 0, n_all)
    low, high = ear.parts[-1]
    width = (high - low) / max(n_all, 1)
    for n_done, item in enumerate(items):
        ear.parts.append((low + width * n_done, low + width * (n_done + 1)))
        try:
            yield item
        finally:
            ear.parts.pop()
        ear.say(step, n_done + 1, n_all)
