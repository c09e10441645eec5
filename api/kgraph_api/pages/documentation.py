"""Readable documentation: the ontology with its terms, and each code list with its codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kgraph.namespaces import BASE, PREFIXES, codelist, term
from kgraph.queries import statements
from kgraph.queries.statements import Facts
from kgraph.queries.vocabulary import Term, ontology_terms
from kgraph_api.pages.naming import Names
from kgraph_api.pages.rendering import known, linked, render
from kgraph_api.pages.words import language_of
from kgraph_api.served import Served

__all__ = ["codelist_page", "ontology_page"]

Row = dict[str, Any]

_SECTIONS = (
    ("classes", "owl:Class"), ("links", "owl:ObjectProperty"), ("values", "owl:DatatypeProperty"),
)  # fmt: skip
#: What is told of a term, below its definition.
_TOLD = (
    "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "schema:domainIncludes", "rdfs:range",
    "schema:rangeIncludes", "skos:closeMatch", "skos:example", "skos:scopeNote",
)  # fmt: skip


def ontology_page(
    request: Request, served: Served, path: str, alternates: Sequence[Row]
) -> Response:
    """Every term of the ontology, in the language that is asked for."""
    language = language_of(request)
    headers, is_fresh = known(request, served, language)
    headers["Link"] = linked(alternates)
    if is_fresh:
        return Response(status_code=304, headers=headers)
    names = Names(served, language, request.scope.get("root_path", ""))
    terms = ontology_terms(served.release.store)
    used = served.vocabulary
    counts = {one.iri: one.n for one in (*used.properties, *used.classes)}
    sections = [
        (name, _sorted(_term(names, iri, facts, counts) for iri, facts in terms.items()
                       if term(kind) in facts.all("rdf:type")))
        for name, kind in _SECTIONS
    ]  # fmt: skip
    head = Facts()
    for one in statements.outgoing(served.release.store, BASE + path):
        head.add(statements.shorten(one.property), (one.value.text, one.value.language))
    return render(
        request, "ontology", language, headers,
        title=names.label(BASE + path) or "ontology", iri=BASE + path, version=served.version,
        alternates=alternates, sections=sections, about=head.one("skos:definition", language),
        edition=head.one("owl:versionInfo"), licence=head.one("dcterms:license"),
        reused=[_reused(names, one) for one in (*used.classes, *used.properties)
                if one.iri not in terms],
        codelists=[{"name": names.name(codelist(one, "").rstrip("/")), "code": one,
                    "href": names.link(codelist(one, "").rstrip("/"))}
                   for one in sorted(served.release.codelists.schemes)],
    )  # fmt: skip


def codelist_page(
    request: Request, served: Served, path: str, alternates: Sequence[Row]
) -> Response:
    """Every code of a list, in both languages."""
    language = language_of(request)
    headers, is_fresh = known(request, served, language)
    headers["Link"] = linked(alternates)
    if is_fresh:
        return Response(status_code=304, headers=headers)
    names = Names(served, language, request.scope.get("root_path", ""))
    scheme = path.removeprefix("codelist/")
    facts = {one.property: one.value.text
             for one in statements.outgoing(served.release.store, BASE + path)
             if one.value.language in ("", language)}  # fmt: skip
    codes = served.release.codelists[scheme]
    return render(
        request, "codelist", language, headers,
        title=names.label(BASE + path) or scheme, iri=BASE + path, version=served.version,
        alternates=alternates, about=facts.get(term("skos:definition"), ""),
        codes=[_code(names, scheme, codes[code]) for code in sorted(codes)],
    )  # fmt: skip


def _term(names: Names, iri: str, facts: Facts, counts: Mapping[str, int]) -> Row:
    language = names.language
    told = []
    for prop in _TOLD:
        values = facts.all(prop)
        if prop.startswith("skos:") and prop != "skos:closeMatch":
            values = [facts.one(prop, language)] if values else []
        rows = [_told(names, value) for value in values]
        if rows:
            told.append({"name": names.name(term(prop)), "rows": rows})
    other = "en" if language == "de" else "de"
    return {
        "id": iri.removeprefix(PREFIXES["imc"]),
        "code": statements.shorten(iri),
        "name": facts.one("rdfs:label", language),
        "other": facts.one("rdfs:label", other, strict=True),
        "other_language": other,
        "definition": facts.one("skos:definition", language),
        "told": told,
        "n": counts.get(iri, 0),
    }


def _told(names: Names, value: str) -> Row:
    """A value that is an IRI as a link with its name, any other as it stands."""
    if value.startswith("http"):
        return {"text": names.name(value), "href": names.link(value)}
    return {"text": value, "href": ""}


def _reused(names: Names, one: Term) -> Row:
    return {"code": one.name, "href": names.link(one.iri), "n": one.n,
            "name": one.label.within(names.language)}  # fmt: skip


def _code(names: Names, scheme: str, concept: Any) -> Row:
    broader = names.label(codelist(scheme, concept.broader)) if concept.broader else ""
    return {
        "code": concept.code,
        "href": names.link(codelist(scheme, concept.code)),
        "de": concept.labels.get("de", ""),
        "en": concept.labels.get("en", ""),
        "definition": concept.definitions.get(names.language, ""),
        "broader": broader,
    }


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["name"].casefold(), row["id"]))
