"""The pages: those built from ``web/`` as static files, and those that the server writes itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kgraph_api.html import page
from kgraph_api.pages import documentation, graph, release, thing
from kgraph_api.served import Served

__all__ = ["built", "html", "routes"]

#: Files of the built pages that do not lie in ``assets/`` and have no hash in their name.
_LOOSE = ("favicon.svg", "licenses.md")
_STATIC = Path(__file__).resolve().parents[1] / "static"


class _Immutable(StaticFiles):
    """Files with a hash in their name: a browser need never ask again."""

    async def check_config(self) -> None:
        """Do without the folder: where the pages are not built there is simply no such file."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def built(request: Request, name: str, headers: Mapping[str, str]) -> Response | None:
    """A built page of the application that a request is for; None where it is not built."""
    file: Path = request.app.state.settings.pages / name
    return FileResponse(file, headers=dict(headers)) if file.is_file() else None


def html(
    request: Request, served: Served, path: str, alternates: Sequence[dict[str, str]]
) -> Response:
    """The page about the thing of a path, of the kind that suits it."""
    if path == "ontology":
        return documentation.ontology_page(request, served, path, alternates)
    kind, _, rest = path.partition("/")
    if kind == "graph":
        return graph.page(request, served, path, alternates)
    if kind == "codelist" and rest in served.release.codelists.schemes:
        return documentation.codelist_page(request, served, path, alternates)
    return thing.page(request, served, path, alternates)


def routes(folder: Path) -> list[BaseRoute]:
    """The routes of the pages in a folder, which may be built after the server has started."""

    def index(request: Request) -> Response:
        file = folder / "index.html"
        if not file.is_file():
            return HTMLResponse(_MISSING, 503, {"Cache-Control": "no-store"})
        return FileResponse(file, headers={"Cache-Control": "no-cache"})

    def loose(request: Request) -> Response:
        file = folder / request.url.path.rpartition("/")[2]
        if not file.is_file():
            raise HTTPException(404)
        return FileResponse(file, headers={"Cache-Control": "no-cache"})

    return [
        Route("/", index),
        Route("/graph", index),
        *(Route(f"/{name}", loose) for name in _LOOSE),
        Mount("/assets", _Immutable(directory=folder / "assets", check_dir=False)),
        Mount("/static", StaticFiles(directory=_STATIC)),
        *release.routes(),
    ]


_MISSING = page(
    "The pages are not built",
    """
<p>The server runs, and its data are here: <a href="api/v1/about">JSON</a>,
<a href="docs">documentation</a>, <a href="sparql">SPARQL</a>. The interactive pages are missing
because this installation was made without them.</p>
<p>Install again without <code>KGRAPH_SKIP_WEB</code>: <code>pip install --force-reinstall .</code>,
or in a checkout <code>make serve</code>. Nothing else is needed; Node comes as a package.</p>
<p lang="de">Der Server läuft, die Seiten fehlen: Installieren Sie ohne
<code>KGRAPH_SKIP_WEB</code> neu, im Quelltext mit <code>make serve</code>.</p>
""",
)
