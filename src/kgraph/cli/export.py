"""``kgraph export``: the graph as a stand-alone page, for other tools, as tables, as RDF."""

from __future__ import annotations

import shutil
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli._options import AsOf, ReleaseFolder, day, opened
from kgraph.cli._output import note
from kgraph.errors import QueryParameterError
from kgraph.release import Release

__all__ = ["register"]


class Target(StrEnum):
    """What can be exported."""

    HTML = "html"
    GRAPHML = "graphml"
    CSV = "csv"
    NQUADS = "nquads"
    TURTLE = "turtle"


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command()(export)


def export(
    target: Annotated[Target, typer.Argument(metavar="FORMAT", help=", ".join(Target))],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Default: kgraph.FORMAT.")
    ] = None,
    around: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY",
            help="Only this network (slug) or member (key) and its neighbours; may be repeated.",
        ),
    ] = None,
    as_of: AsOf = "today",
    language: Annotated[str, typer.Option("--language", "-l", help="de or en.")] = "en",
    release: ReleaseFolder = None,
) -> None:
    """Write the graph to a file.

    kgraph export html --around stadtregion-muenster -o stadtregion.html
    """
    from kgraph.export import graphml, html, table

    found = opened(release)
    path = output or Path(f"kgraph.{ {'nquads': 'nq', 'turtle': 'ttl'}.get(target, target) }")
    if target is Target.NQUADS:
        shutil.copyfile(found.path / "graph.nq", path)
    elif target is Target.TURTLE:
        path.write_bytes(found.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }").serialize("turtle"))
    else:
        if language not in ("de", "en"):
            raise QueryParameterError(f"--language is {language!r}; there is de and en")
        graph = found.to_networkx(day(as_of))
        if around:
            from kgraph.export.around import neighbourhood

            graph = neighbourhood(graph, around)
        if target is Target.HTML:
            html.write_html(
                graph, path, title=_title(language, as_of), language=language,
                sources=html.cited(graph, found.sources), labels=_labels(found, language),
            )  # fmt: skip
        elif target is Target.GRAPHML:
            graphml.write_graphml(graph, path)
        else:
            table.write_csv(graph, path)
    note(f"wrote {path}")


def _labels(release: Release, language: str) -> dict[str, str]:
    """Code → label, of the kinds and roles that a page shows."""
    lists = release.codelists
    return {
        concept.code: concept.labels.get(language, concept.code)
        for scheme in ("organisation-kind", "role", "network-kind")
        for concept in lists[scheme].values()
    }


def _title(language: str, as_of: str) -> str:
    shown = day(as_of)
    if language == "de":
        return f"Interkommunale Zusammenarbeit, Stand {shown.isoformat() if shown else 'jemals'}"
    return f"Inter-municipal cooperation as of {shown.isoformat() if shown else 'ever'}"
