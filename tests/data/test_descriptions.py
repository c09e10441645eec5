"""Every network is described, in both languages, on sources that speak of it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kgraph.ingest.resolve import NETWORK_KINDS

DATA = Path(__file__).parents[2] / "data"

#: What no description of ours says: praise, and what the rows cannot hold.
PRAISE = re.compile(
    r"\b(?:einzigartig|erfolgreich|führend|renommiert|innovativ|bedeutend|wichtig|stark|modern"
    r"|unique|successful|leading|renowned|innovative|important|strong|vibrant)\w*\b",
    re.IGNORECASE,
)

#: Descriptions that rest on a row about something else, which names the network there.
ELSEWHERE = {
    ("emschergenossenschaft", "emscher-regen-zi"),
    ("hochschulen-in-der-metropolregion-ev", "metropolregion-gesellschafter"),
    ("lag-21-nrw", "wissenschaftsforum-gnk-2"),
    ("wirtschaft-in-der-metropolregion-ev", "metropolregion-gesellschafter"),
}


@cache
def table(name: str) -> list[dict[str, str]]:
    path = DATA / name
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path.with_suffix(".csv")]
    rows: list[dict[str, str]] = []
    for file in files:
        with file.open(encoding="utf-8", newline="") as handle:
            rows += csv.DictReader(handle)
    return rows


def canonical(slug: str) -> str:
    aliases = {row["alias"]: row["org"] for row in table("mappings/same-organisation")}
    return aliases.get(slug, slug)


def texts() -> list[tuple[str, str, str]]:
    return [
        (r["org"], lang, r[lang]) for r in table("mappings/descriptions") for lang in ("de", "en")
    ]


def test_every_network_has_one_description() -> None:
    networks = {
        canonical(row["org"])
        for row in table("facts/organisations")
        if row["kind"] in NETWORK_KINDS
    }
    described = [row["org"] for row in table("mappings/descriptions")]
    assert described == sorted(set(described))
    assert set(described) == networks


def test_both_languages_have_a_sentence_or_two() -> None:
    assert [t for t in texts() if not 40 <= len(t[2]) <= 320] == []
    assert [t for t in texts() if not t[2].endswith(".") or t[2] != t[2].strip()] == []


def test_no_two_networks_are_described_alike() -> None:
    assert [text for text, n in Counter(text for _, _, text in texts()).items() if n > 1] == []


def test_the_two_languages_are_not_mixed_up() -> None:
    """A text of one language has none of the small words of the other."""
    german = re.compile(r"\b(?:und|die|das|mit|von|ist|zur|zum|wurde)\b")
    english = re.compile(r"\b(?:and|the|with|of|is|was|has|which)\b")
    wrong = {"de": english, "en": german}
    plain = [(org, lang, re.sub(r"[„“][^“”]*[“”]", "", text)) for org, lang, text in texts()]
    assert [t for t in plain if wrong[t[1]].search(t[2])] == []


def test_no_description_praises() -> None:
    """Proper names in quotation marks are not ours."""
    plain = [(org, lang, re.sub(r"[„“][^“”]*[“”]", "", text)) for org, lang, text in texts()]
    assert [t for t in plain if PRAISE.search(t[2])] == []


def test_the_sources_are_known_and_speak_of_the_network() -> None:
    known = {row["source"] for row in table("facts/sources")}
    speaking = {(canonical(row["org"]), row["source"]) for row in table("facts/organisations")}
    speaking |= {(canonical(row["network"]), row["source"]) for row in table("facts/memberships")}
    speaking |= {(canonical(row["subject"]), row["source"]) for row in table("facts/claims")}
    for row in table("mappings/descriptions"):
        sources = row["sources"].split("|")
        assert sources == list(dict.fromkeys(sources)), row["org"]
        assert set(sources) <= known, row["org"]
        assert {(row["org"], s) for s in sources} - speaking <= ELSEWHERE, row["org"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_year_stands_in_a_row_of_the_sources_that_are_named(language: str) -> None:
    said = {
        row["source"]: f"{row['published']} {row['not_before']}" for row in table("facts/sources")
    }
    for name in ("organisations", "memberships", "claims"):
        for row in table(f"facts/{name}"):
            said[row["source"]] += " " + " ".join(row.values())
    missing = []
    for row in table("mappings/descriptions"):
        known = " ".join(said[source] for source in row["sources"].split("|"))
        years = set(re.findall(r"\b(?:19|20)\d\d\b", row[language]))
        missing += [(row["org"], year) for year in sorted(years) if year not in known]
    assert missing == []
