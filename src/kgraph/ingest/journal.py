"""Several files of the data folder changed together: all of them, or none.

The new files are prepared in a folder beside the tables. Renaming that folder to ``.import`` is the
one step that decides: before it nothing is changed; after it the change is made, and whoever comes
next finishes it. So a reader that calls :func:`complete` first sees the old tables or the new ones,
whenever the process that wrote them was killed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

__all__ = ["alone", "complete", "replace_all"]

#: The folder of decided changes, and how the ones that are not decided yet begin.
_DECIDED, _PREPARED = ".import", ".import-"


def replace_all(
    data: Path, texts: Mapping[str, str], check: Callable[[], None] = lambda: None
) -> None:
    """Put texts into files of a folder, all of them or none.

    Parameters
    ----------
    data : Path
        The folder.
    texts : mapping of str to str
        Path below the folder → the whole text of the file.
    check : callable
        Called before anything is decided, while nobody else writes; may raise.
    """
    with alone(data):
        _finish(data)
        for left in data.glob(f"{_PREPARED}*"):
            shutil.rmtree(left)
        check()
        prepared = Path(tempfile.mkdtemp(prefix=_PREPARED, dir=data))
        try:
            for name, text in texts.items():
                _write(prepared / name, text, data / name)
            prepared.rename(data / _DECIDED)
        except BaseException:
            shutil.rmtree(prepared, ignore_errors=True)
            raise
        _sync(data)
        _finish(data)


def complete(data: Path) -> None:
    """Finish a change that was decided and not made, if there is one."""
    if (data / _DECIDED).is_dir():
        with alone(data):
            _finish(data)


def _finish(data: Path) -> None:
    decided = data / _DECIDED
    if not decided.is_dir():
        return
    for file in sorted(path for path in decided.rglob("*") if path.is_file()):
        target = data / file.relative_to(decided)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)
        _sync(target.parent)
    shutil.rmtree(decided)


def _write(path: Path, text: str, target: Path) -> None:
    """Write a file and make sure that it is on the disk; with the mode of the one it replaces."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(target.stat().st_mode & 0o777 if target.is_file() else 0o644)


def _sync(folder: Path) -> None:
    """Make sure that what was renamed in a folder is on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep every other writer of the folder waiting; the system ends it with the process."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
