"""The readings of claims about bodies, works, changes and themes, compared with the claims."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
CODELISTS = ROOT / "ontology" / "codelists"

PATTERNS = {"work", "body", "part", "change", "name", "link", "theme", "seat", "date"}
PATH = re.compile(
    r"^(municipality|district|state|country|network|body|organisation|programme|project|event"
    r"|publication|agreement|award|person|region|place|agent)/[a-z0-9]+(-[a-z0-9]+)*$"
)
DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")

#: Kind of an organisation → first part of its path; whatever is not here is a network.
PATH_KINDS = {
    "governance-body": "body", "office": "body", "ministry": "organisation",
    "agency": "organisation", "district-government": "organisation", "company": "organisation",
    "chamber": "organisation", "university": "organisation", "funding-programme": "programme",
    "project": "project", "event": "event", "publication": "publication",
    "agreement": "agreement",
}  # fmt: skip

#: Which kinds of things a pattern may name. A claim of a work can be of another work: an agreement
#: that a source lists among the projects.
LEGAL = {
    "work": {"event", "project", "publication", "agreement", "award"},
    "body": {"body"},
    "part": {"network", "body", "programme", "project", "municipality"},
    "change": {
        "network",
        "organisation",
        "body",
        "project",
        "programme",
        "district",
        "municipality",
    },
    "link": {"municipality", "organisation", "programme", "agreement"},
    "office": {"event"},
}

#: First part of a path → the code list of its kinds.
KINDS = {"event": "event-kind", "publication": "publication-kind", "body": "body-type"}

#: How the reason of a reading begins that types nothing.
UNTYPED = "left untyped: "


def _rows(*paths: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as handle:
            rows += csv.DictReader(handle)
    return rows


def _codes(scheme: str) -> set[str]:
    """The notations of one code list."""
    found: set[str] = set()
    for path in CODELISTS.glob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        if f"<https://w3id.org/imcoop/codelist/{scheme}> a skos:ConceptScheme" in text:
            found |= set(re.findall(r'skos:notation\s+"([^"]+)"', text))
    return found


READINGS = _rows(DATA / "mappings" / "readings" / "things.csv")
CLAIMS = _rows(*sorted((DATA / "facts" / "claims").glob("*.csv")))
TYPES = {row["property"]: row for row in _rows(DATA / "mappings" / "claim-types.csv")}
ORGANISATIONS = _rows(*sorted((DATA / "facts" / "organisations").glob("*.csv")))
NAMED = _rows(*sorted((DATA / "mappings" / "named").glob("*.csv")))
THEMES = _rows(DATA / "mappings" / "themes.csv")
PATHS = {f"{PATH_KINDS.get(row['kind'], 'network')}/{row['org']}" for row in ORGANISATIONS}
REGISTER = {row["agent"]: row["name"] for row in NAMED}
KNOWN_TERRITORY = {
    f"municipality/{country}-{row[column]}"
    for country, column in (("de", "ags"), ("fr", "code"), ("nl", "code"))
    for row in _rows(DATA / "reference" / f"municipalities-{country}.csv")
}


def _key(row: dict[str, str]) -> str:
    return f"{row['property']}: {row['value']} ({row['subject']})"


def test_there_are_readings_of_every_pattern() -> None:
    patterns = {TYPES[row["property"]]["pattern"] for row in READINGS}
    assert patterns == {"work", "body", "part", "change", "link", "seat", "office"}


def test_every_reading_reads_a_claim() -> None:
    keys = {(row["property"], row["value"], row["subject"]) for row in CLAIMS}
    values = {(prop, value) for prop, value, _ in keys}
    lost = [
        _key(row)
        for row in READINGS
        if (row["property"], row["value"], row["subject"]) not in keys
        and (row["subject"] or (row["property"], row["value"]) not in values)
    ]
    assert lost == []


def test_no_reading_stands_twice() -> None:
    cells = [tuple(value for name, value in row.items() if name != "reason") for row in READINGS]
    assert sorted(cells) == sorted(set(cells))


def test_things_are_of_the_kind_that_the_pattern_wants() -> None:
    wrong = [
        (_key(row), row["thing"])
        for row in READINGS
        if row["thing"]
        and row["thing"].partition("/")[0] not in LEGAL[TYPES[row["property"]]["pattern"]]
    ]
    assert wrong == []


@pytest.mark.parametrize("column", ["thing", "represents", "place"])
def test_paths_are_paths(column: str) -> None:
    paths = [(_key(r), path) for r in READINGS for path in r[column].split("|") if path]
    assert [key for key, path in paths if not PATH.match(path)] == []


def test_dates_are_dates() -> None:
    assert [_key(row) for row in READINGS if row["date"] and not DATE.match(row["date"])] == []


def test_places_are_known() -> None:
    known = KNOWN_TERRITORY | set(REGISTER)
    assert [(_key(r), r["place"]) for r in READINGS if r["place"] and r["place"] not in known] == []


def test_kinds_are_codes() -> None:
    wrong = []
    for row in READINGS:
        own = row["thing"].partition("/")[0]
        pattern = TYPES[row["property"]]["pattern"]
        scheme = "change-type" if pattern == "change" else KINDS.get(own, "")
        if row["kind"] and row["kind"] not in _codes(scheme):
            wrong.append((_key(row), scheme, row["kind"]))
    assert wrong == []


def test_every_event_publication_and_body_has_a_kind() -> None:
    wanting = [
        _key(row)
        for row in READINGS
        if TYPES[row["property"]]["pattern"] in ("work", "body")
        and row["thing"].partition("/")[0] in KINDS
        and not row["kind"]
    ]
    assert wanting == []


def test_one_thing_has_one_label_and_one_kind() -> None:
    labels, kinds = defaultdict(set), defaultdict(set)
    for row in READINGS:
        if row["thing"]:
            if TYPES[row["property"]]["pattern"] != "change" and row["kind"]:
                kinds[row["thing"]].add(row["kind"])
            if row["label"]:
                labels[row["thing"]].add(row["label"])
            if row["thing"] in REGISTER:
                labels[row["thing"]].add(REGISTER[row["thing"]])
    assert {thing: found for thing, found in labels.items() if len(found) > 1} == {}
    assert {thing: found for thing, found in kinds.items() if len(found) > 1} == {}


def test_a_thing_has_a_label_or_a_row_of_its_own() -> None:
    labelled = {row["thing"] for row in READINGS if row["label"]}
    known = PATHS | set(REGISTER) | KNOWN_TERRITORY | labelled
    assert [_key(r) for r in READINGS if r["thing"] and r["thing"] not in known] == []


def test_a_thing_with_a_row_of_its_own_is_not_labelled_again() -> None:
    assert [_key(r) for r in READINGS if r["label"] and r["thing"] in PATHS] == []


def test_a_slug_of_ours_keeps_its_kind() -> None:
    slugs = {path.partition("/")[2]: path for path in PATHS}
    wrong = [
        (row["thing"], slugs[row["thing"].partition("/")[2]])
        for row in READINGS
        if row["thing"].partition("/")[2] in slugs
        and slugs[row["thing"].partition("/")[2]] != row["thing"]
    ]
    assert wrong == []


def test_no_claim_is_left_out_unseen() -> None:
    """Every claim of these patterns is regular or read, be it that it stays untyped."""
    read = {(row["property"], row["value"], row["subject"]) for row in READINGS}
    slugs = {row["org"] for row in ORGANISATIONS}
    left = []
    for claim in CLAIMS:
        pattern = TYPES[claim["property"]]["pattern"]
        if pattern not in PATTERNS or pattern in ("theme", "name"):
            continue
        regular = claim["value"] in slugs or DATE.match(claim["value"])
        if not regular and (claim["property"], claim["value"], claim["subject"]) not in read:
            left.append(_key(claim))
    assert left == []


def test_what_stays_untyped_is_few_and_says_why() -> None:
    said = ("thing", "label", "kind", "date", "place")
    empty = [row for row in READINGS if not any(row[column] for column in said)]
    assert all(row["reason"].startswith(UNTYPED) for row in empty)
    assert len(empty) == len([r for r in READINGS if r["reason"].startswith(UNTYPED)]) == 13


def test_every_theme_word_has_a_theme() -> None:
    words = {
        word.strip()
        for cell in [row["themes"] for row in ORGANISATIONS]
        + [row["value"] for row in CLAIMS if row["property"] == "theme"]
        for word in cell.split("|")
        if word.strip()
    }
    assert len(words) > 200
    assert {row["word"] for row in THEMES} == words


def test_every_theme_is_a_concept_and_every_concept_is_used() -> None:
    assert {row["theme"] for row in THEMES} == _codes("theme")
    pairs = [(row["word"], row["theme"]) for row in THEMES]
    assert pairs == sorted(set(pairs))


def test_themes_are_a_shallow_hierarchy() -> None:
    text = (CODELISTS / "themes.ttl").read_text(encoding="utf-8")
    blocks = re.split(r"(?m)^theme:([a-z-]+) a skos:Concept ;", text)[1:]
    broader = {
        code: re.findall(r"skos:broader\s+theme:([a-z-]+)", block)
        for code, block in zip(blocks[::2], blocks[1::2], strict=True)
    }
    top = {code for code, parents in broader.items() if not parents}
    assert len(top) < len(broader) / 2
    nested = {code: parents for code, parents in broader.items() if not set(parents) <= top}
    assert nested == {}
