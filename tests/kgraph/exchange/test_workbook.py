"""The template says what a column means, offers its codes, and gives the same rows back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kgraph import resources
from kgraph.errors import NotFoundError
from kgraph.exchange.examine import examine
from kgraph.exchange.notes import note
from kgraph.exchange.reading import read_pages
from kgraph.exchange.records import records
from kgraph.exchange.sheets import SHEETS, choices
from kgraph.exchange.workbook import rows_of, workbook, write_folder
from kgraph.ingest.kinds import MEMBER_KINDS
from kgraph.ingest.tables import read_tables


@pytest.fixture(scope="module")
def facts():
    return read_tables(resources.data())


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_column_has_a_note_and_every_list_its_codes(facts, codes, language: str) -> None:
    lists = choices(codes, facts)
    book = load_workbook(io.BytesIO(workbook({}, lists, language)))
    assert book.sheetnames[1:] == [
        "sources", "organisations", "memberships", "claims", "descriptions", "named", "names",
        "codes",
    ]  # fmt: skip
    assert {sheet.name for sheet in SHEETS} == set(book.sheetnames[1:-1])
    for sheet in SHEETS:
        page = book[sheet.name]
        assert tuple(cell.value for cell in page[1]) == sheet.columns
        for cell in page[1]:
            assert cell.comment.text == note(sheet.name, cell.value, language)
            assert cell.font.bold is (cell.value in sheet.required)
            assert page.column_dimensions[cell.column_letter].number_format == "@"
        offered = {}
        for rule in page.data_validations.dataValidation:
            place = rule.formula1.removeprefix("=codes!").replace("$", "")
            offered[page[str(rule.sqref).partition(":")[0][0] + "1"].value] = [
                row[0].value for row in book["codes"][place]
            ]
        assert offered == {
            column: [choice.code for choice in lists[name]] for column, name in sheet.lists.items()
        }


def test_german_and_english_notes_differ() -> None:
    for sheet in SHEETS:
        for column in sheet.columns:
            assert note(sheet.name, column, "de") != note(sheet.name, column, "en")


def test_the_kinds_of_members_are_those_of_the_rosters(facts) -> None:
    assert {row["member_kind"] for row in facts["facts/memberships"]} <= set(MEMBER_KINDS)


@pytest.mark.parametrize(
    "network", ["stadtregion-muenster", "netzwerk-innenstadt-nrw", "metrex", "deutscher-staedtetag"]
)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_comes_back_the_same(
    facts, codes, tmp_path: Path, network: str, form: str
) -> None:
    rows = rows_of(facts, network)
    assert len(rows["memberships"]) >= 14 and rows["sources"] and rows["organisations"]
    assert len(rows["descriptions"]) == 1
    path = tmp_path / "export"
    if form == "xlsx":
        path = tmp_path / "export.xlsx"
        path.write_bytes(workbook(rows, choices(codes, facts), "de"))
    else:
        write_folder(path, rows)
    found = records(read_pages(path))
    for sheet in SHEETS:
        back = [
            {name: cell.text for name, cell in record.cells.items()}
            for record in found.rows
            if record.sheet is sheet
        ]
        assert back == [dict(row.cells) for row in rows[sheet.name]]
    result = examine(found, facts, codes)
    assert {verdict.what.value for verdict in result.verdicts} == {"unchanged"}


def test_the_decisions_about_its_names_go_along(facts) -> None:
    rows = rows_of(facts, "metrex")
    paths = {row["agent"] for row in rows["names"]}
    # METREX lists what has no official key in Germany: decided by name, kept in the register
    assert "region/zuid-holland" in {row["agent"] for row in rows["named"]}
    printed = {row["member"] for row in rows["memberships"]}
    assert paths and {row["printed"] for row in rows["names"]} <= printed


def test_keys_and_months_stay_text_and_equals_signs_no_formulas(facts, codes, fill) -> None:
    row = facts["facts/memberships"][0]
    cells = dict(row.cells) | {"member": "05515000", "start": "2013-04", "locator": "=1+1"}
    content = workbook({"memberships": [type(row)("x", 2, cells)]}, choices(codes, facts), "de")
    page = load_workbook(io.BytesIO(content))["memberships"]
    found = {head.value: cell for head, cell in zip(page[1], page[2], strict=True)}
    for column, text in (("member", "05515000"), ("start", "2013-04"), ("locator", "=1+1")):
        cell = found[column]
        assert (cell.value, cell.number_format) == (text, "@")
    assert b"<f>" not in content


def test_an_unknown_network_is_told_with_the_nearest(facts) -> None:
    with pytest.raises(NotFoundError, match=r"no network 'metrx' .*nearest: metrex"):
        rows_of(facts, "metrx")
