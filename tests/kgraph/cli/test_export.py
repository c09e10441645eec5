"""`kgraph export`: each format is read back; a hostile name stays a name."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from kgraph.ingest.build import build

FACTS = Path(__file__).parents[2] / "fixtures" / "facts"
DAY = ("--as-of", "2024-06-30")


def edges(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_csv_has_a_row_for_each_membership(kg, tmp_path: Path) -> None:
    file = tmp_path / "graph.csv"
    done = kg("export", "csv", "-o", file, *DAY)
    assert (done.code, done.out, done.err) == (0, "", f"wrote {file}\n")
    found = edges(file)
    members = {row["member_name"] for row in found
               if row["network_name"] == "Stadtregion Münster"}  # fmt: skip
    assert len(members) == 12
    [ostbevern] = [row for row in found if row["member_name"] == "Ostbevern"
                   and row["network"].endswith("/stadtregion-muenster")]  # fmt: skip
    assert (ostbevern["start"], ostbevern["certainty"]) == ("2007", "presumed")
    assert "muenster-stadtregion" in ostbevern["sources"]


def test_graphml_is_read_back(kg, small, tmp_path: Path) -> None:
    from datetime import date

    file = tmp_path / "graph.graphml"
    assert kg("export", "graphml", "-o", file, *DAY).code == 0
    found, graph = nx.read_graphml(file), small.to_networkx(as_of=date(2024, 6, 30))
    assert set(found.nodes) == set(graph.nodes)
    assert {frozenset(edge) for edge in found.edges} == {frozenset(edge) for edge in graph.edges}
    name = {data["name"] for _, data in found.nodes(data=True)}
    assert {"Stadtregion Münster", "Ostbevern"} <= name


def test_nquads_are_the_graph_of_the_release(kg, small, tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    assert kg("export", "nquads", "-o", file).code == 0
    assert file.read_bytes() == (small.path / "graph.nq").read_bytes()


def test_turtle_has_every_statement_once(kg, small, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    assert kg("export", "turtle", "-o", file).code == 0
    found = list(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    assert len(found) == small.manifest["counts"]["statements merged"]
    assert "@prefix imc: <https://w3id.org/imcoop/ontology#> ." in file.read_text(encoding="utf-8")


def test_html_stands_alone(kg, tmp_path: Path) -> None:
    file = tmp_path / "graph.html"
    assert kg("export", "html", "-o", file, "--language", "de", *DAY).code == 0
    page = file.read_text(encoding="utf-8")
    assert "Interkommunale Zusammenarbeit, Stand 2024-06-30" in page
    assert "Ostbevern" in page
    assert 'src="http' not in page
    assert '<link rel="stylesheet"' not in page


def test_the_default_name_is_the_format(kg, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for target, name in (("csv", "kgraph.csv"), ("nquads", "kgraph.nq"), ("turtle", "kgraph.ttl")):
        assert kg("export", target, *DAY).err == f"wrote {name}\n"
        assert (tmp_path / name).stat().st_size > 1000


def test_around_a_network(kg, tmp_path: Path) -> None:
    file = tmp_path / "graph.csv"
    kg("export", "csv", "--around", "stadtregion-muenster", "-o", file, *DAY)
    found = edges(file)
    assert {row["network_name"] for row in found} == {"Stadtregion Münster"}
    assert len({row["member"] for row in found}) == 12


def test_around_a_member(kg, tmp_path: Path) -> None:
    file = tmp_path / "graph.csv"
    kg("export", "csv", "--around", "de-05570044", "-o", file, *DAY)
    assert {row["network_name"] for row in edges(file)} == {"Stadtregion Münster", "Velorouten"}
    assert {row["member_name"] for row in edges(file)} == {"Telgte"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["csv", "--around", "atlantis"],
         "there is no network or member 'atlantis' in this release; "),
        (["html", "--language", "fr"], "--language is 'fr'; there is de and en"),
        (["csv", "--as-of", "yesterday"],
         "--as-of is 'yesterday'; give a day as YYYY-MM-DD, 'today' or 'ever'"),
    ],
)  # fmt: skip
def test_what_cannot_be_exported(kg, tmp_path: Path, arguments: list[str], said: str) -> None:
    file = tmp_path / "graph"
    done = kg("export", *arguments, "-o", file)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"kgraph: {said}")
    assert not file.exists()


HOSTILE = [
    '=HYPERLINK("http://x.example","y")',
    "+1",
    "@SUM(A1)",
    '"><img src=x onerror=x()></script><script>x()</script>]]><x/>&lt;b&gt;',
]


@pytest.fixture(scope="module", params=HOSTILE)
def hostile(request: pytest.FixtureRequest, tmp_path_factory) -> tuple[str, Path]:
    """A release in which the city region has a hostile name, and that name."""
    data = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(FACTS, data)
    file = data / "facts" / "organisations" / "networks.csv"
    text = file.read_text(encoding="utf-8")
    quoted = '"' + request.param.replace('"', '""') + '"'
    assert text.count("city-region,Stadtregion Münster,") == 1
    text = text.replace("city-region,Stadtregion Münster,", f"city-region,{quoted},")
    file.write_text(text, encoding="utf-8")
    return request.param, build(data=data, root=data.parent / "release").release.path


def test_a_hostile_name_in_csv_is_no_formula(hostile, run, tmp_path: Path) -> None:
    name, release = hostile
    file = tmp_path / "graph.csv"
    assert run("export", "csv", "-o", file, *DAY, "--release", release).code == 0
    found = edges(file)
    shown = f"'{name}" if name[0] in "=+@" else name
    assert shown in {row["network_name"] for row in found}
    for row in found:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@", "\t"))


def test_a_hostile_name_in_graphml_is_text(hostile, run, tmp_path: Path) -> None:
    name, release = hostile
    file = tmp_path / "graph.graphml"
    assert run("export", "graphml", "-o", file, *DAY, "--release", release).code == 0
    graph = nx.read_graphml(file)
    assert name in {data["name"] for _, data in graph.nodes(data=True)}


def test_a_hostile_name_in_turtle_is_text(hostile, run, tmp_path: Path) -> None:
    name, release = hostile
    file = tmp_path / "graph.ttl"
    assert run("export", "turtle", "-o", file, "--release", release).code == 0
    triples = ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
    assert name in {getattr(triple.object, "value", "") for triple in triples}


def test_a_hostile_name_in_html_opens_no_tag(hostile, run, tmp_path: Path) -> None:
    """What a browser makes of it is tested in tests/kgraph/export/test_html.py."""
    _, release = hostile
    file = tmp_path / "graph.html"
    assert run("export", "html", "-o", file, *DAY, "--release", release).code == 0
    page = file.read_text(encoding="utf-8")
    assert "Ostbevern" in page
    for harm in ("<script>x()", "<img src=x"):
        assert harm not in page
