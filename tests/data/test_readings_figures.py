"""The readings of numbers, money and decisions, checked against the facts as text.

Only the csv module is used: a table must be right before any code of ours reads it.
"""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
MAPPINGS = DATA / "mappings"
CODELISTS = ROOT / "ontology" / "codelists"
FILES = ("figures", "texts")
OWN = {"figure", "fee", "funding", "holding", "decision"}

FOUNDING = {
    "seed-001-moro-stadt-land-partnerschaften",
    "imorde-netzwerk-innenstadt",
    "dortmund-nwste-2024",
    "muenster-stadtregion",
    "seed-004-europaeisch-gut-vernetzt",
}

# Organisation kinds whose path does not start with "network".
PATH_KINDS = {
    "governance-body": "body",
    "office": "body",
    "ministry": "organisation",
    "agency": "organisation",
    "district-government": "organisation",
    "company": "organisation",
    "chamber": "organisation",
    "university": "organisation",
    "funding-programme": "programme",
    "project": "project",
    "event": "event",
    "publication": "publication",
    "agreement": "agreement",
}

# A funding that says which share it is, and a fee per head: no figure kinds.
MONEY_KINDS = {"share", "per-inhabitant"}

# Claims that keep no reading, and why. A new one must be read or be added here with its reason.
UNREAD = {
    ("fundedBy", "keine finanzielle Förderung"): "says that nobody funds it",
}

