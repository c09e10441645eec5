"""The records that label rows and columns: found by name, and picked, without being read.

A release keeps the records as text and what a view needs of them as arrays. So a view of 100,000
members is cut without making one object; a record is read when somebody asks for it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

from kgraph.errors import NotFoundError, QueryParameterError
from kgraph.namespaces import path_of, thing

__all__ = ["Codes", "Labels"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Codes:
    """One field of all records: ``values[number[i]]`` is that of record ``i``."""

    number: npt.NDArray[np.int32]
    values: tuple[str, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Codes:
        """Number the texts in alphabetical order."""
        values = tuple(sorted(set(texts)))
        place = {value: i for i, value in enumerate(values)}
        return cls(np.array([place[text] for text in texts], dtype=np.int32), values)

    def among(self, chosen: set[str]) -> npt.NDArray[np.bool_]:
        """Which records have one of some values."""
        mask: npt.NDArray[np.bool_] = np.array([v in chosen for v in self.values], dtype=np.bool_)
        return mask[self.number] if len(self.number) else np.zeros(0, dtype=np.bool_)


class Labels(Sequence[T], Generic[T]):
    """Records ordered by IRI, or some of them.

    Parameters
    ----------
    records : sequence
        All of them; a sequence that reads a record when it is asked for is left unread.
    iris : bytes array, optional
        Their IRIs; taken from the records if not given.
    codes : mapping field → Codes, optional
        Fields that are known without the records.

    Examples
    --------
    >>> from kgraph.analysis.example import member
    >>> labels = Labels([member("xx-1", "Ahof"), member("xx-2", "Berg"), member("xx-3", "Chaus")])
    >>> labels.find("municipality/xx-2", "member"), labels.find("xx-3", "member")
    (1, 2)
    >>> some = labels.pick(np.array([0, 2]))
    >>> [agent.name for agent in some], some.place(2), some.place(1)
    (['Ahof', 'Chaus'], 1, None)
    """

    def __init__(
        self,
        records: Sequence[T],
        iris: npt.NDArray[np.bytes_] | None = None,
        codes: Mapping[str, Codes] | None = None,
    ) -> None:
        self._records = records
        self._iris = iris
        self._codes = dict(codes or {})
        self._whole: Labels[T] = self
        self._rows: npt.NDArray[np.intp] | None = None

    def pick(self, rows: npt.NDArray[np.intp]) -> Labels[T]:
        """Those at some positions, which rise."""
        if len(rows) == len(self):
            return self
        some: Labels[T] = Labels(self._records)
        some._whole, some._rows = self._whole, self.positions[rows]
        return some

    @property
    def positions(self) -> npt.NDArray[np.intp]:
        """Where each record stands among all."""
        return np.arange(len(self._records)) if self._rows is None else self._rows

    @cached_property
    def iris(self) -> tuple[str, ...]:
        """The IRI of each record."""
        if self._rows is not None:
            return tuple(map(self._whole.iris.__getitem__, self._rows.tolist()))
        if self._iris is not None:
            return tuple(np.char.decode(self._iris, "utf-8").tolist())
        return tuple(record.iri for record in self._records)  # type: ignore[attr-defined]

    def codes(self, field: str) -> Codes:
        """A field of the records as numbers."""
        if field not in self._codes and self._rows is not None:
            whole = self._whole.codes(field)
            self._codes[field] = Codes(whole.number[self._rows], whole.values)
        elif field not in self._codes:
            self._codes[field] = Codes.of([getattr(record, field) for record in self])
        return self._codes[field]

    @cached_property
    def order(self) -> npt.NDArray[np.int32]:
        """The place of each record by name, of those of one name by IRI."""
        if self._rows is not None:
            return self._whole.order[self._rows]
        names = self.codes("name").number
        place = np.empty(len(names), dtype=np.int32)
        place[np.argsort(names, kind="stable")] = np.arange(len(names), dtype=np.int32)
        return place

    def place(self, position: int) -> int | None:
        """Where the record at a position among all stands among these, if it does."""
        if self._rows is None:
            return position
        place = int(np.searchsorted(self._rows, position))
        return place if place < len(self._rows) and self._rows[place] == position else None

    def find(self, name: str, kind: str) -> int:
        """The position of what a name stands for: an IRI, its path or its key.

        Raises
        ------
        NotFoundError
            If there is none.
        QueryParameterError
            If several have that key.
        """
        for iri in (name, thing(name)):
            place = bisect_left(self.iris, iri)
            if place < len(self.iris) and self.iris[place] == iri:
                return place
        found = self._by_key.get(name, [])
        if not found:
            raise NotFoundError(kind, name, f"give the IRI, the path or the key of a {kind}")
        if len(found) > 1:
            paths = ", ".join(path_of(self.iris[i]) for i in found)
            raise QueryParameterError(
                f"{kind} {name!r} is ambiguous; give one of the paths {paths}"
            )
        return found[0]

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        """The positions of each key: what follows the kind in a path."""
        places: dict[str, list[int]] = {}
        for i, iri in enumerate(self.iris):
            places.setdefault(path_of(iri).partition("/")[2], []).append(i)
        return places

    def __len__(self) -> int:
        return len(self._records) if self._rows is None else len(self._rows)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        return self._records[index if self._rows is None else int(self._rows[index])]

    def __iter__(self) -> Iterator[T]:
        if self._rows is None:
            return iter(self._records)
        return map(self._records.__getitem__, self._rows.tolist())

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} records>"
