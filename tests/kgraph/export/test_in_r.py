"""R reads what is written for it, without work: by the script read.R, where R is installed."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from kgraph.analysis import Mode, betweenness_centrality
from kgraph.analysis.nestedness import nodf
from kgraph.export._cells import labels, modes
from kgraph.export.graphml import write_graphml
from kgraph.export.incidence import write_incidence
from kgraph.export.pajek import write_pajek
from kgraph.export.rsiena import write_rsiena
from kgraph.export.statnet import write_statnet
from kgraph.release import Release

RSCRIPT = shutil.which("Rscript")
SCRIPT = Path(__file__).parent / "read.R"
DAY, BEFORE = date(2024, 6, 30), date(2015, 1, 1)

pytestmark = pytest.mark.skipif(
    RSCRIPT is None, reason="Rscript is not installed (Debian: r-base-core, r-cran-network, "
    "r-cran-vegan, r-cran-igraph, r-cran-sna)"
)  # fmt: skip


@pytest.fixture(scope="module")
def heard(release: Release, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What R says of the exports of the real data, in a locale without umlauts."""
    folder = tmp_path_factory.mktemp("exports")
    graph = release.to_networkx(DAY)
    write_statnet(graph, folder / "statnet")
    waves = {day: release.to_networkx(day) for day in (BEFORE, DAY)}
    write_rsiena(waves, folder / "rsiena")
    write_incidence(graph, folder / "web.csv")
    write_pajek(graph, folder / "web.net")
    write_graphml(graph, folder / "web.graphml")
    done = subprocess.run(
        [str(RSCRIPT), "--vanilla", str(SCRIPT), str(folder)],
        capture_output=True, check=False, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    lines = [line.partition(" ") for line in done.stdout.decode().splitlines()]
    return {name: value.strip() for name, _, value in lines}


def degrees(release: Release, mode: str) -> str:
    view = release.affiliation.at(DAY)
    counts = view.member_degrees if mode == "rows" else view.network_sizes
    return " ".join(map(str, sorted(counts.tolist(), reverse=True)))


@pytest.mark.parametrize("mode", ["rows", "columns"])
@pytest.mark.parametrize("name", ["incidence", "statnet", "pajek", "graphml", "paj"])
def test_every_membership_arrives(
    heard: dict[str, str], release: Release, name: str, mode: str
) -> None:
    package = {"incidence": "", "statnet": "network", "paj": "network"}.get(name, "igraph")
    if f"{name}.rows" not in heard:
        pytest.skip(f"R has no package {package}")
    assert heard[f"{name}.{mode}"] == degrees(release, mode)


@pytest.mark.parametrize("name", ["incidence", "statnet", "pajek", "paj"])
def test_names_arrive_whole(heard: dict[str, str], release: Release, name: str) -> None:
    if f"{name}.names" not in heard:
        pytest.skip("R has not the package that reads it")
    graph = release.to_networkx(DAY)
    members, networks = modes(graph)
    named = labels(graph)
    expected = " ".join(named[node] for node in (*members, *networks))
    if name in ("pajek", "paj"):  # the format has no quotation mark
        expected = expected.replace('"', "'")
    assert heard[f"{name}.names"] == expected


def test_waves_are_a_two_mode_network_of_siena(heard: dict[str, str], release: Release) -> None:
    views = [release.affiliation.at(day) for day in (BEFORE, DAY)]
    assert heard["rsiena.waves"] == " ".join(str(view.n_entries) for view in views)
    n_members = len({iri for view in views for iri in view.iris("members")})
    n_networks = len({iri for view in views for iri in view.iris("networks")})
    assert heard["rsiena.shape"] == f"{n_members} {n_networks}"


def test_sna_finds_the_same_degrees_and_betweenness(
    heard: dict[str, str], release: Release
) -> None:
    """The centralities of statnet's sna on what statnet loaded."""
    if "sna.betweenness" not in heard:
        pytest.skip("R has no package sna")
    view = release.affiliation.at(DAY)
    counts = [*view.member_degrees.tolist(), *view.network_sizes.tolist()]
    assert heard["sna.degrees"] == " ".join(map(str, sorted(counts, reverse=True)))
    both = [
        value
        for mode in get_args(Mode)
        for value in betweenness_centrality(view, mode, normalized=False).values()
    ]
    found = [float(value) for value in heard["sna.betweenness"].split()]
    assert sorted(found) == pytest.approx(sorted(both), abs=1e-5)


@pytest.mark.parametrize("package", ["incidence", "bipartite"])
def test_others_find_the_same_nestedness(
    heard: dict[str, str], release: Release, package: str
) -> None:
    """Implementations of others, vegan and bipartite, on members of four networks or more."""
    if f"{package}.nodf" not in heard:
        pytest.skip("R has not the package")
    matrix = np.asarray(release.affiliation.at(DAY).matrix.todense())
    busy = matrix[matrix.sum(axis=1) >= 4]
    value = nodf(busy[:, busy.sum(axis=0) > 0])[0]
    assert float(heard[f"{package}.nodf"]) == pytest.approx(value, abs=1e-6)
