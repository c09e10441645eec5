"""What a measure gave, as it is kept: all about it, and each row as a line of JSON."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from kgraph.analysis import Result
from kgraph_api.jobs.question import Question

__all__ = ["Outcome", "Outcomes"]

#: Bytes beside its text that a row, and an outcome, are reckoned to take.
_ROW, _OVERHEAD = 56, 4096


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a question: ``about`` is ``Result.about()``, ``rows`` are lines of JSON."""

    question: Question
    about: dict[str, Any]
    rows: tuple[bytes, ...]

    @classmethod
    def of(cls, question: Question, result: Result) -> Outcome:
        """A result to keep."""
        lines = (json.dumps(row, ensure_ascii=False, allow_nan=False) for row in result.rows)
        return cls(question, result.about(), tuple(line.encode() for line in lines))

    @property
    def n_bytes(self) -> int:
        """What it takes in memory, about."""
        return _OVERHEAD + sum(len(row) + _ROW for row in self.rows)

    def part(self, limit: int, offset: int) -> list[dict[str, Any]]:
        """Some of the rows."""
        return [json.loads(row) for row in self.rows[offset : offset + limit]]


class Outcomes:
    """Outcomes by the key of their question; what was not asked for longest makes room.

    Parameters
    ----------
    max_bytes : int
        Of all together; one takes at most a quarter of it.

    Examples
    --------
    >>> asked, kept = Question("v1", "degree", {}, None), Outcomes(40_000)
    >>> kept.put("a", Outcome(asked, {}, (b"{}",)))
    True
    >>> kept.get("a").rows, kept.get("b")
    ((b'{}',), None)
    >>> kept.put("b", Outcome(asked, {}, (b"x" * 9000,)))
    False
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes, self._n_bytes = max_bytes, 0
        self._kept: OrderedDict[str, Outcome] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Outcome | None:
        """The outcome, if it is there."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: str, outcome: Outcome) -> bool:
        """Keep an outcome; False if it is too long for that."""
        if outcome.n_bytes > self._max_bytes // 4:
            return False
        with self._lock:
            if key not in self._kept:
                self._kept[key] = outcome
                self._n_bytes += outcome.n_bytes
            while self._n_bytes > self._max_bytes:
                _, dropped = self._kept.popitem(last=False)
                self._n_bytes -= dropped.n_bytes
        return True
