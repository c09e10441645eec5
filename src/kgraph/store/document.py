"""Reads one RDF file in a process of its own and prints its statements as N-Quads.

A file of a few kilobytes can say so much that a parser never ends; here it can break only this
process, which may use so much memory and so much time and no more. Nothing is fetched: the engine
has no loader, and what names an address to load is refused before it is parsed. Run by
:mod:`kgraph.exchange.rdf` as ``python -m kgraph.store.document FILE FORMAT LIMITS``.

Blank nodes get names that follow from what is said of them, so that the same file gives the same
names on every day, and a change elsewhere in it leaves them as they are.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.namespaces import BASE

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["FORMATS", "main", "read"]

#: Ending of a file → the name of its format.
FORMATS: Mapping[str, str] = {
    ".ttl": "TURTLE", ".trig": "TRIG", ".nt": "N_TRIPLES", ".nq": "N_QUADS",
    ".rdf": "RDF_XML", ".owl": "RDF_XML", ".jsonld": "JSON_LD",
}  # fmt: skip


class _RefusedError(Exception):
    """The file asks for something that is never done."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.line = line
        super().__init__(message)


def read(content: bytes, form: str, limits: Mapping[str, int], context: bytes = b"") -> list[str]:
    """The statements of a document as N-Quads lines, sorted, each once.

    Parameters
    ----------
    content : bytes
    form : str
        A value of :data:`FORMATS`.
    limits : mapping
        ``statements`` and ``unpacked``: how many statements, and how many bytes of them.
    context : bytes
        Our own JSON-LD context, read where a document names it by its address.

    Raises
    ------
    SyntaxError, _RefusedError
        With the line where it is known.
    """
    import pyoxigraph as ox

    if form == "RDF_XML":
        _check_xml(content)
    if form == "JSON_LD":
        content = _check_json(content, context)
    found: dict[ox.Quad, None] = {}
    n_bytes = 0
    for quad in ox.parse(content, format=getattr(ox.RdfFormat, form)):
        _check(quad)
        n_bytes += len(str(quad.object)) + len(str(quad.subject)) + len(quad.predicate.value)
        found[quad] = None
        if len(found) > limits["statements"]:
            raise _RefusedError(
                f"makes more than {limits['statements']:,} statements; split it and add the parts "
                "with --add"
            )
        if n_bytes > limits["unpacked"]:
            raise _RefusedError(
                f"unpacks to more than {limits['unpacked'] // 10**6:,} MB; split it"
            )
    return sorted(set(_named(list(found))))


def _check(quad: ox.Quad) -> None:
    import pyoxigraph as ox

    if isinstance(quad.object, ox.Triple):
        raise _RefusedError("holds a statement about a statement; write plain statements")
    if isinstance(quad.object, ox.Literal) and quad.object.direction is not None:
        raise _RefusedError("holds a text with a direction; give its language only")


def _check_xml(content: bytes) -> None:
    """Refuse a document type, and with it every entity; tell the line of what is no XML."""
    from xml.parsers import expat

    def refuse(*_: object) -> None:
        raise _RefusedError(
            "has a document type (<!DOCTYPE), which can name files and addresses; delete it and "
            "write its entities out",
            parser.CurrentLineNumber,
        )

    parser = expat.ParserCreate("UTF-8")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise _RefusedError(f"is no XML: {expat.ErrorString(error.code)}", error.lineno) from None


def _check_json(content: bytes, context: bytes) -> bytes:
    """Put our own context where its address is named; refuse every other address of a context."""
    try:
        document = json.loads(content)
        own = json.loads(context)["@context"] if context else {}
        inlined = _inlined(document, f"{BASE}context.jsonld", own)
        return content if inlined == document else json.dumps(inlined).encode()
    except json.JSONDecodeError as error:
        raise _RefusedError(f"is no JSON: {error.msg}", error.lineno) from None
    except RecursionError:
        raise _RefusedError("is nested too deeply; write it flat") from None


