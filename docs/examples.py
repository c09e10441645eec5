"""Answer every command of methods.md on the current release: ``python docs/examples.py``.

It writes ``methods-examples.md``: the first rows of each answer, as of a fixed day. A test compares
them as long as the release is the one that they were made of.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import kgraph
from kgraph.analysis import run
from kgraph.release import Release

HERE = Path(__file__).parent
DAY = date(2024, 6, 30)
N_ROWS, WIDTH = 3, 60

#: Columns that a reader can do without: names stand beside them.
_SKIPPED = {"iri", "key", "a", "b", "a_slug", "b_slug", "kind", "shared", "sources", "networks",
            "peers", "via", "themes", "seed"}  # fmt: skip

_HEAD = """\
# Answers to the commands of the methods guide

> **Zusammenfassung.** Die ersten Zeilen der Antworten auf die Befehle aus [methods.md](methods.md),
> auf den echten Daten, Stand {day}. Was sie bedeuten und was sie verzerrt, steht dort.

Made by `python docs/examples.py` of release `{version}`, as of {day}: the first {rows} rows of each
answer, without addresses and long lists. What they mean, and what distorts them, stands in
[methods.md](methods.md).
"""


def commands() -> list[str]:
    """The commands of the guide, in its order, each once."""
    guide = (HERE / "methods.md").read_text(encoding="utf-8")
    found = re.findall(r"`(kgraph analyse [^`]+)`", guide)
    return [one for one in dict.fromkeys(found) if one != "kgraph analyse list"]


def given(command: str) -> tuple[str, dict[str, str]]:
    """The measure and the parameters of a command."""
    measure, *rest = command.split()[2:]
    return measure, dict(pair.split("=", 1) for pair in rest[1::2])


def page(release: Release) -> str:
    """The whole page."""
    view = release.affiliation.at(DAY)
    parts = [_HEAD.format(version=release.version, day=DAY, rows=N_ROWS)]
    for command in commands():
        measure, parameters = given(command)
        result = run(measure, view, parameters)
        parts.append(f"\n`{command} --as-of {DAY}`: {len(result.rows)} rows\n\n")
        parts.append(_table(list(result.rows[:N_ROWS])))
    return "".join(parts)


def _table(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "No row.\n"
    columns = [name for name in rows[0] if name not in _SKIPPED or _is_needed(name, rows)]
    lines = [columns, ["---"] * len(columns)]
    lines += [[_cell(row[name]) for name in columns] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _is_needed(name: str, rows: list[dict[str, Any]]) -> bool:
    """The number of shared members is a number, their list is not."""
    return name == "shared" and isinstance(rows[0][name], int)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = "" if value is None else text.replace("|", "/")
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


if __name__ == "__main__":
    target = HERE / "methods-examples.md"
    target.write_text(page(kgraph.open()), encoding="utf-8")
    print(f"wrote {target}")
