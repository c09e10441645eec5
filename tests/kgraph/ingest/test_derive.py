"""The files of the graph are sorted, complete, and hold what the rules derive."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import namespaces, resources
from kgraph.ingest.derive import derive
from kgraph.ingest.quads import Quads, Term, code, iri, term, thing


@pytest.fixture
def stated() -> Quads:
    quads = Quads()
    node = iri(f"{namespaces.BASE}id/membership/metrex/de-05515000/member")
    for source in ("aaa", "zzz"):
        quads.add(source, node, "rdf:type", term("org:Membership"))
        quads.add(source, node, "org:member", thing("municipality/de-05515000"))
        quads.add(source, node, "org:organization", thing("network/metrex"))
        quads.add(source, node, "org:role", code("role", "member"))
    quads.add("ontology", code("role", "member"), "imc:participates",
              Term('"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'))  # fmt: skip
    quads.add("derived", node, "imc:heldFrom", Term('"2001-01-01"'))
    quads.add("derived", node, "org:member", thing("municipality/de-05515000"))
    return quads


def test_files_and_store(stated: Quads, tmp_path: Path) -> None:
    before, merged = set(stated.lines()), stated.merged()
    store = derive(stated, resources.ontology() / "rules", tmp_path)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["graph.nq", "merged.nt", "rosters.nt"]
    lines = (tmp_path / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    by_graph = [(line.split(" ")[-2], line) for line in lines]
    assert by_graph == sorted(by_graph) and len(set(lines)) == len(lines)
    made = set(lines) - before
    assert before < set(lines)
    counted = {line for line in made if f" <{namespaces.graph('void')}> ." in line}
    derived = made - counted
    assert all(f"<{namespaces.graph('derived')}>" in line for line in derived)
    assert len(derived) == 2 and {line.split(" ")[1] for line in derived} == {
        f"<{namespaces.PREFIXES['org']}{name}>" for name in ("hasMember", "memberOf")
    }
    dataset = f"<{namespaces.graph('void')}#dataset> <{namespaces.term('void:triples')}>"
    [total] = (line for line in counted if line.startswith(dataset))
    once = (tmp_path / "merged.nt").read_text(encoding="utf-8").splitlines()
    assert once == sorted(once) and len(once) == len(set(once))
    assert len(once) == len(merged) + 2 + len(counted)
    assert f'"{len(once)}"' in total
    (row,) = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows()
    assert row == (str(len(once)),)
    (row,) = store.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows()
    assert row == (str(len(lines)),)


def test_the_names_of_the_graphs_stay(stated: Quads, tmp_path: Path) -> None:
    names = stated.graphs()
    derive(stated, resources.ontology() / "rules", tmp_path)
    assert names == ["aaa", "derived", "ontology", "zzz"]
    assert stated.graphs() == ["aaa", "derived", "ontology", "void", "zzz"]
    assert len(stated) == 0
