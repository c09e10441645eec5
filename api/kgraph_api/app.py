"""The application: routes, error handlers, headers, built pages around one release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.routing import Route

from kgraph_api import docs, linked, pages
from kgraph_api.dependencies import API
from kgraph_api.errors import add_handlers
from kgraph_api.headers import Headers
from kgraph_api.routes import api, health
from kgraph_api.served import Served
from kgraph_api.settings import Settings
from kgraph_api.software import software_version
from kgraph_api.sparql import Endpoint

if TYPE_CHECKING:
    from kgraph.release import Release

__all__ = ["create_app"]

_DESCRIPTION = (
    "Who cooperates with whom among municipalities: networks, members, roles, programmes, and "
    "which source says so. Every item has an IRI and its sources; every answer says of which day "
    "and of which release it is."
)


def create_app(settings: Settings | None = None, release: Release | None = None) -> FastAPI:
    """Put the application together.

    Parameters
    ----------
    settings : Settings, optional
        Those of the environment if not given.
    release : Release, optional
        What to serve; without it, the release that the settings name.

    Raises
    ------
    ReleaseError
        If there is no release to serve.

    Notes
    -----
    ``app.state.served`` is the release that new requests get. To change releases, put another
    :class:`~kgraph_api.served.Served` there; nothing else holds on to the old one.
    """
    settings = settings or Settings.from_env()
    if release is None:
        from kgraph.release import open_release

        release = open_release(settings.release)
    app = FastAPI(
        title="kgraph",
        description=_DESCRIPTION,
        version=software_version(),
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.served = Served(release)
    add_handlers(app)
    app.include_router(api())
    app.include_router(health.router)
    app.router.routes.append(Route("/sparql", Endpoint(settings)))
    app.router.routes.append(docs.route(app))
    app.router.routes.extend([*pages.routes(settings.pages), *linked.routes()])
    app.add_middleware(Headers)
    return app
