"""Which nodes could break a shape? All others surely conform, and need no validator.

A release of two million statements has a hundred thousand memberships that are all alike. The
statements of a node stand together in a sorted file; so they are read node by node, and each node
is tested against the shapes that it is a target of. Those that fail, or of which a test knows too
little, are kept, with what their shapes look at; the full validator judges them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby
from typing import TYPE_CHECKING

from kgraph.validation.constraints import SH, Facts, Test, UnknownError, compiled

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["Lines", "Screen"]

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_PART = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_NAME = re.compile(r"(\w+):(\w+)|<([^<>\s]+)>")

#: Gives the statements anew each time: N-Triples lines without the final dot, in order, each once.
Lines = Callable[[], Iterable[str]]


class Screen:
    """Tests the nodes of a graph against shapes.

    Parameters
    ----------
    shapes : rdflib.Graph
    lines : callable
        The graph.

    Notes
    -----
    Three passes over the lines: what tests ask of values, the tests, what the suspects lead to. In
    memory are the first, the nodes that are targets as values, and the suspects.
    """

    def __init__(self, shapes: rdflib.Graph, lines: Lines) -> None:
        self._lines = lines
        self._tests: dict[str, defaultdict[str, list[Test]]] = {
            name: defaultdict(list) for name in _TARGETS
        }
        for name in _TARGETS:
            for shape, target in shapes.subject_objects(_sh(name)):
                self._tests[name][target.n3()].append(compiled(shapes, shape))
        self._counted = {p.n3() for p in shapes.objects(None, _sh("inversePath"))}
        self._counted |= set(self._tests["targetObjectsOf"])
        self._asked = _asked_of_values(shapes)
        self._whole = {_PART} | _in_queries(shapes)
        self._known: dict[str, dict[str, list[str]]] = {}
        self._counts: dict[str, Counter[str]] = {p: Counter() for p in self._counted}
        self._silent: set[str] = set()

    def suspects(self) -> tuple[set[str], list[str]]:
        """The nodes that could break a shape, and lines about them and what their shapes look at.

        Returns
        -------
        (set of str, list of str)
            N-Triples terms, and lines in order.
        """
        self._look()
        found = {
            node: facts for node, facts in chain(self._nodes(), self._led_to())
            if self._is_suspect(node, facts)
        }  # fmt: skip
        return set(found), sorted(self._about(found)) if found else []

    # -- what tests ask of other nodes -------------------------------------------------------------

    def facts(self, node: str) -> Facts:
        """Statements about a value that shapes ask of values."""
        return self._known.get(node, {})

    def subjects(self, predicate: str, value: str) -> int:
        """How many nodes a predicate leads from to a value."""
        return self._counts[predicate][value]

    # -- the passes --------------------------------------------------------------------------------

    def _look(self) -> None:
        parts: defaultdict[str, set[str]] = defaultdict(set)
        for line in self._lines():
            subject, predicate, value = line.split(" ", 2)
            if predicate in self._counted:
                self._counts[predicate][value] += 1
            if predicate in self._asked:
                self._known.setdefault(subject, {}).setdefault(predicate, []).append(value)
            if predicate == _PART:
                parts[value].add(subject)
        classes = self._tests["targetClass"]
        for whole, tests in list(classes.items()):
            for part in _below(parts, whole):
                classes[part] = [*classes[part], *tests]

    def _nodes(self) -> Iterator[tuple[str, Facts]]:
        """Every node that something is said of."""
        split = (line.split(" ", 2) for line in self._lines())
        self._silent = {v for p in self._tests["targetObjectsOf"] for v in self._counts[p]}
        for node, triples in groupby(split, key=lambda triple: triple[0]):
            facts: dict[str, list[str]] = {}
            for _, predicate, value in triples:
                facts.setdefault(predicate, []).append(value)
            self._silent.discard(node)
            yield node, facts

    def _led_to(self) -> Iterator[tuple[str, Facts]]:
        """Values that are targets, and nothing is said of them."""
        for node in self._silent:
            yield node, {}

    def _is_suspect(self, node: str, facts: Facts) -> bool:
        try:
            return not all(test(node, facts, self) for test in self._of(node, facts))
        except UnknownError:
            return True

    def _of(self, node: str, facts: Facts) -> Iterator[Test]:
        """The tests of the shapes that a node is a target of."""
        classes, subjects, objects = (self._tests[name] for name in _TARGETS)
        for kind in facts.get(_TYPE, ()):
            yield from classes.get(kind, ())
        for predicate in subjects.keys() & facts.keys():
            yield from subjects[predicate]
        for predicate, tests in objects.items():
            if self._counts[predicate][node]:
                yield from tests

    def _about(self, found: dict[str, Facts]) -> Iterator[str]:
        values: set[str] = set()
        for node, facts in found.items():
            for predicate, said in facts.items():
                values.update(said)
                yield from (f"{node} {predicate} {value}" for value in said)
        for value in values - found.keys():
            for predicate, said in self._known.get(value, {}).items():
                yield from (f"{value} {predicate} {one}" for one in said)
        for line in self._lines():
            subject, predicate, value = line.split(" ", 2)
            if subject not in found and (
                predicate in self._whole or (predicate in self._counted and value in found)
            ):
                yield line


def _below(parts: dict[str, set[str]], whole: str) -> set[str]:
    """The classes that are part of a class, directly or through others; not the class itself."""
    found: set[str] = set()
    todo = [whole]
    while todo:
        for part in parts.get(todo.pop(), set()) - found:
            found.add(part)
            todo.append(part)
    return found - {whole}


def _sh(name: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(SH + name)


def _asked_of_values(shapes: rdflib.Graph) -> set[str]:
    """The properties of a value that the shapes of values look at (``sh:node``)."""
    found: set[str] = set()
    todo: list[Node] = list(shapes.objects(None, _sh("node")))
    seen: set[Node] = set()
    while todo:
        shape = todo.pop()
        if shape not in seen:
            seen.add(shape)
            found.update(path.n3() for path in shapes.objects(shape, _sh("path")))
            todo += shapes.objects(shape, _sh("property"))
            for name in ("or", "and", "not"):
                for several in shapes.objects(shape, _sh(name)):
                    todo += list(shapes.items(several)) or [several]
    return found


def _in_queries(shapes: rdflib.Graph) -> set[str]:
    """Every IRI in a query of a shape: the statements with these properties are kept whole."""
    prefixes = {
        str(shapes.value(one, _sh("prefix"))): str(shapes.value(one, _sh("namespace")))
        for one in shapes.objects(None, _sh("declare"))
    }
    return {
        f"<{iri or prefixes.get(prefix, '') + name}>"
        for query in shapes.objects(None, _sh("select"))
        for prefix, name, iri in _NAME.findall(str(query))
    }
