"""What one computation may take, and how it can end before its result is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["BusyError", "EndedError", "Ending", "Limits"]

Ending = Literal["refused", "too-long", "too-much-memory", "too-many-rows", "gone", "fell"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, memory beside the release in MB, and bytes of the result."""

    seconds: float
    memory_mb: int
    result_bytes: int

    def sentence(self, why: Ending) -> str:
        """What to tell of an end for which the measure itself gave no reason."""
        return {
            "refused": "The measure cannot be computed with these parameters.",
            "too-long": f"It took longer than {self.seconds:g} seconds and was ended; choose "
            "fewer samples or searches, a smaller view, or compute it with kgraph analyse.",
            "too-much-memory": f"It wanted more than {self.memory_mb} MB and was ended; choose a "
            "smaller view, or compute it with kgraph analyse.",
            "too-many-rows": "The result is longer than this server keeps; ask for fewer rows "
            "with the parameter top, where the measure has it, or for a smaller view.",
            "gone": "The release that this was asked of is not there any more; ask again.",
            "fell": "The computation broke off; ask again.",
        }[why]


class EndedError(Exception):
    """A computation ended without a result: why, and in one sentence what to do."""

    def __init__(self, why: Ending, detail: str) -> None:
        self.why: Ending = why
        self.detail = detail
        super().__init__(detail)


class BusyError(Exception):
    """There is no room for another computation now."""
