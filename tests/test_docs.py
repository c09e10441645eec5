"""What the prose says is what the product does: tallies, commands, columns, the README's answer."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.ingest.report import tally
from kgraph.ingest.tables import COLUMNS
from kgraph.release import Release

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DATA_README = (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def kgraph(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kgraph", *arguments],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip


def test_the_tallies_in_the_data_readme_are_those_of_the_build(release: Release) -> None:
    stands = DATA_README.partition("<!-- tally:begin -->\n")[2].partition("\n<!-- tally:end -->")[0]
    assert stands == tally(release.manifest)


def test_the_readme_answers_its_question_truly(release: Release) -> None:
    asked = re.search(r"^\$ kgraph (.*)\n((?:.+\n)+?)```", README, re.MULTILINE)
    assert asked is not None
    answer = kgraph(*asked[1].split())
    printed = [line.rstrip() for line in answer.stdout.splitlines()]
    assert printed == [line.rstrip() for line in asked[2].splitlines()]


def test_every_command_is_in_the_readme() -> None:
    commands = re.findall(r"^│ (\w+) ", kgraph("--help").stdout, re.MULTILINE)
    assert {"build", "validate", "query", "analyse", "export", "serve", "version"} <= set(commands)
    assert [name for name in commands if f"`{name}`" not in README
            and f"`kgraph {name}" not in README] == []  # fmt: skip


@pytest.mark.parametrize("name", [n for n in COLUMNS if n.startswith(("facts/", "mappings/"))])
def test_every_table_is_explained(name: str) -> None:
    table = name.partition("/")[2]
    assert table in DATA_README
    if name.startswith("facts/"):
        assert [c for c in COLUMNS[name] if f"`{c}`" not in DATA_README] == []


def test_every_link_of_the_prose_leads_to_a_file() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("data/**/README.md"),
             *ROOT.glob("ontology/README.md")]  # fmt: skip
    assert len(pages) >= 5
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if not link.startswith("http")
    ]
    assert len(links) >= 5
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []


def test_what_the_benchmark_sums_up_stands_in_its_tables() -> None:
    text = (ROOT / "docs" / "benchmarks-analysis.md").read_text(encoding="utf-8")
    graphs = ("Germany's size", "France's size", "France, real", "Europe's size")
    parts = {part.partition("\n")[0].partition(", gen")[0]: part for part in text.split("\n### ")}
    sums = re.findall(r"^\| ([\w-]+) \| aim .*\n\| \| reached \|(.*)\|$", text, re.MULTILINE)
    assert len(sums) == 11
    for job, reached in sums:
        for graph, said in zip(graphs, reached.split("|"), strict=True):
            tables = (parts[graph] + parts["Paths"]).splitlines()
            rows = [line.split("|") for line in tables if f"| {job}" in line]
            cells = {cell.strip() for row in rows for cell in row}
            figures = re.findall(r"(?:≈ )?\d[\d.,]* (?:×|m?s\b)", said)
            assert set(figures) <= cells, (job, graph)
