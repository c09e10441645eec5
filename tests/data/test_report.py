"""The data report in ``data/README.md`` is the one of the facts."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kgraph import resources
from kgraph.cli import app
from kgraph.errors import DataError
from kgraph.release import Release
from kgraph.report import BEGIN, END, insert, last_day, report
from kgraph.validation import validate

README = resources.data() / "README.md"


@pytest.fixture(scope="module")
def told(release: Release) -> str:
    return report(release, validate(release).warning_counts)


def test_the_readme_has_the_report_of_the_release(told: str) -> None:
    text = README.read_text(encoding="utf-8")
    stands = text.partition(BEGIN)[2].partition(END)[0].strip()
    assert stands == told.strip(), "kgraph report --into data/README.md"


def test_it_says_what_the_sources_say(told: str) -> None:
    # umwelt-nrw-agfs-2024: 106 members; the last dated roster is of December 2021
    assert "| agfs-nrw | 68 | 106 | 2024-04-04 | 2021-12-02 |" in told
    # nwste-ueber: merged on 1 January 2024, so that a view of today leaves it out; what would
    # complete it is told all the same
    assert "| netzwerk-innenstadt-nrw | 85 | 168 | 2023-03 | 2013-04 | a roster of 2023" in told
    # klimabuendnis-home-1800 and defzone-klimabuendnis: the latest dated count is 1,915
    assert "| klima-buendnis | " in told
    assert "| 1,915 | 2022-07 | none dated |" in told
    # havixbeck-stadtregion-2013 says 2001, muenster-stadtregion 2013
    assert ("| network/stadtregion-muenster | founding-date | 2001 (havixbeck-stadtregion-2013) "
            "| 2013 (muenster-stadtregion) |") in told  # fmt: skip
    assert "| NetworkFounded" in told


def test_it_says_of_every_network_which_roster_would_complete_it(release, told: str) -> None:
    section = told.partition("### Which roster would complete a network\n")[2].partition("\n### ")[
        0
    ]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    header, _, *rows = rows
    assert header[-1] == "would complete it"
    assert {row[0] for row in rows} == {network.slug for network in release.networks}
    assert {len(row) for row in rows} == {len(header)}
    wanted = {row[0]: row[-1] for row in rows}
    assert (
        wanted["netzwerk-innenstadt-nrw"] == "a roster of 2023-03 or later with all members (168)"
    )
    assert wanted["klima-buendnis"].startswith("a roster of 2022-07 or later with all")
    assert all(text.startswith(("a roster ", "a dated roster", "any roster"))
               for text in wanted.values())  # fmt: skip


def test_it_needs_no_clock(release: Release) -> None:
    day = last_day(release)
    assert max(one.published for one in release.sources).startswith(str(day.year))
    assert f"on {day}" in report(release)


def test_a_bar_in_a_value_does_not_break_a_table(told: str) -> None:
    tables = [line for line in told.splitlines() if line.startswith("|")]
    assert len(tables) > 100
    assert all(line.endswith(" |") for line in tables)


def test_a_document_without_markers_is_refused() -> None:
    with pytest.raises(DataError, match="report:begin"):
        insert("# Data\n", "text")


def test_the_command_prints_it_without_the_warnings(release: Release) -> None:
    answer = CliRunner().invoke(app, ["report", "--no-warnings"])
    assert answer.stdout == report(release)
