"""The ontology with all its examples is consistent under OWL 2 RL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import ORG, OWL, RDF

from .conftest import IMC, merged

#: owlrl writes what it finds wrong into the graph, as nodes of this class.
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
ID = Namespace("https://w3id.org/imcoop/id/")


def closed(graph: Graph) -> Graph:
    copy = Graph()
    copy += graph
    DeductiveClosure(OWLRL_Semantics).expand(copy)
    return copy


def complaints(graph: Graph) -> Iterator[str]:
    yield from (str(s) for s in graph.subjects(RDF.type, OWL.Nothing))
    for node in graph.subjects(RDF.type, ERROR):
        yield from (str(o) for o in graph.objects(node) if isinstance(o, Literal))


def test_consistent(folder: Path, ontology: Graph) -> None:
    examples = merged(folder.glob("examples/*-valid.ttl"))
    everything = closed(ontology + examples)
    assert list(complaints(everything)) == []
    # the reasoner did reason: over the class of a network, and into an alignment
    network = ID["network/ag-stadtumbau"]
    assert (network, RDF.type, ORG.OrganizationalCollaboration) in everything
    assert (network, ORG.transitiveSubOrganizationOf, None) in everything


@pytest.mark.parametrize(
    ("one", "other"),
    [(IMC.Municipality, IMC.State), (IMC.Figure, IMC.Decision)],
)
def test_a_contradiction_is_noticed(vocabulary: Graph, one: URIRef, other: URIRef) -> None:
    wrong = Graph()
    wrong += vocabulary
    wrong.add((ID.x, RDF.type, one))
    wrong.add((ID.x, RDF.type, other))
    assert list(complaints(closed(wrong))) != []
