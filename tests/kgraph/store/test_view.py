"""The view of rdflib: the same answers, read-only, and no address is ever reached."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
import rdflib
from rdflib import Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kgraph.errors import KGraphError, QueryError, QueryParameterError, QueryRefusedError
from kgraph.store import Store

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning")

SAME = "<http://a/x> <http://a/p> <http://a/y>"
OWN = '<http://a/x> <http://a/p> "z"'
G1, G2 = URIRef("http://a/g1"), URIRef("http://a/g2")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def store() -> Store:
    quads = f"{SAME} <{G1}> .\n{SAME} <{G2}> .\n{OWN} <{G2}> .\n{SAME} .\n{OWN} .\n"
    return Store([quads.encode()])


@pytest.fixture
def listening() -> Iterator[tuple[str, list[str]]]:
    """The address of a socket on this machine, and whoever connects to it."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def accept() -> None:
            while not stop.is_set():
                with contextlib.suppress(TimeoutError):
                    connection, _ = server.accept()
                    came.append(connection.recv(1000).decode(errors="replace"))
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    connection.close()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.ttl", came
        stop.set()
        thread.join(2)


def n(result: rdflib.query.Result) -> int:
    [(count,)] = result
    return int(count)


def test_the_whole_and_its_graphs(store: Store) -> None:
    view = store.dataset()
    assert n(view.query(COUNT)) == 2
    assert n(view.graph(G1).query(COUNT)) == 1
    assert n(view.graph(G2).query(COUNT)) == 2
    assert n(view.graph(URIRef("http://a/none")).query(COUNT)) == 0
    assert n(view.query(f"SELECT (COUNT(*) AS ?n) FROM <{G1}> FROM <{G2}> {{ ?s ?p ?o }}")) == 2
    assert {graph.identifier for graph in view.graphs()} >= {G1, G2}
    assert [n(graph.query(COUNT)) for graph in view.graphs() if graph.identifier == G1] == [1]
    assert set(view.graph(G1)) == {
        (URIRef("http://a/x"), URIRef("http://a/p"), URIRef("http://a/y"))
    }


def test_a_prepared_query_with_bindings_and_prefixes(store: Store) -> None:
    query = prepareQuery("SELECT ?s ?o { ?s a:p ?o }", initNs={"a": "http://a/"})
    view = store.dataset()
    assert len(list(view.query(query))) == 2
    [(_, found)] = view.query(query, initBindings={"o": Literal("z")})
    assert str(found) == "z"
    text = "ASK { ?s a:p ?o }"
    assert view.query(text, initNs={"a": "http://a/"}, initBindings={"o": URIRef("http://a/y")})
    based = prepareQuery("SELECT ?o { <x> <p> ?o }", base="http://a/")
    assert len(list(view.query(based))) == 2


def test_what_comes_back_is_what_rdflib_gives(store: Store) -> None:
    view = store.dataset()
    assert bool(view.query("ASK { ?s ?p 'z' }")) is True
    made = view.query("CONSTRUCT { ?o <http://a/q> ?s } { ?s ?p ?o FILTER(isIRI(?o)) }").graph
    assert set(made) == {(URIRef("http://a/y"), URIRef("http://a/q"), URIRef("http://a/x"))}
    [row] = view.query("SELECT ?none ?s { ?s ?p 'z' }")
    assert (row.none, row.s) == (None, URIRef("http://a/x"))


REACHING = [
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ BIND(<{0}> AS ?where) SERVICE ?where {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("template", REACHING)
@pytest.mark.parametrize("how", ["text", "prepared", "parsed", "graph", "rdflib's engine", "union"])
def test_no_query_reaches_an_address(
    store: Store, listening: tuple[str, list[str]], template: str, how: str
) -> None:
    address, came = listening
    text = template.format(address)
    view = store.dataset()
    asked: dict[str, object] = {}
    where: rdflib.Graph = view
    query: object = text
    if how == "prepared":
        query = prepareQuery(text)
    elif how == "parsed":
        query = translateQuery(parseQuery(text))
    elif how == "graph":
        where = view.graph(G1)
    elif how == "rdflib's engine":
        asked = {"use_store_provided": False}
    elif how == "union":
        view.default_union = True
    try:
        rows = list(where.query(query, **asked))  # type: ignore[arg-type]
        # A graph that is asked itself goes before FROM.
        assert rows == [] or (how == "graph" and len(rows) == 1)
    except KGraphError as error:
        assert isinstance(error, QueryRefusedError)
    assert came == []


@pytest.mark.parametrize("graph", [None, G1])
def test_nothing_is_changed_and_nothing_loaded(
    store: Store, listening: tuple[str, list[str]], graph: URIRef | None
) -> None:
    address, came = listening
    view = store.dataset()
    where = view.graph(graph) if graph else view
    triple = (URIRef("http://a/new"), URIRef("http://a/p"), Literal("new"))
    for change in (
        lambda: where.update(f"LOAD <{address}>"),
        lambda: where.update(f"LOAD <{address}>", use_store_provided=False),
        lambda: where.update("INSERT DATA { <http://a/new> <http://a/p> 1 }"),
        lambda: where.query("INSERT DATA { <http://a/new> <http://a/p> 1 }"),
        lambda: where.parse(address),
        lambda: where.parse("/etc/hostname"),
        lambda: where.add(triple),
        lambda: where.addN([(*triple, where)]),
        lambda: where.remove((None, None, None)),
        lambda: view.remove_graph(G1),
    ):
        with pytest.raises(QueryRefusedError):
            change()
    assert came == []
    assert len(store) == 5


def test_errors_are_those_of_the_library(store: Store) -> None:
    view = store.dataset()
    with pytest.raises(QueryError, match="line 1"):
        view.query("SELECT * {")
    with pytest.raises(QueryParameterError, match="takes no DEBUG"):
        view.query("ASK {}", DEBUG=True)
