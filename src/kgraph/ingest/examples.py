"""The example questions in the graph itself, so that any SPARQL editor finds them at the endpoint.

https://www.w3.org/TR/shacl-af/ describes ``sh:SPARQLExecutable``; the SIB's editors and many others
read examples that are written so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from kgraph import namespaces
from kgraph.ingest.quads import Quads, Term, iri, literal, typed

__all__ = ["GRAPH", "add_examples"]

#: The slug of the graph that they go into.
GRAPH = "examples"


class Question(Protocol):
    """A question in both languages, and the query that asks it."""

    @property
    def name(self) -> str: ...
    @property
    def question_de(self) -> str: ...
    @property
    def question_en(self) -> str: ...
    @property
    def query(self) -> str: ...


def add_examples(quads: Quads, questions: Iterable[Question]) -> None:
    """State each question with its query, and the prefixes that all of them may use.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> quads = Quads()
    >>> query = "ASK {}"
    >>> one = SimpleNamespace(name="a", question_de="Ja?", question_en="Yes?", query=query)
    >>> add_examples(quads, [one])
    >>> next(line for line in quads.lines() if "#a>" in line).split()[1]
    '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    prefixes = _node("prefixes")
    for prefix, namespace in namespaces.PREFIXES.items():
        one = _node(f"prefix-{prefix}")
        quads.add(GRAPH, prefixes, "sh:declare", one)
        quads.add(GRAPH, one, "sh:prefix", literal(prefix))
        quads.add(GRAPH, one, "sh:namespace", typed(namespace, "anyURI"))
    for question in questions:
        node, form = _node(question.name), _form(question.query)
        kinds = ("SPARQLExecutable", f"SPARQL{form.capitalize()}Executable")
        quads.add(GRAPH, node, "rdf:type", *(iri(namespaces.term(f"sh:{kind}")) for kind in kinds))
        quads.add(GRAPH, node, "rdfs:comment", literal(question.question_de, "de"))
        quads.add(GRAPH, node, "rdfs:comment", literal(question.question_en, "en"))
        quads.add(GRAPH, node, "sh:prefixes", prefixes)
        quads.add(GRAPH, node, f"sh:{form}", literal(question.query))


def _node(name: str) -> Term:
    return iri(f"{namespaces.graph(GRAPH)}#{name}")


def _form(query: str) -> str:
    """``select``, ``ask`` or ``construct``: the first word behind the prologue."""
    lines = (line.split() for line in query.splitlines())
    words = [line[0].lower() for line in lines if line and line[0][0] != "#"]
    return next((word for word in words if word in ("ask", "construct")), "select")
