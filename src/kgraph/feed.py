"""What happened, newest first: foundings and mergers, joins and leaves, first attestations.

Everything is dated by what the sources print; no clock is read, so that the same release gives the
same feed. What no source dates has no place in it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.dates import PartialDate

if TYPE_CHECKING:
    from kgraph.model import Change, Evidence, Membership
    from kgraph.release import Release

__all__ = ["BEGAN", "ENDED", "FIRST_ATTESTED", "JOINED", "LEFT", "Entry", "Feed"]

#: What becomes of a participation; what becomes of organisations are codes of ``change-type``.
JOINED, LEFT, BEGAN, ENDED = "joined", "left", "began", "ended"
FIRST_ATTESTED = "first-attested"

#: Roles that one joins and leaves; any other role begins and ends.
_JOINING = frozenset({"member", "founding-member", "associate"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened.

    Attributes
    ----------
    iri : str
        Stable: the IRI of the change, or that of the membership with what and when.
    what : str
        ``joined``, ``left``, ``began``, ``ended``, ``first-attested``, or a code of the code list
        ``change-type``.
    date : str
        As the source prints it.
    updated : datetime.date
        The last day that the date can mean: by then it had happened.
    member, network, role : str
        IRIs and the code of the role; empty for what becomes of organisations.
    originals, results, former_names : tuple of str
        Those of the change; empty for memberships.
    sources : tuple of Evidence
    """

    iri: str
    what: str
    date: str
    updated: dt.date
    member: str
    network: str
    role: str
    originals: tuple[str, ...]
    results: tuple[str, ...]
    former_names: tuple[str, ...]
    sources: tuple[Evidence, ...]

    @property
    def about(self) -> tuple[str, ...]:
        """The IRIs of the organisations and members that it concerns, each once."""
        found = (self.member, self.network, *self.originals, *self.results)
        return tuple(dict.fromkeys(iri for iri in found if iri))


class Feed:
    """Every entry of a release, as a whole and by what it concerns; newest first.

    Examples
    --------
    >>> import kgraph
    >>> feed = Feed.of(kgraph.open())
    >>> [newest, *_] = feed.about("https://w3id.org/imcoop/id/network/arge-historische-ortskerne-nrw")
    >>> newest.what, newest.date
    ('dissolution', '2015-06')
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(sorted(entries, key=_newest_first))
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for iri in entry.about:
                found[iri].append(entry)
        self._about = {iri: tuple(rows) for iri, rows in found.items()}

    @classmethod
    def of(cls, release: Release) -> Feed:
        """The feed of a release."""
        changes = (entry for change in release.changes for entry in _of_change(change))
        dated = {change.iri: change for change in release.changes if change.date}
        rows = (entry for row in release.memberships for entry in _of_membership(row, dated))
        return cls([*changes, *rows])

    def about(self, iri: str) -> tuple[Entry, ...]:
        """The entries that concern one organisation or member."""
        return self._about.get(iri, ())


def _newest_first(entry: Entry) -> tuple[int, str]:
    return -entry.updated.toordinal(), entry.iri


def _of_change(change: Change) -> Iterator[Entry]:
    """A change is an entry if a source dates it."""
    if change.date:
        yield Entry(
            change.iri, change.kind, change.date, PartialDate.parse(change.date).latest, "", "", "",
            change.originals, change.results, change.former_names, change.sources,
        )  # fmt: skip


def _of_membership(row: Membership, changes: Mapping[str, Change]) -> Iterator[Entry]:
    """Its beginning, or where no source tells it the first document that attests it; its end.

    It also ends with the merger or dissolution of what it was in.
    """
    is_joining = row.role in _JOINING
    if row.start:
        yield _entry(row, JOINED if is_joining else BEGAN, row.start)
    elif first := _first_attested(row):
        yield _entry(row, FIRST_ATTESTED, first)
    if row.end:
        yield _entry(row, LEFT if is_joining else ENDED, row.end)
    elif change := changes.get(row.ended_by):
        yield replace(_entry(row, ENDED, change.date), sources=change.sources)


def _entry(row: Membership, what: str, when: str) -> Entry:
    sources = row.evidence
    if what == FIRST_ATTESTED:
        sources = tuple(said for said in sources if said.date == when)
    return Entry(
        f"{row.iri}#{what}-{when}", what, when, PartialDate.parse(when).latest, row.member,
        row.network, row.role, (), (), (), sources,
    )  # fmt: skip


def _first_attested(row: Membership) -> str:
    """The date of its first dated evidence; empty where it is never attested on a day."""
    if row.bounds.attested_from > row.bounds.attested_until:
        return ""
    dated = [
        PartialDate.parse(one.date) for one in row.evidence if one.date and "/" not in one.date
    ]
    return min(dated, key=lambda found: (found.earliest, found.latest)).text if dated else ""
