"""Answers that were given lately, ready to be sent again.

A release never changes, so that an answer is valid as long as its release is served. What is kept
is bounded in bytes; what was not asked for longest makes room.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from typing import NamedTuple

__all__ = ["AnswerCache", "Key"]

#: Bytes beside the body that an entry is reckoned to take.
_OVERHEAD = 1024


class Key(NamedTuple):
    """What makes two answers the same bytes."""

    version: str
    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    media_type: str
    coding: str


class AnswerCache:
    """Bodies by what was asked.

    Parameters
    ----------
    max_bytes : int
        Of all bodies together; one body takes at most an eighth of it.

    Examples
    --------
    >>> cache = AnswerCache(100_000)
    >>> key = Key("v1", "ASK {}", (), (), "text/csv", "")
    >>> cache.put(key, b"true")
    >>> cache.get(key), cache.get(key._replace(coding="gzip"))
    (b'true', None)
    >>> cache.knows("ASK {}"), cache.knows("ASK { ?s ?p ?o }")
    (True, False)
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes, self._n_bytes = max_bytes, 0
        self._bodies: OrderedDict[Key, bytes] = OrderedDict()
        self._queries: Counter[str] = Counter()

    @property
    def longest(self) -> int:
        """The length of the longest body that is kept."""
        return self._max_bytes // 8 - _OVERHEAD

    def knows(self, query: str) -> bool:
        """Whether there is an answer to a query, in some format and of some release."""
        return query in self._queries

    def get(self, key: Key) -> bytes | None:
        """The body, if it is there."""
        body = self._bodies.get(key)
        if body is not None:
            self._bodies.move_to_end(key)
        return body

    def put(self, key: Key, body: bytes) -> None:
        """Keep a body, unless it is too long."""
        if _cost(key, body) > self._max_bytes // 8 or key in self._bodies:
            return
        self._bodies[key] = body
        self._queries[key.query] += 1
        self._n_bytes += _cost(key, body)
        while self._n_bytes > self._max_bytes:
            oldest, dropped = self._bodies.popitem(last=False)
            self._n_bytes -= _cost(oldest, dropped)
            self._queries[oldest.query] -= 1
            if not self._queries[oldest.query]:
                del self._queries[oldest.query]


def _cost(key: Key, body: bytes) -> int:
    return len(body) + len(key.query) + _OVERHEAD
