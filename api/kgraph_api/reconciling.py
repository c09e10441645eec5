"""Names in somebody's table → things of a release: candidates with scores, and a match if sure.

The questions are those of the Reconciliation Service API 0.2, as OpenRefine asks them. A candidate
is a match only if it is the only thing of that name (or that official key) and nothing that is
asked besides speaks against it; whatever else is left to the person who asks.

References
----------
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from kgraph.dates import ALWAYS, NEVER, Bounds, PartialDate
from kgraph.errors import QueryParameterError
from kgraph.exchange.nearest import Candidate, Nearest, folded
from kgraph.namespaces import KINDS, path_of

if TYPE_CHECKING:
    from kgraph_api.served import Served

__all__ = ["MAX_QUERIES", "PROPERTIES", "Desk", "Question", "Thing", "desk", "questions"]

#: How many questions are answered at once, and how many candidates each.
MAX_QUERIES, MAX_CANDIDATES = 200, 50

#: What can be asked besides the name, and what can be fetched: property → its name.
PROPERTIES: Mapping[str, str] = {
    "key": "official key (AGS, INSEE, CBS)",
    "state": "state: its key or its name",
    "kind": "kind: municipality, district, city-region …",
    "country": "country: ISO 3166-1",
    "exists": "a day on which there was one (YYYY-MM-DD), for towns that have merged",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that can be found; ``type`` is the first part of its path."""

    path: str
    type: str
    names: tuple[str, ...]
    key: str
    state: str
    state_name: str
    kind: str
    country: str
    bounds: Bounds | None = None

    @property
    def exists(self) -> str:
        """From when until when there is such a territory; empty where no source dates either."""
        if self.bounds is None:
            return ""
        first, last = self.bounds.held_from, self.bounds.ended_after
        return f"{'' if first == ALWAYS else first}/{'' if last == NEVER else last}"

    def is_there(self, days: Collection[str]) -> bool:
        """Whether it is there on one of the days; what is no day, and what is undated, says yes."""
        if self.bounds is None:
            return True
        asked = [day for day in map(_day, days) if day]
        return not asked or any(self.bounds.on(day.earliest).holds for day in asked)

    @property
    def description(self) -> str:
        """What tells it from others of its name."""
        told = (self.kind, self.key, self.state_name, self.exists)
        return ", ".join(part for part in told if part)

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a property that count as the same."""
        return {
            "key": (self.key, self.path.partition("/")[2], self.path),
            "state": (self.state, self.state.partition("-")[2], self.state_name,
                      self.state and f"state/{self.state}"),
            "kind": (self.kind, self.type),
            "country": (self.country, self.country and f"country/{self.country}"),
            "exists": (),
        }[name]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """One question: a name, and what is known besides."""

    text: str
    types: tuple[str, ...] = ()
    limit: int = 5
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()


def questions(text: str) -> dict[str, Question]:
    """Read a batch: a JSON object of questions by their keys.

    >>> questions('{"q0": {"query": "Telgte", "type": "municipality"}}')["q0"].types
    ('municipality',)
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise QueryParameterError(f"queries is no JSON: {error}") from None
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise QueryParameterError('queries is no object of queries such as {"q0": {"query": "…"}}')
    if len(found) > MAX_QUERIES:
        raise QueryParameterError(f"queries has {len(found)} queries; at most {MAX_QUERIES}")
    return {str(key): _question(one) for key, one in found.items()}


def _question(found: Mapping[str, Any]) -> Question:
    text, limit = found.get("query", ""), found.get("limit", 5)
    is_number = isinstance(limit, int | float) and not isinstance(limit, bool)
    if not isinstance(text, str) or not is_number or not -1e9 < limit < 1e9:
        raise QueryParameterError("a query is a text, and its limit a number")
    given = found.get("properties") or []
    if not isinstance(given, list):
        raise QueryParameterError('properties is a list such as [{"pid": "state", "v": "de-05"}]')
    values = []
    for one in given:
        name = one.get("pid") if isinstance(one, dict) else None
        if name in PROPERTIES and (asked := _texts(one.get("v"))):
            values.append((str(name), asked))
    return Question(
        text[:500],
        _texts(found.get("type")),
        min(max(int(limit), 1), MAX_CANDIDATES),
        tuple(values),
    )


