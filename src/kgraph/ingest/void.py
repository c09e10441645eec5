"""What the statements are about, in numbers: classes and properties, in the Vocabulary of
Interlinked Datasets, so that an editor can complete a query before it has asked one.

https://www.w3.org/TR/void/#statistics
"""

from __future__ import annotations

from collections.abc import Mapping

from kgraph import namespaces
from kgraph.ingest.quads import Quads, Term, iri, literal, typed

__all__ = ["GRAPH", "add_void", "dataset"]

#: The slug of the graph that the description goes into.
GRAPH = "void"

_VOID = "http://rdfs.org/ns/void#"
_TITLE = {"de": "Wissensgraph der interkommunalen Zusammenarbeit",
          "en": "Knowledge graph of inter-municipal cooperation"}  # fmt: skip


def dataset() -> Term:
    """The IRI of all statements together: the default graph."""
    return iri(f"{namespaces.graph(GRAPH)}#dataset")


def add_void(
    quads: Quads,
    n_statements: int,
    properties: Mapping[str, int],
    classes: Mapping[str, int],
    by_class: Mapping[str, Mapping[str, int]],
) -> None:
    """State the numbers.

    Parameters
    ----------
    quads : Quads
        Gets them, in the graph ``void``.
    n_statements : int
        Of the default graph.
    properties, classes : dict of str to int
        IRI → statements with the property, things of the class.
    by_class : dict of str to dict of str to int
        IRI of a class → IRI of a property → statements of things of the class with the property.

    Examples
    --------
    >>> quads = Quads()
    >>> add_void(quads, 3, {"urn:p": 2}, {"urn:C": 1}, {"urn:C": {"urn:p": 2}})
    >>> sum("propertyPartition" in line for line in quads.lines())
    2
    """
    whole = dataset()
    _add(quads, whole, "triples", typed(n_statements, "integer"))
    _add(quads, whole, "classes", typed(len(classes), "integer"))
    _add(quads, whole, "properties", typed(len(properties), "integer"))
    _add(quads, whole, "uriSpace", literal(namespaces.BASE))
    quads.add(GRAPH, whole, "rdf:type", iri(f"{_VOID}Dataset"))
    quads.add(GRAPH, whole, "dcterms:title", *(literal(t, lang) for lang, t in _TITLE.items()))
    for vocabulary in sorted({_vocabulary(one) for one in (*properties, *classes)} - {""}):
        _add(quads, whole, "vocabulary", iri(vocabulary))
    for name, n in properties.items():
        _property(quads, whole, name, n)
    for name, n in classes.items():
        part = _part("class", name)
        _add(quads, whole, "classPartition", part)
        _add(quads, part, "class", iri(name))
        _add(quads, part, "entities", typed(n, "integer"))
        for own, n_own in by_class.get(name, {}).items():
            _property(quads, part, own, n_own, name)


def _property(quads: Quads, whole: Term, name: str, n: int, *of: str) -> None:
    part = _part("property", name, *of)
    _add(quads, whole, "propertyPartition", part)
    _add(quads, part, "property", iri(name))
    _add(quads, part, "triples", typed(n, "integer"))


def _add(quads: Quads, subject: Term, name: str, value: Term) -> None:
    quads.extend(GRAPH, iter([f"{subject} {iri(_VOID + name)} {value}"]))


def _part(kind: str, *names: str) -> Term:
    """The IRI of a part: the same in every release."""
    return iri(f"{namespaces.graph(GRAPH)}#{kind}-{namespaces.digest(*names)}")


def _vocabulary(name: str) -> str:
    """The namespace that a term comes from; empty where its IRI does not tell."""
    mark = "#" if "#" in name else "/"
    return "".join(name.rpartition(mark)[:2])
