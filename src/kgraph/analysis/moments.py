"""When memberships began and ended, and when sources spoke of them, as the sources print it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kgraph.dates import PartialDate
from kgraph.model import Membership

__all__ = ["DAYS_A_YEAR", "Moments", "moment"]

Ints = npt.NDArray[np.int32]

DAYS_A_YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Moments:
    """The dates of memberships, each as twice the ordinal of its middle: whole numbers.

    Attributes
    ----------
    start, end : int32 arrays, n_rows
        0 where no source says it.
    said_ptr, said : int32 arrays
        When sources spoke of membership ``i``, rising: ``said[said_ptr[i]:said_ptr[i + 1]]``.
    """

    start: Ints
    end: Ints
    said_ptr: Ints
    said: Ints

    @classmethod
    def of(cls, memberships: Iterable[Membership]) -> Moments:
        """The dates of some memberships.

        A span in which an undated text was current ("2020-01-01/..") is no moment.
        """
        start, end, n_said, said = list[int](), list[int](), [0], list[int]()
        for row in memberships:
            start.append(moment(row.start))
            end.append(moment(row.end))
            said += sorted(moment(at.date) for at in row.evidence if at.date and "/" not in at.date)
            n_said.append(len(said))
        return cls(*(np.array(part, dtype=np.int32) for part in (start, end, n_said, said)))


@lru_cache(maxsize=50_000)
def moment(text: str) -> int:
    """Twice the ordinal of the middle of a date; 0 for no date.

    Examples
    --------
    >>> moment("2024-01-02") - moment("2024-01-01"), moment("")
    (2, 0)
    """
    if not text:
        return 0
    day = PartialDate.parse(text)
    return day.earliest.toordinal() + day.latest.toordinal()
