"""``/.well-known/void``: what the data set is, what it holds, where and how it is to be had.

https://www.w3.org/TR/void/#well-known and https://www.w3.org/TR/vocab-dcat-3/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kgraph import namespaces
from kgraph.ingest.quads import Quads, literal
from kgraph.ingest.void import GRAPH, dataset
from kgraph.queries import things
from kgraph.store import MEDIA_TYPES, Store
from kgraph_api.dependencies import etag, is_known
from kgraph_api.negotiation import content_type
from kgraph_api.pages.catalogue import describe_dataset, describe_release
from kgraph_api.published import all_published
from kgraph_api.sparql.address import address
from kgraph_api.sparql.formats import Formats

if TYPE_CHECKING:
    from kgraph_api.served import Served

__all__ = ["route"]


def route() -> Route:
    """The route of the description."""
    return Route("/.well-known/void", describe)


def describe(request: Request) -> Response:
    """The description of the release that is served."""
    served: Served = request.state.served
    found = Formats(request.query_params.get("format", ""), request.headers.get("accept"))
    chosen = found.of("graph")
    place = address(request, "/").rstrip("/")
    releases = all_published(served)
    versions = (one.version for one in releases)
    headers = {
        "Content-Type": content_type(chosen.media_type), "Vary": "Accept",
        "Cache-Control": "public, no-cache", "X-Release-Version": served.version,
        "ETag": etag(served.version, "void", place, chosen.media_type, *versions),
    }  # fmt: skip
    if is_known(headers["ETag"], request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    quads = Quads()
    describe_dataset(quads, releases, place)
    for one in releases:
        describe_release(quads, one, place)
    for media_type in (*MEDIA_TYPES["rows"].values(), *MEDIA_TYPES["graph"].values()):
        quads.add(GRAPH, dataset(), "dcterms:format", literal(media_type))
    graph = namespaces.graph(GRAPH)
    numbers = things.named_graph(served.release.store, graph).serialize("nquads")
    places = "".join(f"{line} .\n" for line in quads.merged()).encode()
    body = Store([numbers, places]).dump(chosen.name)
    return Response(body, headers=headers)
