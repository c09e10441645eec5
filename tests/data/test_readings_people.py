"""The readings of offices: who holds which office for whom, checked against the facts as text.

Only the csv module is used: a table must be right before any code of ours reads it.
"""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
MAPPINGS = DATA / "mappings"
READINGS = MAPPINGS / "readings" / "people.csv"

NETWORK_KINDS = {
    "network",
    "working-group",
    "umbrella-network",
    "city-region",
    "metropolitan-region",
    "transnational-network",
    "model-region",
    "special-purpose-association",
    "municipal-association",
}
OWN_KINDS = {"project", "event", "publication", "agreement"}  # path kind and kind are one word

FOUNDING = {
    "seed-001-moro-stadt-land-partnerschaften",
    "imorde-netzwerk-innenstadt",
    "dortmund-nwste-2024",
    "muenster-stadtregion",
    "seed-004-europaeisch-gut-vernetzt",
}

# Claims that keep no reading, and why. A new one must be read or be added here with its reason.
UNREAD = {
    ("administeredBy", "zuständige Bezirksregierung"): "depends on the place, none is named",
    ("discussedBy", "Räte der mitwirkenden Kommunen (erste Fassung)"): "no list of them",
    ("memberJoined", "69 in January 2023"): "a number of members, not a member",
    (
        "memberJoined",
        "planned: Lübeck, Neumünster, Kreis Ostholstein, Land Mecklenburg-Vorpommern, "
        "Ludwigslust-Parchim, Nordwestmecklenburg",
    ): "planned, not joined",
    ("representedBy", "Leitung des Amtes für Stadtentwicklung und Statistik"): "a post, no agent",
    ("representedBy", "Technischer Beigeordneter"): "a post, no agent",
    ("supportedBy", "Städtebauministerium NRW (Baulandinitiative)"): "undated, so which ministry?",
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def slug(name: str) -> str:
    for letter, ascii_ in zip("äöüß", ("ae", "oe", "ue", "ss"), strict=True):
        name = name.lower().replace(letter, ascii_)
    name = name.translate(str.maketrans("áéèóò", "aeeoo"))
    return re.sub("[^a-z0-9]+", "-", name).strip("-")


@pytest.fixture(scope="module")
def claims() -> list[dict[str, str]]:
    types = {row["property"]: row["pattern"] for row in rows(MAPPINGS / "claim-types.csv")}
    every = [row for path in sorted(DATA.glob("facts/claims/*.csv")) for row in rows(path)]
    return [row for row in every if types.get(row["property"]) == "office"]


@pytest.fixture(scope="module")
def readings() -> list[dict[str, str]]:
    return rows(READINGS)


@pytest.fixture(scope="module")
def registered() -> Counter[str]:
    """Every path of the registers, with the number of rows that claim it."""
    return Counter(row["agent"] for path in MAPPINGS.glob("named/*.csv") for row in rows(path))


@pytest.fixture(scope="module")
def organisations() -> set[str]:
    """The paths of data/facts/organisations, without those that are another name of a thing."""
    decided = rows(MAPPINGS / "same-organisation.csv")
    aliases = {row["alias"] for row in decided if row["alias"] != row["org"]}
    found = set()
    for path in DATA.glob("facts/organisations/*.csv"):
        for row in rows(path):
            if row["org"] not in aliases:
                found.add(f"{path_kind(row['kind'])}/{row['org']}")
    return found


def path_kind(kind: str) -> str:
    if kind in NETWORK_KINDS:
        return "network"
    if kind in OWN_KINDS:
        return kind
    return {"governance-body": "body", "office": "body", "funding-programme": "programme"}.get(
        kind, "organisation"
    )


@pytest.fixture(scope="module")
def official() -> set[str]:
    """The paths with an official key: municipalities, and the districts and states they lie in."""
    folder = DATA / "reference"
    german = {row["ags"] for row in rows(folder / "municipalities-de.csv")}
    abroad = {
        f"municipality/{country}-{row['code']}"
        for country in ("fr", "nl")
        for row in rows(folder / f"municipalities-{country}.csv")
    }
    return (
        abroad
        | {f"municipality/de-{key}" for key in german}
        | {f"district/de-{key[:5]}" for key in german}
        | {f"state/de-{row['key']}" for row in rows(folder / "states-de.csv")}
    )


def test_every_reading_belongs_to_a_claim(
    claims: list[dict[str, str]], readings: list[dict[str, str]]
) -> None:
    said = {(row["property"], row["value"], row["subject"]) for row in claims}
    said |= {(property_, value, "") for property_, value, _ in said}
    keys = [(row["property"], row["value"], row["subject"]) for row in readings]
    assert [key for key in keys if key not in said] == []


def test_every_path_leads_somewhere(
    readings: list[dict[str, str]],
    registered: Counter[str],
    organisations: set[str],
    official: set[str],
) -> None:
    known = official | organisations | set(registered)
    paths = {row[column] for row in readings for column in ("thing", "represents")} - {""}
    assert sorted(paths - known) == []
    assert all(row["thing"] for row in readings)


def test_role_overrides_are_in_the_code_list(readings: list[dict[str, str]]) -> None:
    turtle = DATA.parent / "ontology" / "codelists" / "roles.ttl"
    codes = set(re.findall(r'skos:notation\s+"([^"]+)"', turtle.read_text(encoding="utf-8")))
    assert {row["kind"] for row in readings} - {""} <= codes


def test_a_start_is_a_date_and_not_after_the_end(
    claims: list[dict[str, str]], readings: list[dict[str, str]]
) -> None:
    for row in readings:
        if not row["date"]:
            continue
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", row["date"]), row
        for claim in claims:
            if (claim["property"], claim["value"]) == (row["property"], row["value"]):
                end = claim["valid_to"] or "9999"
                shared = min(len(end), len(row["date"]))
                assert row["date"][:shared] <= end[:shared], (row, claim)


def test_one_person_is_one_row_and_is_used(
    readings: list[dict[str, str]], registered: Counter[str]
) -> None:
    people = rows(MAPPINGS / "named" / "people.csv")
    used = {row["thing"] for row in readings if row["thing"].startswith("person/")}
    assert [path for path in registered if registered[path] > 1] == []
    assert {row["agent"] for row in people} == used
    for row in people:
        bare = re.sub(r"^((Prof|Dr)\.? )+", "", row["name"])
        assert row["agent"] == f"person/{slug(bare)}", row
        assert row["class"] == "Person", row
        assert row["reason"], row


def test_every_organisation_of_this_register_is_used(readings: list[dict[str, str]]) -> None:
    used = {row[column] for row in readings for column in ("thing", "represents")}
    own = {row["agent"] for row in rows(MAPPINGS / "named" / "people-organisations.csv")}
    assert sorted(own - used) == []


def test_the_tables_are_sorted_and_without_doubles() -> None:
    for path in (READINGS, *MAPPINGS.glob("named/people*.csv")):
        table = [tuple(row.values()) for row in rows(path)]
        assert table == sorted(set(table)), path.name
        assert b"\r" not in path.read_bytes(), path.name


def test_every_claim_is_read_or_known_to_be_unread(claims: list[dict[str, str]]) -> None:
    every = [row for path in MAPPINGS.glob("readings/*.csv") for row in rows(path)]
    read = {(row["property"], row["value"], row["subject"]) for row in every}

    def is_read(claim: dict[str, str]) -> bool:
        key = (claim["property"], claim["value"])
        return (*key, "") in read or (*key, claim["subject"]) in read

    unread = [claim for claim in claims if not is_read(claim)]
    assert {(claim["property"], claim["value"]) for claim in unread} == set(UNREAD)
    assert [claim for claim in unread if claim["source"] in FOUNDING] == []
    print(f"{len(claims) - len(unread)} of {len(claims)} office claims have a reading")
