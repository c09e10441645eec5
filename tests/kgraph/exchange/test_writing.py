"""What --accept writes: sorted, all files or none, and nothing that is there is moved."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kgraph
from kgraph.errors import DataError
from kgraph.exchange.effect import effect
from kgraph.exchange.writing import write

GRAPHS = Path(__file__).parents[2] / "fixtures" / "graphs"
ROSTER = "facts/memberships/radachse.csv"


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _column(path: Path, column: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as handle:
        return [row[column] for row in csv.DictReader(handle)]


def test_a_network_of_thirty_from_a_workbook_to_a_release(
    book, examined, tables, fill, new_network
) -> None:
    with (tables.data / "reference/municipalities-de.csv").open(encoding="utf-8") as handle:
        towns = [r["name"] for r in csv.DictReader(handle) if r["state"] == "Nordrhein-Westfalen"]
    names = sorted(set(towns), reverse=True)[:30]
    new_network["memberships"] = fill("memberships", *({"member": name} for name in names))
    new_network["descriptions"] = fill("descriptions", {})
    path = book(new_network)
    assert write(examined(path), tables.data) == [
        Path("facts/sources.csv"), Path("facts/organisations/networks.csv"), Path(ROSTER),
        Path("facts/claims/radachse.csv"), Path("mappings/descriptions.csv"),
    ]  # fmt: skip
    release = tables.build()
    network = release.network("radachse")
    assert (network.name, network.n_listed, network.founded[0].value) == ("Radachse", 30, "2019-05")
    assert [f.value for f in release.figures if f.of == network.iri] == [4.0]
    assert (
        release.query(
            f'ASK {{ <{network.iri}> dcterms:description "Four towns plan a cycleway."@en }}'
        ).serialize("csv")
        == b"true"
    )
    again = examined(path)
    assert again.new == [] and effect(again) == []


def test_sorted_tables_stay_sorted_and_old_lines_stay(book, examined, tables, new_network) -> None:
    before = _files(tables.data)
    write(examined(book(new_network)), tables.data)
    after = _files(tables.data)
    for file in ("facts/sources.csv", "facts/organisations/networks.csv"):
        old, new = before[file].splitlines(), after[file].splitlines()
        assert [line for line in new if line in old] == old
        assert len(new) == len(old) + 1
    assert _column(tables.data / ROSTER, "member") == ["Ahlen", "Greven", "Münster", "Telgte"]
    slugs = _column(tables.data / "facts/sources.csv", "source")
    assert slugs == sorted(slugs) and "radachse-2024" in slugs
    added = {"facts/claims/radachse.csv", ROSTER}
    assert {file for file in after if before.get(file) != after[file]} == added | {
        "facts/sources.csv", "facts/organisations/networks.csv"
    }  # fmt: skip


def test_a_roster_in_the_order_of_its_source_keeps_it(book, examined, tables, fill) -> None:
    file = "facts/memberships/stadtregion-muenster.csv"
    first = tables.read(file)[0]
    before = (tables.data / file).read_text(encoding="utf-8")
    rows = [first | {"member": name, "role": "observer"} for name in ("Telgte", "Ahlen")]
    write(examined(book({"memberships": fill("memberships", *rows)})), tables.data)
    after = (tables.data / file).read_text(encoding="utf-8")
    assert after.startswith(before)
    assert [line.split(",")[1] for line in after[len(before) :].splitlines()] == ["Ahlen", "Telgte"]


def test_one_refused_row_changes_nothing(book, examined, tables, fill, new_network) -> None:
    before = _files(tables.data)
    new_network["memberships"] = fill("memberships", {}, {"member": "Atlantis"})
    with pytest.raises(DataError, match="1 of 5 rows refused; nothing is written"):
        write(examined(book(new_network)), tables.data)
    assert _files(tables.data) == before


def test_a_full_disk_changes_nothing(
    book, examined, tables, new_network, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, calls = _files(tables.data), []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 3:
            raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(examined(book(new_network)), tables.data)
    assert _files(tables.data) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")
@pytest.mark.parametrize("kind", ["xlsx", "ttl"])
def test_killed_at_any_moment_the_tables_are_the_old_or_the_new(
    book, tables, new_network, tmp_path: Path, kind: str
) -> None:
    file = book(new_network) if kind == "xlsx" else GRAPHS / "radachse.ttl"
    driver = Path(__file__).with_name("killed.py")
    done = subprocess.run(
        [sys.executable, "-W", "error", driver, file, tables.data, tmp_path],
        env={**os.environ, "PYTHONPATH": str(driver.parents[1])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    moments = done.stdout.split("\n")[:-1]
    n_old = moments.count("old")
    assert moments == ["old"] * n_old + ["new"] * (len(moments) - n_old)
    assert n_old >= 8 and len(moments) - n_old >= 8


def test_what_a_killed_import_decided_the_next_command_finishes(
    book, examined, tables, new_network, run_kgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kgraph.ingest.journal._finish", lambda _data: None)
    write(examined(book(new_network)), tables.data)
    assert not (tables.data / ROSTER).exists()
    monkeypatch.undo()
    done = run_kgraph("build", "--data", tables.data, "--release", tables.root)
    assert done.returncode == 0, done.stderr
    assert (tables.data / ROSTER).exists()
    assert kgraph.open(tables.root).network("radachse").n_listed == 4


def test_a_table_changed_meanwhile_is_not_overwritten(book, examined, tables, new_network) -> None:
    result = examined(book(new_network))
    source = tables.read("facts/sources.csv")[0]
    tables.add("facts/sources.csv", **(source | {"source": "somebody-else"}))
    before = _files(tables.data)
    with pytest.raises(DataError, match=r"sources.csv: was changed meanwhile; import once more"):
        write(result, tables.data)
    assert _files(tables.data) == before
