"""Statements in files, loaded when they are first asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Loaded"]


class Loaded:
    """A store of the engine with the statements of some N-Quads files.

    Parameters
    ----------
    *files : Path

    Notes
    -----
    Called, it gives the store; it is loaded by the first call, once, whatever thread calls.

    To load leaves gaps all over the memory that it takes. The C library would fill them with what
    queries need for a moment, so that each walks through all of it. It has other memory for other
    threads; so loading has a thread of its own.
    """

    def __init__(self, *files: Path) -> None:
        self._files, self._lock = files, Lock()
        self._store: ox.Store | None = None

    def __call__(self) -> ox.Store:
        if self._store is None:
            with self._lock:
                if self._store is None:
                    with ThreadPoolExecutor(1) as aside:
                        self._store = aside.submit(_load, self._files).result()
        return self._store


def _load(files: tuple[Path, ...]) -> ox.Store:
    import pyoxigraph as ox

    store = ox.Store()
    for file in files:
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    return store
