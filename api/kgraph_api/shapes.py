"""The SHACL shapes that data are held to: as RDF, and as a page that says each in words.

A shape ``shapes#Membership`` is a place in the page ``/shapes``; ``/shapes/must`` and
``/shapes/should`` are its two files.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kgraph import resources
from kgraph.errors import NotFoundError
from kgraph.namespaces import BASE, PREFIXES
from kgraph_api.errors import ProblemError
from kgraph_api.html import escape, page
from kgraph_api.negotiation import GRAPH, accepted, content_type, named, offered

if TYPE_CHECKING:
    import rdflib

__all__ = ["routes"]

#: Part of the shapes → what a result of it means.
PARTS = {
    "must": "A violation stops a release. · Ein Verstoß hält eine Veröffentlichung auf.",
    "should": "A warning is counted and stops nothing. · Eine Warnung wird gezählt und hält nichts "
    "auf.",
}
#: Our short names of formats → rdflib's.
_RDFLIB = {"turtle": "turtle", "jsonld": "json-ld", "rdfxml": "xml", "ntriples": "nt"}
_HEADERS = {"Vary": "Accept", "Cache-Control": "public, no-cache"}


def routes() -> list[BaseRoute]:
    """The routes of the shapes."""
    return [Route("/shapes", shapes), Route("/shapes/{part}", shapes)]


def shapes(request: Request) -> Response:
    """Both files, or one of them, in the format that the client likes best."""
    part = request.path_params.get("part", "")
    if part and part not in PARTS:
        raise NotFoundError("part of the shapes", part, f"there are {' and '.join(PARTS)}")
    available = {kind: name for kind, name in offered("graph").items() if name in _RDFLIB}
    wanted = request.query_params.get("format", "")
    media_type = accepted(request.headers.get("accept"), {**available, "text/html": "html"})
    name = named(wanted, "graph") if wanted else available.get(media_type or "")
    if wanted == "html" or (not wanted and media_type == "text/html"):
        root = request.scope.get("root_path", "")
        if part:
            return RedirectResponse(f"{root}/shapes", 303, headers=_HEADERS)
        return HTMLResponse(page("SHACL shapes · Prüfregeln", _listed()), headers=_HEADERS)
    if name not in _RDFLIB:
        types = ", ".join(GRAPH[one] for one in _RDFLIB)
        raise ProblemError(406, f"The shapes come as {types}, text/html.", _HEADERS)
    return Response(_serialized(part, name), headers={**_HEADERS, "Content-Type":
                    content_type(GRAPH[name])})  # fmt: skip


@cache
def _read(part: str) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    for one in [part] if part else PARTS:
        graph.parse(resources.ontology() / "shapes" / f"{one}.ttl", format="turtle")
    return graph


@cache
def _serialized(part: str, name: str) -> bytes:
    body: bytes = _read(part).serialize(format=_RDFLIB[name], encoding="utf-8")
    return body


@cache
def _listed() -> str:
    """Every shape with its messages, as HTML."""
    from rdflib import RDF, SH, Literal

    found = []
    for part, meaning in PARTS.items():
        graph = _read(part)
        found.append(f"<h2>{part}</h2><p>{escape(meaning)}</p>")
        for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
            local = escape(str(shape).removeprefix(f"{BASE}shapes#"))
            targets = (_short(str(one)) for one in graph.objects(shape, SH.targetClass))
            found.append(
                f'<h3 id="{local}">{local}</h3><p><code>{escape(", ".join(targets))}</code></p><ul>'
            )
            nodes = [shape, *graph.objects(shape, SH.property), *graph.objects(shape, SH.sparql)]
            messages = {
                (said.language, str(said))
                for node in nodes
                for said in graph.objects(node, SH.message)
                if isinstance(said, Literal)
            }
            found.extend(
                f'<li lang="{language}">{escape(text)}</li>' for language, text in sorted(messages)
            )
            found.append("</ul>")
    return "\n".join(found)


def _short(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri
