"""Statements as N-Triples lines, gathered by named graph.

The build makes half a million statements and needs nothing of an RDF library for it but correct
escaping. A term is its N-Triples text (:class:`Term`), a graph is a set of lines; sorted, the same
facts give the same bytes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kgraph import namespaces
from kgraph.dates import PartialDate

__all__ = [
    "Quads", "Term", "code", "iri", "literal", "partial", "term", "text_of", "thing", "typed",
]  # fmt: skip


class Term(str):
    """The N-Triples text of an IRI or a literal."""

    __slots__ = ()


_XSD = namespaces.PREFIXES["xsd"]
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))")
_SHORT = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def iri(text: str) -> Term:
    """An IRI.

    Raises
    ------
    ValueError
        If the text holds a character that no IRI may hold.

    >>> iri("http://example.org/a b")
    Traceback (most recent call last):
    ValueError: 'http://example.org/a b' is no IRI
    """
    if _NOT_IN_IRI.search(text) or ":" not in text:
        raise ValueError(f"{text!r} is no IRI")
    return Term(f"<{text}>")


def term(name: str) -> Term:
    """The IRI behind a prefixed name of ours: ``term("org:member")``."""
    return _TERMS.get(name) or _TERMS.setdefault(name, iri(namespaces.term(name)))


_TERMS: dict[str, Term] = {}


def thing(path: str) -> Term:
    """The IRI of the thing that a path names."""
    return iri(namespaces.thing(path))


def code(scheme: str, notation: str) -> Term:
    """The IRI of a concept of a code list."""
    return iri(namespaces.codelist(scheme, notation))


def literal(text: str, language: str = "") -> Term:
    r"""A string, with a language where one is known.

    >>> literal('Räte "einig"', "de")
    '"Räte \\"einig\\""@de'
    """
    return Term(f'"{text.translate(_ESCAPES)}"' + (f"@{language}" if language else ""))


def typed(value: object, datatype: str) -> Term:
    """A literal of an XSD datatype: ``typed(12, "integer")``."""
    return Term(f'"{str(value).translate(_ESCAPES)}"^^<{_XSD}{datatype}>')


def partial(value: PartialDate) -> Term:
    """A date at the precision of its source.

    >>> partial(PartialDate.parse("2013-04")).partition("#")[2]
    'gYearMonth>'
    """
    return typed(value.text, value.datatype)


def text_of(node: Term) -> str:
    r"""The IRI, or the text of a literal without its language and datatype.

    >>> text_of(Term("<http://a>")), text_of(Term(r'"a \"b\""@de')), text_of(Term('"2013"^^<x>'))
    ('http://a', 'a "b"', '2013')
    """
    if not node.startswith('"'):
        return node.strip("<>")
    return _ESCAPE.sub(_unescaped, node[1 : node.rindex('"')])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SHORT.get(match[3], match[3])


class Quads:
    """Statements by named graph."""

    def __init__(self) -> None:
        self._graphs: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, graph: str, subject: Term, predicate: str, *objects: Term) -> None:
        """State ``subject predicate object`` in a graph (by its slug), once for each object."""
        lines = self._graphs[graph]
        for obj in objects:
            lines.add(f"{subject} {term(predicate)} {obj}")

    def extend(self, graph: str, lines: Iterator[str]) -> None:
        """Add N-Triples lines (without their final dot) that are made elsewhere."""
        self._graphs[graph].update(lines)

    def graphs(self) -> list[str]:
        """The slugs of the graphs, sorted."""
        return sorted(self._graphs)

    def lines(self, slugs: Iterable[str] | None = None) -> Iterator[str]:
        """N-Quads lines of some graphs or of all, sorted by graph and statement."""
        for slug in self.graphs() if slugs is None else sorted(slugs):
            graph = f"<{namespaces.graph(slug)}>"
            for line in sorted(self._graphs[slug]):
                yield f"{line} {graph} .\n"

    def merged(self, slugs: Iterable[str] | None = None) -> set[str]:
        """The statements of some graphs or of all together, each once."""
        chosen = self._graphs if slugs is None else slugs
        return set().union(*(self._graphs[slug] for slug in chosen))

    def forget(self, slugs: Iterable[str]) -> None:
        """Empty some graphs; their names stay."""
        for slug in slugs:
            self._graphs[slug] = set()

    def __len__(self) -> int:
        return sum(map(len, self._graphs.values()))
