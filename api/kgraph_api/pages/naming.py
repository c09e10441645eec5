"""What a thing is called on a page, and where its link leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kgraph.namespaces import BASE, PREFIXES, term
from kgraph.queries.statements import Facts, shorten
from kgraph.queries.vocabulary import Label
from kgraph_api.pages.words import say
from kgraph_api.served import Served

__all__ = ["Names"]

_ONTOLOGY = PREFIXES["imc"]
_GRAPH = PREFIXES["g"]
#: What tells a thing without a name apart, in the order in which it is read.
_TELLING = (
    "imc:figureKind", "imc:changeType", "imc:decisionType", "org:member", "org:role",
    "imc:function", "org:organization", "imc:figureOf", "imc:value", "imc:funder", "imc:recipient",
    "imc:payer", "imc:feeFor", "imc:holder", "imc:company", "imc:amountEur", "imc:sharePercent",
    "org:originalOrganization", "org:resultingOrganization", "imc:decidedBy",
    "prov:wasDerivedFrom", "imc:locator", "imc:claimProperty", "imc:claimValue",
    "imc:nameAsPrinted", "imc:date", "imc:start",
)  # fmt: skip
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Names:
    """Names and links of one page, in its language; ``about`` is the thing that it shows."""

    served: Served
    language: str
    root: str
    about: str = ""

    def label(self, iri: str) -> str:
        """The name of a thing in the language of the page; empty where it has none."""
        found = self.served.labels.get(iri, Label())
        return found.within(self.language)

    def name(self, iri: str, neighbours: Mapping[str, Facts] | None = None) -> str:
        """The name of a thing, or what tells it apart, or its address in short."""
        if label := self.label(iri):
            return label
        if iri.startswith(_GRAPH):
            return self.graph(iri)
        facts = (neighbours or {}).get(iri)
        return (self._told(facts) if facts else "") or shorten(iri)

    def graph(self, iri: str) -> str:
        """The name of a named graph: of the source that it holds, or of ours."""
        slug = iri.removeprefix(_GRAPH)
        try:
            return say(self.language, f"graph.{slug}")
        except KeyError:
            return self.label(f"{BASE}source/{slug}") or slug

    def source(self, graph: str) -> str:
        """Where the name of a named graph leads: to its source; ours are too large for a page."""
        as_source = f"{BASE}source/{graph.removeprefix(_GRAPH)}"
        return self.link(as_source) if as_source in self.served.labels else ""

    def link(self, iri: str) -> str:
        """The address behind an IRI, empty where it must not be one (``javascript:``)."""
        if iri.startswith(BASE):
            path, hash_, fragment = iri.removeprefix(BASE).partition("#")
            query = f"?lang={self.language}"
            return f"{self.root}/{quote(path)}{query}{hash_}{quote(fragment)}"
        return iri if iri.startswith(("https://", "http://")) else ""

    def _told(self, facts: Facts) -> str:
        parts = []
        for prop in _TELLING:
            for value in facts.all(prop)[:2]:
                if value == self.about:
                    continue
                parts.append(self.label(value) or value.removeprefix(f"{BASE}id/"))
        kinds = [self.label(one) for one in facts.all("rdf:type") if one != term("imc:Attestation")]
        told = " · ".join(dict.fromkeys(parts[:_PARTS]))
        return told or next(filter(None, kinds), "")
