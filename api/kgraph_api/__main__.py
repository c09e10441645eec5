"""``kgraph-api``: serve a release over HTTP."""

from __future__ import annotations

import argparse
import gc
import sys
import threading
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import KGraphError
from kgraph_api.settings import PREFIX, Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from kgraph.release import Release
    from kgraph_api.served import Served

__all__ = ["main", "run"]

#: Settings that are options; the others are set in the environment only.
_OPTIONS = ("host", "port", "release")
#: How many more objects there are before the garbage collector looks at them.
_NEW_OBJECTS = 20_000


def run(
    release: Release | None = None,
    *,
    host: str | None = None,
    port: int | None = None,
    settings: Settings | None = None,
) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    release : Release, optional
        What to serve; without it, the release that the settings name.
    host, port : optional
        Where to listen instead of where the settings say.
    settings : Settings, optional
        Those of the environment if not given.

    Raises
    ------
    ReleaseError
        If there is no release.
    """
    import uvicorn

    from kgraph_api.access_log import Logged, log_to
    from kgraph_api.app import create_app

    settings = settings or Settings.from_env()
    settings = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    app = create_app(settings, release, workers=_can_fork())
    if settings.access_log:
        log_to()
    releases = app.state.releases
    releases.on_swap.append(lambda *_: _settle())
    releases.on_retire.append(lambda _: _settle())
    try:
        threading.Thread(target=_warm, args=(app.state.served,), name="warm", daemon=True).start()
        uvicorn.run(
            Logged(app) if settings.access_log else app, host=settings.host, port=settings.port,
            timeout_graceful_shutdown=settings.stop_seconds, server_header=False, access_log=False,
            http=_protocol(settings, app),
        )  # fmt: skip
    finally:
        app.state.desk.board.close()
        if app.state.served.pool:
            app.state.served.pool.close()


def _warm(served: Served) -> None:
    try:
        served.warm()
    finally:
        _settle()


def _settle() -> None:
    """Let the garbage collector pass over what is there to stay: the tables of a release are
    millions of objects, and each look at all of them would hold up every request. It looks at new
    ones less often too, since answers that are kept are no garbage.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)


def _protocol(settings: Settings, app: FastAPI) -> Any:
    """The protocol; with a log every request goes through the application, which writes it."""
    from kgraph_api.connection import protocol

    if settings.access_log:
        return protocol(settings.request_seconds)
    return protocol(settings.request_seconds, app.state.prompt.answer)


def _can_fork() -> bool:
    """Whether this system can have query workers; says what it means if it cannot."""
    from kgraph_api.sparql import zygote

    if not zygote.is_available():
        print(
            "kgraph-api: this system cannot fork, so that SPARQL queries run without a deadline "
            "and without a memory limit; do not offer them to the public from here",
            file=sys.stderr,
        )
    return zygote.is_available()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; exit 1 if there is no release that can be served, 2 on wrong use."""
    try:
        settings = Settings.from_env()
        given = _parser(settings).parse_args(arguments)
        chosen = replace(settings, **{name: getattr(given, name) for name in _OPTIONS})
        run(settings=chosen)
    except KGraphError as error:
        print(f"kgraph-api: {error}", file=sys.stderr)
        raise SystemExit(1) from None


def _parser(settings: Settings) -> argparse.ArgumentParser:
    """The options, with defaults and help from the settings."""
    parser = argparse.ArgumentParser(prog="kgraph-api", description=__doc__)
    for field in fields(Settings):
        if field.name in _OPTIONS:
            value = getattr(settings, field.name)
            parser.add_argument(
                f"--{field.name}",
                default=value,
                type=type(field.default) if field.default is not None else Path,
                help=f"{field.metadata['help']} (or {PREFIX}{field.name.upper()})",
            )
    return parser


if __name__ == "__main__":
    main()
