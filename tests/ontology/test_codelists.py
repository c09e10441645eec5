"""Every code has a notation and both languages, and stands in one scheme."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS, XSD

from .conftest import IMC

ROOT = "https://w3id.org/imcoop/codelist/"
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
#: Roles that count as membership, by decision: whoever funds, advises or houses a network stands
#: beside it.
PARTICIPATING = {
    "member", "founding-member", "lead", "coordinator", "chair", "deputy-chair", "board-member",
    "speaker", "associate", "partner",
}  # fmt: skip


def concepts(graph: Graph) -> list[URIRef]:
    found = sorted(s for s in graph.subjects(RDF.type, SKOS.Concept) if isinstance(s, URIRef))
    assert len(found) > 200
    return found


def tags(graph: Graph, subject: URIRef, predicate: URIRef) -> list[str | None]:
    return sorted(
        v.language or "" for v in graph.objects(subject, predicate) if isinstance(v, Literal)
    )


def test_each_code_is_complete(codelists: Graph) -> None:
    for concept in concepts(codelists):
        scheme, _, code = concept.removeprefix(ROOT).partition("/")
        assert list(codelists.objects(concept, SKOS.inScheme)) == [URIRef(ROOT + scheme)], concept
        assert list(codelists.objects(concept, SKOS.notation)) == [Literal(code)], concept
        assert tags(codelists, concept, SKOS.prefLabel) == ["de", "en"], concept
        assert tags(codelists, concept, SKOS.definition) == ["de", "en"], concept
        assert set(tags(codelists, concept, SKOS.altLabel)) <= {"de", "en"}, concept


def test_each_file_is_one_scheme(folder: Path) -> None:
    files = sorted(folder.glob("codelists/*.ttl"))
    assert len(files) >= 14
    for file in files:
        graph = Graph().parse(file)
        (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
        assert isinstance(scheme, URIRef)
        assert tags(graph, scheme, SKOS.prefLabel) == ["de", "en"], file.name
        assert tags(graph, scheme, SKOS.definition) == ["de", "en"], file.name
        assert graph.value(scheme, DCTERMS.license) == LICENCE, file.name
        assert graph.value(scheme, OWL.versionInfo) is not None, file.name
        assert all(s.startswith(f"{scheme}/") for s in graph.subjects(RDF.type, SKOS.Concept))


def test_a_word_stands_for_one_code(codelists: Graph) -> None:
    """A printed word is looked up in a scheme; it must not name two codes there."""
    seen: dict[tuple[str, str], URIRef] = {}
    for concept in concepts(codelists):
        scheme = concept.removeprefix(ROOT).partition("/")[0]
        words = {
            str(w).lower()
            for predicate in (SKOS.prefLabel, SKOS.altLabel)
            for w in codelists.objects(concept, predicate)
        }
        for word in words:
            assert seen.setdefault((scheme, word), concept) == concept, (word, concept)


def test_labels_do_not_repeat(codelists: Graph) -> None:
    """SKOS S13: a preferred label is no alternative label of the same concept."""
    for concept in concepts(codelists):
        preferred = set(codelists.objects(concept, SKOS.prefLabel))
        assert not preferred & set(codelists.objects(concept, SKOS.altLabel)), concept


def test_broader_stays_in_the_scheme_and_ends(codelists: Graph) -> None:
    for concept in concepts(codelists):
        above = codelists.transitive_objects(concept, SKOS.broader)
        next(above)  # the concept itself comes first
        for broader in above:
            assert (broader, RDF.type, SKOS.Concept) in codelists, concept
            assert broader != concept, concept
            assert codelists.value(broader, SKOS.inScheme) == codelists.value(
                concept, SKOS.inScheme
            )


def test_every_role_says_whether_it_counts(codelists: Graph) -> None:
    roles = set(codelists.subjects(SKOS.inScheme, URIRef(ROOT + "role")))
    counts = {r: list(codelists.objects(r, IMC.participates)) for r in roles}
    assert all(len(v) == 1 and v[0].datatype == XSD.boolean for v in counts.values())
    true = {str(r).rpartition("/")[2] for r, v in counts.items() if v[0].value is True}
    assert true == PARTICIPATING


def test_every_legal_form_has_a_crosswalk_note(codelists: Graph) -> None:
    forms = set(codelists.subjects(SKOS.inScheme, URIRef(ROOT + "legal-form")))
    assert len(forms) >= 15
    for form in forms:
        assert tags(codelists, form, SKOS.note) == ["de", "en"], form
    open_forms = {
        str(f).rpartition("/")[2] for f in forms if (f, IMC.legalPerson, None) not in codelists
    }
    # the form alone does not decide it; see the comment on top of the file
    assert open_forms == {"association", "gemeenschappelijke-regeling", "other"}


def test_qualifiers_know_the_printed_words(codelists: Graph) -> None:
    # words that stand before numbers in data/facts/claims
    expected = {
        "über": "over", "mehr als": "over", "over": "over", "rund": "about", "etwa": "about",
        "ca.": "about", "rd.": "about", "some": "about", "approx.": "about", "about": "about",
        "fast": "almost", "knapp": "almost", "bis zu": "up-to", "gut": "good", "je": "per-unit",
        "mindestens": "at-least",
    }  # fmt: skip
    scheme = URIRef(ROOT + "qualifier")
    words = {
        str(w): str(codelists.value(q, SKOS.notation))
        for q in codelists.subjects(SKOS.inScheme, scheme)
        for w in codelists.objects(q, SKOS.altLabel)
        if isinstance(q, URIRef)
    }
    assert {w: words.get(w) for w in expected} == expected
