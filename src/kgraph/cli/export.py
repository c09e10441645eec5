"""``kgraph export``: the graph as a stand-alone page, for other tools, as tables, as RDF."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

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
    INCIDENCE = "incidence"
    PAJEK = "pajek"
    GEXF = "gexf"
    NODELINK = "nodelink"
    STATNET = "statnet"
    RSIENA = "rsiena"
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
    wave: Annotated[
        list[str] | None,
        typer.Option(metavar="DAY", help="For rsiena: a day of observation; at least two."),
    ] = None,
    language: Annotated[str, typer.Option("--language", "-l", help="de or en.")] = "en",
    release: ReleaseFolder = None,
) -> None:
    """Write the graph to a file; statnet and rsiena write a folder with a script for R.

    kgraph export html --around stadtregion-muenster -o stadtregion.html
    """
    from kgraph.export import html

    found = opened(release)
    path = output or Path(f"kgraph{_ENDINGS.get(target, f'.{target}')}")
    if target is Target.NQUADS:
        shutil.copyfile(found.path / "graph.nq", path)
    elif target is Target.TURTLE:
        path.write_bytes(found.store.dump("turtle"))
    elif target is Target.RSIENA:
        from kgraph.export.rsiena import write_rsiena

        days = [one for one in map(day, wave or []) if one is not None]
        write_rsiena({one: found.to_networkx(one) for one in days}, path)
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
        else:
            _writer(target)(graph, path)
    note(f"wrote {path}")


def _labels(release: Release, language: str) -> dict[str, str]:
    """Code → label, of the kinds and roles that a page shows."""
    lists = release.codelists
    return {
        concept.code: concept.labels.get(language, concept.code)
        for scheme in ("organisation-kind", "role", "network-kind")
        for concept in lists[scheme].values()
    }


#: Where the ending of the file is not the name of the format; "" is a folder.
_ENDINGS = {
    Target.NQUADS: ".nq",
    Target.TURTLE: ".ttl",
    Target.INCIDENCE: "-incidence.csv",
    Target.PAJEK: ".net",
    Target.NODELINK: ".json",
    Target.STATNET: "-statnet",
    Target.RSIENA: "-rsiena",
}


def _writer(target: Target) -> Callable[[Any, Path], None]:
    """What writes a graph in a format."""
    from kgraph.export import gexf, graphml, incidence, nodelink, pajek, statnet, table

    writers: dict[Target, Callable[[Any, Path], None]] = {
        Target.GRAPHML: graphml.write_graphml,
        Target.CSV: table.write_csv,
        Target.INCIDENCE: incidence.write_incidence,
        Target.PAJEK: pajek.write_pajek,
        Target.GEXF: gexf.write_gexf,
        Target.NODELINK: nodelink.write_nodelink,
        Target.STATNET: statnet.write_statnet,
    }
    return writers[target]


def _title(language: str, as_of: str) -> str:
    shown = day(as_of)
    if language == "de":
        return f"Interkommunale Zusammenarbeit, Stand {shown.isoformat() if shown else 'jemals'}"
    return f"Inter-municipal cooperation as of {shown.isoformat() if shown else 'ever'}"
