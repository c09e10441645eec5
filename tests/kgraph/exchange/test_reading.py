"""Every format is read; every kind of bad file ends in one clear message, and quickly."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from kgraph.errors import DataError
from kgraph.exchange.reading import Limits, read_pages
from kgraph.exchange.records import records

SHEETS = Path(__file__).parents[2] / "fixtures" / "sheets"


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_hold_the_same_rows(suffix: str, examined) -> None:
    path = SHEETS / f"roster.{suffix}"
    assert [v.what.value for v in examined(path).verdicts] == ["accepted"] * 6
    found = records(read_pages(path)).rows
    assert found[-1].cells["member"].text == "05515000"
    assert found[1].cells["founded"].text == "2019-05"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_as_spreadsheets_write_it(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "memberships.csv"
    lines = ["network,member,member_kind,role,source,locator", "x,Telgte,municipality,member,s,p"]
    path.write_text("\r\n".join(lines).replace(",", separator), encoding="utf-8-sig")
    (found,) = records(read_pages(path)).rows
    assert (found.place, found.line, found.cells["member"].text) == ("memberships.csv", 2, "Telgte")


def test_a_row_of_several_lines_keeps_its_number(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text('subject,property,value,source,locator\na,b,"one\ntwo",s,p\na,b,c,s,p\n')
    assert [row.line for row in records(read_pages(path)).rows] == [2, 4]


def _file(name: str, content: bytes):
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


HEADER = "network,member,member_kind,role,source,locator\n"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (_file("a.csv", "Ort\nKöln".encode("latin-1")),
         "a.csv:2: is not UTF-8; save the file as CSV UTF-8"),
        (_file("a.csv", "Ort\nKöln".encode("utf-16")),
         "a.csv: is UTF-16, not UTF-8; save the file as CSV UTF-8"),
        (_file("a.csv", b"a,b\0c\n"), "a.csv: holds NUL characters; save the file as CSV UTF-8"),
        (_file("a.csv", b'a,"b\nc,d'), "is no valid CSV: unexpected end of data"),
        (_file("a.csv", b"PK\x03\x04"), "a.csv: is a workbook by its content; rename it to .xlsx"),
        (_file("a.xlsx", b"network,member"), "a.xlsx: is no XLSX file by its content"),
        (_file("a.xls", b"PK\x03\x04...."), "a.xls: is no XLS file by its content"),
        (_file("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600), "a.xls: cannot be read"),
        (_file("a.xlsx", b"PK\x03\x04" + b"\0" * 80), "a.xlsx: is damaged or locked"),
        (_file("a.pdf", b"%PDF"), "a.pdf: is no table (XLSX, XLS, ODS, CSV) and no RDF (TTL, "),
        (lambda folder: folder / "none.xlsx", "none.xlsx: is not there; check the name"),
        (lambda folder: folder, "is a folder without CSV files"),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_message(tmp_path: Path, make, told: str) -> None:
    with pytest.raises(DataError) as error:
        read_pages(make(tmp_path))
    assert told in str(error.value)


def test_three_hundred_megabytes_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as handle:
        handle.truncate(300_000_000)
    with pytest.raises(DataError, match=r"has 300 MB, and at most 50 MB are read; split it"):
        read_pages(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 20_000_000)
    with pytest.raises(DataError, match=r"unpacks to more than 10 MB; such a file is not opened"):
        read_pages(path, Limits(unpacked=10_000_000))


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 20_000_000)
    true, lie = (20_000_000).to_bytes(4, "little"), (20_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, lie))
    with pytest.raises(DataError, match=r"is damaged or locked .*Bad CRC"):
        read_pages(path, Limits(unpacked=10_000_000))


def test_a_cell_far_away_claims_no_memory(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page["A1"], page["XFD1048576"] = "network", "far"
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(DataError, match=r"far.xlsx: cannot be read: .* more than 200,000 rows"):
        read_pages(tmp_path / "far.xlsx")


def test_repeated_rows_of_an_ods_claim_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "far.ods"
    path.write_bytes((SHEETS / "roster.ods").read_bytes())
    text = zipfile.ZipFile(path).read("content.xml").decode()
    many = text.replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">'
    ).replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="16000" ')
    assert many != text
    with zipfile.ZipFile(SHEETS / "roster.ods") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, many if name == "content.xml" else old.read(name))
    with pytest.raises(DataError, match=r"far.ods: cannot be read"):
        read_pages(path, Limits(memory=500_000_000, seconds=20))


def test_a_formula_gives_its_last_value_with_a_warning(book, examined, new_network) -> None:
    new_network["memberships"][1][1] = '="Tel"&"gte"'
    path = book(new_network)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    empty = r'<c r="B2"><f>(.*?)</f><v ?/?>(?:</v>)?'
    full = r'<c r="B2" t="str"><f>\1</f><v>Telgte</v>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, re.sub(empty, full, text))
    result = examined(path)
    assert result.refused == []
    assert [verdict.told for verdict in result.verdicts if verdict.told] == [
        ['member \'Telgte\': the value of a formula (="Tel"&"gte")']
    ]


def test_a_formula_without_a_value_is_refused(book, examined, fill) -> None:
    sheets = {"memberships": fill("memberships", {"member": '="Tel"&"gte"'})}
    (verdict,) = examined(book(sheets)).refused
    assert verdict.told == [
        'member \'\' is a formula without a value (="Tel"&"gte"); write the value'
    ]


def test_a_formula_in_a_csv_is_refused(tmp_path: Path, examined) -> None:
    path = tmp_path / "memberships.csv"
    path.write_text(HEADER + "x,=HYPERLINK(1),municipality,member,s,p\n", encoding="utf-8")
    (verdict,) = examined(path).refused
    assert verdict.told == ["member '=HYPERLINK(1)' is a formula; write its value"]
