"""Every term is complete in both languages, and the headers are as the README says."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

ONTOLOGY = URIRef("https://w3id.org/imcoop/ontology")
SCHEMA = Namespace("https://schema.org/")
VANN = Namespace("http://purl.org/vocab/vann/")
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property}


def languages(graph: Graph, subject: URIRef, predicate: URIRef) -> list[str]:
    values = [v for v in graph.objects(subject, predicate) if isinstance(v, Literal)]
    assert all(str(v).strip() == str(v) != "" for v in values), (subject, predicate)
    return sorted(v.language or "" for v in values)


@pytest.mark.parametrize(
    "predicate", [RDFS.label, SKOS.definition, SKOS.example, SKOS.scopeNote], ids=str
)
def test_both_languages(vocabulary: Graph, terms: set[URIRef], predicate: URIRef) -> None:
    wrong = {t: got for t in terms if (got := languages(vocabulary, t, predicate)) != ["de", "en"]}
    assert not wrong


def test_defined_by_the_ontology(vocabulary: Graph, terms: set[URIRef]) -> None:
    assert {
        t for t in terms if list(vocabulary.objects(t, RDFS.isDefinedBy)) != [ONTOLOGY]
    } == set()


def test_each_term_is_a_class_or_a_property(vocabulary: Graph, terms: set[URIRef]) -> None:
    for term in terms:
        kinds = set(vocabulary.objects(term, RDF.type)) & KINDS
        assert len(kinds) == 1, term
        capital = term.rpartition("#")[2][0].isupper()
        assert capital == (kinds == {OWL.Class}), (
            f"{term}: classes UpperCamel, properties lowerCamel"
        )


def test_each_property_has_domain_and_range(vocabulary: Graph, terms: set[URIRef]) -> None:
    for term in terms:
        if (term, RDF.type, OWL.Class) in vocabulary:
            continue
        for one, several in (
            (RDFS.domain, SCHEMA.domainIncludes),
            (RDFS.range, SCHEMA.rangeIncludes),
        ):
            # rdfs:domain infers a type, so it stands only where there is one: several would all be
            n_one = len(list(vocabulary.objects(term, one)))
            n_several = len(list(vocabulary.objects(term, several)))
            assert (n_one == 1) != (n_several > 1), (term, one)


def test_labels_are_unique(vocabulary: Graph, terms: set[URIRef]) -> None:
    for language in ("de", "en"):
        for is_class in (True, False):
            seen: dict[str, URIRef] = {}
            for term in sorted(terms):
                if ((term, RDF.type, OWL.Class) in vocabulary) != is_class:
                    continue
                for label in vocabulary.objects(term, RDFS.label):
                    if isinstance(label, Literal) and label.language == language:
                        assert seen.setdefault(str(label), term) == term, label


def test_header(folder: Path) -> None:
    header = Graph().parse(folder / "imc.ttl")
    assert header.value(ONTOLOGY, OWL.versionInfo) == Literal("0.1.0")
    assert header.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/0.1.0")
    assert header.value(ONTOLOGY, DCTERMS.license) == LICENCE
    assert header.value(ONTOLOGY, DCTERMS.modified) is not None
    assert header.value(ONTOLOGY, DCTERMS.creator) is not None
    assert header.value(ONTOLOGY, VANN.preferredNamespacePrefix) == Literal("imc")
    assert header.value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(f"{ONTOLOGY}#")


def test_modules_are_imported_and_carry_the_version(folder: Path) -> None:
    header = Graph().parse(folder / "imc.ttl")
    files = sorted(folder.glob("modules/*.ttl"))
    assert files
    module_iris = {URIRef(f"{ONTOLOGY}/{f.stem}") for f in files}
    assert set(header.objects(ONTOLOGY, OWL.imports)) == module_iris
    version = header.value(ONTOLOGY, OWL.versionInfo)
    for file in files:
        iri = URIRef(f"{ONTOLOGY}/{file.stem}")
        module = Graph().parse(file)
        assert module.value(iri, OWL.versionInfo) == version, file.name
        assert module.value(iri, OWL.versionIRI) == URIRef(f"{iri}/{version}"), file.name
        assert module.value(iri, DCTERMS.license) == LICENCE, file.name


def test_no_code(folder: Path) -> None:
    found = {f.suffix for f in folder.rglob("*") if f.is_file()}
    assert {".ttl", ".rq", ".jsonld", ".md"} <= found
    assert not found & {".py", ".js", ".ts", ".sh"}
