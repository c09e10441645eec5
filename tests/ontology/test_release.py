"""The release of the real facts against the vocabulary: each term used, each use as declared."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, XSD

from kgraph.release import Release

from .conftest import IMC


def column(release: Release, query: str) -> set[str]:
    return {row[0] for row in release.query(query).rows()}


@pytest.fixture(scope="module")
def predicates(release: Release) -> set[URIRef]:
    found = {URIRef(p) for p in column(release, "SELECT DISTINCT ?p WHERE { ?s ?p ?o }")}
    assert len(found) > 100
    return {p for p in found if p in IMC}


@pytest.fixture(scope="module")
def classes(release: Release) -> set[URIRef]:
    found = {URIRef(c) for c in column(release, "SELECT DISTINCT ?c WHERE { ?s a ?c }")}
    return {c for c in found if c in IMC}


def test_the_data_use_defined_terms_only(
    predicates: set[URIRef], classes: set[URIRef], terms: set[URIRef]
) -> None:
    assert (predicates | classes) - terms == set()


def test_every_term_is_used(
    predicates: set[URIRef], classes: set[URIRef], terms: set[URIRef]
) -> None:
    assert terms - (predicates | classes) == set()


def test_links_are_links_and_values_are_values(
    release: Release, vocabulary: Graph, predicates: set[URIRef]
) -> None:
    query = "SELECT DISTINCT ?p WHERE {{ ?s ?p ?o FILTER({}isLITERAL(?o)) }}"
    with_values = {URIRef(p) for p in column(release, query.format(""))} & predicates
    with_links = {URIRef(p) for p in column(release, query.format("!"))} & predicates
    links = set(vocabulary.subjects(RDF.type, OWL.ObjectProperty))
    values = set(vocabulary.subjects(RDF.type, OWL.DatatypeProperty))
    assert with_values & links == set()
    assert with_links & values == set()


def test_values_have_the_declared_datatype(release: Release, vocabulary: Graph) -> None:
    query = "SELECT DISTINCT ?p (DATATYPE(?o) AS ?type) WHERE { ?s ?p ?o FILTER(isLITERAL(?o)) }"
    found = {(URIRef(p), URIRef(t)) for p, t in release.query(query).rows()}
    declared = {
        p: r
        for p, r in vocabulary.subject_objects(RDFS.range)
        if isinstance(r, URIRef) and r in XSD
    }
    assert len(declared) > 20
    assert {(p, t) for p, t in found if p in declared and t != declared[p]} == set()


def test_no_node_is_of_two_disjoint_classes(release: Release, vocabulary: Graph) -> None:
    """What the consistency test finds in the examples, asked of all the data."""
    groups = list(vocabulary.objects(None, OWL.members))
    assert groups
    for group in groups:
        values = " ".join(
            c.n3() for c in Collection(vocabulary, group) if not isinstance(c, Literal)
        )
        query = f"""SELECT ?node WHERE {{ VALUES ?class {{ {values} }} ?node a ?class }}
                    GROUP BY ?node HAVING (COUNT(DISTINCT ?class) > 1)"""
        assert column(release, query) == set()
