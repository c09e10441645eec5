"""The decisions about names, compared with the facts, the official lists and the register."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
RAW = ROOT.parent / "shared" / "facts"

#: Kind of an organisation → first part of its path; whatever is not here is a network.
PATH_KINDS = {
    "governance-body": "body", "office": "body", "ministry": "organisation",
    "agency": "organisation", "district-government": "organisation", "company": "organisation",
    "chamber": "organisation", "university": "organisation", "funding-programme": "programme",
    "project": "project", "event": "event", "publication": "publication",
    "agreement": "agreement",
}  # fmt: skip

#: Table → the columns that together make a row's key.
KEYS = {
    "same-organisation": ("alias",),
    "not-same": ("org", "other"),
    "subjects": ("subject",),
    "names": ("printed", "kind", "country", "region", "network"),
    "legal-forms": ("printed", "form"),
    "changes": ("change", "originals", "results", "date"),
    "corrections": ("file", "key", "column", "was"),
}

#: What a roster can print before the name of a district.
PREFIX = re.compile("^(?:Landkreis|Kreis|LK) ")

#: The founding documents, of which every statement is kept: what the collected tables left out of
#: them was added to the claims.
FOUNDING = {
    "muenster-stadtregion",
    "seed-001-moro-stadt-land-partnerschaften",
    "imorde-netzwerk-innenstadt",
    "dortmund-nwste-2024",
    "seed-004-europaeisch-gut-vernetzt",
}

#: Part of the facts → its folder or file, the number of rows that were collected, and the column
#: by which the corrections say which row they mean. 320 organisations stand in 343 rows, because
#: the two parts of the collection describe some of them twice.
FACTS = {
    "sources": ("sources.csv", 761, "source"),
    "organisations": ("organisations", 343, "org"),
    "members": ("memberships", 4619, "member"),
    "claims": ("claims", 2470, "value"),
}


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    path = DATA / name
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path.with_suffix(".csv")]
    return tuple(row for file in files for row in rows_of(file))


def rows_of(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def printed(text: str) -> str:
    return " ".join(text.split())


@cache
def register() -> dict[str, dict[str, str]]:
    return {row["agent"]: row for row in table("mappings/named")}


@cache
def organisations() -> dict[str, str]:
    """Slug → path."""
    rows = table("facts/organisations")
    return {r["org"]: f"{PATH_KINDS.get(r['kind'], 'network')}/{r['org']}" for r in rows}


@cache
def official() -> frozenset[str]:
    """The paths of everything that the official lists hold."""
    found = {f"state/de-{row['key']}" for row in table("reference/states-de")}
    found |= {f"country/{row['code'].lower()}" for row in table("reference/countries")}
    for row in table("reference/municipalities-de"):
        found |= {f"municipality/de-{row['ags']}", f"district/de-{row['district_key']}"}
    found |= {f"municipality/de-{r['ags']}" for r in table("reference/municipalities-de-former")}
    for country in ("fr", "nl"):
        rows = table(f"reference/municipalities-{country}")
        found |= {f"municipality/{country}-{row['code']}" for row in rows}
    return frozenset(found)


@cache
def known() -> frozenset[str]:
    return official() | set(organisations().values()) | set(register())


@cache
def exact() -> dict[tuple[str, str, str], set[str]]:
    """Kind, name and state → what the official lists call so."""
    found: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in table("reference/municipalities-de"):
        path = f"municipality/de-{row['ags']}"
        found["municipality", row["name"], row["state"]].add(path)
        if row["district_kind"] in ("Landkreis", "Kreis", "Regionalverband"):
            found["district", row["district"], row["state"]].add(
                f"district/de-{row['district_key']}"
            )
    for row in table("reference/states-de"):
        for region in ("", row["name_de"]):
            found["state", row["name_de"], region].add(f"state/de-{row['key']}")
    return dict(found)


@cache
def by_name() -> dict[str, set[str]]:
    """Name → the organisations of ours and the registered agents that bear it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in table("facts/organisations"):
        for column in ("org", "name_de", "name_en", "short_name"):
            if row[column]:
                found[printed(row[column])].add(organisations()[row["org"]])
    for agent, row in register().items():
        for column in ("name", "name_en"):
            if row[column]:
                found[printed(row[column])].add(agent)
    return dict(found)


@cache
def decided() -> dict[tuple[str, ...], str]:
    columns = (*KEYS["names"], "agent")
    rows = ([printed(row[c]) for c in columns] for row in table("mappings/names"))
    return {tuple(key): agent for *key, agent in rows}


def only(found: set[str] | None) -> str:
    return next(iter(found)) if found and len(found) == 1 else ""


