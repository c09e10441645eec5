"""Statements of a thing with their graphs: a hit, no hit, a hostile value."""

from __future__ import annotations

import pytest

from kgraph.errors import QueryParameterError
from kgraph.namespaces import PREFIXES, term
from kgraph.queries.statements import Said, Value, incoming, neighbours, outgoing, places
from kgraph.store import Store

ID, G = PREFIXES["id"], PREFIXES["g"]
NET, ROW = f"{ID}network/n", f"{ID}membership/n/t/member"
SAID = f"{ID}attestation/s/1"
TEXT = f"""
<{NET}> <{term("rdfs:label")}> "Netz"@de <{G}s> .
<{NET}> <{term("rdfs:label")}> "Netz"@de <{G}r> .
<{NET}> <{term("org:purpose")}> "5"^^<{term("xsd:integer")}> <{G}s> .
<{NET}> <{term("imc:attestation")}> <{SAID}> <{G}s> .
<{SAID}> <{term("imc:locator")}> "page 1" <{G}s> .
<{ID}attestation/s/2> <{term("imc:about")}> <{NET}> <{G}s> .
<{ID}attestation/s/2> <{term("imc:locator")}> "page 2" <{G}s> .
<{ID}attestation/s/2> <{term("imc:claimValue")}> "5" <{G}s> .
<{ROW}> <{term("org:organization")}> <{NET}> <{G}s> .
<{ROW}> <{term("org:member")}> <{ID}municipality/t> <{G}s> .
"""


@pytest.fixture(scope="module")
def said() -> Store:
    lines = TEXT.strip().splitlines()
    merged = {f"{line.rsplit(' <', 1)[0]} ." for line in lines}
    return Store([TEXT.encode(), "\n".join(sorted(merged)).encode()])


def test_a_statement_names_every_graph_that_holds_it(said: Store) -> None:
    assert outgoing(said, NET) == (
        Said(term("rdfs:label"), Value("Netz", language="de"), (f"{G}r", f"{G}s")),
        Said(term("org:purpose"), Value("5", datatype=term("xsd:integer")), (f"{G}s",)),
        Said(term("imc:attestation"), Value(SAID, is_iri=True), (f"{G}s",)),
    )


def test_what_points_at_a_thing(said: Store) -> None:
    assert incoming(said, NET) == (
        Said(term("org:organization"), Value(ROW, is_iri=True), (f"{G}s",)),
        Said(term("imc:about"), Value(f"{ID}attestation/s/2", is_iri=True), (f"{G}s",)),
    )


def test_neighbours_without_a_name_are_told_apart(said: Store) -> None:
    found = neighbours(said, NET)
    assert found[ROW].all("org:member") == [f"{ID}municipality/t"]
    assert found[SAID].all("imc:locator") == ["page 1"]
    assert f"{ID}municipality/t" not in found


def test_the_place_of_a_statement_is_that_of_its_claim_or_of_the_thing(said: Store) -> None:
    found = places(said, NET)
    assert found.of(f"{G}s", "5") == ("page 2",)
    assert found.of(f"{G}s", "Netz") == ("page 1",)
    assert found.of(f"{G}r", "Netz") == ()


@pytest.mark.parametrize("iri", [f"{ID}network/none", "http://a/x%3E%20%7D"])
def test_nothing_is_said_of_what_is_not_there(said: Store, iri: str) -> None:
    assert (outgoing(said, iri), incoming(said, iri), dict(neighbours(said, iri))) == ((), (), {})
    assert places(said, iri).of(f"{G}s", "5") == ()


@pytest.mark.parametrize("ask", [outgoing, incoming, neighbours, places])
def test_a_hostile_value_is_no_iri(said: Store, ask: object) -> None:
    with pytest.raises(QueryParameterError):
        ask(said, "http://a/> } { ?s ?p ?o")  # type: ignore[operator]
