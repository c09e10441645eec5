"""Compilation at the first call, and the division of work among threads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import update_wrapper
from threading import Lock
from types import FunctionType
from typing import Any, Generic, ParamSpec, TypeVar

from kgraph.analysis.progress import track

__all__ = ["Kernel", "in_parts"]

P = ParamSpec("P")
R = TypeVar("R")

#: In how many parts long work is cut. It does not depend on the machine: sums of floating-point
#: numbers are added up part by part, and must come out the same everywhere.
_PARTS = 16


class Kernel(Generic[P, R]):
    """A function that is compiled when it is first called; ``python`` is the function itself.

    Examples
    --------
    >>> @Kernel
    ... def twice(number: float) -> float:
    ...     return 2 * number
    >>> twice.is_compiled, twice.python(3.0)
    (False, 6.0)
    """

    def __init__(self, python: Callable[P, R]) -> None:
        self.python = python
        self._compiled: Callable[P, R] | None = None
        self._lock = Lock()
        update_wrapper(self, python)

    @property
    def is_compiled(self) -> bool:
        """Whether this process has called it."""
        return self._compiled is not None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._compiled is None:
            with self._lock:
                if self._compiled is None:
                    self._compiled = _compile(self.python)
        return self._compiled(*args, **kwargs)


def _compile(python: Callable[P, R]) -> Callable[P, R]:
    """The function compiled without the interpreter's lock, kept on disk where that is possible."""
    import numba

    options: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
    linked = _linked(python)
    try:
        compiled: Callable[P, R] = numba.njit(cache=True, **options)(linked)
    except RuntimeError:  # no folder that can be written: numba says "no locator available"
        compiled = numba.njit(**options)(linked)
    return compiled


def _linked(python: Callable[P, R]) -> FunctionType:
    """The function with the kernels that it calls put in as compiled functions."""
    assert isinstance(python, FunctionType)
    called = {name: python.__globals__.get(name) for name in python.__code__.co_names}
    helpers = {name: _compile(it.python) for name, it in called.items() if isinstance(it, Kernel)}
    linked = FunctionType(python.__code__, {**python.__globals__, **helpers}, python.__name__)
    linked.__module__, linked.__qualname__ = python.__module__, python.__qualname__
    return linked


def in_parts(n_tasks: int, work: Callable[[int, int], R], step: str = "") -> Iterable[R]:
    """Run ``work(first, last)`` over ``range(n_tasks)`` cut in parts, on all cores.

    With a code of :data:`kgraph.analysis.progress.STEPS` each part that is done is reported.

    Returns
    -------
    iterable
        The results in the order of the parts, whichever ends first.
    """
    n_parts = min(_PARTS, n_tasks)
    cuts = [n_tasks * i // n_parts for i in range(n_parts)] if n_parts else []
    n_threads = min(n_parts, _n_cores())
    if n_threads <= 1:
        return list(_told(map(work, cuts, [*cuts[1:], n_tasks]), n_parts, step))
    with ThreadPoolExecutor(n_threads) as pool:
        return list(_told(pool.map(work, cuts, [*cuts[1:], n_tasks]), n_parts, step))


def _told(parts: Iterable[R], n_parts: int, step: str) -> Iterable[R]:
    return track(parts, n_parts, step) if step else parts


def _n_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
