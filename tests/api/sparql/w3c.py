"""The W3C's SPARQL 1.1 tests: read from their manifests, and judged by their expected results.

https://www.w3.org/2009/sparql/docs/tests/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

__all__ = ["Answered", "W3CTest", "is_passed", "load", "read_tests"]

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

#: What a way of asking gives: the body of the answer in a format, or an error if it refuses.
Answered = Callable[["W3CTest", str], bytes]


@dataclass(frozen=True)
class W3CTest:
    """One test."""

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]
    result: Path | None

    @property
    def text(self) -> str:
        """The query, whose relative addresses are those of its file."""
        return f"BASE <{self.query.as_uri()}>\n{self.query.read_text(encoding='utf-8')}"


def read_tests(manifest: Path) -> Iterator[W3CTest]:
    """The tests of a manifest and of those that it includes."""
    store = ox.Store()
    store.load(path=manifest, format=ox.RdfFormat.TURTLE, base_iri=manifest.as_uri())

    def one(subject: ox.NamedNode | ox.BlankNode, name: str) -> ox.NamedNode | ox.BlankNode | None:
        for quad in store.quads_for_pattern(subject, ox.NamedNode(name), None):
            assert not isinstance(quad.object, ox.Triple | ox.Literal)
            return quad.object
        return None

    def files(subject: ox.NamedNode | ox.BlankNode, name: str) -> tuple[Path, ...]:
        quads = store.quads_for_pattern(subject, ox.NamedNode(name), None)
        return tuple(sorted(_path(quad.object) for quad in quads))

    def members(name: str) -> Iterator[ox.NamedNode | ox.BlankNode]:
        for quad in store.quads_for_pattern(None, ox.NamedNode(_MF + name), None):
            node = quad.object
            while isinstance(node, ox.BlankNode) and (first := one(node, f"{_RDF}first")):
                yield first
                node = one(node, f"{_RDF}rest")

    for included in (*members("include"), *members("conformanceRequirement")):
        yield from read_tests(_path(included))
    for entry in members("entries"):
        kind, action, result = (one(entry, n) for n in (f"{_RDF}type", f"{_MF}action",
                                                        f"{_MF}result"))  # fmt: skip
        if kind is None or action is None or isinstance(kind, ox.BlankNode):
            continue
        query = one(action, f"{_QT}query") or action
        if "Syntax" in kind.value or one(action, f"{_QT}query"):
            yield W3CTest(
                str(entry), kind.value.removeprefix(_MF), _path(query),
                files(action, f"{_QT}data"), files(action, f"{_QT}graphData"),
                _path(result) if isinstance(result, ox.NamedNode) else None,
            )  # fmt: skip


def load(test: W3CTest) -> ox.Store:
    """The data of a test."""
    store = ox.Store()
    for path in test.data:
        store.load(path=path, base_iri=path.as_uri())
    for path in test.graphs:
        store.load(path=path, base_iri=path.as_uri(), to_graph=ox.NamedNode(path.as_uri()))
    return store


def is_passed(test: W3CTest, answered: Answered) -> bool:
    """Whether a way of asking gives what the test expects."""
    if "Syntax" in test.kind:
        return _is_accepted(test, answered) == ("Positive" in test.kind)
    if test.result is None:
        return False
    try:
        if test.result.suffix == ".ttl" and _RS not in test.result.read_text(encoding="utf-8"):
            found = ox.parse(answered(test, "ntriples"), format=ox.RdfFormat.N_TRIPLES)
            return _canonical(found) == _canonical(
                ox.parse(path=test.result, base_iri=test.result.as_uri())
            )
        if test.result.suffix == ".csv":
            return _lines(answered(test, "csv")) == _lines(test.result.read_bytes())
        found_rows = ox.parse_query_results(
            answered(test, "json"), format=ox.QueryResultsFormat.JSON
        )
        return _facts(found_rows) == _expected(test.result)
    except (SyntaxError, ValueError, OSError, RuntimeError, LookupError):
        return False


def _is_accepted(test: W3CTest, answered: Answered) -> bool:
    """Whether a text parses; it may still name a function that nobody has."""
    try:
        answered(test, "")
    except SyntaxError:
        return False
    except (ValueError, OSError, RuntimeError):
        return True
    return True


def _expected(path: Path) -> object:
    if path.suffix in (".ttl", ".rdf"):
        return _canonical(_rows_of_graph(path))
    return _facts(ox.parse_query_results(path=path))


def _facts(found: object) -> object:
    """Yes or no; or rows as a graph, so that blank nodes may have any name."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    assert isinstance(found, ox.QuerySolutions)
    triples = []
    for row in found:
        node = ox.BlankNode()
        triples.append(ox.Triple(node, ox.NamedNode(f"{_RS}solution"), ox.Literal("")))
        for variable in found.variables:
            if (value := row[variable]) is not None:
                triples.append(
                    ox.Triple(node, ox.NamedNode(f"urn:{variable.value}"), _plain(value))
                )
    return _canonical(triples)


def _rows_of_graph(path: Path) -> Iterator[ox.Triple]:
    """Rows that are written down in the vocabulary for results, as those of :func:`_facts`."""
    store = ox.Store()
    store.load(path=path, base_iri=path.as_uri())
    for solution in store.quads_for_pattern(None, ox.NamedNode(f"{_RS}solution"), None):
        node = ox.BlankNode()
        yield ox.Triple(node, ox.NamedNode(f"{_RS}solution"), ox.Literal(""))
        for binding in store.quads_for_pattern(
            solution.object, ox.NamedNode(f"{_RS}binding"), None
        ):
            values = {q.predicate.value: q.object for q in
                      store.quads_for_pattern(binding.object, None, None)}  # fmt: skip
            name, value = values[f"{_RS}variable"], values[f"{_RS}value"]
            yield ox.Triple(node, ox.NamedNode(f"urn:{name.value}"), _plain(value))


def _plain(term: object) -> object:
    """A number, or a truth value, in one of the ways to write it."""
    if isinstance(term, ox.Literal) and term.datatype.value == f"{_XSD}boolean":
        said = {"0": "false", "1": "true"}.get(term.value, term.value)
        return ox.Literal(said, datatype=term.datatype)
    if isinstance(term, ox.Literal) and term.datatype.value.startswith(_XSD):
        try:
            return ox.Literal(f"{float(term.value):.12g}", datatype=term.datatype)
        except ValueError:
            return term
    return term


def _canonical(triples: object) -> set[str]:
    dataset = ox.Dataset(ox.Quad(*list(t)[:3]) for t in triples)  # type: ignore[attr-defined]
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


def _lines(body: bytes) -> list[str]:
    header, *rows = body.decode().replace("\r\n", "\n").strip("\n").split("\n")
    # Values only: which column comes first, and how a number is written, is left open.
    del header
    return sorted(",".join(sorted(map(_number, row.split(",")))) for row in rows)


def _number(cell: str) -> str:
    if cell.startswith("_:"):
        return "_:"  # a blank node may have any name
    try:
        return f"{float(cell):.12g}"
    except ValueError:
        return cell


def _path(node: object) -> Path:
    from urllib.parse import unquote, urlsplit

    assert isinstance(node, ox.NamedNode)
    return Path(unquote(urlsplit(node.value).path))