def without_general_decision(row: dict[str, str]) -> str:
    """What a roster's row means by all but the decisions that hold in every network."""
    name, kind = printed(row["member"]), row["member_kind"]
    key = (name, kind, row["member_country"], row["member_region"])
    bare = PREFIX.sub("", name) if kind == "district" else name
    return (
        decided().get((*key, row["network"]), "")
        or only(exact().get((kind, bare, row["member_region"])))
        or only(by_name().get(name))
    )


def member(row: dict[str, str]) -> str:
    columns = ("member", "member_kind", "member_country", "member_region")
    key = tuple(printed(row[c]) for c in columns)
    return without_general_decision(row) or decided().get((*key, ""), "")


@pytest.mark.parametrize("name", sorted(KEYS))
def test_every_decision_has_a_key_of_its_own_and_a_reason(name: str) -> None:
    rows = table(f"mappings/{name}")
    keys = Counter(tuple(row[c] for c in KEYS[name]) for row in rows)
    assert [key for key, times in keys.items() if times > 1] == []
    assert [row for row in rows if not row["reason"].strip()] == []
    assert [row for row in rows if None in row] == []


@pytest.mark.parametrize(
    "name",
    ["changes", "corrections", "legal-forms", "names", "not-same", "same-organisation", "subjects"],
)
def test_the_tables_are_sorted(name: str) -> None:
    keys = [tuple(row[c] for c in KEYS[name]) for row in table(f"mappings/{name}")]
    assert keys == sorted(keys)


def test_one_thing_is_registered_once() -> None:
    rows = table("mappings/named")
    assert [a for a, n in Counter(row["agent"] for row in rows).items() if n > 1] == []
    assert [row["agent"] for row in rows if row["agent"] in official()] == []
    assert [row["agent"] for row in rows if row["agent"] in organisations().values()] == []
    names = Counter(row["name"] for row in rows if row["class"] != "Person")
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("file", ["organisations", "territories"])
def test_what_the_rosters_register_has_a_reason_and_lies_in_something_known(file: str) -> None:
    rows = table(f"mappings/named/{file}")
    assert [row["agent"] for row in rows if not row["reason"] or not row["name"]] == []
    assert [row["agent"] for row in rows if row["within"] and row["within"] not in known()] == []
    countries = {row["code"] for row in table("reference/countries")}
    assert [r["agent"] for r in rows if r["country"] and r["country"] not in countries] == []


def test_every_agent_of_a_decision_exists() -> None:
    agents = [row["agent"] for name in ("names", "subjects") for row in table(f"mappings/{name}")]
    assert sorted(set(agents) - known()) == []


def test_organisations_that_are_or_are_not_the_same_exist() -> None:
    slugs = organisations()
    assert [r for r in table("mappings/same-organisation") if r["org"] not in slugs] == []
    for row in table("mappings/not-same"):
        for column in ("org", "other"):
            assert row[column] in slugs or row[column] in known(), row


def test_every_member_of_every_roster_resolves() -> None:
    rows = table("facts/memberships")
    unresolved = {(r["network"], r["member"]) for r in rows if not member(r)}
    assert sorted(unresolved) == []
    assert {member(row) for row in rows} <= known()


def test_no_decision_about_a_name_is_idle() -> None:
    """Every decision is needed: a roster prints the name, and nothing else would settle it."""
    needed = set()
    for row in table("facts/memberships"):
        columns = ("member", "member_kind", "member_country", "member_region")
        key = tuple(printed(row[c]) for c in columns)
        if (*key, row["network"]) in decided():
            needed.add((*key, row["network"]))
        elif not without_general_decision(row):
            needed.add((*key, ""))
    rosters = {key for key in decided() if key[1]}
    assert sorted(rosters - needed) == []


def test_every_subject_that_is_no_organisation_is_decided() -> None:
    subjects = {row["subject"] for row in table("facts/claims")}
    decisions = {row["subject"] for row in table("mappings/subjects")}
    aliases = {row["alias"] for row in table("mappings/same-organisation")}
    assert subjects - set(organisations()) - aliases == decisions


@pytest.mark.parametrize("file", ["organisations", "territories"])
def test_nothing_is_registered_for_the_rosters_in_vain(file: str) -> None:
    used = {row["agent"] for row in table("mappings/names")}
    used |= {row["within"] for row in table("mappings/named")}
    used |= {member(row) for row in table("facts/memberships")}
    for row in table("mappings/readings"):
        used |= {row["thing"], *row["represents"].split("|"), row["place"]}
    for row in table("mappings/changes"):
        used |= {*row["originals"].split("|"), *row["results"].split("|")}
    assert [r["agent"] for r in table(f"mappings/named/{file}") if r["agent"] not in used] == []


