"""The code lists as plain values."""

from __future__ import annotations

import pytest

from kgraph import resources
from kgraph.codelists import CodeLists, participating, read_codelists
from kgraph.errors import UnknownTermError


@pytest.fixture(scope="module")
def lists() -> CodeLists:
    return read_codelists(resources.ontology())


def test_the_lists_that_the_model_names(lists: CodeLists) -> None:
    assert set(lists.schemes) >= {
        "network-kind", "role", "body-type", "change-type", "qualifier", "figure-kind", "basis",
        "decision-type", "event-kind", "publication-kind", "legal-form", "theme", "level",
        "certainty",
    }  # fmt: skip


def test_a_concept_has_both_languages(lists: CodeLists) -> None:
    lead = lists["role"]["lead"]
    assert (lead.scheme, lead.code, lead.participates) == ("role", "lead", True)
    assert set(lead.labels) == set(lead.definitions) == {"de", "en"}


def test_which_roles_count_as_membership(lists: CodeLists) -> None:
    found = participating(lists["role"].values())
    assert {"member", "founding-member", "lead", "chair"} <= found
    assert {"funder", "managing-director", "participant", "host"}.isdisjoint(found)


def test_which_legal_forms_make_a_legal_person(lists: CodeLists) -> None:
    persons = {c.code for c in lists["legal-form"].values() if c.legal_person}
    assert "registered-association" in persons
    assert "informal-association" not in persons


def test_words_lead_to_their_code(lists: CodeLists) -> None:
    words = lists.by_word("qualifier")
    assert (words["über"], words["rund"], words["gut"]) == ("over", "about", "good")
    assert all(word == word.lower() for word in words)


def test_no_word_stands_for_two_qualifiers(lists: CodeLists) -> None:
    codes: dict[str, set[str]] = {}
    for concept in lists["qualifier"].values():
        for word in concept.words:
            codes.setdefault(word.lower(), set()).add(concept.code)
    assert len(codes) > 20
    assert {word: found for word, found in codes.items() if len(found) > 1} == {}


def test_a_known_code(lists: CodeLists) -> None:
    assert lists.check("role", "chair").labels["de"] == "Vorsitz"


@pytest.mark.parametrize(
    ("scheme", "code", "message"),
    [
        ("role", "chiar", "is not in the code list role; did you mean 'chair'?"),
        ("certainty", "zzz",
         "is not in the code list certainty; there are attested, ended, not-yet, presumed"),
        ("role", "", "is not in the code list role; there are "),
    ],
)  # fmt: skip
def test_an_unknown_code_names_the_nearest(lists, scheme: str, code: str, message: str) -> None:
    with pytest.raises(UnknownTermError) as caught:
        lists.check(scheme, code)
    assert str(caught.value).startswith(message)


def test_an_unknown_list_names_those_there_are(lists: CodeLists) -> None:
    with pytest.raises(UnknownTermError) as caught:
        lists["rolle"]
    assert str(caught.value).startswith("there is no code list 'rolle'; there are basis, body-type")


def test_the_certainties_are_those_of_the_code(lists: CodeLists) -> None:
    from kgraph.dates import Certainty

    assert set(lists["certainty"]) == {c.value for c in Certainty}


def test_a_release_carries_the_lists_it_was_built_with(small, lists: CodeLists) -> None:
    assert small.codelists["role"].keys() == lists["role"].keys()
