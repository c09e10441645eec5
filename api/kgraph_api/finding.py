"""Finding things by a part of their name, whatever its accents and its case.

``Münster`` is found by ``muenster``, ``munster`` and ``Müns``. A name that is the text comes before
one that begins with it, then one with a word that does, then one that only contains it.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kgraph.namespaces import slug

if TYPE_CHECKING:
    from kgraph.release import Release

__all__ = ["Entry", "Index", "folded", "matches"]


@lru_cache(maxsize=50_000)
def folded(text: str) -> frozenset[str]:
    """The spellings of a text without accents: German letters spelt out, and merely stripped.

    >>> sorted(folded("Münster (Westf.)"))
    ['muenster westf', 'munster westf']
    """
    stripped = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in stripped if not unicodedata.combining(c))
    return frozenset(slug(spelling).replace("-", " ") for spelling in (text, plain)) - {""}


def matches(query: str, *names: str) -> bool:
    """Whether one of the names contains the text, folded.

    >>> matches("munster", "Stadtregion Münster"), matches("%", "Münster"), matches("", "Münster")
    (True, False, True)
    """
    if not query:
        return True
    asked = folded(query)
    return any(q in text for name in names for text in folded(name) for q in asked)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    iri: str
    type: Literal["network", "member", "programme"]
    kind: str
    key: str
    label: str
    label_en: str
    detail: str
    texts: frozenset[str]
    weight: int


class Index:
    """The names of a release; a search reads all of them, O(entries)."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)

    @classmethod
    def of(cls, release: Release) -> Index:
        """Index networks, then programmes, then agents; what is several of these counts once."""
        n_rows = Counter(row.member for row in release.memberships)
        former: defaultdict[str, list[str]] = defaultdict(list)
        for change in release.changes:
            for iri in change.results:
                former[iri] += change.former_names
        states = {a.key: a.name for a in release.agents if a.kind == "state"}
        entries: dict[str, Entry] = {}
        for n in release.networks:
            names = (n.name, n.name_en, n.short_name, n.slug, *former[n.iri])
            entries[n.iri] = Entry(
                n.iri, "network", n.kind, n.slug, n.name, n.name_en, n.short_name, _texts(names),
                n.n_listed,
            )  # fmt: skip
        for p in release.programmes:
            texts = _texts((p.name, p.name_en, p.short_name, p.slug, *former[p.iri]))
            found = Entry(
                p.iri, "programme", p.kind, p.slug, p.name, p.name_en, p.short_name, texts, 0
            )
            entries.setdefault(p.iri, found)
        for a in release.agents:
            detail = states.get(a.state, "") if a.iri in n_rows or a.kind == "municipality" else ""
            found = Entry(
                a.iri, "member", a.kind, a.key, a.name, a.name_en, detail,
                _texts((a.name, a.name_en, *former[a.iri])), n_rows[a.iri],
            )  # fmt: skip
            entries.setdefault(a.iri, found)
        return cls(entries.values())

    def search(self, query: str, limit: int) -> tuple[list[Entry], int]:
        """The best entries for a text, and how many there are in all."""
        asked = folded(query)
        scored = [
            (score, -entry.weight, entry.label, entry.iri, entry)
            for entry in self.entries
            if (score := min((_score(q, t) for q in asked for t in entry.texts), default=9)) < 9
        ]
        scored.sort(key=lambda row: row[:4])
        return [row[4] for row in scored[:limit]], len(scored)


def _texts(names: Iterable[str]) -> frozenset[str]:
    return frozenset(text for name in names if name for text in folded(name))


def _score(query: str, text: str) -> int:
    """0 the same, 1 begins so, 2 a word begins so, 3 each word asked for begins one, 4 contains."""
    if text == query:
        return 0
    if text.startswith(query):
        return 1
    padded = f" {text}"
    if f" {query}" in padded:
        return 2
    if all(f" {word}" in padded for word in query.split()):
        return 3
    return 4 if len(query) > 2 and query in text else 9
