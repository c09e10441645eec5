"""Fixtures for the ontology's tests.

Take ``vocabulary`` for the classes and properties alone, ``codelists`` for the codes alone,
``ontology`` for both with the alignments, and ``folder`` for the files themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import Graph, Namespace, URIRef

from kgraph import resources

IMC = Namespace("https://w3id.org/imcoop/ontology#")


@pytest.fixture(scope="session")
def folder() -> Path:
    """The folder of the ontology."""
    return resources.ontology()


def merged(files: Iterable[Path]) -> Graph:
    """All Turtle files in one graph; fails if there are none."""
    graph = Graph()
    paths = sorted(files)
    assert paths, "found no files"
    for path in paths:
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def vocabulary(folder: Path) -> Graph:
    """The header and the modules: every class and property."""
    return merged([folder / "imc.ttl", *folder.glob("modules/*.ttl")])


@pytest.fixture(scope="session")
def codelists(folder: Path) -> Graph:
    """Every code list."""
    return merged(folder.glob("codelists/*.ttl"))


@pytest.fixture(scope="session")
def ontology(folder: Path, vocabulary: Graph, codelists: Graph) -> Graph:
    """Everything that defines: vocabulary, code lists, alignments."""
    return vocabulary + codelists + merged(folder.glob("alignments/*.ttl"))


@pytest.fixture(scope="session")
def terms(vocabulary: Graph) -> set[URIRef]:
    """Every term of ours that the vocabulary defines."""
    found = {s for s in vocabulary.subjects() if isinstance(s, URIRef) and s in IMC}
    assert len(found) > 100
    return found
