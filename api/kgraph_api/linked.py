"""Every IRI of ours dereferences: a thing leads to a document, a document is statements.

``/id/network/metrex`` is a thing; a request for it is sent on (303) to the document
``/data/id/network/metrex.ttl``, or to the page ``/data/id/network/metrex.html``, by what the client
likes best. https://www.w3.org/TR/cooluris/
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kgraph import namespaces
from kgraph.errors import NotFoundError, QueryParameterError
from kgraph.queries import things
from kgraph_api.dependencies import etag, is_known
from kgraph_api.errors import ProblemError
from kgraph_api.negotiation import GRAPH, accepted, content_type, named, offered
from kgraph_api.pages import html
from kgraph_api.pages.words import LANGUAGES
from kgraph_api.paging import Page, page_of
from kgraph_api.served import Served

if TYPE_CHECKING:
    from kgraph.store import Answer

__all__ = ["routes"]

#: Extension of a document → the short name of its format.
EXTENSIONS = {
    "ttl": "turtle", "nt": "ntriples", "jsonld": "jsonld", "rdf": "rdfxml", "trig": "trig",
    "nq": "nquads",
}  # fmt: skip
#: Formats in which each statement is in the graph of the source that makes it.
_WITH_SOURCES = ("trig", "nquads")
_EXTENSION_OF = {name: extension for extension, name in EXTENSIONS.items()}
_NAMES = {
    "ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML", "trig": "TriG",
    "nq": "N-Quads",
}  # fmt: skip
_THINGS = (
    "/id/{path:path}", "/source/{path:path}", "/codelist/{path:path}", "/graph/{path:path}",
    "/ontology", "/ontology/{path:path}",
)  # fmt: skip


def routes() -> list[BaseRoute]:
    """The routes of things and of documents about them."""
    return [
        *(Route(path, thing) for path in _THINGS),
        Route("/data/{path:path}", document),
    ]


def thing(request: Request) -> Response:
    """Send on to the page or the document about a thing."""
    path = _path(request)
    served = _found(request, path)
    if moved := _moved(request, served, path):
        return moved
    wanted, number = (request.query_params.get(one, "") for one in ("format", "page"))
    available = {**_offered(), "text/html": "html"}
    media_type = accepted(request.headers.get("accept"), available)
    name = named(wanted, "graph") if wanted else available.get(media_type or "")
    if name == "html" or wanted == "html":
        target = _page(request, served, path)
    elif name in _EXTENSION_OF:
        asked = f"?page={quote(number)}" if number else ""
        target = f"/data/{quote(path)}.{_EXTENSION_OF[name]}{asked}"
    else:
        raise _not_acceptable()
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}{target}", 303, headers={"Vary": "Accept"})


def document(request: Request) -> Response:
    """What is said of a thing, as a page or as statements in the format of the extension."""
    path, _, extension = request.path_params["path"].rpartition(".")
    if extension not in EXTENSIONS and extension != "html":
        raise NotFoundError("document", path, f"a document ends in .{', .'.join(EXTENSIONS)}")
    served = _found(request, path)
    if moved := _moved(request, served, path, "data/", f".{extension}"):
        return moved
    if extension == "html":
        return html(request, served, path, _alternates(request, path))
    return _document(request, served, path, extension)


def _document(request: Request, served: Served, path: str, extension: str) -> Response:
    """Statements; a page of them where there are many."""
    name, iri = EXTENSIONS[extension], _graph_or_thing(path)
    page = page_of(request, iri, served.parts(iri))
    tag = etag(served.version, path, name, *((page.here,) if page else ()))
    headers = {
        "ETag": tag,
        "Cache-Control": "public, no-cache",
        "X-Release-Version": served.version,
        "Link": _links(request, path, page),
        **({"Content-Location": page.here} if page else {}),
    }
    if is_known(tag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    if page:
        body = page.serialize(served.release.store, name)
    elif name in _WITH_SOURCES:
        body = served.release.store.about(iri, name)
    else:
        body = _statements(served, iri).serialize(name)
    return Response(body, headers={**headers, "Content-Type": content_type(GRAPH[name])})


def _found(request: Request, path: str) -> Served:
    """The release, if it knows a thing of that path."""
    served: Served = request.state.served
    try:
        if things.exists(served.release.store, namespaces.BASE + path):
            return served
    except QueryParameterError:
        pass
    raise NotFoundError("thing", path)


def _moved(
    request: Request, served: Served, path: str, before: str = "", after: str = ""
) -> Response | None:
    """For good to what a merged or renamed thing is now, with the parameters as they are."""
    other = things.replacement(served.release.store, namespaces.BASE + path)
    if not other.startswith(namespaces.BASE):
        return None
    target = f"{before}{quote(other.removeprefix(namespaces.BASE))}{after}"
    query = f"?{request.url.query}" if request.url.query else ""
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}/{target}{query}", 301, headers={"Vary": "Accept"})


def _path(request: Request) -> str:
    """The path of an IRI, as it stands behind the base."""
    root: str = request.scope.get("root_path", "")
    path: str = request.scope["path"]
    return path.removeprefix(root).lstrip("/")


def _offered() -> dict[str, str]:
    """The media types of documents, each with the short name of its format."""
    return {kind: name for kind, name in offered("graph").items() if name in _EXTENSION_OF}


def _page(request: Request, served: Served, path: str) -> str:
    """The page about a thing; that of a named graph of a source is the source's."""
    source = path.replace("graph/", "source/", 1)
    if path.startswith("graph/") and namespaces.BASE + source in served.labels:
        path = source
    given = request.query_params
    kept = {"lang": given["lang"]} if given.get("lang") in LANGUAGES else {}
    kept |= {"page": given["page"]} if given.get("page") else {}
    return f"/data/{quote(path)}.html{'?' if kept else ''}{urlencode(kept)}"


def _statements(served: Served, iri: str) -> Answer:
    """A named graph as a whole, everything else by what is said of it."""
    store = served.release.store
    ask = things.named_graph if iri.startswith(namespaces.graph("")) else things.thing
    return ask(store, iri)


def _graph_or_thing(path: str) -> str:
    """What a document is about; the ontology's is the graph that holds it."""
    return namespaces.graph("ontology") if path == "ontology" else namespaces.BASE + path


def _links(request: Request, path: str, page: Page | None) -> str:
    """The same page in the other formats, the thing that it is about, and the other pages."""
    about = f'<{quote(namespaces.BASE + path, safe=":/")}>; rel="describes"'
    root = request.scope.get("root_path", "")
    readable = f'<{root}/data/{quote(path)}.html>; rel="alternate"; type="text/html"'
    query = page.query if page else ""
    others = (
        f'<{one["href"]}{query}>; rel="alternate"; type="{one["type"]}"'
        for one in _alternates(request, path)
    )
    return ", ".join((about, *others, readable, *(page.links if page else ())))


def _alternates(request: Request, path: str) -> list[dict[str, str]]:
    """The formats of a document, with their names and addresses."""
    root = request.scope.get("root_path", "")
    return [
        {
            "type": GRAPH[EXTENSIONS[extension]],
            "name": name,
            "href": f"{root}/data/{quote(path)}.{extension}",
        }
        for extension, name in _NAMES.items()
    ]


def _not_acceptable() -> ProblemError:
    types = ", ".join(GRAPH[name] for name in EXTENSIONS.values())
    return ProblemError(406, f"A document comes as {types}.", {"Vary": "Accept"})
