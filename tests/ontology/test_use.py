"""No term is used that is not defined, and none is defined that nothing uses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import OWL

from kgraph import namespaces

from .conftest import IMC, merged


def imc_terms(graph: Graph) -> set[URIRef]:
    return {t for triple in graph for t in triple if isinstance(t, URIRef) and t in IMC}


def words(text: str) -> set[str]:
    """The local names behind ``imc:`` in a text that is no Turtle."""
    return set(re.findall(r"\bimc:([A-Za-z0-9]+)", text))


@pytest.mark.parametrize("part", ["modules", "codelists", "alignments", "shapes", "examples"])
def test_turtle_uses_defined_terms_only(folder: Path, terms: set[URIRef], part: str) -> None:
    assert imc_terms(merged(folder.glob(f"{part}/*.ttl"))) - terms == set()


def test_rules_use_defined_terms_only(folder: Path, terms: set[URIRef]) -> None:
    files = sorted(folder.glob("rules/*.rq"))
    assert files
    for file in files:
        assert {IMC[w] for w in words(file.read_text(encoding="utf-8"))} - terms == set(), file.name


def test_texts_name_defined_terms_only(folder: Path, terms: set[URIRef]) -> None:
    """Definitions, scope notes and the README mention terms; a renamed one must not linger."""
    for file in [*folder.rglob("*.ttl"), folder / "README.md"]:
        named = {IMC[w] for w in words(file.read_text(encoding="utf-8"))}
        assert named - terms == set(), file.name


def test_every_class_and_property_stands_in_an_example(folder: Path, terms: set[URIRef]) -> None:
    used = imc_terms(merged(folder.glob("examples/*-valid.ttl")))
    # legalPerson and participates describe codes, so they are used in the code lists
    used |= imc_terms(merged(folder.glob("codelists/*.ttl"))) | {IMC.participates}
    assert terms - used == set()


def test_every_code_list_is_used(folder: Path, codelists: Graph) -> None:
    """By a shape that binds a property to it, by a property of ours, or by the build."""
    text = "".join(f.read_text(encoding="utf-8") for f in folder.glob("shapes/*.ttl"))
    bound = set(re.findall(r"/codelist/([a-z-]+)>", text))
    schemes = {
        str(s).rpartition("/")[2]
        for s in codelists.subjects(
            RDF.type, URIRef("http://www.w3.org/2004/02/skos/core#ConceptScheme")
        )
    }
    assert bound <= schemes
    # levels come from a rule; a certainty is the answer to a question, never stated; the kind of an
    # organisation that is no network is a classification that no shape demands
    assert schemes - bound == {"level", "certainty", "organisation-kind"}


def test_codes_in_examples_exist(folder: Path, codelists: Graph) -> None:
    root = namespaces.BASE + "codelist/"
    known = set(codelists.subjects())
    used = {
        o
        for o in merged(folder.glob("examples/*-valid.ttl")).objects()
        if isinstance(o, URIRef) and o.startswith(root)
    }
    assert used
    assert used - known == set()


def test_context_covers_every_term_and_prefix(
    folder: Path, terms: set[URIRef], vocabulary: Graph
) -> None:
    context = json.loads((folder / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    iris = {k: v["@id"] if isinstance(v, dict) else v for k, v in context.items() if k[0] != "@"}
    for term in terms:
        name = term.rpartition("#")[2]
        assert iris.get(name) == f"imc:{name}", name
        is_link = (term, RDF.type, OWL.ObjectProperty) in vocabulary
        coerced = isinstance(context[name], dict) and context[name].get("@type") == "@id"
        assert coerced == is_link, name
    for prefix, namespace in namespaces.PREFIXES.items():
        assert iris.get(prefix) == namespace, prefix
    ours = {IMC[v[4:]] for v in iris.values() if v.startswith("imc:")}
    assert ours <= terms


def test_prefixes_agree_everywhere(folder: Path) -> None:
    """A prefix of ours means the same namespace in every file."""
    seen: dict[str, str] = dict(namespaces.PREFIXES)
    files = [*folder.rglob("*.ttl"), *folder.rglob("*.rq")]
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        for prefix, namespace in re.findall(r"(?i)^@?prefix\s+([a-z]+):\s+<([^>]+)>", text, re.M):
            assert seen.setdefault(prefix, namespace) == namespace, (file.name, prefix)
