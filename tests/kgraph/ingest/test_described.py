"""The data set described in itself: numbers and example questions."""

from __future__ import annotations

import pytest

from kgraph import resources
from kgraph.examples import read_examples
from kgraph.ingest.examples import add_examples
from kgraph.ingest.quads import Quads
from kgraph.store import Store


def store_of(quads: Quads) -> Store:
    return Store([line.encode() for line in quads.merged() for line in (f"{line} .\n",)])


def test_the_numbers_are_those_that_a_user_counts(small) -> None:
    """The description counts itself: whoever asks the default graph finds what it says."""
    for stated, counted in (
        ("[] a void:Dataset ; void:triples ?n", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        (
            "[] a void:Dataset ; void:properties ?n",
            "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        ),
        (
            "[] a void:Dataset ; void:classes ?n",
            "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c FILTER(isIRI(?c)) }",
        ),
    ):
        assert list(small.query(f"SELECT ?n {{ {stated} }}").rows()) == list(
            small.query(counted).rows()
        )


def test_the_parts_are_those_that_a_user_counts(small) -> None:
    for stated, counted in (
        (
            "SELECT ?c ?n { [] void:class ?c ; void:entities ?n } ORDER BY ?c",
            "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c FILTER(isIRI(?c)) } GROUP BY ?c ORDER BY ?c",
        ),
        (
            "SELECT ?p ?n { [] a void:Dataset ; void:propertyPartition ?part . "
            "?part void:property ?p ; void:triples ?n } ORDER BY ?p",
            "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p",
        ),
        (
            "SELECT ?c ?p ?n { [] void:class ?c ; void:propertyPartition ?part . "
            "?part void:property ?p ; void:triples ?n } ORDER BY ?c ?p",
            "SELECT ?c ?p (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o FILTER(isIRI(?c)) } "
            "GROUP BY ?c ?p ORDER BY ?c ?p",
        ),
    ):
        rows = list(small.query(stated).rows())
        assert len(rows) > 20
        assert rows == list(small.query(counted).rows())


def test_every_question_of_the_ontology_is_in_a_release(small) -> None:
    names = {one.name for one in read_examples(resources.ontology() / "competency")}
    rows = small.query("SELECT ?one { GRAPH g:examples { ?one a sh:SPARQLExecutable } }").rows()
    assert {one.partition("#")[2] for (one,) in rows} == names


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
