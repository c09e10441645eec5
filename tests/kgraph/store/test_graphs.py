"""Several default graphs: what two of them say counts once."""

from __future__ import annotations

import contextlib
import time

import pytest

from kgraph.errors import QueryError
from kgraph.store import Store
from kgraph.store.graphs import chosen_graphs

A, B, C = (f"https://w3id.org/imcoop/graph/{name}" for name in "abc")
_NODE = f"_:node <urn:p> <{A}>"
#: a and b both say that s is p of 1; a blank node belongs to both.
QUADS = "".join(
    f"{triple} <{graph}> .\n"
    for triple, graph in (
        ("<urn:s> <urn:p> '1'", A), ("<urn:s> <urn:p> '2'", A), ("<urn:s> <urn:p> '1'", B),
        ("<urn:s> <urn:p> '3 .'", C), (_NODE, A), (_NODE, B),
    )
).replace("'", '"')  # fmt: skip
COUNT = "SELECT (COUNT(*) AS ?n) {clauses} {{ {pattern} }}"
ALL, NAMED = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"


@pytest.fixture(scope="module")
def store() -> Store:
    return Store([QUADS.encode()])


@pytest.mark.parametrize(
    ("clauses", "pattern", "n"),
    [
        (f"FROM <{A}>", ALL, 3),
        (f"FROM <{A}> FROM <{A}>", ALL, 3),
        (f"FROM <{A}> FROM <{B}>", ALL, 3),
        (f"from#<{C}>\n<{B}>FROM<{A}>", ALL, 3),
        (f"FROM <{A}> FROM <{B}> FROM <{C}>", ALL, 4),
        (f"FROM <{A}> FROM <urn:none>", ALL, 3),
        (f"FROM <{A}> FROM <{B}>", NAMED, 0),
        (f"FROM <{A}> FROM <{B}> FROM NAMED <{A}> FROM named <{C}>", NAMED, 4),
        (f"FROM <{A}> FROM NAMED <{C}> FROM <{B}>", ALL, 3),
        (f"FROM NAMED <{C}>", ALL, 0),
        (f"FROM NAMED <{C}>", NAMED, 1),
        (f"FROM <{A}> FROM <{B}> FROM NAMED <{C}>", f"GRAPH <{C}> {{ ?s ?p '3 .' }}", 1),
    ],
)
def test_from(store: Store, clauses: str, pattern: str, n: int) -> None:
    query = COUNT.format(clauses=clauses, pattern=pattern)
    assert list(store.query(query).rows()) == [(str(n),)]


def test_the_parameters_go_before_what_the_text_says(store: Store) -> None:
    query = COUNT.format(clauses=f"FROM <{C}> FROM <{B}>", pattern=ALL)
    for graphs, n in (((A,), 3), ((A, B), 3), ((A, A), 3), ((A, B, C), 4), ((A, "urn:none"), 3)):
        assert list(store.query(query, default_graphs=graphs).rows()) == [(str(n),)]
    rows = store.query(query, default_graphs=(A, B), named_graphs=(C,)).rows()
    assert list(rows) == [("3",)]


def test_a_blank_node_of_two_graphs_stays_one(store: Store) -> None:
    query = COUNT.format(
        clauses=f"FROM <{A}> FROM <{C}> FROM NAMED <{B}>",
        pattern=f"?node ?p <{A}> . GRAPH <{B}> {{ ?node ?p ?o }}",
    )
    assert list(store.query(query).rows()) == [("1",)]


@pytest.mark.parametrize("form", ["ASK", "CONSTRUCT WHERE", "DESCRIBE <urn:s>"])
def test_every_form_of_query(store: Store, form: str) -> None:
    head, _, tail = form.partition(" WHERE")
    where = " WHERE" if tail == "" and form.endswith("WHERE") else ""
    query = f"{head} FROM <{A}> FROM <{B}>{where} {{ <urn:s> ?p ?o }}"
    answer = store.query(query)
    if answer.kind == "ask":
        assert bool(answer)
    else:
        assert answer.serialize("ntriples").count(b"\n") == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PREFIX g: <urn:g:> ASK FROM g:a FROM NAMED g:b {}", (["urn:g:a"], ["urn:g:b"])),
        ("prefix : <urn:g:>#FROM <x>\nselect*from :a from :%41 {}", (["urn:g:a", "urn:g:%41"], [])),
        ("BASE <http://a/b/> ASK FROM <../c> FROM <#d> {}", (["http://a/c", "http://a/b/#d"], [])),
        (r"ASK FROM <urn:\u0061> {}", (["urn:a"], [])),
        (r"ASK FROM k:a\/b {}", (["urn:k:a/b"], [])),
        ("PREFIX select: <urn:s:> ASK FROM select:a {}", (["urn:s:a"], [])),
        ("SELECT ('FROM <urn:x>' AS ?x) FROM k:a {}", (["urn:k:a"], [])),
        ("SELECT(1<2AS?x)(3>2AS?y)FROM<urn:a>{}", (["urn:a"], [])),
        (r"ASK FROM k:\# FROM k:a {}", (["urn:k:#", "urn:k:a"], [])),
        ("SELECT (1<'a>' AS ?x) (' FROM <urn:x> ' AS ?y) {}", None),
        ("ASK { ?s k:from 'x'@from ; k:from <from> . ?from <urn:from> 1 }", None),
        ("ASK { ?from ?p 'FROM <a>' } #FROM <a>", None),
        ("ASK FROM unknown:a {}", None), ("ASK FROM <relative> {}", None), ("ASK FROM", None),
        ("", None), ("FROM <urn:a>", None),
    ],
)  # fmt: skip
def test_clauses_are_read_as_the_engine_reads_them(
    text: str, expected: tuple[list[str], list[str]] | None
) -> None:
    assert chosen_graphs(text, {"k": "urn:k:"}) == expected


@pytest.mark.parametrize("unit", ["FROM ", "FROM <a> ", "FROM#", "FROM :", "'FROM", "FROM\n"])
def test_no_text_takes_long(unit: str) -> None:
    started = time.perf_counter()
    with contextlib.suppress(QueryError):
        chosen_graphs("ASK " + unit * (200_000 // len(unit)), {})
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    "query", ["ASKFROM<{0}>FROM<{1}>{{}}", "CONSTRUCTFROM<{0}>FROM<{1}>WHERE{{}}"]
)
def test_a_clause_without_a_blank_is_refused_or_read(store: Store, query: str) -> None:
    with contextlib.suppress(QueryError):
        assert chosen_graphs(query.format(A, B), {}) == ([A, B], [])


def test_a_variable_and_a_property_of_that_name_cost_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr("kgraph.store.graphs._parses")
    assert chosen_graphs("SELECT ?from $from { ?s imc:heldFrom ?from }", {}) is None


def test_what_only_the_engine_finds_is_refused(store: Store) -> None:
    hidden = f"SELECT (1<'a>' AS ?x) (COUNT(*) AS ?n) FROM <{A}> FROM <{B}> {{ ?s ?p ?o, '' }}"
    with pytest.raises(QueryError, match="FROM cannot be told"):
        store.query(hidden)
