"""Model objects ↔ JSON, a line an object: the precomputed tables of a release."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

__all__ = ["read", "write"]

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
