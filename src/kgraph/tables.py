"""Model objects ↔ JSON, a line an object: the precomputed tables of a release."""

from __future__ import annotations

import dataclasses
import json
import mmap
import types
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints, overload

__all__ = ["Table", "read", "write"]

T = TypeVar("T")


def write(path: Path, objects: Iterable[Any]) -> None:
    """Write dataclass objects as JSON lines: an array of field values each."""
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        for item in objects:
            text = json.dumps(_plain(item), ensure_ascii=False, separators=(",", ":"))
            handle.write(f"{text}\n")


def read(path: Path, cls: type[T]) -> Iterator[T]:
    """Read back what :func:`write` wrote."""
    make = _maker(cls)
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            yield make(json.loads(line))


class Table(Sequence[T], Generic[T]):
    """The objects of a file in which a line is read when it is asked for, and then kept.

    Parameters
    ----------
    path : Path
        What :func:`write` wrote.
    cls : type
    length : int
        Number of lines.
    """

    def __init__(self, path: Path, cls: type[T], length: int) -> None:
        self._path, self._cls, self._length = path, cls, length
        self._known: dict[int, T] = {}

    @cached_property
    def _starts(self) -> array[int]:
        """Where each line starts, and where the last one ends."""
        starts = array("q", [0])
        if self._length:
            with self._path.open("rb") as handle:
                content = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
                with content:
                    for _ in range(self._length):
                        starts.append(content.find(b"\n", starts[-1]) + 1)
        return starts

    @cached_property
    def _all(self) -> tuple[T, ...]:
        return tuple(read(self._path, self._cls))

    @cached_property
    def _make(self) -> Callable[[Any], Any]:
        return _maker(self._cls)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice) or "_all" in self.__dict__:
            return self._all[index]
        line = range(self._length)[index]
        if line not in self._known:
            with self._path.open("rb") as handle:
                handle.seek(self._starts[line])
                text = handle.read(self._starts[line + 1] - self._starts[line])
            self._known[line] = self._make(json.loads(text))
        return self._known[line]

    def __iter__(self) -> Iterator[T]:
        return iter(self._all)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _maker(kind: Any) -> Callable[[Any], Any]:
    """The function that turns plain JSON into a value of a type."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        makers = [_maker(hints[field.name]) for field in dataclasses.fields(kind)]
        return lambda cells: kind(*(make(cell) for make, cell in zip(makers, cells, strict=True)))
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            make = _maker(inner[0])
            return lambda cells: tuple(make(cell) for cell in cells)
        makers = [_maker(part) for part in inner]
        return lambda cells: tuple(m(c) for m, c in zip(makers, cells, strict=True))
    if kind is date:
        return date.fromisoformat
    if get_origin(kind) in (Union, types.UnionType):
        make = _maker(next(part for part in get_args(kind) if part is not type(None)))
        return lambda cell: None if cell is None else make(cell)
    return lambda cell: cell
