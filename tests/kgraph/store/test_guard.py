"""No query reaches out: SERVICE is refused in every disguise, FROM and updates fetch nothing.

``listener`` is an address of this machine that counts who connects; the engine would do so by
itself, past whatever Python patches. ``socket.socket`` is patched all the same.
"""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from kgraph.errors import QueryError, QueryRefusedError
from kgraph.store import Store
from kgraph.store.guard import masked

PREFIXES = "PREFIX a: <http://a/> PREFIX x: <http://127.0.0.1:1/> "


@dataclass(frozen=True)
class Listener:
    server: socket.socket

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/"

    def was_called(self, seconds: float = 0) -> bool:
        return bool(select.select([self.server], [], [], seconds)[0])


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield Listener(server)


@pytest.fixture
def sealed(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever of Python opens a socket fails from here on."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.fixture(scope="module")
def tiny() -> Store:
    return Store([b"<http://a/x> <http://a/p> <http://a/y> .\n"])


#: ADDRESS stands for an IRI of the listener, x: for a prefix that is its address.
REFUSED = [
    "SELECT * { SERVICE ADDRESS { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT ADDRESS { ?s ?p ?o } }",
    "select * { service silent ADDRESS { ?s ?p ?o } }",
    "SELECT * { sErViCe x:y { ?s ?p ?o } }",
    "SELECT * { VALUES ?where { ADDRESS } SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { { SELECT ?s { SERVICE ADDRESS { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE ADDRESS { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE ADDRESS { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE ADDRESS { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o OPTIONAL{SERVICE ADDRESS{?a ?b ?c}} }",
    "SELECT * { {} UNION {SERVICE ADDRESS{?a ?b ?c}} }",
    "SELECT * { GRAPH ?g { SERVICE ADDRESS { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE ADDRESS { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE ADDRESS { ?s ?p ?o } }",
    "SELECT ((EXISTS { SERVICE ADDRESS { ?s ?p ?o } }) AS ?x) {}",
    # spelt with escapes
    r"SELECT * { SER\u0056ICE ADDRESS { ?s ?p ?o } }",
    r"SELECT * { \U00000053ERVICE ADDRESS { ?s ?p ?o } }",
    r"SELECT * { \u0073\u0065rvice ADDRESS { ?s ?p ?o } }",
    # after what looks like a string, a comment or an address, and is none
    "SELECT * { } # '\n VALUES ?x {} SERVICE ADDRESS { ?s ?p ?o } #'",
    "SELECT * { ?s ?p ?o # it's\n SERVICE ADDRESS { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o # x\rSERVICE ADDRESS { ?a ?b ?c } }",
    r"SELECT * { ?s ?p 'it\'s' . SERVICE ADDRESS { ?a ?b ?c } }",
    r"""SELECT * { ?s ?p "a\\" . SERVICE ADDRESS { ?a ?b ?c } . ?q ?r "" }""",
    "SELECT * { ?s ?p ''' ' '' ''' . SERVICE ADDRESS { ?a ?b ?c } . ?x ?y '''z''' }",
    "SELECT * { FILTER(1 < 2) SERVICE ADDRESS { ?a ?b ?c } FILTER(2 > 1) }",
    "SELECT * { FILTER(1<2||2>'#>') SERVICE ADDRESS { ?a ?b ?c } }",
    "SELECT * { FILTER(1<2#>\n) SERVICE ADDRESS { ?a ?b ?c } }",
    "SELECT * { FILTER(1<'a>') SERVICE ADDRESS { ?a ?b ?c } FILTER('x'='x') }",
    r"SELECT * { OPTIONAL { ?s a:b\# ?o } SERVICE ADDRESS { ?a ?b ?c } }",
    r"""SELECT * { OPTIONAL { ?s a:\'x ?o } SERVICE ADDRESS { ?a ?b ?c } ?s ?p "'" }""",
    r"SELECT * { OPTIONAL { ?s <http://a/\u0041'> ?o } SERVICE ADDRESS { ?a ?b ?c } ?s ?p 'x' }",
    # without a blank where the engine wants none
    "SELECT * { SERVICE ADDRESS{?a ?b ?c} }".replace("SERVICE ", "SERVICE"),
    "SELECT * { SERVICESILENT ADDRESS { ?a ?b ?c } }",
    "SELECT * { SERVICEx:y { ?a ?b ?c } }",
    "SELECT * { SERVICESILENTx:y { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o.SERVICE ADDRESS { ?a ?b ?c } }",
    "SELECT * { ?s ?p a:.SERVICE ADDRESS { ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE ADDRESS { ?a ?b ?c } }",
    "SELECT * { ?s ?p 1SERVICE ADDRESS { ?a ?b ?c } }",
    "SELECT * { ?s ?p 1.0e5SERVICE ADDRESS { ?a ?b ?c } }",
    "SELECT * { ?s a:-5SERVICE ADDRESS { ?a ?b ?c } }",
    "SELECT * { BIND('a' AS ?y)SERVICE ADDRESS { ?a ?b ?c } }",
    # a prefix that would fit the word that the guard puts in
    "PREFIX qqqqqqqx: <http://a/> SELECT * { SERVICEx:y { ?a ?b ?c } }",
    "PREFIX aaaaaax: <http://a/> SELECT * { [ ?p ?o ] SERVICEx:y { ?a ?b ?c } }",
    # a name with the word in front: refused as well, rather than asked
    "PREFIX SERVICE: <http://a/> SELECT * { SERVICE:foo ?p ?o }",
    "PREFIX service: <http://a/> SELECT * { ?s service:p ?o }",
]

ALLOWED = {
    "a comment": "SELECT * { ?s ?p ?o } # SERVICE <http://127.0.0.1:1/> {}",
    "a string": "SELECT * { ?s ?p ?o FILTER(?o != 'SERVICE <http://x/> {}') }",
    "a long string": 'SELECT * { ?s ?p ?o FILTER(?o != """a " SERVICE " """) }',
    "an address": "SELECT * { ?s ?p ?o FILTER(?o != <http://a/SERVICE>) }",
    "a local name": "SELECT * { ?s ?p ?o FILTER(?o != a:SERVICE) }",
    "a name of ours": "SELECT * { ?s ?p ?o FILTER NOT EXISTS { ?s imc:service ?text } }",
    "variables": "SELECT ?SERVICE { ?SERVICE ?p $service }",
    "a blank node": "SELECT * { ?s ?p ?o FILTER NOT EXISTS { _:service a:x ?y } }",
}


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize("text", REFUSED)
def test_service_is_never_asked(tiny: Store, listener: Listener, text: str) -> None:
    query = (PREFIXES + text).replace("ADDRESS", f"<{listener.address}>")
    query = query.replace("http://127.0.0.1:1/", listener.address)
    with pytest.raises(QueryError):
        list(tiny.query(query).rows())
    assert not listener.was_called()


def test_the_listener_would_notice(listener: Listener) -> None:
    """So that the test above can fail: the same engine without our guard does call."""
    query = f"SELECT * {{ SERVICE SILENT <{listener.address}> {{ ?s ?p ?o }} }}"
    thread = threading.Thread(target=lambda: list(ox.Store().query(query)), daemon=True)
    thread.start()
    assert listener.was_called(seconds=20)
    connection, _ = listener.server.accept()
    connection.close()
    thread.join(20)
    assert not thread.is_alive()


def test_the_plain_word_is_refused_with_the_reason(tiny: Store) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        tiny.query("SELECT * { SERVICE <http://a/> { ?s ?p ?o } }")
    assert str(caught.value) == "SERVICE is not allowed: no other endpoint is ever asked"


def test_a_hidden_service_is_told_where_it_stands(tiny: Store) -> None:
    with pytest.raises(QueryError) as caught:
        tiny.query("SELECT *\n{ SERVICESILENT <http://a/> { ?s ?p ?o } }")
    assert (caught.value.line, caught.value.column) == (2, 16)


@pytest.mark.parametrize("text", ALLOWED.values(), ids=ALLOWED)
def test_the_word_is_no_offence_elsewhere(tiny: Store, text: str) -> None:
    assert len(list(tiny.query(PREFIXES + text).rows())) == 1


@pytest.mark.usefixtures("sealed")
def test_from_names_a_graph_and_fetches_nothing(tiny: Store, listener: Listener) -> None:
    for clause in ("FROM", "FROM NAMED"):
        answer = tiny.query(f"SELECT * {clause} <{listener.address}> {{ ?s ?p ?o }}")
        assert list(answer.rows()) == []
    graphs = [listener.address]
    assert list(tiny.query("SELECT * { ?s ?p ?o }", default_graphs=graphs).rows()) == []
    assert list(tiny.query("SELECT * { GRAPH ?g { ?s ?p ?o } }", named_graphs=graphs).rows()) == []
    assert not listener.was_called()


@pytest.mark.usefixtures("sealed")
@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://a/x> <http://a/p> <http://a/z> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <ADDRESS>",
        "CLEAR ALL",
        "DROP GRAPH <http://a/g>",
        "CREATE GRAPH <http://a/g>",
        "COPY <http://a/g> TO <http://a/h>",
        "WITH <http://a/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "PREFIX a: <http://a/>\n# why not\nINSERT DATA { a:x a:p a:z }",
    ],
)
def test_an_update_is_refused(tiny: Store, listener: Listener, text: str) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        tiny.query(text.replace("ADDRESS", listener.address))
    assert str(caught.value) == "this is an update; a release is read-only"
    assert not listener.was_called()
    assert len(tiny) == 1


def test_a_query_and_an_update_after_it(tiny: Store) -> None:
    with pytest.raises(QueryError):
        tiny.query("SELECT * { ?s ?p ?o } ; DELETE WHERE { ?s ?p ?o }")
    assert len(tiny) == 1


def test_the_word_put_in_is_not_in_the_text() -> None:
    text = "qqqqqqq Service qqqqqqj"
    assert masked(text).split() == ["qqqqqqq", "qqqqqqz", "qqqqqqj"]


def test_many_of_them_take_no_time(tiny: Store) -> None:
    """Linear: a text of a megabyte is refused at once (a quadratic scan would take minutes)."""
    with pytest.raises(QueryError):
        tiny.query("SELECT * { " + "SERVICE " * 125_000 + "}")
