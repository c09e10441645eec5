"""Sources that contradict each other on something that can have one value only.

Nothing is chosen between them: both values stand in the graph, each in the graph of its source,
and here beside each other. A build finds them (:mod:`kgraph.queries.disagreements`) and stores
them in the release.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kgraph.errors import QueryParameterError
from kgraph.model import Statement

if TYPE_CHECKING:
    from kgraph.release import Release

__all__ = ["Disagreement", "On", "Said", "conflicts", "counts_agree", "disagreements"]

#: How far a rounded number may lie from the exact one.
ROUNDING = 0.1


class On(StrEnum):
    """What sources can contradict each other on."""

    FOUNDING_DATE = "founding-date"
    MEMBER_COUNT = "member-count"
    LEGAL_FORM = "legal-form"
    SEAT = "seat"
    CHAIR = "chair"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sources that cannot both be right about ``about`` (an IRI).

    ``first_day`` … ``last_day`` are the days for which both speak (ISO); empty where the statement
    has no time. The first source comes before the second in the alphabet.
    """

    about: str
    on: str
    first_day: str
    last_day: str
    first: Statement
    second: Statement


@dataclass(frozen=True, slots=True)
class Said:
    """One value as a source gives it: what to show, where it stands, what to compare.

    ``since`` … ``until`` are the days that the source speaks for; None where it has no time.
    """

    value: str
    source: str
    locator: str
    meant: Any
    since: date | None = None
    until: date | None = None


def disagreements(release: Release, about: str = "", on: str = "") -> tuple[Disagreement, ...]:
    """The disagreements of a release.

    Parameters
    ----------
    about : str, optional
        Only about this organisation: its IRI, its path (``network/metrex``) or its slug.
    on : str, optional
        Only on this: a value of :class:`On`.

    Returns
    -------
    tuple of Disagreement
        Ordered by what they are about, what they are on, day, and source.

    Raises
    ------
    QueryParameterError
        If nothing is compared under the name ``on``.
    NotFoundError
        If no organisation has that path or slug.

    Examples
    --------
    >>> import kgraph
    >>> found = disagreements(kgraph.open(), "stadtregion-muenster", "founding-date")
    >>> sorted({(one.first.value, one.second.value) for one in found})[0]
    ('2001', '2013')
    """
    if on and on not in set(On):
        raise QueryParameterError(f"nothing is compared on {on!r}; there is {', '.join(On)}")
    iri = _iri(release, about) if about else ""
    return tuple(
        one
        for one in release.disagreements
        if (not iri or one.about == iri) and (not on or one.on == on)
    )


def _iri(release: Release, about: str) -> str:
    from kgraph.namespaces import BASE, thing

    if about.startswith(BASE):
        return about
    iri = thing(about)
    if "/" in about and any(one.about == iri for one in release.disagreements):
        return iri
    return release.network(about.rpartition("/")[2]).iri


def conflicts(
    about: str, on: On, said: Iterable[Said], agree: Callable[[Any, Any], bool]
) -> Iterator[Disagreement]:
    """The pairs of sources of which nothing that the one says agrees with what the other says.

    A source that gives two values, a first and a second founding, does not contradict one that
    knows of the first only.

    Parameters
    ----------
    said : iterable of Said
        All about one thing. Statements with days are compared only where their days overlap.
    agree : callable
        Whether two values (``Said.meant``) can both be true.

    Examples
    --------
    >>> said = [Said("2001", "a", "p. 1", 2001), Said("2013", "b", "p. 2", 2013)]
    >>> [found] = conflicts("x", On.FOUNDING_DATE, said, lambda one, other: one == other)
    >>> found.first.source, found.second.value
    ('a', '2013')
    """
    by_source: defaultdict[str, list[Said]] = defaultdict(list)
    for one in said:
        by_source[one.source].append(one)
    for first, second in itertools.combinations(sorted(by_source), 2):
        pairs = [
            (one, other)
            for one, other in itertools.product(by_source[first], by_source[second])
            if _same_time(one, other)
        ]
        if any(agree(one.meant, other.meant) for one, other in pairs):
            continue
        seen = set()
        for one, other in pairs:
            if (one.value, other.value) not in seen:
                seen.add((one.value, other.value))
                yield _disagreement(about, on, one, other)


def _same_time(one: Said, other: Said) -> bool:
    """Whether both speak for a common day; always, where one of them has no time."""
    if one.since is None or one.until is None or other.since is None or other.until is None:
        return True
    return max(one.since, other.since) <= min(one.until, other.until)


def _disagreement(about: str, on: On, one: Said, other: Said) -> Disagreement:
    since = [said.since for said in (one, other) if said.since]
    until = [said.until for said in (one, other) if said.until]
    return Disagreement(
        about=about,
        on=on.value,
        first_day=max(since).isoformat() if since else "",
        last_day=min(until).isoformat() if until else "",
        first=Statement(one.value, one.source, one.locator),
        second=Statement(other.value, other.source, other.locator),
    )


def counts_agree(one: tuple[float, str], other: tuple[float, str]) -> bool:
    """Whether two counts with their qualifiers can both be true.

    "About" and "almost" leave a tenth of room, "over" and "at least" have no upper end.

    Examples
    --------
    >>> counts_agree((161, "over"), (168, "exactly")), counts_agree((78, ""), (79, "exactly"))
    (True, True)
    >>> counts_agree((78, "exactly"), (79, "exactly"))
    False
    >>> counts_agree((190, "exactly"), (200, "about"))
    True
    """
    (low, high), (other_low, other_high) = _range(*one), _range(*other)
    return max(low, other_low) <= min(high, other_high)


def _range(value: float, qualifier: str) -> tuple[float, float]:
    """The numbers that a count with a qualifier can mean."""
    below, above = value * (1 - ROUNDING), value * (1 + ROUNDING)
    return {
        "exactly": (value, value),
        "about": (below, above),
        "almost": (below, value - 1),
        "good": (value, above),
        "over": (value + 1, math.inf),
        "at-least": (value, math.inf),
        "up-to": (0, value),
    }.get(qualifier, (0, math.inf))
