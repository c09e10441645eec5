"""What the endpoint says of itself: a page with a form for people, RDF for machines.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kgraph import namespaces
from kgraph.ingest import void
from kgraph.queries import things
from kgraph_api import pages
from kgraph_api.errors import ProblemError
from kgraph_api.html import escape, page
from kgraph_api.negotiation import GRAPH, accepted, content_type, named, offered
from kgraph_api.sparql.address import address

if TYPE_CHECKING:
    import rdflib

    from kgraph_api.served import Served

__all__ = ["respond"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads",
)  # fmt: skip
#: Our short names of formats → rdflib's; without named graphs Turtle is TriG, N-Triples N-Quads.
_RDFLIB = {
    "turtle": "turtle", "ntriples": "ntriples", "jsonld": "json-ld", "rdfxml": "xml",
    "trig": "turtle", "nquads": "nt",
}  # fmt: skip
_EXAMPLE = Path(__file__).with_name("example.rq")


def respond(request: Request, wanted: str) -> Response:
    """The page where a client likes HTML best, else the description in RDF."""
    available = {**offered("graph"), "text/html": "html"}
    accept = request.headers.get("accept")
    media_type = accepted(accept, available)
    name = available[media_type] if media_type else None
    if wanted:
        name = "html" if wanted == "html" else named(wanted, "graph")
        media_type = GRAPH.get(name or "")
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if name == "html":
        editor = None if wanted else pages.built(request, "sparql.html", headers)
        return editor or HTMLResponse(_form(), headers=headers)
    if name is None or media_type is None:
        types = ", ".join((*GRAPH.values(), "text/html"))
        raise ProblemError(406, f"The description of the service comes as {types}.", headers)
    place = address(request, "/").rstrip("/")
    body = _describe(place, request.state.served).serialize(format=_RDFLIB[name], encoding="utf-8")
    return Response(body, headers={**headers, "Content-Type": content_type(media_type)})


def _describe(place: str, served: Served) -> rdflib.Graph:
    """The description as statements."""
    from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef

    sd, dcterms = Namespace(_SD), Namespace("http://purl.org/dc/terms/")
    graph = Graph()
    graph.bind("sd", sd)
    service, dataset, default = BNode("service"), BNode("dataset"), URIRef(void.dataset()[1:-1])
    said = "All statements of all sources, each once. What a source says is in a graph of its own."
    for triple in (
        (service, RDF.type, sd.Service),
        (service, sd.endpoint, URIRef(f"{place}/sparql")),
        (service, sd.supportedLanguage, sd.SPARQL11Query),
        (service, sd.defaultDataset, dataset),
        (service, sd.availableGraphs, dataset),
        (service, dcterms.hasVersion, Literal(served.version)),
        (dataset, RDF.type, sd.Dataset),
        (dataset, RDF.type, sd.GraphCollection),
        (dataset, sd.defaultGraph, default),
        (dataset, RDFS.seeAlso, URIRef(f"{place}/.well-known/void")),
        (default, RDF.type, sd.Graph),
        (default, dcterms.description, Literal(said, lang="en")),
        *((service, sd.resultFormat, URIRef(_FORMATS + name)) for name in _RESULT_FORMATS),
    ):
        graph.add(triple)
    sources = {namespaces.graph(source.slug): source for source in served.release.sources}
    for iri in things.graphs(served.release.store):
        node = BNode(f"graph-{iri.rpartition('/')[2]}")
        graph.add((dataset, sd.namedGraph, node))
        graph.add((node, RDF.type, sd.NamedGraph))
        graph.add((node, sd.name, URIRef(iri)))
        if source := sources.get(iri):
            graph.add((node, dcterms.source, URIRef(source.iri)))
            graph.add((node, dcterms.title, Literal(source.title)))
    return graph


@cache
def _form() -> str:
    """A form that needs no script."""
    example = _EXAMPLE.read_text(encoding="utf-8")
    options = "".join(
        f'<option value="{value}">{escape(label)}</option>'
        for value, label in (
            ("json", "JSON / JSON-LD"), ("csv", "CSV"), ("tsv", "TSV"), ("xml", "XML / RDF/XML"),
            ("turtle", "Turtle (CONSTRUCT)"), ("ntriples", "N-Triples (CONSTRUCT)"),
        )
    )  # fmt: skip
    return page(
        "SPARQL",
        f"""
<p>Ask the knowledge graph in <a href="https://www.w3.org/TR/sparql11-query/">SPARQL 1.1</a>. The
default graph holds every statement once; <code>GRAPH</code> tells which source says it. The usual
prefixes and <code>imc:</code>, <code>id:</code>, <code>code:</code> are known. Updates and
<code>SERVICE</code> are refused.</p>
<form action="sparql" method="post">
<p><label for="query">Query</label></p>
<textarea id="query" name="query" spellcheck="false" required>{escape(example)}</textarea>
<p><label for="format">Answer as</label> <select id="format" name="format">{options}</select>
<button>Ask</button></p>
</form>
<h2>From a program</h2>
<pre>curl -H 'Accept: text/csv' --data-urlencode query@question.rq …/sparql</pre>
<p>Answers come as JSON, XML, CSV and TSV, graphs as Turtle, TriG, N-Triples, N-Quads, JSON-LD and
RDF/XML, by the header <code>Accept</code> or the parameter <code>format</code>.
<a href="sparql?format=turtle">Description of this service</a>.</p>
""",
    )
