"""What sources contradict each other on: found once, when a release is built."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kgraph import namespaces
from kgraph.dates import PartialDate, bounds
from kgraph.disagreements import Disagreement, On, Said, conflicts, counts_agree
from kgraph.model import Figure
from kgraph.queries._run import select
from kgraph.store import Store

__all__ = ["all_disagreements"]

_BRACKETS = re.compile(r"\s*\([^)]*\)")

Gathered = defaultdict[str, list[Said]]


def all_disagreements(
    store: Store, figures: Iterable[Figure], broader: Mapping[str, str]
) -> tuple[Disagreement, ...]:
    """Every pair of sources that contradict each other; ordered.

    Parameters
    ----------
    figures : iterable of Figure
        All figures; the counts of members among them are compared.
    broader : mapping
        Code of a legal form → the code above it: an association that is called a registered
        association elsewhere is no contradiction.
    """
    found = [
        *_each(On.FOUNDING_DATE, _foundings(store), _dates_agree),
        *_each(On.MEMBER_COUNT, _counts(figures), counts_agree),
        *_each(On.LEGAL_FORM, _values(store, "legalForm"), _forms_agree(broader)),
        *_each(On.SEAT, _values(store, "seat"), _share_one),
        *_each(On.CHAIR, _chairs(store), lambda one, other: one == other),
    ]
    return tuple(sorted(found, key=_order))


def _order(one: Disagreement) -> tuple[str, ...]:
    sources, values = (one.first.source, one.second.source), (one.first.value, one.second.value)
    return (one.about, one.on, one.first_day, *sources, *values)


def _each(on: On, gathered: Gathered, agree: object) -> Iterator[Disagreement]:
    for key in sorted(gathered):
        yield from conflicts(key.partition(" ")[0], on, gathered[key], agree)  # type: ignore[arg-type]


def _foundings(store: Store) -> Gathered:
    found: Gathered = defaultdict(list)
    for about, kind, date, source, locator in select(store, "network_changes"):
        if kind.endswith("/founding"):
            said = Said(date, _slug(source), locator, PartialDate.parse(date))
            found[about].append(said)
    return found


def _dates_agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates share a day: a year and a day in it do."""
    return max(one.earliest, other.earliest) <= min(one.latest, other.latest)


def _counts(figures: Iterable[Figure]) -> Gathered:
    """Counts of members with the days that they speak for; undated ones speak for no day."""
    found: Gathered = defaultdict(list)
    for one in figures:
        if one.kind != "members" or not one.date:
            continue
        date = PartialDate.parse(one.date)
        words = [f"{one.value:.10g}"]
        if one.qualifier != "exactly":
            words.insert(0, one.qualifier)
        if one.counted:
            words.append(one.counted)
        meant = (one.value, one.qualifier)
        until = PartialDate.parse(one.until or one.date).latest
        said = Said(" ".join(words), one.source, one.locator, meant, date.earliest, until)
        found[one.of].append(said)
    return found


def _values(store: Store, name: str) -> Gathered:
    """A value for each source: the codes or things that it means, shown as it is printed."""
    places = {
        (about, source, property): locator
        for about, source, property, locator in select(store, "functional_places")
    }
    own = namespaces.term(f"imc:{name}")
    meant: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    printed: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for about, property, value, source in select(store, "functional_values"):
        if property == own:
            meant[about, source].append(value.rpartition("/")[2])
        elif property == own + "AsPrinted":
            printed[about, source].append(value)
    found: Gathered = defaultdict(list)
    for about, source in sorted(meant.keys() | printed.keys()):
        words = " | ".join(printed[about, source])
        codes = meant[about, source]
        locator = places.get((about, source, name)) or places.get((about, source, ""), "")
        said = Said(words or " | ".join(codes), _slug(source), locator, (codes, _names(words)))
        found[about].append(said)
    return found


def _names(words: str) -> frozenset[str]:
    """Printed names to compare: parts between bars, without remarks in brackets, as slugs."""
    return frozenset(namespaces.slug(part) for part in _BRACKETS.sub("", words).split("|"))


Codes = tuple[list[str], frozenset[str]]


def _share_one(one: Codes, other: Codes) -> bool:
    return bool(set(one[0]) & set(other[0]) or one[1] & other[1])


def _forms_agree(broader: Mapping[str, str]) -> object:
    """Legal forms agree if they are the same or one is broader; one without a code says nothing."""

    def agree(one: Codes, other: Codes) -> bool:
        if not one[0] or not other[0]:
            return True
        return any(
            code == also or broader.get(code) == also or code == broader.get(also)
            for code in one[0]
            for also in other[0]
        )

    return agree


def _chairs(store: Store) -> Gathered:
    """Chairs with the days for which their source attests them; persons and cities apart."""
    found: Gathered = defaultdict(list)
    for about, chair, source, locator, start, end, date in select(store, "chairs"):
        starts, ends, points = ([PartialDate.parse(d)] if d else [] for d in (start, end, date))
        if points and (
            (starts and points[0].latest < starts[0].earliest)
            or (ends and points[0].earliest > ends[0].latest)
        ):
            points = []
        days = bounds(starts, ends, points)
        if days.attested_from <= days.attested_until:
            kind = "person" if "/id/person/" in chair else "agent"
            found[f"{about} {kind}"].append(
                Said(namespaces.path_of(chair), _slug(source), locator, chair,
                     days.attested_from, days.attested_until)
            )  # fmt: skip
    return found


def _slug(source: str) -> str:
    return source.rpartition("/")[2]
