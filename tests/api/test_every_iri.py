"""Every IRI of ours leads to a document in every format, and to a page in both languages.

One of each kind stands for all: of each class in the release, of each kind of path, and each IRI
of the ontology's own documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kgraph.ingest.build import build
from kgraph.namespaces import BASE
from kgraph.release import Release

FORMATS = {
    "ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml", "trig": "application/trig", "nq": "application/n-quads",
}  # fmt: skip
HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


def _kind(iri: str) -> str:
    """``id/network`` and the like: the parts of a path that are the same for many things."""
    path, mark, _ = iri.removeprefix(BASE).partition("#")
    parts = path.split("/")
    if parts[0] == "ontology":
        return path + mark
    return "/".join(parts[:2] if parts[0] == "id" else [parts[0], str(len(parts))]) + mark


def _iris(release: Release) -> Iterator[str]:
    """The first of each class, then the first of each kind of path."""
    of_classes = release.query(
        "SELECT ?class (MIN(?one) AS ?first) { ?one a ?class FILTER(isIRI(?one) && isIRI(?class) "
        f"&& STRSTARTS(STR(?one), '{BASE}')) }} GROUP BY ?class ORDER BY ?class"
    )
    yield from (first for _, first in of_classes.rows())
    everything = release.query(
        "SELECT DISTINCT ?x { { ?x ?p ?o } UNION { ?s ?p ?x } UNION { ?s ?x ?o } UNION "
        f"{{ GRAPH ?x {{}} }} FILTER(isIRI(?x) && STRSTARTS(STR(?x), '{BASE}')) }} ORDER BY ?x"
    )
    found: dict[str, str] = {}
    for (iri,) in everything.rows():
        found.setdefault(_kind(iri), iri)
    yield from found.values()
    slugs = ("decisions", "derived", "descriptions", "examples", "ontology", "reference",
             "sources", "void")  # fmt: skip
    yield from (f"{BASE}graph/{slug}" for slug in slugs)


@pytest.fixture(scope="module")
def iris() -> list[str]:
    return sorted(set(_iris(build().release)))


def _failures(iris: list[str], check: Callable[[str], None]) -> list[str]:
    """What is wrong with which IRI."""
    found = []
    for iri in iris:
        try:
            check(iri)
        except (AssertionError, KeyError, SyntaxError) as error:
            found.append(f"{iri}: {error!r}")
    return found


def _path(iri: str) -> str:
    return iri.removeprefix(BASE).partition("#")[0]


def test_there_is_one_of_each_kind(iris: list[str]) -> None:
    kinds = {_kind(iri) for iri in iris}
    assert {"id/network", "id/membership", "id/attestation", "id/fee", "id/change", "id/decision",
            "id/municipality", "id/person", "id/figure", "id/funding", "id/shareholding",
            "id/post", "id/name", "source/2", "graph/2", "codelist/2", "codelist/3", "ontology",
            "ontology#", "graph/2#"} <= kinds  # fmt: skip


def test_an_iri_leads_to_statements_in_every_format(real: TestClient, iris: list[str]) -> None:
    def check(iri: str) -> None:
        path, sizes = _path(iri), set()
        for extension, media_type in FORMATS.items():
            asked = real.get(f"/{path}", headers={"Accept": media_type}, follow_redirects=False)
            assert (asked.status_code, asked.headers["vary"]) == (303, "Accept")
            assert asked.headers["location"] == f"/data/{path}.{extension}"
            answer = real.get(asked.headers["location"])
            assert answer.status_code == 200
            assert answer.headers["content-type"].partition(";")[0] == media_type
            assert answer.headers["link"].count('rel="alternate"') == 7
            found = list(ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type)))
            assert found
            if extension not in ("trig", "nq"):
                sizes.add(len(found))
            node = ox.NamedNode(iri)
            told = [quad for quad in found if node in (quad.subject, quad.predicate, quad.object)]
            assert told or path.startswith("graph/") or iri.endswith("#")
        assert len(sizes) == 1

    assert _failures(iris, check) == []


def test_an_iri_leads_to_a_page_in_both_languages(real: TestClient, iris: list[str]) -> None:
    def check(iri: str) -> None:
        path = _path(iri)
        for language in ("de", "en"):
            page = real.get(f"/{path}?lang={language}", headers={"Accept": HTML})
            assert page.status_code == 200
            assert page.headers["content-type"] == "text/html; charset=utf-8"
            assert f'<html lang="{language}">' in page.text
            assert page.headers["content-language"] == language
            assert page.headers["link"].count('rel="alternate"') >= 4
            title = re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)
            assert title and re.sub(r"<[^>]*>", "", title[1]).strip()
            by_header = real.get(f"/{path}", headers={"Accept": HTML, "Accept-Language": language})
            assert f'<html lang="{language}">' in by_header.text
            assert len(page.content) < 1_000_000

    assert _failures(iris, check) == []
