"""How a query can end before its answer is whole, and what the end of its process tells."""

from __future__ import annotations

import signal

from kgraph_api.sparql.conversation import EndedError

__all__ = ["BusyError", "DeadlineError", "FallenError", "MemoryLimitError", "error_of_end"]


class BusyError(EndedError):
    """There is no worker for this question now."""


class DeadlineError(EndedError):
    """The query took too long and was ended."""


class MemoryLimitError(EndedError):
    """The query wanted too much memory and was ended."""


class FallenError(EndedError):
    """The engine fell over this query."""


def error_of_end(code: int | None) -> EndedError:
    """What the end of a worker's process says of its query; None where nobody knows how it ended.

    >>> error_of_end(-11)
    FallenError()
    """
    return _ENDS.get(code or 0, FallenError)()


#: How a process ended → what that says of its query: time is up by the kernel's timer, an
#: allocation failed, the system was out of memory. Not every system has these signals.
_ENDS: dict[int, type[EndedError]] = {
    -getattr(signal, name): error
    for name, error in (
        ("SIGALRM", DeadlineError), ("SIGABRT", MemoryLimitError), ("SIGKILL", MemoryLimitError),
    )
    if hasattr(signal, name)
}  # fmt: skip
