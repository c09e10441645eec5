"""A feed as Atom (https://www.rfc-editor.org/rfc/rfc4287) and as JSON Feed 1.1
(https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree as ET

from kgraph_api.feeds.document import Document, Item

__all__ = ["MEDIA_TYPES", "WRITERS", "Format"]

_ATOM = "http://www.w3.org/2005/Atom"
#: Where a feed is empty: Atom wants a date.
_NEVER = "1970-01-01T00:00:00Z"
#: Characters that XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Format(StrEnum):
    """The extension of an address."""

    ATOM = "atom"
    JSON = "json"


MEDIA_TYPES = {Format.ATOM: "application/atom+xml", Format.JSON: "application/feed+json"}


def atom(document: Document) -> bytes:
    """Write Atom."""
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": document.language})
    _text(feed, "id", document.iri)
    _text(feed, "title", document.title)
    _text(feed, "updated", _time(document.items[0].updated) if document.items else _NEVER)
    _text(ET.SubElement(feed, "author"), "name", "kgraph")
    _link(feed, "self", document.feed_url, MEDIA_TYPES[Format.ATOM])
    _link(feed, "alternate", document.home_url)
    if document.next_url:
        _link(feed, "next", document.next_url, MEDIA_TYPES[Format.ATOM])
    for item in document.items:
        _entry(ET.SubElement(feed, "entry"), item)
    written: str = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}'.encode()


def _entry(entry: ET.Element, item: Item) -> None:
    _text(entry, "id", item.iri)
    _text(entry, "title", item.title)
    _text(entry, "updated", _time(item.updated))
    _link(entry, "alternate", item.url)
    for url in dict.fromkeys(place.url for place in item.places if place.url):
        _link(entry, "related", url)
    ET.SubElement(entry, "category", {"term": item.what})
    _text(entry, "content", item.text)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NO_XML.sub("\ufffd", text)


def _link(parent: ET.Element, rel: str, href: str, media_type: str = "") -> None:
    given = {"rel": rel, "href": _NO_XML.sub("", href)}
    ET.SubElement(parent, "link", {**given, "type": media_type} if media_type else given)


def json_feed(document: Document) -> bytes:
    """Write JSON Feed; ``_kgraph`` holds the date as printed and the places in sources."""
    body: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": document.title,
        "home_page_url": document.home_url,
        "feed_url": document.feed_url,
        "next_url": document.next_url,
        "language": document.language,
        "authors": [{"name": "kgraph"}],
        "items": [_json_item(item) for item in document.items],
    }
    if not document.next_url:
        del body["next_url"]
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _json_item(item: Item) -> dict[str, Any]:
    places = [
        {"title": one.title, "url": one.url or None, "locator": one.locator or None,
         "date": one.date or None}
        for one in item.places
    ]  # fmt: skip
    return {
        "id": item.iri,
        "url": item.url,
        "title": item.title,
        "content_text": item.text,
        "date_published": _time(item.updated),
        "date_modified": _time(item.updated),
        "tags": [item.what],
        "_kgraph": {"what": item.what, "date": item.date, "sources": places},
    }


def _time(day: date) -> str:
    """A day as RFC 3339 wants it."""
    return f"{day.isoformat()}T00:00:00Z"


WRITERS: dict[Format, Callable[[Document], bytes]] = {Format.ATOM: atom, Format.JSON: json_feed}
