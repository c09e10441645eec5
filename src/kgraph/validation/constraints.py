"""Shapes as functions: whether a node conforms, told from the text of its statements.

Only what the shapes of this project use is known here. Whatever else a shape says makes
:class:`UnknownError`, and its nodes are left to the full validator.

References
----------
Shapes Constraint Language (SHACL), https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["Facts", "Index", "Test", "UnknownError", "compiled", "text_of"]

SH = "http://www.w3.org/ns/shacl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

#: Predicate → values of one node, all as N-Triples.
Facts = Mapping[str, Sequence[str]]


class UnknownError(Exception):
    """The answer takes more than is known here."""


class Index(Protocol):
    """What is known of other nodes than the one that is asked about."""

    def facts(self, node: str) -> Facts:
        """Statements about a node that shapes ask of values."""

    def subjects(self, predicate: str, value: str) -> int:
        """How many nodes a predicate leads from to a value."""


#: Whether a node with some facts conforms.
Test = Callable[[str, Facts, Index], bool]
#: The values that a path leads to, each once.
Path = Callable[[str, Facts, Index], Sequence[str]]

#: Says nothing about whether a node conforms.
_SILENT = frozenset(
    SH + name
    for name in ("message", "severity", "name", "description", "targetClass", "targetSubjectsOf",
                 "targetObjectsOf", "path", "order", "group")
) | {"http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}  # fmt: skip


def compiled(shapes: rdflib.Graph, shape: Node) -> Test:
    """The test that a shape is.

    Parameters
    ----------
    shapes : rdflib.Graph
    shape : rdflib term

    Raises
    ------
    UnknownError
        When the test is called on what it does not know.
    """
    tests = []
    path = _path(shapes, shape)
    for predicate, value in shapes.predicate_objects(shape):
        if str(predicate) in _SILENT:
            continue
        name = str(predicate).removeprefix(SH)
        if name in _COUNTS:
            tests.append(_count(_COUNTS[name], int(str(value)), path))
        elif name in _VALUES:
            tests.append(_each(_VALUES[name](str(value)), path))
        elif name == "hasValue":
            tests.append(_has(value.n3(), path))
        elif name == "lessThanOrEquals":
            tests.append(_ordered(value.n3(), path))
        elif name == "node" or (name == "property" and path is None):
            tests.append(_of_values(compiled(shapes, value), path))
        elif name == "not":
            tests.append(_of_values(_negated(compiled(shapes, value)), path))
        elif name == "or":
            either = _any([compiled(shapes, one) for one in shapes.items(value)])
            tests.append(_of_values(either, path))
        else:
            tests.append(_unknown)
    return lambda node, facts, index: all(test(node, facts, index) for test in tests)


def text_of(term: str) -> str:
    """The IRI or the text of a literal.

    Raises
    ------
    UnknownError
        If the text is escaped.
    """
    if not term.startswith('"'):
        return term.strip("<>")
    if "\\" in term:
        raise UnknownError
    return term[1 : term.rindex('"')]


def _unknown(_node: str, _facts: Facts, _index: Index) -> bool:
    raise UnknownError


# -- paths -----------------------------------------------------------------------------------------


def _path(shapes: rdflib.Graph, shape: Node) -> Path | None:
    import rdflib

    path = shapes.value(shape, rdflib.URIRef(SH + "path"))
    return None if path is None else _way(shapes, path)


def _way(shapes: rdflib.Graph, path: Node) -> Path:
    import rdflib

    if isinstance(path, rdflib.URIRef):
        predicate = path.n3()
        return lambda _node, facts, _index: facts.get(predicate, ())
    if (inverse := shapes.value(path, rdflib.URIRef(SH + "inversePath"))) is not None:
        back = inverse.n3()
        return lambda node, _facts, index: ["?"] * index.subjects(back, node)
    if (several := shapes.value(path, rdflib.URIRef(SH + "alternativePath"))) is not None:
        ways = [_way(shapes, one) for one in shapes.items(several)]
        return lambda node, facts, index: [v for way in ways for v in way(node, facts, index)]
    return _no_way


def _no_way(_node: str, _facts: Facts, _index: Index) -> Sequence[str]:
    raise UnknownError


def _values(path: Path | None, node: str, facts: Facts, index: Index) -> Sequence[str]:
    return [node] if path is None else path(node, facts, index)


# -- constraints -----------------------------------------------------------------------------------

_COUNTS: Mapping[str, Callable[[int, int], bool]] = {
    "minCount": lambda n, limit: n >= limit,
    "maxCount": lambda n, limit: n <= limit,
}


def _count(good: Callable[[int, int], bool], limit: int, path: Path | None) -> Test:
    def test(node: str, facts: Facts, index: Index) -> bool:
        found = _values(path, node, facts, index)
        return good(len(found if "?" in found else set(found)), limit)

    return test


def _each(good: Callable[[str], bool], path: Path | None) -> Test:
    def test(node: str, facts: Facts, index: Index) -> bool:
        return all(good(_said(value)) for value in _values(path, node, facts, index))

    return test


def _has(wanted: str, path: Path | None) -> Test:
    return lambda node, facts, index: wanted in _values(path, node, facts, index)


def _ordered(other: str, path: Path | None) -> Test:
    def test(node: str, facts: Facts, index: Index) -> bool:
        return all(
            _day(value) <= _day(limit)
            for value in _values(path, node, facts, index)
            for limit in facts.get(other, ())
        )

    return test


def _of_values(inner: Test, path: Path | None) -> Test:
    """A shape that is asked of the node itself, or of each value of a path."""
    if path is None:
        return inner

    def test(node: str, facts: Facts, index: Index) -> bool:
        return all(
            inner(_said(value), index.facts(value), index) for value in path(node, facts, index)
        )

    return test


def _negated(inner: Test) -> Test:
    return lambda node, facts, index: not inner(node, facts, index)


def _any(tests: Iterable[Test]) -> Test:
    """One of several conforms; what is unknown in one does not matter where another conforms."""
    tests = list(tests)

    def test(node: str, facts: Facts, index: Index) -> bool:
        unknown = False
        for one in tests:
            try:
                if one(node, facts, index):
                    return True
            except UnknownError:
                unknown = True
        if unknown:
            raise UnknownError
        return False

    return test


# -- values ----------------------------------------------------------------------------------------


def _said(value: str) -> str:
    if value == "?":
        raise UnknownError
    return value


def _kind(wanted: str) -> Callable[[str], bool]:
    if wanted != SH + "IRI":
        raise UnknownError
    return lambda value: value.startswith("<")


def _datatype(wanted: str) -> Callable[[str], bool]:
    end = f"^^<{wanted}>"
    form = _FORMS.get(wanted)
    return lambda value: value.endswith(end) and _fits(form, text_of(value))


def _fits(form: re.Pattern[str] | None, text: str) -> bool:
    if form is None or not form.fullmatch(text):
        raise UnknownError
    return len(text) != len("2013-04-19") or _is_day(text)


@lru_cache(maxsize=4096)
def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise UnknownError from None
    return True


_FORMS = {
    _XSD + "date": re.compile(r"\d{4}-\d\d-\d\d"),
    _XSD + "gYearMonth": re.compile(r"\d{4}-(?:0[1-9]|1[0-2])"),
    _XSD + "gYear": re.compile(r"\d{4}"),
    _XSD + "integer": re.compile(r"-?\d{1,9}"),
    _XSD + "decimal": re.compile(r"-?\d{1,9}\.\d{1,9}"),
}


def _day(value: str) -> str:
    """A day as text, which is ordered as days are."""
    if not value.endswith(f"^^<{_XSD}date>"):
        raise UnknownError
    text = text_of(value)
    _fits(_FORMS[_XSD + "date"], text)
    return text


def _number(value: str) -> float:
    if not value.endswith((f"^^<{_XSD}integer>", f"^^<{_XSD}decimal>")):
        raise UnknownError
    try:
        return float(text_of(value))
    except ValueError:
        raise UnknownError from None


def _pattern(wanted: str) -> Callable[[str], bool]:
    form = re.compile(wanted)
    return lambda value: form.search(text_of(value)) is not None


_VALUES: Mapping[str, Callable[[str], Callable[[str], bool]]] = {
    "nodeKind": _kind,
    "datatype": _datatype,
    "pattern": _pattern,
    "minLength": lambda wanted: lambda value: len(text_of(value)) >= int(wanted),
    "minInclusive": lambda wanted: lambda value: _number(value) >= float(wanted),
    "maxInclusive": lambda wanted: lambda value: _number(value) <= float(wanted),
}
