"""A part of a feed with its words and addresses: what both formats are written from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kgraph.feed import BEGAN, ENDED, FIRST_ATTESTED, JOINED, LEFT, Entry
from kgraph_api.served import Served

__all__ = ["Document", "Item", "Language", "Place", "item"]


class Language(StrEnum):
    """The languages of titles."""

    DE = "de"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document that says so."""

    title: str
    url: str
    locator: str
    date: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry in words; ``url`` is the IRI of what it concerns first, which leads to its page."""

    iri: str
    url: str
    what: str
    title: str
    text: str
    date: str
    updated: dt.date
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One part of a feed; ``next_url`` is the address of the part after it, or empty."""

    iri: str
    title: str
    language: Language
    home_url: str
    feed_url: str
    next_url: str
    items: tuple[Item, ...]


_WHAT = {
    JOINED: {"de": "Beitritt", "en": "Joined"},
    LEFT: {"de": "Austritt", "en": "Left"},
    BEGAN: {"de": "Beginn", "en": "Began"},
    ENDED: {"de": "Ende", "en": "Ended"},
    FIRST_ATTESTED: {"de": "Erstmals belegt", "en": "First attested"},
}
_DATE = {"de": "Datum laut Quelle", "en": "Date as given by the source"}
_SOURCES = {"de": "Quellen", "en": "Sources"}


def item(entry: Entry, served: Served, language: Language) -> Item:
    """An entry in words."""
    places = _places(entry, served)
    said = "; ".join(dict.fromkeys(_said(place) for place in places))
    text = f"{_DATE[language]}: {entry.date}. {_SOURCES[language]}: {said or '–'}."
    first = entry.network or (entry.results or entry.originals)[0]
    return Item(
        iri=entry.iri,
        url=first,
        what=entry.what,
        title=_title(entry, served, language),
        text=text,
        date=entry.date,
        updated=entry.updated,
        places=places,
    )


def _title(entry: Entry, served: Served, language: Language) -> str:
    """``Joined: Münster – Stadtregion Münster (member)``; ``Merger: A, B → C``."""

    def names(iris: tuple[str, ...]) -> str:
        return ", ".join(served.name_in(language, iri) for iri in iris)

    if entry.member:
        role = _label(served, "role", entry.role, language)
        who, where = (served.name_in(language, iri) for iri in (entry.member, entry.network))
        return f"{_WHAT[entry.what][language]}: {who} – {where} ({role})"
    before = ", ".join(entry.former_names)
    if not before and entry.originals != entry.results:
        before = names(entry.originals)
    told = " → ".join(filter(None, (before, names(entry.results))))
    happened = _label(served, "change-type", entry.what, language)
    return f"{happened[:1].upper()}{happened[1:]}: {told}"


def _label(served: Served, scheme: str, code: str, language: Language) -> str:
    concept = served.release.codelists[scheme].get(code)
    return concept.labels.get(language, code) if concept else code


def _places(entry: Entry, served: Served) -> tuple[Place, ...]:
    found = []
    for said in entry.sources:
        source = served.release.source(said.source)
        found.append(Place(source.title, source.url, said.locator, said.date))
    return tuple(found)


def _said(place: Place) -> str:
    return f"{place.title}, {place.locator}" if place.locator else place.title
