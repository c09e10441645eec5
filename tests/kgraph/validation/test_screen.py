"""The screen lets no node through that the full validator has something to say about."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import rdflib

from kgraph import resources
from kgraph.store.parse import ntriples
from kgraph.validation import Report, validate, validate_graph, validate_lines
from kgraph.validation.screen import Screen

ONTOLOGY = resources.ontology()
EXAMPLES = sorted((ONTOLOGY / "examples").glob("*.ttl"))
CODES = [line for file in sorted((ONTOLOGY / "codelists").glob("*.ttl")) for line in ntriples(file)]


def full(lines: list[str]) -> Report:
    graph = rdflib.Graph()
    graph.parse(data="".join(f"{line} .\n" for line in lines), format="nt")
    return validate_graph(graph, ONTOLOGY)


def test_all_examples_at_once() -> None:
    """What breaks any shape: each example is there, as things of its own."""
    assert len(EXAMPLES) > 80
    lines = list(CODES)
    for file in EXAMPLES:
        own = f"https://example.org/{file.stem}/"
        lines += [line.replace("https://w3id.org/imcoop/id/", own) for line in ntriples(file)]
    found = validate_lines(lines, ONTOLOGY)
    assert {f.severity for f in found.findings} == {"violation", "warning"}
    assert len({f.shape for f in found.findings}) > 40
    assert found == full(lines)


@pytest.fixture(scope="module")
def lines(small) -> list[str]:
    """Without blank nodes, which have another name in each report."""
    text = (small.path / "merged.nt").read_text(encoding="utf-8")
    return [line.removesuffix(" .") for line in text.splitlines() if "_:" not in line]


@pytest.mark.parametrize("seed", range(4))
def test_a_release_with_three_hundred_faults(lines: list[str], seed: int) -> None:
    """Statements are lost, given to others, and given other values."""
    chance = random.Random(seed)
    broken = set(lines)
    for line in chance.sample(lines, 300):
        subject, predicate, value = line.split(" ", 2)
        other, _, elsewhere = chance.choice(lines).split(" ", 2)
        broken.discard(line)
        broken.update(
            chance.choice([(), (f"{other} {predicate} {value}",),
                           (f"{subject} {predicate} {elsewhere}", line)])
        )  # fmt: skip
    found = validate_lines(broken, ONTOLOGY)
    assert found.n_violations > 100
    assert found == full(sorted(broken))


def test_most_nodes_need_no_validator(lines: list[str]) -> None:
    shapes = rdflib.Graph()
    for name in ("must", "should"):
        shapes.parse(ONTOLOGY / "shapes" / f"{name}.ttl")
    nodes, about = Screen(shapes, lambda: lines).suspects()
    assert len(nodes) * 10 < len({line.partition(" ")[0] for line in lines})
    assert len(about) * 5 < len(lines)


@pytest.mark.parametrize(
    ("shape", "bad"),
    [
        ("sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:languageIn ('de') ]",
         '<urn:a> <urn:p> "x"@en'),
        ("sh:targetClass ex:A ; sh:property [ sh:path (ex:p ex:q) ; sh:minCount 1 ]",
         "<urn:a> <urn:p> <urn:b>"),
        ("sh:targetClass ex:Whole ; sh:property [ sh:path ex:q ; sh:minCount 1 ]",
         "<urn:A> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:Whole>"),
        ("sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI", '<urn:a> <urn:p> "text"'),
        ("sh:targetObjectsOf ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ]",
         "<urn:a> <urn:p> <urn:b>"),
        ("sh:targetClass ex:A ; sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:maxCount 1 ]",
         "<urn:b> <urn:p> <urn:a>\n<urn:c> <urn:p> <urn:a>"),
        ("sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:datatype xsd:date ]",
         '<urn:a> <urn:p> "2023-02-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("sh:targetClass ex:A ; sh:not [ sh:path ex:p ; sh:minCount 1 ]",
         "<urn:a> <urn:p> <urn:b>"),
        ("sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:pattern '^x' ]",
         '<urn:a> <urn:p> "\\u0041"'),
    ],
)  # fmt: skip
def test_what_a_test_does_not_know_is_left_to_the_validator(
    tmp_path: Path, shape: str, bad: str
) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "should.ttl").write_text("")
    (tmp_path / "shapes" / "must.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <urn:> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        f"ex:Shape a sh:NodeShape ; {shape} .\n"
    )
    kind = "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:A>"
    assert validate_lines([kind, *bad.splitlines()], tmp_path).n_violations > 0


def test_a_file_that_somebody_appended_to_is_put_in_order(small, tmp_path: Path) -> None:
    (tmp_path / "ontology").symlink_to(small.path / "ontology")
    whole = (small.path / "merged.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    chance = random.Random(1)
    chance.shuffle(whole)
    (tmp_path / "merged.nt").write_text("".join(whole), encoding="utf-8")
    moved = type(small)(tmp_path, small.manifest)
    assert validate(moved) == validate(small)
