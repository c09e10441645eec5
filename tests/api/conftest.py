"""Which fixture to take.

``client`` talks to an application over a small release that can be read on one screen (below):
take it wherever a value is asserted. ``today`` is 2024-05-01 there. ``real`` talks to an
application over the release of the checkout's facts, for a few figures that sources print.
``server`` is the address of a real server over the small release, for what a test client hides.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kgraph import resources, tables
from kgraph.dates import PartialDate, bounds
from kgraph.ingest.build import build
from kgraph.model import (
    Agent,
    Evidence,
    Figure,
    Membership,
    Network,
    Programme,
    Source,
    Statement,
)
from kgraph.namespaces import graph, source, thing
from kgraph.release import FORMAT, Release, open_release
from kgraph_api.app import create_app
from kgraph_api.dependencies import today
from kgraph_api.settings import Settings

from ..conftest import Serve

TODAY = date(2024, 5, 1)
VERSION = "0123456789ab"

#: path, name, state, district, population, lat, lon
_AGENTS = (
    ("state/de-05", "Nordrhein-Westfalen", "", "", None, None, None),
    ("state/de-03", "Niedersachsen", "", "", None, None, None),
    ("district/de-05570", "Kreis Warendorf", "de-05", "", None, None, None),
    ("municipality/de-05515000", "Münster", "de-05", "", 322904, 51.96, 7.63),
    ("municipality/de-05570048", "Telgte", "de-05", "de-05570", 19925, 51.98, 7.78),
    ("municipality/de-05566012", "Greven", "de-05", "", 37692, 52.09, 7.61),
    ("municipality/de-03358016", "Munster", "de-03", "", 15231, 52.98, 10.08),
    ("organisation/land", "Land NRW", "", "", None, None, None),
    ("person/erika-muster", "Erika Muster", "", "", None, None, None),
)

#: slug, kind, name, name_en, parent, themes, founded
_NETWORKS = (
    ("stadtregion", "city-region", "Stadtregion Münster", "", "", ("mobility",), ("2001", "2013")),
    ("innenstadt", "network", "Netzwerk Innenstadt", "Inner City Network", "", ("culture",), ()),
    ("ag-plaetze", "working-group", "AG Plätze", "", "innenstadt", (), ()),
)

#: Description of a network, German and English.
_DESCRIBED = {"stadtregion": ("Ein Bund von Städten.", "A league of towns.")}

#: network, member, role, start, end, date of the roster
_ROWS = (
    ("stadtregion", "municipality/de-05515000", "member", "2001", "", "2020"),
    ("stadtregion", "municipality/de-05515000", "host", "", "", "2020"),
    ("stadtregion", "municipality/de-05570048", "member", "2001", "", "2020"),
    ("stadtregion", "municipality/de-05566012", "member", "2001", "2015-12-31", ""),
    ("stadtregion", "person/erika-muster", "chair", "2019", "", ""),
    ("stadtregion", "organisation/land", "funder", "", "", "2020"),
    ("innenstadt", "municipality/de-05515000", "member", "", "", "2025"),
    ("innenstadt", "district/de-05570", "member", "2010", "", ""),
    ("innenstadt", "network/stadtregion", "member", "2010", "", ""),
    ("ag-plaetze", "organisation/land", "lead", "2010", "", ""),
)

_SLUGS = {slug for slug, *_ in _NETWORKS}


def _membership(slug: str, path: str, role: str, *dates: str) -> Membership:
    start, end, on = dates
    first, last, point = ([PartialDate.parse(t)] if t else [] for t in (start, end, on))
    return Membership(
        thing(f"membership/{slug}/{path.partition('/')[2]}/{role}"), thing(f"network/{slug}"),
        thing(path), role, role != "funder", "Vorsitzende" if role == "chair" else "", start, end,
        bounds(first, last, point),
        (Evidence("handbook", f"table {slug}", "roster" if on else "undated", on),),
    )  # fmt: skip


def _tables() -> dict[str, list[object]]:
    said = (Evidence("handbook", "chapter 1", "publication", "2020"),)
    return {
        "agents": [
            Agent(thing(path), *path.split("/"), name, "", state, district,
                  "DE" if state or "/de-" in path else "", "", people, lat, lon)
            for path, name, state, district, people, lat, lon in _AGENTS
        ],
        "networks": [
            Network(thing(f"network/{slug}"), slug, kind, name, name_en, "", "", themes, "DE",
                    thing(f"network/{parent}") if parent else "", "", "",
                    tuple(Statement(year, "handbook", f"p. {year}") for year in founded), (),
                    len({row[1] for row in _ROWS if row[0] == slug}), said,
                    *_DESCRIBED.get(slug, ()))
            for slug, kind, name, name_en, parent, themes, founded in _NETWORKS
        ],
        "memberships": [_membership(*row) for row in _ROWS],
        "figures": [
            Figure(thing("figure/1"), thing("network/stadtregion"), "members", 12.0, "over",
                   "Kommunen", "2019", "handbook", "p. 2"),
            Figure(thing("figure/2"), thing("network/stadtregion"), "population", 1.5, "exactly",
                   "", "", "handbook", "p. 2"),
        ],
        "changes": [],
        "disagreements": [],
        "periods": [],
        "programmes": [
            Programme(thing("programme/plaetze"), "plaetze", "programme", "Förderung der Plätze",
                      "Funding of squares", "", "",
                      (Statement(thing("organisation/land"), "handbook", "p. 3"),),
                      (("funder", Statement(thing("organisation/land"), "handbook", "p. 3")),),
                      said),
        ],
        "sources": [
            Source("handbook", source("handbook"), "Handbuch der Netze", "Verlag",
                   "https://example.org/handbook", "2020", "", "", "de", ""),
            Source("leaflet", source("leaflet"), "Faltblatt", "", "", "", "2010", "2012", "de", ""),
        ],
    }  # fmt: skip


#: The same label in the graphs of two sources, a second label in one of them.
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_CITY = f"<{thing('municipality/de-05515000')}>"
_TRIPLES = {
    "handbook": (f'{_CITY} {_LABEL} "Münster"@de',),
    "leaflet": (f'{_CITY} {_LABEL} "Münster"@de', f'{_CITY} {_LABEL} "Muenster"@en'),
}


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The small release, written and opened like a real one."""
    folder = tmp_path_factory.mktemp("release")
    (folder / "tables").mkdir()
    for name, rows in _tables().items():
        tables.write(folder / "tables" / f"{name}.jsonl", rows)
    shutil.copytree(resources.ontology() / "codelists", folder / "ontology" / "codelists")
    quads = [f"{t} <{graph(slug)}> .\n" for slug, ts in _TRIPLES.items() for t in ts]
    merged = sorted({f"{t} .\n" for ts in _TRIPLES.values() for t in ts})
    (folder / "graph.nq").write_text("".join(quads), encoding="utf-8")
    (folder / "merged.nt").write_text("".join(merged), encoding="utf-8")
    manifest = {
        "format": FORMAT, "version": VERSION, "counts": {"networks": 3, "sources": 2},
        "licences": {"facts": "https://creativecommons.org/licenses/by/4.0/"},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return open_release(folder)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built pages as the build of the pages leaves them, but small."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "assets").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>page</title>", encoding="utf-8")
    (folder / "favicon.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "assets" / "index-abc.js").write_text("1", encoding="utf-8")
    return folder


def _client(settings: Settings, release: Release) -> TestClient:
    app = create_app(settings, release)
    app.dependency_overrides[today] = lambda: TODAY
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def client(release: Release, pages: Path) -> TestClient:
    """A client of an application over the small release."""
    return _client(Settings(pages=pages, max_query_bytes=2000), release)


@pytest.fixture(scope="session")
def real() -> TestClient:
    """A client of an application over the release of the facts."""
    return _client(Settings(), build().release)


@pytest.fixture(scope="session")
def server(release: Release, pages: Path, serve: Serve) -> Iterator[str]:
    """The address of a server over the small release, on the loopback interface."""
    with serve(create_app(Settings(pages=pages, max_query_bytes=2000), release)) as address:
        yield address