def _day(text: str) -> PartialDate | None:
    """The date that a text is; None where it is none."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _texts(value: Any) -> tuple[str, ...]:
    """The texts of a value: a text, a number, an object with an ``id``, or a list of these."""
    values = value if isinstance(value, list) else [value]
    found = (one.get("id") or one.get("name") if isinstance(one, dict) else one for one in values)
    return tuple(str(one).strip() for one in found if isinstance(one, str | int) and one != "")


class Desk:
    """The names of a release, ready to be asked.

    Parameters
    ----------
    things : sequence of Thing
    """

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = {thing.path: thing for thing in things}
        self.types = [kind for kind in KINDS if any(one.type == kind for one in things)]
        self._by_key: dict[str, list[Thing]] = {}
        for thing in things:
            for key in {text.casefold() for text in thing.values("key") if text}:
                self._by_key.setdefault(key, []).append(thing)
        self._index = lru_cache(maxsize=len(KINDS) + 1)(self._make_index)

    @classmethod
    def of(cls, served: Served) -> Desk:
        """Every network and every agent of a release; what is both is listed once."""
        things: dict[str, Thing] = {}
        former: defaultdict[str, list[str]] = defaultdict(list)
        for change in served.release.changes:
            for iri in change.results:
                former[iri] += change.former_names
        for n in served.release.networks:
            path = path_of(n.iri)
            names = tuple(filter(None, (n.name, n.name_en, n.short_name, *former[n.iri])))
            things[path] = Thing(
                path, path.partition("/")[0], names or (n.slug,), "", "", "", n.kind, n.country
            )
        for a in served.release.agents:
            official = a.key.partition("-")[2] if a.kind in ("municipality", "district") else ""
            state = a.key if a.kind == "state" else a.state
            known = served.territories.get(a.iri)
            names = tuple(filter(None, (a.name, a.name_en, *former[a.iri])))
            thing = Thing(
                path_of(a.iri), a.kind, names or (a.key,),
                state.partition("-")[2] if a.kind == "state" else official, state,
                served.state_of(a) or "", a.kind, a.country, known.bounds if known else None,
            )  # fmt: skip
            things.setdefault(thing.path, thing)
        return cls(list(things.values()))

    def _make_index(self, kind: str) -> Nearest:
        return Nearest(
            Candidate(one.path, name, one.type, one.state)
            for one in self.things.values()
            if not kind or one.type == kind
            for name in one.names
        )

    def find(self, asked: Question) -> list[tuple[Thing, float, bool]]:
        """Candidates for a question: thing, score from 0 to 100, and whether it is the match."""
        keys = [value for name, values in asked.values if name == "key" for value in values]
        known = [t for key in (*keys, asked.text) for t in self._by_key.get(key.casefold(), [])]
        if known:
            found = dict.fromkeys(t for t in known if not asked.types or t.type in asked.types)
            return [(thing, 100.0, len(found) == 1) for thing in found][: asked.limit]
        near = [
            replace(one, score=one.score - self._against(self.things[one.path], asked))
            for kind in asked.types or ("",)
            for one in self._index(kind).find(asked.text, limit=MAX_CANDIDATES)
        ]
        near.sort(key=lambda one: (-one.score, len(one.name), one.path))
        sure = [
            one for one in near if one.score == 100.0 and folded(one.name) == folded(asked.text)
        ]
        return [
            (self.things[one.path], max(one.score, 0.0), sure == [one])
            for one in near[: asked.limit]
        ]

    @staticmethod
    def _against(thing: Thing, asked: Question) -> float:
        """What speaks against a thing: 20 for each property that it has otherwise."""
        against = 0.0
        for name, values in asked.values:
            has = {text.casefold() for text in thing.values(name) if text}
            if has and not has & {text.casefold() for text in values}:
                against += 20.0
            if name == "exists" and not thing.is_there(values):
                against += 20.0
        return against

    def begins(self, prefix: str, limit: int) -> list[Thing]:
        """The things that a text begins to name, for a field that completes it."""
        return [thing for thing, _, _ in self.find(Question(prefix, limit=limit))]


_DESKS: WeakKeyDictionary[Served, Desk] = WeakKeyDictionary()


def desk(served: Served) -> Desk:
    """The names of a release that is served, indexed when they are first asked for."""
    found = _DESKS.get(served)
    if found is None:
        found = _DESKS[served] = Desk.of(served)
    return found
