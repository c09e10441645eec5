"""Each shape has an example that conforms and one that breaks it, and only it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, Namespace
from rdflib.namespace import RDF, SH

from kgraph import resources

SHAPE = Namespace("https://w3id.org/imcoop/shapes#")
FOLDER = resources.ontology()
EXAMPLES = sorted((FOLDER / "examples").glob("*.ttl"))
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


@cache
def shapes(level: str) -> Graph:
    return Graph().parse(FOLDER / "shapes" / f"{level}.ttl")


@cache
def background() -> Graph:
    """The vocabulary and the codes: what a release holds beside the facts."""
    graph = Graph()
    for file in [*FOLDER.glob("modules/*.ttl"), *FOLDER.glob("codelists/*.ttl")]:
        graph.parse(file)
    return graph


@cache
def targeted(level: str) -> frozenset[str]:
    graph = shapes(level)
    found = {s for target in TARGETS for s in graph.subjects(target)}
    assert found
    return frozenset(str(s).removeprefix(SHAPE) for s in found)


def level_of(shape: str) -> str:
    return "must" if shape in targeted("must") else "should"


@cache
def owners(level: str) -> dict[str, str]:
    """Message → the shape that says it; a message belongs to one shape."""
    graph = shapes(level)
    found: dict[str, str] = {}
    for shape in targeted(level):
        for speaker in [SHAPE[shape], *graph.objects(SHAPE[shape], SH.property)]:
            for message in graph.objects(speaker, SH.message):
                assert found.setdefault(str(message), shape) == shape, message
    return found


def broken(file: Path, level: str) -> set[str]:
    """The shapes of one level that a file breaks."""
    _, report, _ = validate(Graph().parse(file) + background(), shacl_graph=shapes(level))
    assert isinstance(report, Graph)
    results = report.objects(None, SH.result)
    return {owners(level)[str(m)] for r in results for m in report.objects(r, SH.resultMessage)}


def test_every_shape_has_examples() -> None:
    names = {f.stem for f in EXAMPLES}
    assert len(names) > 90
    for shape in targeted("must") | targeted("should"):
        assert f"{shape}-valid" in names, shape
        assert any(n.startswith(f"{shape}-invalid-") for n in names), shape
    known = targeted("must") | targeted("should")
    assert {n.partition("-")[0] for n in names} == known


def test_no_shape_stands_in_both_files() -> None:
    assert not targeted("must") & targeted("should")


@pytest.mark.parametrize(
    "file", [f for f in EXAMPLES if f.stem.endswith("-valid")], ids=lambda f: f.stem
)
def test_valid_example_conforms(file: Path) -> None:
    level = level_of(file.stem.removesuffix("-valid"))
    assert broken(file, "must") == set()
    if level == "should":
        assert broken(file, "should") == set()


@pytest.mark.parametrize(
    "file", [f for f in EXAMPLES if "-invalid-" in f.stem], ids=lambda f: f.stem
)
def test_invalid_example_breaks_its_shape_only(file: Path) -> None:
    shape = file.stem.partition("-invalid-")[0]
    level = level_of(shape)
    assert broken(file, level) == {shape}
    if level == "should":
        assert broken(file, "must") == set()


@pytest.mark.parametrize("level", ["must", "should"])
def test_every_constraint_has_a_message_in_both_languages(level: str) -> None:
    graph = shapes(level)
    for shape in sorted(targeted(level)):
        node = SHAPE[shape]
        properties = list(graph.objects(node, SH.property))
        others = [p for p in (SH["or"], SH.sparql) if (node, p, None) in graph]
        assert properties or others, shape
        for speaker in [*properties, *([node] if others else [])]:
            messages = [m for m in graph.objects(speaker, SH.message) if isinstance(m, Literal)]
            assert sorted(m.language or "" for m in messages) == ["de", "en"], shape
            assert all(re.search(r"[.!)]$", str(m)) for m in messages), shape


def test_severities() -> None:
    must, should = shapes("must"), shapes("should")
    assert not list(must.subject_objects(SH.severity)), "sh:Violation is the default"
    for shape in targeted("should"):
        for prop in should.objects(SHAPE[shape], SH.property):
            assert should.value(prop, SH.severity) == SH.Warning, shape
    assert all(
        (SHAPE[s], RDF.type, SH.NodeShape) in must + should
        for s in targeted("must") | targeted("should")
    )
