"""The page about a named graph that no source has its name from: what it speaks of, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kgraph.namespaces import BASE
from kgraph.queries import things
from kgraph_api.pages.naming import Names
from kgraph_api.pages.rendering import address, known, linked, render
from kgraph_api.pages.words import language_of
from kgraph_api.served import Served

__all__ = ["page"]

#: Things on one page.
MANY = 200


def page(
    request: Request, served: Served, path: str, alternates: Sequence[dict[str, Any]]
) -> Response:
    """The page about a graph; the arguments are those of :func:`kgraph_api.pages.html`."""
    language = language_of(request)
    headers, is_fresh = known(request, served, language)
    headers["Link"] = linked(alternates)
    if is_fresh:
        return Response(status_code=304, headers=headers)
    names = Names(served, language, request.scope.get("root_path", ""))
    subjects = things.subjects(served.release.store, BASE + path)
    n = max(1, -(-len(subjects) // MANY))
    given = request.query_params.get("page", "1")
    number = min(int(given), n) if given.isascii() and given.isdigit() and len(given) < 9 else 1
    number = max(number, 1)
    shown = subjects[(number - 1) * MANY : number * MANY]
    return render(
        request, "graph", language, headers,
        title=names.graph(BASE + path), iri=BASE + path, version=served.version,
        alternates=alternates, n_statements=sum(count for _, count in subjects),
        n_things=len(subjects), number_of_page=number, n_pages=n,
        rows=[{"text": names.name(iri), "href": names.link(iri), "n": count,
               "id": iri.partition("#")[2]} for iri, count in shown],
        previous=address(request, page=str(number - 1)) if number > 1 else "",
        next=address(request, page=str(number + 1)) if number < n else "",
    )  # fmt: skip
