"""Reading off the beginning of a text what kind of query it is."""

from __future__ import annotations

import time

import pytest

from kgraph_api.sparql.form import form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * {}", "rows"), ("ask{}", "rows"), ("Describe <a:b>", "graph"),
        ("# SELECT\nCONSTRUCT {} {}", "graph"), ("BASE<a:>PREFIX:<b#c>SELECT * {}", "rows"),
        ("prefix x: <http://x/#>\r\n  construct where {}", "graph"), ("DELETE WHERE {}", "update"),
        ("WITH <a:> INSERT {} WHERE {}", "update"), ("SELECTED", ""), ("", ""), ("{", ""),
        ("PREFIX x <a:> SELECT * {}", ""), ("\ufeffSELECT * {}", ""),
    ],
)  # fmt: skip
def test_form(text: str, expected: str) -> None:
    assert form(text) == expected


@pytest.mark.parametrize(
    "text", [" " * 200_000, "#" * 200_000, "PREFIX " * 30_000, "PREFIX a:<b> " * 20_000 + "x" * 9]
)
def test_it_is_linear(text: str) -> None:
    started = time.perf_counter()
    form(text)
    assert time.perf_counter() - started < 1
