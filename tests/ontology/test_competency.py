"""The questions in ``ontology/competency`` have the answers that documents and tables give.

The expected answers (``expected/*.csv``) were read from the documents and from ``data/facts``, not
from the answers. ``# rows`` in a header is the true count; a table with fewer rows holds named
samples. IRIs are shortened: a thing to its path, a source to its slug, a concept to its code.
"""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from kgraph import resources
from kgraph.namespaces import BASE, PREFIXES
from kgraph.release import Release

FOLDER = resources.ontology() / "competency"
QUESTIONS = sorted(path.stem for path in FOLDER.glob("*.rq"))
#: In this order at the top of every file.
HEADER = ["de", "en", "answer", "source", "columns", "order", "rows"]
#: What the release must be able to answer, whatever else is asked.
REQUIRED = {
    "stadtregion_muenster_members",
    "stadtregion_muenster_office",
    "networks_merged_in_2024",
    "ag_stadtumbau_coordinator",
    "dortmund_fees",
    "moro_model_regions",
    "moro_supervision",
    "moro_funders",
    "metrex_event_participants",
    "metrex_members_by_document",
    "lead_or_host_of_several",
    "networks_sharing_ten_members",
    "founding_dates_in_conflict",
    "netzwerk_innenstadt_bodies_and_chairs",
    "members_of_two_networks_in_april_2013",
}


def _text(name: str) -> str:
    return (FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def _header(name: str) -> dict[str, str]:
    lines = [line for line in _text(name).splitlines() if line.startswith("#")]
    found: dict[str, str] = {}
    for line in lines:
        key, value = line[2:].split(maxsplit=1)
        found[key] = value
    return found


def _expected(name: str) -> tuple[list[str], list[tuple[str, ...]]]:
    with (FOLDER / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    return columns, [tuple(row) for row in rows]


def _short(text: str) -> str:
    if not text.startswith(BASE):
        return text
    kind, _, rest = text.removeprefix(BASE).partition("/")
    return rest.rpartition("/")[2] if kind == "codelist" else rest


def _answer(release: Release, name: str) -> tuple[list[str], list[tuple[str, ...]]]:
    answer = release.query(_text(name))
    return answer.columns, [tuple(_short(cell) for cell in row) for row in answer.rows()]


def test_there_are_enough_questions() -> None:
    assert len(QUESTIONS) >= 32
    assert set(QUESTIONS) >= REQUIRED
    answered = sorted(path.stem for path in (FOLDER / "expected").glob("*.csv"))
    assert answered == QUESTIONS


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_the_expected_one(release: Release, name: str) -> None:
    columns, rows = _answer(release, name)
    wanted, expected = _expected(name)
    assert expected
    assert set(wanted) <= set(columns)
    places = [columns.index(column) for column in wanted]
    found = Counter(tuple(row[place] for place in places) for row in rows)
    missing = Counter(expected) - found
    assert not missing, f"{name}: expected and not found: {sorted(missing)}"
    n_rows = int(_header(name)["rows"])
    if len(expected) == n_rows:
        assert not found - Counter(expected), f"{name}: found and not expected"
    assert len(rows) == n_rows
    assert len(expected) <= n_rows


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_header_says_what_the_query_does(release: Release, name: str) -> None:
    header = _header(name)
    assert list(header) == HEADER
    assert header["de"].endswith("?")
    assert header["en"].endswith("?")
    columns, rows = _answer(release, name)
    assert [f"?{column}" for column in columns] == header["columns"].split()
    clause = _text(name).rpartition("ORDER BY")[2]
    order = re.findall(r"\?(\w+)", clause)
    assert re.findall(r"\?(\w+)", header["order"]) == order
    keys = [tuple(row[columns.index(column)] for column in order) for row in rows]
    assert len(set(keys)) == len(rows), f"{name}: the order is not total"


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_header_names_real_sources(release: Release, name: str) -> None:
    named = set(re.findall(r"[a-z0-9-]{4,}", _header(name)["source"]))
    slugs = {source.slug for source in release.sources}
    assert named & slugs or re.search(r"roster|facts/", _header(name)["source"])


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_query_runs_anywhere(name: str) -> None:
    import pyoxigraph

    pyoxigraph.Store().query(_text(name))  # an engine that knows no prefix of ours
    declared = re.findall(r"^PREFIX (\w+): <([^>]+)>$", _text(name), flags=re.M)
    assert declared
    assert all(PREFIXES[prefix] == iri for prefix, iri in declared)


def test_the_folder_holds_nothing_else() -> None:
    other = {path.name for path in FOLDER.iterdir()} - {f"{name}.rq" for name in QUESTIONS}
    assert other <= {"expected", "README.md"}
