"""Statements about one thing and of one graph: a hit, no hit, a hostile value."""

from __future__ import annotations

import pytest

from kgraph.errors import QueryParameterError
from kgraph.namespaces import term
from kgraph.queries.things import exists, graphs, named_graph, replacement, subjects, thing
from kgraph.store import Store

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
TRIPLES = (
    "<http://a/town> <http://a/in> <http://a/state> .",
    f'<http://a/town> {LABEL} "Town" .',
    f'<http://a/state> {LABEL} "State" .',
    "<http://a/else> <http://a/in> <http://a/nowhere> .",
)


@pytest.fixture
def store() -> Store:
    merged = "\n".join(TRIPLES)
    graph = TRIPLES[0].replace(" .", " <http://a/source> .")
    return Store([merged.encode(), b"\n" + graph.encode()])


def lines(body: bytes) -> set[str]:
    return set(body.decode().splitlines())


def test_outgoing_incoming_and_the_labels_of_neighbours(store: Store) -> None:
    assert lines(thing(store, "http://a/town").serialize("ntriples")) == set(TRIPLES[:3])
    assert lines(thing(store, "http://a/state").serialize("ntriples")) == set(TRIPLES[:3])


@pytest.mark.parametrize("name", ["skos:prefLabel", "dcterms:title", "foaf:name"])
def test_neighbours_are_named_by_whatever_names_them(name: str) -> None:
    named = f'<http://a/state> <{term(name)}> "State" .'
    other = "<http://a/state> <http://a/p> <http://a/q> ."
    store = Store(["\n".join((TRIPLES[0], named, other)).encode()])
    assert lines(thing(store, "http://a/town").serialize("ntriples")) == {TRIPLES[0], named}


def test_what_a_graph_speaks_of(store: Store) -> None:
    assert subjects(store, "http://a/source") == [("http://a/town", 1)]
    assert subjects(store, "http://a/none") == []
    with pytest.raises(QueryParameterError):
        subjects(store, "http://a/> } #")


def test_the_named_graphs(store: Store) -> None:
    assert graphs(store) == ["http://a/source"]
    assert graphs(Store()) == []


def test_what_became_of_a_thing() -> None:
    moved = "<http://a/old> <http://purl.org/dc/terms/isReplacedBy> <http://a/new> ."
    store = Store([moved.encode()])
    assert replacement(store, "http://a/old") == "http://a/new"
    assert replacement(store, "http://a/new") == ""
    with pytest.raises(QueryParameterError):
        replacement(store, "http://a/> } #")


def test_a_graph_has_its_own_statements_only(store: Store) -> None:
    assert lines(named_graph(store, "http://a/source").serialize("ntriples")) == {TRIPLES[0]}


@pytest.mark.parametrize("iri", ["http://a/town", "http://a/nowhere", "http://a/source"])
def test_a_thing_exists_if_it_is_named_anywhere(store: Store, iri: str) -> None:
    assert exists(store, iri)


@pytest.mark.parametrize("iri", ["http://a/none", "http://a/x%3E%20%7D"])
def test_nothing_is_said_of_what_is_not_there(store: Store, iri: str) -> None:
    assert thing(store, iri).serialize("ntriples") == b""
    assert named_graph(store, iri).serialize("ntriples") == b""
    assert not exists(store, iri)


@pytest.mark.parametrize("iri", ["", "town", "http://a/> } { ?s ?p ?o", 'http://a/"'])
def test_a_hostile_value_is_no_iri(store: Store, iri: str) -> None:
    with pytest.raises(QueryParameterError):
        thing(store, iri)
