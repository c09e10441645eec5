"""The questions that the data must answer, as examples of how to ask: ``ontology/competency``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Example", "read_examples"]

_LINE = re.compile(r"^# (\w+)\s+(.*)$")


@dataclass(frozen=True, slots=True)
class Example:
    """A question in both languages, and the query that asks it."""

    name: str
    question_de: str
    question_en: str
    query: str


def read_examples(folder: Path) -> tuple[Example, ...]:
    """Read the ``*.rq`` files of a folder by their headers, ordered by name.

    Examples
    --------
    >>> from kgraph import resources
    >>> asked = {one.name: one for one in read_examples(resources.ontology() / "competency")}
    >>> asked["who_left"].question_en
    'Who left which network, and when, as far as a source says?'
    """
    return tuple(_read(file) for file in sorted(folder.glob("*.rq")))


def _read(file: Path) -> Example:
    lines = file.read_text(encoding="utf-8").splitlines()
    n_header = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    found = (_LINE.match(line) for line in lines[:n_header])
    header = {match[1]: match[2] for match in found if match}
    query = "\n".join(lines[n_header:]).strip() + "\n"
    return Example(file.stem, header.get("de", ""), header.get("en", ""), query)
