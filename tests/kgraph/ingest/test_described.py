"""The data set described in itself: numbers and example questions."""

from __future__ import annotations

import pytest

from kgraph import resources
from kgraph.examples import read_examples
from kgraph.ingest.examples import add_examples
from kgraph.ingest.quads import Quads
from kgraph.ingest.void import add_void
from kgraph.store import Store

VOID = "PREFIX void: <http://rdfs.org/ns/void#> "


def store_of(quads: Quads) -> Store:
    return Store([line.encode() for line in quads.merged() for line in (f"{line} .\n",)])


def test_numbers() -> None:
    quads = Quads()
    by_class = {"urn:C": {"urn:p": 2, "urn:q": 1}, "urn:D": {"urn:p": 3}}
    add_void(quads, 9, {"urn:p": 5, "urn:q": 1}, {"urn:C": 1, "urn:D": 2}, by_class)
    rows = store_of(quads).query(
        VOID + "SELECT ?c ?p ?n { ?part void:class ?c ; void:propertyPartition ?own . "
        "?own void:property ?p ; void:triples ?n } ORDER BY ?c ?p"
    )
    assert list(rows.rows()) == [
        ("urn:C", "urn:p", "2"), ("urn:C", "urn:q", "1"), ("urn:D", "urn:p", "3"),
    ]  # fmt: skip
    rows = store_of(quads).query(
        VOID + "SELECT ?p ?n { ?d a void:Dataset ; void:propertyPartition ?own . "
        "?own void:property ?p ; void:triples ?n } ORDER BY ?p"
    )
    assert list(rows.rows()) == [("urn:p", "5"), ("urn:q", "1")]


def test_every_example_is_in_the_graph_and_runs() -> None:
    questions = read_examples(resources.ontology() / "competency")
    assert len(questions) > 20
    quads = Quads()
    add_examples(quads, questions)
    found = store_of(quads)
    rows = found.query(
        "SELECT ?one ?text { ?one a sh:SPARQLExecutable ; a sh:SPARQLSelectExecutable ; "
        "sh:select ?text ; sh:prefixes ?all } ORDER BY ?one"
    )
    texts = [text for _, text in rows.rows()]
    assert sorted(texts) == sorted(one.query for one in questions)
    for text in texts:
        assert found.query(text).kind == "select"
    declared = found.query("SELECT ?p { ?all sh:declare ?one . ?one sh:prefix ?p } ORDER BY ?p")
    assert ("imc",) in list(declared.rows())


@pytest.mark.parametrize(
    ("query", "form"),
    [("# ask\nPREFIX a: <a:>\nCONSTRUCT {} {}", "construct"), ("ASK {}", "ask"),
     ("BASE <x:>\nSELECT * {}", "select")],
)  # fmt: skip
def test_the_form_of_an_example(query: str, form: str) -> None:
    from kgraph.examples import Example

    quads = Quads()
    add_examples(quads, [Example("a", "Was?", "What?", query)])
    assert any(f"shacl#{form}>" in line for line in quads.lines())
