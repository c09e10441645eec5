"""IRIs, paths and slugs; the prefixes."""

from __future__ import annotations

import pytest

from kgraph import namespaces
from kgraph.namespaces import BASE, KINDS, PREFIXES, is_path, path_of, slug, thing

SLUGS = {
    "Stadtregion Münster": "stadtregion-muenster",
    "Mülheim a.d. Ruhr": "muelheim-a-d-ruhr",
    "Großröhrsdorf": "grossroehrsdorf",
    "Straßen.NRW": "strassen-nrw",
    "Málaga": "malaga",
    "Århus": "arhus",
    "Łódź": "lodz",
    "  zwei  Wörter ": "zwei-woerter",
    "§§ 2 und 3 GkG": "2-und-3-gkg",
    "---": "",
    "": "",
}


@pytest.mark.parametrize(("name", "expected"), SLUGS.items())
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize("name", [name for name in SLUGS if SLUGS[name]])
def test_a_slug_is_its_own_slug_and_fits_a_path(name: str) -> None:
    assert slug(slug(name)) == slug(name)
    assert is_path(f"network/{slug(name)}")


@pytest.mark.parametrize(
    "text",
    ["network/metrex", "municipality/de-05515000", "municipality/fr-75056", "person/a",
     "award/x-1"],
)  # fmt: skip
def test_a_path(text: str) -> None:
    assert is_path(text)
    assert path_of(thing(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "metrex", "network/", "network/Metrex", "network/a b", "network/../x", "network/a/b",
     "club/x", "network/-x", "network/a\n", "network/a>", " network/a", "NETWORK/a", "network/ä"],
)  # fmt: skip
def test_no_path(text: str) -> None:
    assert not is_path(text)


def test_iris() -> None:
    assert BASE == "https://w3id.org/imcoop/"
    assert thing("network/metrex") == f"{BASE}id/network/metrex"
    assert namespaces.source("abc") == f"{BASE}source/abc"
    assert namespaces.graph("derived") == f"{BASE}graph/derived"
    assert namespaces.codelist("role", "lead") == f"{BASE}codelist/role/lead"
    assert namespaces.term("org:member") == "http://www.w3.org/ns/org#member"


def test_an_unknown_prefix() -> None:
    with pytest.raises(KeyError):
        namespaces.term("nope:x")


def test_prefixes_are_namespaces_each_of_its_own() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(base.endswith(("/", "#")) for base in PREFIXES.values())
    assert len(set(KINDS)) == len(KINDS)


#: The first twelve digits of the SHA-256 of "a", U+001F, "b".
DIGEST = "f04cdced9736"


def test_a_digest_is_of_its_parts_and_their_borders() -> None:
    """The same in every process; "ab", "c" is not "a", "bc"."""
    assert namespaces.digest("a", "b") == DIGEST
    assert namespaces.digest("ab", "c") != namespaces.digest("a", "bc")
    assert namespaces.digest("a") != namespaces.digest("a", "")


def test_paths_of_the_release_are_paths(release) -> None:
    """What the tables hold can be typed into a table again."""
    assert len(release.agents) > 10_000
    assert [a.iri for a in release.agents if not is_path(path_of(a.iri))] == []
    assert [n.iri for n in release.networks if not is_path(path_of(n.iri))] == []
