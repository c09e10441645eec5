"""The Accept header against the table of formats: a table of cases, one assertion."""

from __future__ import annotations

import pytest

from kgraph_api.negotiation import accepted, named

TYPES = ["application/json", "application/xml", "text/csv"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/csv"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=0.5,application/xml;q=0.6", "application/xml"),
        ("text/csv;q=0.5, */*;q=0.1", "text/csv"),
        ("*/*, application/json;q=0", "application/xml"),
        ("application/*;q=0.2, text/csv;q=0.1", "application/json"),
        ("text/csv;charset=utf-8;q=0.9", "text/csv"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=nan", None),
        ("text/csv;q=2", None),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("nonsense, text/csv", "text/csv"),
        (",,;q=1,/", "application/json"),
    ],
)
def test_accepted(header: str | None, expected: str | None) -> None:
    assert accepted(header, TYPES) == expected


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("json", "rows", "json"), ("json", "graph", "jsonld"), ("XML", "graph", "rdfxml"),
        ("ttl", "graph", "turtle"), ("nt", "graph", "ntriples"), ("csv", "graph", None),
        ("turtle", "rows", None), ("text/csv", "rows", "csv"), ("srj", "rows", "json"),
        ("application/ld+json", "graph", "jsonld"), ("exe", "rows", None), ("", "rows", None),
    ],
)  # fmt: skip
def test_named(name: str, kind: str, expected: str | None) -> None:
    assert named(name, kind) == expected
