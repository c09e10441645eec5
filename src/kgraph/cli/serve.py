"""``kgraph serve``: everything over HTTP, building the release first if there is none."""

from __future__ import annotations

from typing import Annotated

import typer

from kgraph.cli._options import ReleaseFolder
from kgraph.cli._output import note

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command()(serve)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    release: ReleaseFolder = None,
) -> None:
    """Serve the pages, the JSON API and SPARQL; build the release first if it is not current."""
    from kgraph.ingest.build import build
    from kgraph_api.__main__ import run

    built = build(root=release, progress=note)
    note(f"release {built.release.version}: {built.release.path}")
    run(built.release, host=host, port=port)
