"""The application: routes, error handlers, headers, built pages around one release."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import anyio.to_thread
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from kgraph_api import docs, feeds, linked, pages, shapes
from kgraph_api.dependencies import API, clock
from kgraph_api.errors import add_handlers
from kgraph_api.headers import Headers
from kgraph_api.jobs.atonce import AtOnce
from kgraph_api.jobs.board import Board
from kgraph_api.jobs.desk import Desk
from kgraph_api.jobs.limits import Limits
from kgraph_api.jobs.outcome import Outcomes
from kgraph_api.metrics import Measured, Metrics
from kgraph_api.releases import Pinned, Releases
from kgraph_api.routes import api, health, reconcile
from kgraph_api.served import Served
from kgraph_api.settings import Settings
from kgraph_api.software import software_version
from kgraph_api.sparql import void
from kgraph_api.sparql.prompt import Prompt
from kgraph_api.sparql.route import Endpoint
from kgraph_api.sparql.shortcut import Repeated, is_endpoint

if TYPE_CHECKING:
    from kgraph.release import Release
    from kgraph_api.sparql.pool import Pool

__all__ = ["create_app"]

_DESCRIPTION = (
    "Who cooperates with whom among municipalities: networks, members, roles, programmes, and "
    "which source says so. Every item has an IRI and its sources; every answer says of which day "
    "and of which release it is."
)


def create_app(
    settings: Settings | None = None,
    release: Release | None = None,
    *,
    workers: bool = False,
) -> FastAPI:
    """Put the application together.

    Parameters
    ----------
    settings : Settings, optional
        Those of the environment if not given.
    release : Release, optional
        What to serve, for good; without it, the release that the settings name.
    workers : bool
        Whether SPARQL queries run in processes of their own, which can be ended. Without them they
        run in threads, which cannot: for tests and for systems that cannot fork. Whoever asks for
        them calls ``app.state.served.pool.close()`` in the end.

    Raises
    ------
    ReleaseError
        If there is no release to serve.

    Notes
    -----
    ``app.state.served`` is the release that new requests get. Without a given release it follows
    the pointer of the folder of releases; ``app.state.releases`` calls hooks when it does.
    """
    settings = settings or Settings.from_env()
    root = None
    if release is None:
        from kgraph.release import default_root, open_release

        root = settings.release or default_root()
        release = open_release(root)
    app = _Application(
        title="kgraph",
        description=_DESCRIPTION,
        version=software_version(),
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.served = Served(release, _pool(release, settings) if workers else None)
    app.state.releases = Releases(app.state, root)
    app.state.desk = _desk(settings)
    if workers:
        app.state.releases.on_swap.append(partial(_staff, settings))
        app.state.releases.on_retire.append(_dismiss)
    add_handlers(app)
    app.include_router(api())
    app.include_router(feeds.router)
    app.include_router(health.router)
    app.include_router(reconcile.router)
    app.router.routes.append(void.route())
    app.router.routes.append(docs.route(app))
    app.router.routes.extend([*pages.routes(settings.pages), *shapes.routes(), *linked.routes()])
    # The last one added stands outermost.
    app.add_middleware(Pinned, releases=app.state.releases)
    app.add_middleware(Headers)
    metrics = app.state.metrics = Metrics()
    app.add_middleware(Measured, metrics=metrics)
    releases = app.state.releases
    endpoint = Endpoint(settings)
    whole = Measured(Headers(Pinned(endpoint, releases)), metrics, "sparql")
    repeated = app.state.endpoint = Repeated(whole, releases)
    app.state.prompt = Prompt(releases, repeated, endpoint.cache, metrics)
    return app


def _desk(settings: Settings) -> Desk:
    """Where measures are computed: at once, or as jobs."""
    limits = Limits(
        settings.analysis_seconds, settings.analysis_memory_mb, settings.analysis_cache_mb * 2**18
    )
    outcomes = Outcomes(settings.analysis_cache_mb * 2**20)
    board = Board(outcomes, limits, settings.analysis_workers, settings.analysis_jobs, clock)
    return Desk(outcomes, AtOnce(outcomes), board, settings.analysis_seconds_at_once)


class _Application(FastAPI):
    """The framework looks through all its routes, which takes longer than most queries; the
    endpoint is asked before it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_endpoint(scope):
            scope["app"] = self
            endpoint: ASGIApp = self.state.endpoint
            await endpoint(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def _pool(release: Release, settings: Settings) -> Pool:
    """The query workers of a release."""
    from kgraph_api.sparql.pool import Pool
    from kgraph_api.sparql.route import limits_of

    return Pool(release.path, limits_of(settings), settings.query_workers)


def _staff(settings: Settings, _former: Served, following: Served) -> None:
    following.pool = _pool(following.release, settings)


def _dismiss(former: Served) -> None:
    if former.pool:
        former.pool.close()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Have the query workers forked before the first request; end jobs and workers after the last.

    Nothing that follows is sure to happen: a signal ends the process once the server has stopped.
    """
    pool: Pool | None = app.state.served.pool
    if pool:
        await pool.start()
    yield
    app.state.desk.board.close()
    if pool := app.state.served.pool:
        await anyio.to_thread.run_sync(pool.close)
