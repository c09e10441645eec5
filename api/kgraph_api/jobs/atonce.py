"""Measures that are answered at once, in the thread of the request; equal ones only once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Lock

from kgraph_api.jobs.limits import BusyError
from kgraph_api.jobs.outcome import Outcome, Outcomes

__all__ = ["AtOnce"]

#: How many are computed at the same time, and seconds that one more waits for its turn.
_SLOTS, _PATIENCE = 4, 10.0


class AtOnce:
    """Computes what nobody has computed yet.

    Parameters
    ----------
    kept : Outcomes
        Where outcomes are looked for first, and put.
    """

    def __init__(self, kept: Outcomes) -> None:
        self._kept = kept
        self._lock = Lock()
        self._slots = BoundedSemaphore(_SLOTS)
        self._flying: dict[str, Future[Outcome]] = {}

    def answer(self, key: str, compute: Callable[[], Outcome]) -> Outcome:
        """The outcome of a question: kept, being computed for somebody else, or computed now.

        Raises
        ------
        BusyError
            If too many others are being computed.
        """
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                return kept
            flight = self._flying.get(key)
            if is_first := flight is None:
                flight = self._flying[key] = Future()
        if not is_first:
            return flight.result()
        try:
            flight.set_result(self._computed(compute))
        except BaseException as error:
            flight.set_exception(error)
            raise
        finally:
            with self._lock:
                if flight.exception() is None:
                    self._kept.put(key, flight.result())
                del self._flying[key]
        return flight.result()

    def _computed(self, compute: Callable[[], Outcome]) -> Outcome:
        if not self._slots.acquire(timeout=_PATIENCE):
            raise BusyError
        try:
            return compute()
        finally:
            self._slots.release()