def _inlined(node: Any, address: str, own: Any) -> Any:
    if isinstance(node, list):
        return [_inlined(part, address, own) for part in node]
    if not isinstance(node, dict):
        return node
    made = {key: _inlined(value, address, own) for key, value in node.items()}
    if "@context" in made:
        made["@context"] = _context(made["@context"], address, own)
    if isinstance(imported := made.get("@import"), str):
        raise _remote(imported)
    return made


def _context(context: Any, address: str, own: Any) -> Any:
    if isinstance(context, list):
        return [_context(part, address, own) for part in context]
    if isinstance(context, str):
        if context != address:
            raise _remote(context)
        return own
    return context


def _remote(address: str) -> _RefusedError:
    return _RefusedError(
        f"takes its context from {address[:200]}, and nothing is ever fetched; put the context "
        "itself into the file"
    )


def _named(quads: list[ox.Quad]) -> Iterator[str]:
    """N-Quads lines with names for blank nodes; a graph without a name is the default graph."""
    import pyoxigraph as ox

    def blank(node: object) -> bool:
        return isinstance(node, ox.BlankNode)

    if any(blank(q.subject) or blank(q.object) for q in quads):
        dataset = ox.Dataset(quads)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        quads = list(dataset)
    names = _names([q for q in quads if blank(q.subject) or blank(q.object)])

    def text(node: Any) -> str:
        return f"_:{names[node.value]}" if blank(node) else str(node)

    for quad in quads:
        named = isinstance(quad.graph_name, ox.NamedNode)
        graph = f" {quad.graph_name}" if named else ""
        yield f"{text(quad.subject)} {quad.predicate} {text(quad.object)}{graph} ."


def _names(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Canonical label of a blank node → a name made of everything that is said of it.

    Colours are refined until they tell no more nodes apart; what no colour tells apart is numbered
    in canonical order. O(statements · depth).
    """
    import pyoxigraph as ox

    about: defaultdict[str, list[tuple[str, str, Any]]] = defaultdict(list)
    for quad in quads:
        for here, there, way in (
            (quad.subject, quad.object, ">"),
            (quad.object, quad.subject, "<"),
        ):
            if isinstance(here, ox.BlankNode):
                about[here.value].append((way, quad.predicate.value, there))
    colours = dict.fromkeys(about, "")
    n_told = 0
    while len(set(colours.values())) > n_told:
        n_told = len(set(colours.values()))
        colours = {
            node: _digest(
                f"{way} {predicate} "
                + (colours[other.value] if isinstance(other, ox.BlankNode) else str(other))
                for way, predicate, other in said
            )
            for node, said in about.items()
        }
    seen: Counter[str] = Counter()
    names = {}
    for node in sorted(about, key=lambda label: (len(label), label)):
        colour = colours[node][:16]
        names[node] = colour + (f"-{seen[colour]}" if seen[colour] else "")
        seen[colour] += 1
    return names


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def main(path: str, form: str, limits: dict[str, int]) -> dict[str, Any]:
    """The lines of a file, or what is wrong with it and where."""
    from kgraph import resources

    _bound(limits)
    context = (resources.ontology() / "context.jsonld").read_bytes()
    try:
        return {
            "lines": read(
                Path(path).read_bytes().removeprefix(b"\xef\xbb\xbf"), form, limits, context
            )
        }
    except _RefusedError as error:
        return {"error": str(error), "line": error.line}
    except SyntaxError as error:
        return {"error": f"does not parse: {error.msg}", "line": error.lineno or 0}
    except (ValueError, OSError) as error:
        return {"error": f"does not parse: {error}", "line": 0}


def _bound(limits: Mapping[str, int]) -> None:
    """Take no more memory and time than allowed, where the system can hold us to it."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))


if __name__ == "__main__":
    json.dump(main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3])), sys.stdout)
