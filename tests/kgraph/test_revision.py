"""The difference of two releases, written small enough to read, as text, table and RDF."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kgraph.cli import app
from kgraph.model import Source
from kgraph.release import Release
from kgraph.revision import Kind, compare, patch, quads, summary

S = "<https://w3id.org/imcoop/id/network/x>"
P, Q = "<https://w3id.org/imcoop/ontology#seatAsPrinted>", "<http://example.org/q>"


def lines(graph: str, *statements: str) -> str:
    return "".join(f"{s} <https://w3id.org/imcoop/graph/{graph}> .\n" for s in sorted(statements))


ONE = Source("one", "", "One", "", "", "2001", "", "", "de", "")


@pytest.fixture
def pair(make_release: Callable[..., Release]) -> tuple[Release, Release]:
    # graph a: one value changes, one goes; a-b and d are only in one; the text with " <" stays
    stays = f'{S} {Q} "a <b> ."'
    old = lines("a", f'{S} {P} "Köln"', f'{S} {Q} "out"', stays) + lines("a-b", f'{S} {Q} "x"')
    new = lines("a", f'{S} {P} "Bonn"', stays) + lines("d", f'{S} {Q} "x"')
    derived = lines("derived", f"{S} {Q} {S}")
    sources = [ONE, replace(ONE, slug="two"), replace(ONE, slug="three")]
    changed = [ONE, replace(ONE, slug="two", title="Two"), replace(ONE, slug="four")]
    return (
        make_release("old", old, sources=sources),
        make_release("new", new + derived, sources=changed),
    )


def test_statements_and_sources(pair: tuple[Release, Release]) -> None:
    found = compare(*pair, derived=False)
    told = [(str(c.kind), c.graph.rpartition("/")[2], c.object, c.was) for c in found.statements]
    assert told == [
        ("withdrawn", "a", "", '"out"'),
        ("changed", "a", '"Bonn"', '"Köln"'),
        ("withdrawn", "a-b", "", '"x"'),
        ("added", "d", '"x"', ""),
    ]
    assert found.counts == {Kind.ADDED: 1, Kind.CHANGED: 1, Kind.WITHDRAWN: 2}
    assert [(str(kind), slug) for kind, slug in found.sources] == [
        ("added", "four"), ("withdrawn", "three"), ("changed", "two"),
    ]  # fmt: skip


def test_what_is_derived_counts_unless_left_out(pair: tuple[Release, Release]) -> None:
    assert compare(*pair).counts[Kind.ADDED] == 2


def test_a_release_is_no_different_from_itself(pair: tuple[Release, Release]) -> None:
    found = compare(pair[0], pair[0])
    assert (found.statements, found.sources) == ((), ())


def test_the_patch_makes_the_new_release_of_the_old(pair: tuple[Release, Release]) -> None:
    old, new = (set((r.path / "graph.nq").read_text(encoding="utf-8").splitlines()) for r in pair)
    for line in "".join(patch(compare(*pair))).splitlines():
        if line.startswith("D "):
            old.remove(line[2:])
        elif line.startswith("A "):
            assert line[2:] not in old
            old.add(line[2:])
    assert old == new


def test_two_named_graphs_are_rdf(pair: tuple[Release, Release]) -> None:
    import pyoxigraph as ox

    text = "".join(quads(compare(*pair, derived=False)))
    parsed = list(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    found = {(q.graph_name.value.rpartition("/")[2], q.object.value) for q in parsed}
    assert found == {("added", "Bonn"), ("added", "x"), ("withdrawn", "Köln"),
                     ("withdrawn", "out"), ("withdrawn", "x")}  # fmt: skip


def test_in_words(pair: tuple[Release, Release]) -> None:
    text = summary(compare(*pair, derived=False))
    assert text.startswith("from release old to new\nstatements added: 1\n")
    assert "sources changed: 1\n  two\n" in text
    assert "graph a: 1 changed, 1 withdrawn\n" in text


def test_the_command(pair: tuple[Release, Release], tmp_path: Path) -> None:
    folders = [str(release.path) for release in pair]
    run = CliRunner().invoke
    assert "sources added: 1" in run(app, ["diff", "--releases", *folders]).stdout
    rows = json.loads(run(app, ["diff", "--releases", *folders, "-f", "json"]).stdout)
    assert [row["kind"] for row in rows].count("withdrawn") == 2
    by_version = ["diff", "--release", str(tmp_path), "--releases", "old", "new", "-f", "patch"]
    assert run(app, by_version).stdout.startswith("TX .\nD <")
    assert run(app, ["diff", "--releases", *folders, "-f", "csv"]).stdout.startswith("kind,graph")
    assert run(app, ["diff", "--releases", *folders, "-f", "nquads"]).stdout.count("\n") == 6
