"""What the data use: counted by hand over a store that can be read on one screen."""

from __future__ import annotations

import pytest

from kgraph.namespaces import PREFIXES, term
from kgraph.queries.vocabulary import Label, all_labels, ontology_terms, vocabulary
from kgraph.release import Release
from kgraph.store import Store

TURTLE = """
id:a a imc:CooperationNetwork ; rdfs:label "Netz"@de , "Network"@en ; imc:theme code:theme\\/x .
id:b a imc:CooperationNetwork ; rdfs:label "Anders"@de , "Bund"@de .
id:c a imc:Municipality ; skos:prefLabel "Ohne Sprache" .
id:d rdfs:label "Rotterdam"@nl .
code:theme\\/x a skos:Concept ; skos:inScheme code:theme ; skos:prefLabel "Rad"@de .
"""


@pytest.fixture(scope="module")
def counted() -> Store:
    import pyoxigraph as ox

    prefixes = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    quads = ox.parse((prefixes + TURTLE).encode(), format=ox.RdfFormat.TURTLE)
    store = Store([ox.serialize(quads, format=ox.RdfFormat.N_QUADS)])
    graph = f"<{PREFIXES['g']}ontology>"
    said = (
        f'<{term("imc:theme")}> <{term("rdfs:label")}> "Thema"@de {graph} .\n'
        f"<{term('imc:theme')}> <{term('rdfs:isDefinedBy')}> <{PREFIXES['imc']}> {graph} .\n"
    )
    store._ox.bulk_load(said.encode(), format=ox.RdfFormat.N_QUADS)
    return store


def test_classes_and_properties_with_their_counts(counted: Store) -> None:
    found = vocabulary(counted)
    assert [(one.name, one.n) for one in found.classes] == [
        ("imc:CooperationNetwork", 2), ("imc:Municipality", 1), ("skos:Concept", 1)
    ]  # fmt: skip
    assert [(one.name, one.n) for one in found.properties][:2] == [
        ("rdf:type", 4),
        ("rdfs:label", 5),
    ][::-1]
    assert found.by_class["imc:CooperationNetwork"] == {
        "rdf:type": 2, "rdfs:label": 4, "imc:theme": 1
    }  # fmt: skip


def test_a_property_knows_its_code_list_and_its_label(counted: Store) -> None:
    theme = next(one for one in vocabulary(counted).properties if one.name == "imc:theme")
    assert (theme.scheme, theme.label) == ("theme", Label("Thema", ""))
    assert ontology_terms(counted)[term("imc:theme")].one("rdfs:label", "de") == "Thema"


def test_terms_of_other_vocabularies_have_german_names(counted: Store) -> None:
    label = next(one for one in vocabulary(counted).properties if one.name == "rdfs:label").label
    assert label == Label("Bezeichnung", "label")


def test_names(counted: Store) -> None:
    names = all_labels(counted)
    thing = PREFIXES["id"]
    assert names[f"{thing}a"] == Label("Netz", "Network")
    assert names[f"{thing}b"] == Label("Anders", "")
    assert names[f"{thing}c"] == Label("Ohne Sprache", "Ohne Sprache")
    assert names[f"{thing}d"].within("en") == "Rotterdam"
    assert names[term("org:member")].within("de") == "Mitglied"
    assert f"{thing}e" not in names


def test_nothing_is_said_by_an_empty_store() -> None:
    empty = vocabulary(Store())
    assert (empty.classes, empty.properties, dict(empty.by_class)) == ((), (), {})
    assert ontology_terms(Store()) == {}


def test_whatever_the_facts_use_has_a_name_in_both_languages(release: Release) -> None:
    found = vocabulary(release.store)
    terms = [*found.classes, *found.properties]
    assert len(terms) > 150
    ours = [one for one in terms if not one.name.startswith(("http", "rdf:first", "rdf:rest"))]
    # A term of another vocabulary gets its names in src/kgraph/queries/reused_terms.csv.
    assert [one.name for one in ours if not (one.label.de and one.label.en)] == []
