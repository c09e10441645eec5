"""Rows of (thing, property, value) gathered by thing: the common second half of our queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kgraph.namespaces import PREFIXES

__all__ = ["Facts", "gather", "shorten"]

Cell = tuple[str, str]


class Facts:
    """What is said of one thing: property (prefixed name) → values with their language."""

    def __init__(self) -> None:
        self._values: defaultdict[str, list[Cell]] = defaultdict(list)

    def add(self, name: str, value: Cell) -> None:
        """Remember one value."""
        self._values[name].append(value)

    def all(self, name: str) -> list[str]:
        """Every value of a property."""
        return [value for value, _ in self._values[name]]

    def one(self, name: str, language: str = "", *, strict: bool = False) -> str:
        """The first value, in a language where there is one; empty where there is none.

        With ``strict`` a value of another language does not count.
        """
        found = self._values[name]
        for value, lang in found:
            if lang == language:
                return value
        return found[0][0] if found and not strict else ""


def gather(rows: Iterable[tuple[Cell, ...]]) -> dict[str, Facts]:
    """Group rows of (thing, …, property, value) by thing, in their order."""
    found: dict[str, Facts] = {}
    for row in rows:
        found.setdefault(row[0][0], Facts()).add(shorten(row[-2][0]), row[-1])
    return found


def shorten(iri: str) -> str:
    """An IRI as a prefixed name, where one of our prefixes fits."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri
