"""``/.well-known/void``: what the data set is, what it holds, where and how it is to be had.

https://www.w3.org/TR/void/#well-known and https://www.w3.org/TR/vocab-dcat-3/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kgraph import namespaces
from kgraph.ingest.quads import Quads, iri, literal
from kgraph.ingest.void import GRAPH, dataset
from kgraph.queries import things
from kgraph.store import MEDIA_TYPES, Store
from kgraph_api.dependencies import etag, is_known
from kgraph_api.negotiation import content_type
from kgraph_api.sparql.address import address
from kgraph_api.sparql.formats import Formats

if TYPE_CHECKING:
    from kgraph_api.served import Served

__all__ = ["route"]

_MEDIA = "https://www.iana.org/assignments/media-types/"
#: The dumps of a release, with their media types.
_DUMPS = {"graph.nq": "application/n-quads", "merged.nt": "application/n-triples"}


def route() -> Route:
    """The route of the description."""
    return Route("/.well-known/void", describe)


def describe(request: Request) -> Response:
    """The description of the release that is served."""
    served: Served = request.state.served
    found = Formats(request.query_params.get("format", ""), request.headers.get("accept"))
    chosen = found.of("graph")
    place = address(request, "/")
    headers = {
        "Content-Type": content_type(chosen.media_type), "Vary": "Accept",
        "Cache-Control": "public, no-cache", "X-Release-Version": served.version,
        "ETag": etag(served.version, "void", place, chosen.media_type),
    }  # fmt: skip
    if is_known(headers["ETag"], request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    quads = Quads()
    _state_places(quads, served, place.rstrip("/"))
    graph = namespaces.graph(GRAPH)
    numbers = things.named_graph(served.release.store, graph).serialize("nquads")
    places = "".join(f"{line} .\n" for line in quads.merged()).encode()
    body = Store([numbers, places]).dump(chosen.name)
    return Response(body, headers=headers)


def _state_places(quads: Quads, served: Served, place: str) -> None:
    """Where the statements are to be had, as VoID and as DCAT."""
    whole, release = dataset(), iri(f"{place}/data/release/{served.version}")
    quads.add(GRAPH, whole, "void:sparqlEndpoint", iri(f"{place}/sparql"))
    for node in (whole, release):
        quads.add(GRAPH, node, "rdf:type", iri(namespaces.term("dcat:Dataset")))
        for licence in served.release.manifest.get("licences", {}).values():
            if licence.startswith("http"):
                quads.add(GRAPH, node, "dcterms:license", iri(licence))
    quads.add(GRAPH, whole, "dcat:hasCurrentVersion", release)
    quads.add(GRAPH, whole, "dcat:landingPage", iri(f"{place}/data/release"))
    quads.add(GRAPH, release, "dcat:version", literal(served.version))
    quads.add(GRAPH, release, "dcat:isVersionOf", whole)
    for name, media_type in _DUMPS.items():
        file = iri(f"{release[1:-1]}/{name}")
        quads.add(GRAPH, whole, "void:dataDump", file)
        quads.add(GRAPH, release, "dcat:distribution", file)
        quads.add(GRAPH, file, "rdf:type", iri(namespaces.term("dcat:Distribution")))
        quads.add(GRAPH, file, "dcat:downloadURL", file)
        quads.add(GRAPH, file, "dcat:mediaType", iri(_MEDIA + media_type))
    for media_type in (*MEDIA_TYPES["rows"].values(), *MEDIA_TYPES["graph"].values()):
        quads.add(GRAPH, whole, "dcterms:format", literal(media_type))