def test_legal_forms_are_exactly_those_printed() -> None:
    words = {row["legal_form"] for row in table("facts/organisations")}
    words |= {row["value"] for row in table("facts/claims") if row["property"] == "legalForm"}
    assert {row["printed"] for row in table("mappings/legal-forms")} == words - {""}


def test_legal_forms_are_codes() -> None:
    text = (ROOT / "ontology" / "codelists" / "legal-forms.ttl").read_text(encoding="utf-8")
    forms = {row["form"] for row in table("mappings/legal-forms")}
    assert [form for form in forms if f'"{form}"' not in text] == []


@pytest.mark.parametrize(
    ("printed_name", "kind", "region", "network", "agent"),
    [
        # Two towns of the name in the state; the mother of all such decisions.
        ("Halle", "municipality", "Nordrhein-Westfalen", "regiopolregion-bielefeld",
         "municipality/de-05754012"),
        ("Halle", "municipality", "Sachsen-Anhalt", "eccar", "municipality/de-15002000"),
        # An exact match that would be wrong: the town of the Göltzsch valley has a suffix.
        ("Auerbach", "municipality", "Sachsen", "staedteverbund-goeltzschtal",
         "municipality/de-14523020"),
        ("Hattingen-Blankenstein", "municipality", "Nordrhein-Westfalen",
         "ag-historische-stadt-und-ortskerne", "place/hattingen-blankenstein"),
        ("Hattingen", "municipality", "Nordrhein-Westfalen",
         "ag-historische-stadt-und-ortskerne", "municipality/de-05954016"),
        ("Hamburg", "state", "", "metropolregion-hamburg", "state/de-02"),
        ("Hamburg", "metropolitan-region", "", "ikm", "network/metropolregion-hamburg"),
        ("Soltau-Fallingbostel", "district", "Niedersachsen", "metropolregion-hamburg",
         "district/de-03358"),
        ("Städtetag", "association", "Nordrhein-Westfalen", "netzwerk-innenstadt-nrw",
         "network/staedtetag-nrw"),
    ],
)  # fmt: skip
def test_names_that_are_easy_to_get_wrong(
    printed_name: str, kind: str, region: str, network: str, agent: str
) -> None:
    found = {
        member(row)
        for row in table("facts/memberships")
        if (row["member"], row["member_kind"]) == (printed_name, kind)
        and (row["member_region"], row["network"]) == (region, network)
    }
    assert found == {agent}


def test_the_facts_are_those_collected_and_more() -> None:
    for part, (name, number, _) in FACTS.items():
        rows = table(f"facts/{name.removesuffix('.csv')}")
        assert len(rows) >= number, part
    assert len(organisations()) >= 320
    assert len({row["network"] for row in table("facts/memberships")}) >= 210


def files_of(part: str) -> list[Path]:
    path = DATA / "facts" / FACTS[part][0]
    return sorted(path.glob("*.csv")) if path.is_dir() else [path]


@pytest.mark.parametrize("part", sorted(FACTS))
def test_nothing_that_was_collected_is_lost_or_changed(part: str) -> None:
    """Row by row: what is collected is what is kept, but for the corrections that are recorded.

    Nor is anything added to the documents that were collected; others may have come since.
    """
    if not RAW.is_dir():
        pytest.skip("the collected tables are not beside this checkout")
    raw = Counter(
        tuple(row.values()) for file in sorted(RAW.glob(f"{part}-*.csv")) for row in rows_of(file)
    )
    kept = Counter()
    corrections = defaultdict(list)
    for row in table("mappings/corrections"):
        corrections[row["file"]].append(row)
    for file in files_of(part):
        rows = list(rows_of(file))
        for fix in corrections.pop(file.relative_to(DATA).as_posix(), []):
            for row in rows:
                if row[FACTS[part][2]] == fix["key"] and row[fix["column"]] == fix["now"]:
                    before = {**row, fix["column"]: fix["was"]}
                    if tuple(before.values()) in raw:
                        row.update(before)
                        break
            else:
                pytest.fail(f"the correction of {fix['key']} in {fix['file']} is not made")
        kept.update(tuple(row.values()) for row in rows)
    assert raw.total() == FACTS[part][1]
    assert sorted((raw - kept).elements()) == []
    read = {row["source"] for file in sorted(RAW.glob("sources-*.csv")) for row in rows_of(file)}
    column = 0 if part == "sources" else -2
    added = [row for row in (kept - raw).elements() if row[column] in read]
    if part == "claims":
        added = [row for row in added if row[column] not in FOUNDING]
    assert sorted(added) == []
