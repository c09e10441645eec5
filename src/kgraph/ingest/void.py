"""What the statements are about, in numbers: classes and properties, in the Vocabulary of
Interlinked Datasets, so that an editor can complete a query before it has asked one.

The numbers are those of the default graph as a user asks it, where each statement stands once. The
description is a part of that graph, and so it counts itself.

https://www.w3.org/TR/void/#statistics
"""

from __future__ import annotations

from collections import Counter, defaultdict

from kgraph import namespaces
from kgraph.ingest.quads import Quads, Term, iri, literal, typed
from kgraph.queries.vocabulary import Counts, counts
from kgraph.store import Store

__all__ = ["GRAPH", "add_void", "dataset"]

#: The slug of the graph that the description goes into.
GRAPH = "void"

_TITLE = {"de": "Wissensgraph der interkommunalen Zusammenarbeit",
          "en": "Knowledge graph of inter-municipal cooperation"}  # fmt: skip
_COUNTED = {
    "de": "Gezählt ist der Standardgraph mit dieser Beschreibung: jede Aussage einmal, auch wenn "
          "mehrere Quellen sie machen.",
    "en": "The default graph is counted, with this description: each statement once, even if "
          "several sources make it.",
}  # fmt: skip


def dataset() -> Term:
    """The IRI of all statements together: the default graph."""
    return iri(f"{namespaces.graph(GRAPH)}#dataset")


def add_void(quads: Quads, others: Counts) -> None:
    """State the numbers of the default graph, in the graph ``void``.

    Parameters
    ----------
    quads : Quads
        Gets them.
    others : Counts
        Of everything but this description, which is added to them.

    Examples
    --------
    >>> quads, others = Quads(), Counts(Counter({"urn:p": 2}), Counter(), Counter())
    >>> add_void(quads, others)
    >>> whole = f"{dataset()} {iri(namespaces.term('void:triples'))}"
    >>> [line] = (line for line in quads.lines() if line.startswith(whole))
    >>> f'"{len(quads) + 2}"' in line
    True
    """
    own, found = None, Counts(Counter(), Counter(), Counter())
    while own != found:
        own = found
        stated = Quads()
        _state(stated, others + own)
        found = counts(Store(["".join(f"{line} .\n" for line in stated.merged()).encode()]))
    quads.extend(GRAPH, iter(stated.merged()))


def _state(quads: Quads, all_of_it: Counts) -> None:
    whole = dataset()
    classes, properties = all_of_it.classes, all_of_it.properties
    quads.add(GRAPH, whole, "rdf:type", iri(namespaces.term("void:Dataset")))
    for name, texts in (("dcterms:title", _TITLE), ("dcterms:description", _COUNTED)):
        quads.add(GRAPH, whole, name, *(literal(text, lang) for lang, text in texts.items()))
    quads.add(GRAPH, whole, "void:triples", typed(properties.total(), "integer"))
    quads.add(GRAPH, whole, "void:classes", typed(len(classes), "integer"))
    quads.add(GRAPH, whole, "void:properties", typed(len(properties), "integer"))
    quads.add(GRAPH, whole, "void:uriSpace", literal(namespaces.BASE))
    for vocabulary in sorted({_vocabulary(one) for one in (*properties, *classes)} - {""}):
        quads.add(GRAPH, whole, "void:vocabulary", iri(vocabulary))
    for name, n in properties.items():
        _property(quads, whole, name, n)
    by_class: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (cls, name), n in all_of_it.by_class.items():
        by_class[cls][name] = n
    for cls, n in classes.items():
        part = _part("class", cls)
        quads.add(GRAPH, whole, "void:classPartition", part)
        quads.add(GRAPH, part, "void:class", iri(cls))
        quads.add(GRAPH, part, "void:entities", typed(n, "integer"))
        for name, n_own in by_class[cls].items():
            _property(quads, part, name, n_own, cls)


def _property(quads: Quads, whole: Term, name: str, n: int, *of: str) -> None:
    part = _part("property", name, *of)
    quads.add(GRAPH, whole, "void:propertyPartition", part)
    quads.add(GRAPH, part, "void:property", iri(name))
    quads.add(GRAPH, part, "void:triples", typed(n, "integer"))


def _part(kind: str, *names: str) -> Term:
    """The IRI of a part: the same in every release."""
    return iri(f"{namespaces.graph(GRAPH)}#{kind}-{namespaces.digest(*names)}")


def _vocabulary(name: str) -> str:
    """The namespace that a term comes from; empty where its IRI does not tell."""
    mark = "#" if "#" in name else "/"
    return "".join(name.rpartition(mark)[:2])
