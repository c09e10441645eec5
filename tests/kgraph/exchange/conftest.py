"""``new_network`` is what a curator might fill in: one source, one network, four members.

``fill`` makes a sheet of such rows, each with the cells given changed. ``book`` writes a workbook
of sheets given as lists of rows, the first of which is the header. ``examined`` examines a file
against the small facts, ``examined_rdf`` an RDF file; ``changed`` is the example of one with one
text in the place of another. ``run_kgraph`` runs the real command.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from kgraph import resources
from kgraph.codelists import CodeLists, read_codelists
from kgraph.exchange.attribution import Told
from kgraph.exchange.examine import examine
from kgraph.exchange.graphs import GraphExamination, examine_graphs
from kgraph.exchange.rdf import read_rdf
from kgraph.exchange.reading import read_pages
from kgraph.exchange.records import records
from kgraph.exchange.sheets import SHEETS
from kgraph.exchange.verdicts import Examination
from kgraph.ingest.tables import read_tables

_RADACHSE = Path(__file__).parents[2] / "fixtures" / "graphs" / "radachse.ttl"
_NOBODY = Told("", {})
HEADERS = {sheet.name: list(sheet.columns) for sheet in SHEETS}

Sheets = dict[str, list[list[Any]]]


_SOURCE = {"source": "radachse-2024", "title": "Die Radachse", "publisher": "Radachse",
           "url": "https://example.org", "published": "2024", "language": "de"}  # fmt: skip
_NETWORK = {"org": "radachse", "kind": "network", "name_de": "Radachse", "country": "DE",
            "founded": "2019-05", "source": "radachse-2024", "locator": "p. 1"}  # fmt: skip
_MEMBER = {"network": "radachse", "member": "Telgte", "member_kind": "municipality",
           "member_country": "DE", "member_region": "Nordrhein-Westfalen", "role": "member",
           "attested_on": "2024-03", "source": "radachse-2024", "locator": "p. 2"}  # fmt: skip
_CLAIM = {"subject": "radachse", "property": "memberCount", "value": "über 4",
          "unit": "Mitglieder", "source": "radachse-2024", "locator": "p. 1"}  # fmt: skip
_DESCRIPTION = {"org": "radachse", "de": "Vier Orte planen einen Radweg.",
                "en": "Four towns plan a cycleway.", "sources": "radachse-2024",
                "reason": "from the rows of organisations"}  # fmt: skip
_ROWS = {"sources": _SOURCE, "organisations": _NETWORK, "memberships": _MEMBER, "claims": _CLAIM,
         "names": {}, "named": {}, "descriptions": _DESCRIPTION}  # fmt: skip


@pytest.fixture
def fill() -> Callable[..., list[list[Any]]]:
    """A header and rows like those above, with the given cells instead of theirs."""

    def make(sheet: str, *given: Mapping[str, Any]) -> list[list[Any]]:
        lines = [_ROWS[sheet] | dict(cells) for cells in given]
        return [HEADERS[sheet], *([line.get(c, "") for c in HEADERS[sheet]] for line in lines)]

    return make


@pytest.fixture
def new_network(fill: Callable[..., list[list[Any]]]) -> Sheets:
    towns = [{"member": name} for name in ("Telgte", "Greven", "Ahlen", "Münster")]
    return {
        "sources": fill("sources", {}),
        "organisations": fill("organisations", {}),
        "memberships": fill("memberships", *towns),
        "claims": fill("claims", {}),
    }


@pytest.fixture
def book(tmp_path: Path) -> Callable[[Sheets], Path]:
    def write(sheets: Sheets, name: str = "roster.xlsx") -> Path:
        made = Workbook()
        made.remove(made.worksheets[0])
        for title, lines in sheets.items():
            page = made.create_sheet(title)
            for line in lines:
                page.append([cell if cell != "" else None for cell in line])
        made.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture(scope="session")
def codes() -> CodeLists:
    return read_codelists(resources.ontology())


@pytest.fixture
def examined(tables: Any, codes: CodeLists) -> Callable[[Path], Examination]:
    """Examine a file against the small facts."""

    def run(path: Path) -> Examination:
        return examine(records(read_pages(path)), read_tables(tables.data), codes)

    return run


@pytest.fixture
def examined_rdf(tables) -> Callable[..., GraphExamination]:
    def run(path: Path, told: Told = _NOBODY, *, add: bool = False) -> GraphExamination:
        return examine_graphs(read_rdf(path), told, tables.data, resources.ontology(), add=add)

    return run


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str, str], Path]:
    """The example with one text in the place of another."""

    def write(old: str, new: str) -> Path:
        text = _RADACHSE.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "changed.ttl"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return write


@pytest.fixture
def run_kgraph() -> Callable[..., subprocess.CompletedProcess[str]]:
    """The real command, in a process of its own."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kgraph", *map(str, arguments)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run
