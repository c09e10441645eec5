"""Feeds: true entries on the real facts, both formats, stable ids, nothing hostile gets through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from kgraph_api.feeds.document import Document, Item, Language, Place
from kgraph_api.feeds.formats import atom, json_feed

ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = ["changes", "networks/stadtregion-muenster", "municipalities/de-05515000"]
MERGER = "/id/change/netzwerk-stadtentwicklung-nrw/merger-netzwerk-innenstadt-nrw-2024-01-01"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_both_formats_say_the_same(real: TestClient, name: str, language: str) -> None:
    atom_answer = real.get(f"/feeds/{name}.atom?lang={language}")
    json_answer = real.get(f"/feeds/{name}.json?lang={language}")
    assert atom_answer.headers["content-type"] == "application/atom+xml"
    assert json_answer.headers["content-type"] == "application/feed+json"
    feed, body = ET.fromstring(atom_answer.content), json_answer.json()
    assert body["version"] == "https://jsonfeed.org/version/1.1"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == body["language"] == language
    rows = [
        tuple(entry.findtext(f"{ATOM}{tag}") for tag in ("id", "title", "updated", "content"))
        for entry in feed.findall(f"{ATOM}entry")
    ]
    assert rows == [
        (one["id"], one["title"], one["date_modified"], one["content_text"])
        for one in body["items"]
    ]
    assert len(rows) > 10 and len({row[0] for row in rows}) == len(rows)
    days = [row[2] for row in rows]
    assert days == sorted(days, reverse=True) and feed.findtext(f"{ATOM}updated") == days[0]


def test_a_merger_in_both_languages(real: TestClient) -> None:
    # nwste-ueber, second paragraph: five networks continue as working groups from 2024-01-01.
    for language, title in (
        ("de", "Zusammenschluss: Netzwerk Innenstadt NRW → Netzwerk Stadtentwicklung NRW"),
        ("en", "Merger: Netzwerk Innenstadt NRW → Netzwerk Stadtentwicklung NRW"),
    ):
        body = real.get(f"/feeds/networks/netzwerk-innenstadt-nrw.json?lang={language}").json()
        [found] = [one for one in body["items"] if one["id"].endswith(MERGER)]
        assert found["title"] == title
        assert found["date_modified"] == "2024-01-01T00:00:00Z"
        assert found["_kgraph"]["date"] == "2024-01-01"
        assert found["_kgraph"]["sources"][0]["locator"] == "second paragraph"


def test_a_municipality_that_joined(real: TestClient) -> None:
    # havixbeck-stadtregion-2013, section 1.2: Telgte (05570044) with the others since 2001.
    body = real.get("/feeds/municipalities/de-05570044.json?lang=en").json()
    titles = {one["title"]: one for one in body["items"]}
    joined = titles["Joined: Telgte – Stadtregion Münster (member)"]
    assert joined["id"].endswith("/membership/stadtregion-muenster/de-05570044/member#joined-2001")
    # A year is over when it is over: nobody says on which day of 2001.
    assert joined["date_modified"] == "2001-12-31T00:00:00Z"


def test_parts_follow_each_other(real: TestClient) -> None:
    first = real.get("/feeds/changes.json?limit=3").json()
    second = real.get(first["next_url"]).json()
    both = real.get("/feeds/changes.json?limit=6").json()
    assert first["items"] + second["items"] == both["items"]
    assert "next_url" not in real.get("/feeds/changes.json?offset=1000000").json()
    empty = ET.fromstring(real.get("/feeds/changes.atom?offset=1000000").content)
    assert empty.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_a_reader_asks_again(real: TestClient) -> None:
    first = real.get("/feeds/changes.atom")
    again = real.get("/feeds/changes.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = real.get("/feeds/changes.atom?lang=en")
    assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/networks/no-such.atom", 404),
        ("/feeds/municipalities/de-0.json", 404),
        ("/feeds/changes.rss", 422),
        ("/feeds/changes.atom?lang=fr", 422),
        ("/feeds/changes.atom?language=en", 422),
        ("/feeds/networks/%3Cx%3E%E2%98%83.atom", 404),
    ],
)
def test_what_there_is_not(real: TestClient, path: str, status: int) -> None:
    answer = real.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("networks", "changes"),
        ("networks/stadtregion-muenster", "networks/stadtregion-muenster"),
        ("networks/stadtregion-muenster/members", "networks/stadtregion-muenster"),
        ("municipalities/de-05515000", "municipalities/de-05515000"),
        ("diff?from=2013-04-01&to=2025-01-01", "changes"),
    ],
)
def test_answers_name_their_feed(real: TestClient, path: str, feed: str) -> None:
    link = real.get(f"/api/v1/{path}").headers["link"]
    assert link == (
        f'</feeds/{feed}.atom>; rel="alternate"; type="application/atom+xml", '
        f'</feeds/{feed}.json>; rel="alternate"; type="application/feed+json"'
    )
    assert real.get(f"/feeds/{feed}.atom").status_code == 200


def test_hostile_names_stay_text() -> None:
    title = "</title><script>alert(1)</script> & \x00\x0b\ud800"
    place = Place(title, 'https://example.org/?"><x>', "p. 1", "2020")
    item = Item("urn:x", "urn:y", "joined", title, title, "2020", date(2020, 12, 31), (place,))
    document = Document("urn:feed", title, Language.DE, "http://x/", 'http://x/?"><x>', "", (item,))
    feed = ET.fromstring(atom(document))
    found = feed.findtext(f"{ATOM}entry/{ATOM}title")
    assert found == "</title><script>alert(1)</script> & \ufffd\ufffd\ufffd"
    assert feed.find(f".//{ATOM}script") is None and feed.find(f".//{ATOM}x") is None
    plain = replace(item, title="ü", text="", places=())
    assert "ü".encode() in json_feed(replace(document, title="", items=(plain,)))
