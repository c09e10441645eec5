"""docs/methods.md says what the registry says: every measure, parameter, reference and role."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kgraph.analysis import MEASURES
from kgraph.analysis.interlock import ROLE_VALUES
from kgraph.analysis.parameters import checked

GUIDE = (Path(__file__).parents[3] / "docs" / "methods.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"`kgraph analyse ([^`]+)`", GUIDE)


def test_there_are_commands() -> None:
    assert len(COMMANDS) > len(MEASURES)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_a_section_and_a_command(name: str) -> None:
    titles = re.findall(r"^### (.+)$", GUIDE, flags=re.MULTILINE)
    assert name in {one for title in titles for one in title.split(", ")}
    assert name in {command.split()[0] for command in COMMANDS}


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != "list"])
def test_every_command_is_accepted(command: str) -> None:
    name, *rest = command.split()
    assert set(rest[::2]) <= {"-p"}
    given = dict(pair.split("=") for pair in rest[1::2])
    checked(name, MEASURES[name].parameters, given)


@pytest.mark.parametrize("name", MEASURES)
def test_every_reference_is_cited(name: str) -> None:
    for reference in MEASURES[name].references:
        assert (reference.doi or reference.page) in GUIDE


def test_the_values_of_roles_are_printed() -> None:
    rows = re.findall(r"^\| (\d) \| (.+) \|$", GUIDE, flags=re.MULTILINE)
    printed = {role: int(value) for value, roles in rows for role in roles.split(", ")}
    assert printed == dict(ROLE_VALUES)
