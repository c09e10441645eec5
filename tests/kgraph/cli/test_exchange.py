"""``kgraph template`` and ``kgraph import`` as a curator calls them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path


def kgraph(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kgraph", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def _add(path: Path, *cells: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerow(cells)


def test_from_the_template_to_the_release(tables, tmp_path: Path) -> None:
    folder = tmp_path / "radachse"
    assert kgraph("template", "-o", folder, "--data", tables.data).returncode == 0
    _add(folder / "sources.csv", "radachse-2024", "Die Radachse", "", "", "2024", "", "", "de", "")
    _add(folder / "organisations.csv", "radachse", "network", "Radachse", "", "", "", "DE", "",
         "2019-05", "", "", "", "", "radachse-2024", "p. 1")  # fmt: skip
    for name in ("Telgt", "Greven"):
        _add(folder / "memberships.csv", "radachse", name, "municipality", "DE",
             "Nordrhein-Westfalen", "member", "", "", "", "radachse-2024", "p. 2")  # fmt: skip
    refused = kgraph("import", folder, "--data", tables.data, "--accept")
    assert refused.returncode == 1
    assert "memberships.csv:2: refused: member 'Telgt' (municipality, Nordrhein-Westfalen) is " \
           "not known; nearest: Telgte (municipality/de-05570044" in refused.stdout  # fmt: skip
    assert refused.stderr.endswith("radachse: 1 of 4 rows refused; nothing is written\n")
    roster = folder / "memberships.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace("Telgt,", "Telgte,"), "utf-8")
    shown = kgraph("import", folder, "--data", tables.data)
    assert shown.returncode == 0
    assert shown.stdout.splitlines() == [
        "4 rows: 4 accepted",
        "it would change:",
        "  1 new source: Die Radachse",
        "  1 new organisation: Radachse (network)",
        "  2 new members of Radachse: Telgte, Greven",
    ]
    assert not (tables.data / "facts/memberships/radachse.csv").exists()
    accepted = kgraph("import", folder, "--data", tables.data, "--accept")
    assert "wrote facts/memberships/radachse.csv" in accepted.stderr
    assert tables.build().network("radachse").n_listed == 2


def test_every_row_is_printed_as_json(tables, tmp_path: Path) -> None:
    path = tmp_path / "stadtregion.xlsx"
    slug = "stadtregion-muenster"
    assert kgraph("template", "-o", path, "--network", slug, "--data", tables.data).returncode == 0
    printed = kgraph("import", path, "--data", tables.data, "--format", "json")
    rows = json.loads(printed.stdout)
    assert len(rows) > 100 and {row["verdict"] for row in rows} == {"unchanged"}


def test_a_template_of_another_format_is_wrong_use(tmp_path: Path) -> None:
    done = kgraph("template", "-o", tmp_path / "x.docx")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "give a name that ends in .xlsx, or a folder for CSV files" in done.stderr


def test_a_workbook_as_a_person_fills_it_in(tables, tmp_path: Path) -> None:
    """Titles for slugs, labels for codes, dates in words; what is wrong is told clearly."""
    from openpyxl import load_workbook

    path = tmp_path / "radachse.xlsx"
    assert kgraph("template", "-o", path, "--data", tables.data).returncode == 0
    book = load_workbook(path)

    def put(sheet: str, line: int, **cells: str) -> None:
        columns = [cell.value for cell in book[sheet][1]]
        for column, value in cells.items():
            book[sheet].cell(line, columns.index(column) + 1, value)

    put("sources", 2, source="Radachse 2024", title="Mitglieder", published="März 2024",
        language="Deutsch")  # fmt: skip
    put("organisations", 2, org="Radachse", kind="Netzwerk", name_de="Radachse",
        country="Deutschland", founded="05/2019", source="Radachse 2024",
        locator="S. 1")  # fmt: skip
    names = ["Telgte", "Greven", "Ahlen", "Muenster", "Telgte", "Warendorf", "Beelen", "Oelde"]
    for line, name in enumerate(names, 2):
        put("memberships", line, network="Radachse", member=name, member_kind="Gemeinde",
            member_country="DE", member_region="" if name == "Ahlen" else "NRW", role="Mitglied",
            start="31.02.2020" if name == "Greven" else "", source="Radachse 2024",
            locator="S. 2")  # fmt: skip
    book.save(path)
    shown = kgraph("import", path, "--data", tables.data)
    assert shown.returncode == 1
    place = "radachse.xlsx[memberships]"
    lines = shown.stdout.splitlines()
    assert f"{place}:3: refused: start '31.02.2020' is no day of the calendar; write 2013, " \
           "2013-04, 2013-04-19 or 19.04.2013" in lines  # fmt: skip
    assert f"{place}:6: refused: is the same as row 2; delete one of them" in lines
    told = {line.partition(":")[2].partition(":")[0]: line for line in lines if "refused: " in line}
    assert "member 'Ahlen' is in Nordrhein-Westfalen: give that as member_region" in told["4"]
    assert "member 'Muenster' (municipality, Nordrhein-Westfalen) is not known" in told["5"]
    assert "nearest: Münster (municipality/de-05515000, Nordrhein-Westfalen)" in told["5"]
    assert "correct the cell; or, if the document prints it so" in shown.stderr
    put("memberships", 3, start="28.2.2020")
    put("memberships", 4, member_region="NW")
    put("memberships", 5, member="Münster")
    book["memberships"].delete_rows(6)
    book.save(path)
    accepted = kgraph("import", path, "--data", tables.data, "--accept")
    assert accepted.returncode == 0, accepted.stdout
    assert "  7 new members of Radachse: " in accepted.stdout
    assert accepted.stderr.endswith("to make the release: kgraph build\n")
    release = tables.build()
    network = release.network("radachse")
    assert (network.n_listed, network.founded[0].value) == (7, "2019-05")
    assert release.source("radachse-2024").published == "2024-03"
    starts = [m.start for m in release.members_of(network.iri) if m.start]
    assert starts == ["2020-02-28"]


def test_what_is_wrong_with_many_rows_is_said_once(tables, tmp_path: Path) -> None:
    folder = tmp_path / "x"
    assert kgraph("template", "-o", folder, "--data", tables.data).returncode == 0
    for name in ("Telgte", "Greven", "Ahlen", "Münster", "Oelde"):
        _add(folder / "memberships.csv", "stadtregion-muenster", name, "municipality", "DE",
             "Nordrhein-Westfalen", "membr", "", "", "", "radachse", "p. 2")  # fmt: skip
    shown = kgraph("import", folder, "--data", tables.data)
    assert shown.stdout.splitlines()[0].startswith(
        "memberships.csv: 5 rows refused (2, 3, 4, 5 …): role 'membr' is no code of the list role"
    )
    assert shown.stdout.splitlines()[1] == "5 rows: 5 refused"
