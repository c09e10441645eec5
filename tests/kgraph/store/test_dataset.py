"""The default graph is the merge, a named graph is one source, and errors say where."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.errors import QueryError, QueryParameterError, QueryRefusedError
from kgraph.store import Store

G1, G2, G3 = (f"http://a/g{i}" for i in (1, 2, 3))
SAME = "<http://a/x> <http://a/p> <http://a/y>"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def tiny() -> Store:
    """One statement that three sources make, one that only the third makes; and their merge."""
    own = "<http://a/x> <http://a/p> <http://a/z>"
    quads = "".join(f"{SAME} <{graph}> .\n" for graph in (G1, G2, G3)) + f"{own} <{G3}> .\n"
    return Store([quads.encode(), f"{SAME} .\n{own} .\n".encode()])


def n(answer) -> int:
    [(count,)] = answer.rows()
    return int(count)


def test_a_statement_of_three_sources_is_one_statement(tiny: Store) -> None:
    assert n(tiny.query(COUNT)) == 2


def test_each_graph_has_its_own(tiny: Store) -> None:
    assert n(tiny.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")) == 4
    who = tiny.query("SELECT ?g { GRAPH ?g { ?s ?p <http://a/y> } } ORDER BY ?g")
    assert list(who.rows()) == [(G1,), (G2,), (G3,)]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (f"FROM <{G1}>", 1),
        (f"FROM <{G3}>", 2),
        (f"FROM <{G1}> FROM <{G2}>", 1),
        (f"FROM <{G1}> FROM <{G2}> FROM <{G3}>", 2),
        ("FROM <http://a/none>", 0),
        (f"FROM NAMED <{G1}>", 0),
    ],
)
def test_from_makes_the_default_graph_a_merge(tiny: Store, clause: str, expected: int) -> None:
    """SPARQL 1.1 Query Language, 13.2: the RDF merge of the graphs named by FROM."""
    answer = tiny.query(COUNT.replace("{", clause + " {", 1))
    assert n(answer) == expected


@pytest.mark.parametrize(
    ("defaults", "named", "expected"),
    [
        ([G1], [], (1, 0)),
        ([G1, G2], [], (1, 0)),
        ([G1, G2, G3], [], (2, 0)),
        ([], [G1, G2], (0, 2)),
        ([G1], [G2, G3], (1, 3)),
        (["http://a/none"], [], (0, 0)),
        ([], [], (2, 4)),
    ],
)
def test_graphs_that_the_protocol_names(tiny: Store, defaults, named, expected) -> None:
    """SPARQL 1.1 Protocol, 2.1.4: default-graph-uri and named-graph-uri."""
    graphs = {"default_graphs": defaults, "named_graphs": named}
    found = (
        n(tiny.query(COUNT, **graphs)),
        n(tiny.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", **graphs)),
    )
    assert found == expected


def test_a_graph_that_is_no_iri(tiny: Store) -> None:
    with pytest.raises(QueryParameterError) as caught:
        tiny.query(COUNT, default_graphs=["not an iri"])
    assert str(caught.value) == "parameter default-graph-uri: 'not an iri' is no IRI"


def test_three_rosters_corroborate_one_membership(small) -> None:
    """Ostbevern in Stadtregion Münster: one membership, stated by eight documents."""
    node = "<https://w3id.org/imcoop/id/membership/stadtregion-muenster/de-05570032/member>"
    once = small.query(f"SELECT (COUNT(*) AS ?n) {{ {node} org:role ?role }}")
    assert n(once) == 1
    each = small.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {node} org:role ?role }} }}")
    assert n(each) == 8


def test_the_merge_of_the_real_release_has_each_statement_once(release) -> None:
    assert n(release.query(COUNT)) == release.manifest["counts"]["statements merged"]


def test_every_named_graph_is_a_source_or_one_of_ours(release) -> None:
    base = "https://w3id.org/imcoop/graph/"
    graphs = {g for (g,) in release.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows()}
    ours = {"decisions", "derived", "descriptions", "examples", "ontology", "reference", "sources",
            "void"}  # fmt: skip
    assert graphs - {base + name for name in ours} <= {base + s.slug for s in release.sources}
    assert graphs >= {base + name for name in ours}
    assert len(graphs) == release.manifest["counts"]["graphs"]


# -- errors ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("SELECT * { ?s ?p ", (1, 18), "something is missing there"),
        ("SELECT *\nWHERE { ?s ?p ?o\n  FILTR(?o) }", (3, 11), "')' cannot stand there"),
        ("", (1, 1), "something is missing there"),
        ("hello", (1, 6), "something is missing there"),
        ("SELECT ?x WHERE { ?x nope:p ?y }", (1, 28), "'?y' cannot stand there"),
    ],
)
def test_a_syntax_error_says_where(tiny: Store, text: str, place, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        tiny.query(text)
    assert (caught.value.line, caught.value.column) == place
    line, column = place
    assert str(caught.value) == (
        f"the query does not parse at line {line}, column {column}: {message}"
    )


def test_a_name_that_holds_update_is_no_update(tiny: Store) -> None:
    with pytest.raises(QueryError) as caught:
        tiny.query("SELECT ?update { ?update <http://a/p> ")
    assert not isinstance(caught.value, QueryRefusedError)


def test_what_cannot_be_evaluated_is_a_query_error(tiny: Store) -> None:
    with pytest.raises(QueryError) as caught:
        tiny.query("SELECT (<http://a/unknown>(1) AS ?x) {}")
    assert str(caught.value).startswith("the query cannot be evaluated: ")
    assert "http://a/unknown" in str(caught.value)


def test_bindings_are_terms(tiny: Store) -> None:
    text = "SELECT ?x ?o { ?x <http://a/p> ?o } ORDER BY ?o"
    hit = tiny.query(text, bindings={"x": "http://a/x"})
    assert list(hit.rows()) == [("http://a/x", "http://a/y"), ("http://a/x", "http://a/z")]
    assert list(tiny.query(text, bindings={"x": "http://a/none"}).rows()) == []


def test_from_files(tmp_path: Path) -> None:
    quads, merged = tmp_path / "graph.nq", tmp_path / "merged.nt"
    quads.write_text(f"{SAME} <{G1}> .\n", encoding="utf-8")
    merged.write_text(f"{SAME} .\n", encoding="utf-8")
    store = Store.from_files(quads, merged)
    assert len(store) == 2
    assert n(store.query(COUNT)) == 1


@pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning")  # rdflib 7.6 warns of itself
def test_an_rdflib_view_of_the_same_statements(small) -> None:
    import rdflib

    network = rdflib.URIRef("https://w3id.org/imcoop/id/network/stadtregion-muenster")
    labels = set(small.dataset.objects(network, rdflib.RDFS.label))
    assert labels == {rdflib.Literal("Stadtregion Münster", lang="de")}


@pytest.fixture(scope="module")
def both(release) -> tuple[Store, Store]:
    """The release: with the merge alone beside all graphs, and in one store of the engine."""
    files = [release.path / name for name in ("graph.nq", "merged.nt", "rosters.nt")]
    return Store.of_release(*files), Store.from_files(*files[:2])


@pytest.mark.parametrize(
    "text",
    [
        COUNT,
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) FROM g:metrex { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) FROM NAMED g:metrex { ?s ?p ?o }",
        "SELECT ?g { ?m a org:Membership . Graph ?g { ?m org:role ?o } } ORDER BY ?g LIMIT 9",
        "ASK { FILTER NOT EXISTS { GRAPH g:metrex { ?s ?p ?o } } }",
        "PREFIX graph: <graph:> BASE <graph:/>#graph\nSELECT * { GRAPH ?g { ?s a org:Role } }",
        "PREFIX a: <http://a/#graph>\n SELECT * { {}GRAPH?g{ ?s a org:Role } }",
        "SELECT ?n { ?n a imc:CooperationNetwork ; imc:theme/skos:broader* ?t }",
        "SELECT ?n ?t { ?n imc:theme/(skos:broader|^skos:narrower)? ?t ; !rdf:type ?x }",
        "SELECT ?p (COUNT(*) AS ?n) { ?m a org:Membership ; ?p ?o } GROUP BY ?p",
        "SELECT ?n { ?n a imc:CooperationNetwork MINUS { ?n imc:theme ?t } }",
        "DESCRIBE <https://w3id.org/imcoop/id/network/metrex>",
        "CONSTRUCT { ?s ?p ?o } { ?s a imc:CooperationNetwork ; ?p ?o FILTER(!ISBLANK(?o)) }",
    ],
)
def test_a_query_sees_the_same_wherever_it_is_asked(both: tuple[Store, Store], text: str) -> None:
    answers = [store.query(text) for store in both]
    form = "ntriples" if answers[0].kind == "graph" else "csv"
    first, second = (sorted(answer.serialize(form).splitlines()) for answer in answers)
    assert first == second
    assert first