# A number that reads in one way only; a single separator before three digits reads in two.
REGULAR = re.compile(
    r"(?:(?:über|mehr als|over|more than|rund|ca\.|etwa|circa|about|approx\.|some|rd\.|fast|knapp"
    r"|nearly|bis zu|up to|gut|mindestens|at least) )?"
    r"(?:\d+|\d{1,3}(?:[.,]\d{3}){2,}|\d+[.,](?:\d{1,2}|\d{4,}))"
    r"(?: (?:Millionen|Million|million|Mio\.?))?(?: (?:km²|%|EUR|Euro))?"
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def folder(path: Path) -> list[dict[str, str]]:
    return [row for file in sorted(path.glob("*.csv")) for row in rows(file)]


READINGS = [row for name in FILES for row in rows(MAPPINGS / "readings" / f"{name}.csv")]
CLAIMS = folder(DATA / "facts" / "claims")
TYPES = {row["property"]: row for row in rows(MAPPINGS / "claim-types.csv")}


def codes(file: str) -> set[str]:
    text = (CODELISTS / file).read_text(encoding="utf-8")
    return set(re.findall(r'skos:notation\s+"([^"]+)"', text))


def read_by(claim: dict[str, str]) -> list[dict[str, str]]:
    mine = [
        r for r in READINGS if (r["property"], r["value"]) == (claim["property"], claim["value"])
    ]
    own = [r for r in mine if r["subject"] == claim["subject"]]
    return own or [r for r in mine if not r["subject"]]


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Every path that an official list, an organisation or the register gives."""
    reference = DATA / "reference"
    paths = {f"state/de-{r['key']}" for r in rows(reference / "states-de.csv")}
    paths |= {f"country/{r['code'].lower()}" for r in rows(reference / "countries.csv")}
    for row in rows(reference / "municipalities-de.csv"):
        paths |= {f"municipality/de-{row['ags']}", f"district/de-{row['district_key']}"}
    for row in folder(DATA / "facts" / "organisations"):
        paths.add(f"{PATH_KINDS.get(row['kind'], 'network')}/{row['org']}")
    return paths | {row["agent"] for row in folder(MAPPINGS / "named")}


@pytest.mark.parametrize("name", FILES)
def test_rows_are_sorted_and_none_stands_twice(name: str) -> None:
    table = rows(MAPPINGS / "readings" / f"{name}.csv")
    keys = [(r["property"], r["value"], r["subject"]) for r in table]
    assert keys == sorted(keys)
    assert not [r for r, n in Counter(tuple(r.values()) for r in table).items() if n > 1]


def test_every_reading_reads_a_claim() -> None:
    keys = {(c["property"], c["value"]) for c in CLAIMS}
    keys_of_subject = {(c["property"], c["value"], c["subject"]) for c in CLAIMS}
    for r in READINGS:
        assert (r["property"], r["value"]) in keys, r
        assert not r["subject"] or (r["property"], r["value"], r["subject"]) in keys_of_subject, r


def test_readings_belong_to_our_patterns() -> None:
    assert {TYPES[r["property"]]["pattern"] for r in READINGS} <= OWN


def test_a_key_is_read_in_one_file_only() -> None:
    others = {
        (r["property"], r["value"], r["subject"])
        for file in (MAPPINGS / "readings").glob("*.csv")
        if file.stem not in FILES
        for r in rows(file)
    }
    assert not others & {(r["property"], r["value"], r["subject"]) for r in READINGS}


def test_numbers_are_plain() -> None:
    for r in READINGS:
        assert re.fullmatch(r"(?:\d+(?:\.\d+)?)?", r["number"]), r
        assert bool(r["number"]) == bool(r["qualifier"]), r


def test_a_number_or_a_label_says_what_a_reading_adds() -> None:
    for r in READINGS:
        pattern = TYPES[r["property"]]["pattern"]
        if pattern == "figure":
            assert r["number"], r
        elif pattern != "decision":
            assert r["number"] or r["thing"] or r["label"], r


def test_the_number_is_printed_in_the_value() -> None:
    """A number in digits stands among the digits of its value, or its reason says otherwise."""
    for r in READINGS:
        digits = re.sub(r"\D", "", r["value"])
        number = r["number"].replace(".", "").strip("0")
        assert not digits or number in digits or r["reason"] or r["counted"], r


def test_codes_exist() -> None:
    qualifiers, kinds = codes("qualifiers.ttl"), codes("figure-kinds.ttl")
    decisions = codes("decision-types.ttl")
    for r in READINGS:
        assert not r["qualifier"] or r["qualifier"] in qualifiers, r
        pattern = TYPES[r["property"]]["pattern"]
        allowed = {"figure": kinds, "decision": decisions}.get(pattern, MONEY_KINDS)
        assert not r["kind"] or r["kind"] in allowed, r
    for row in TYPES.values():
        if row["pattern"] == "figure":
            assert row["term"] in kinds, row
        if row["pattern"] == "decision":
            assert row["term"] in decisions, row


def test_paths_exist(known: set[str]) -> None:
    for r in READINGS:
        for column in ("thing", "represents", "place"):
            for path in filter(None, r[column].split("|")):
                assert path in known, (column, r)


def test_the_register_of_funders_is_sound(known: set[str]) -> None:
    mine = rows(MAPPINGS / "named" / "others-money.csv")
    assert [r["agent"] for r in mine] == sorted(r["agent"] for r in mine)
    assert not {agent for agent, n in Counter(r["agent"] for r in mine).items() if n > 1}
    named = {r["thing"] for r in READINGS}
    for r in mine:
        assert r["class"] in {"Organisation", "Body", "Region"} and r["name"] and r["reason"], r
        assert not r["within"] or r["within"] in known, r
        assert r["agent"] in named, f"{r['agent']} is named by no reading; delete it"


def test_every_claim_of_our_patterns_reads(known: set[str]) -> None:
    """Each is regular, names an organisation of ours, has a reading, or is excused above."""
    slugs = {path.partition("/")[2] for path in known}
    for claim in CLAIMS:
        kind = TYPES[claim["property"]]
        if kind["pattern"] not in OWN or read_by(claim):
            continue
        if kind["pattern"] in ("figure", "fee") or kind["term"] in ("amount", "share"):
            assert REGULAR.fullmatch(claim["value"]), claim
        elif kind["pattern"] != "decision":
            key = (claim["property"], claim["value"])
            assert claim["value"] in slugs or key in UNREAD, claim


def test_founding_documents_are_typed_whole() -> None:
    untyped = [
        c for c in CLAIMS if c["source"] in FOUNDING and TYPES[c["property"]]["pattern"] == "claim"
    ]
    assert untyped == []
    decided = [
        c
        for c in CLAIMS
        if c["source"] in FOUNDING and TYPES[c["property"]]["pattern"] == "decision"
    ]
    assert all(read_by(c) for c in decided)


def test_the_totals_of_a_network_are_not_mixed_with_parts() -> None:
    """Coverage takes the largest member count of a date: a value has at most one of them."""
    totals = Counter(
        (r["value"], r["subject"])
        for r in READINGS
        if r["property"] == "memberCount" and r["kind"] in ("", "members")
    )
    assert {key for key, n in totals.items() if n > 1} == {("30 oder 36", "")}


def test_corrections_meet_the_cell_that_they_correct() -> None:
    for row in rows(MAPPINGS / "corrections.csv"):
        cells = [c for c in rows(DATA / row["file"]) if row["key"] in c.values()]
        # An organisation can stand in two rows, of which one is corrected.
        assert row["now"] in [c[row["column"]] for c in cells], row
