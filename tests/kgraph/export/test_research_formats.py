"""The files for other programs, read back with networkx or by their lines; same bytes each time."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kgraph.analysis import Affiliation
from kgraph.analysis.example import example, member, membership, network
from kgraph.errors import QueryParameterError
from kgraph.export._cells import labels
from kgraph.export.gexf import write_gexf
from kgraph.export.graphml import write_graphml
from kgraph.export.incidence import write_incidence
from kgraph.export.nodelink import write_nodelink
from kgraph.export.pajek import write_pajek
from kgraph.export.rsiena import write_rsiena
from kgraph.export.statnet import write_statnet
from kgraph.export.table import write_csv

DAY = date(2024, 5, 1)
HOSTILE = '=cmd|"x"\n</graph>'


@pytest.fixture
def graph() -> Any:
    return example().at(DAY).to_networkx()


@pytest.fixture
def hostile() -> Any:
    column, rows = network("a"), [member("1", HOSTILE), member("2", "Twin"), member("3", "Twin")]
    held = [membership(column, row) for row in rows]
    return Affiliation.from_memberships(rows, [column], held).at(None).to_networkx()


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def test_pajek_numbers_members_first(graph: Any, tmp_path: Path) -> None:
    write_pajek(graph, tmp_path / "a.net")
    lines = (tmp_path / "a.net").read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["*Vertices 9 5", '1 "Ahof"', '2 "Berg"']
    assert lines[10] == "*Edges"
    assert lines[11:] == ["1 9 1", "2 8 1", "2 9 1", "3 6 1", "3 8 1", "3 9 1", "4 6 1",
                          "4 7 1", "5 7 1"]  # fmt: skip
    # networkx reads it once the second number, which it does not know, is gone.
    read = nx.parse_pajek(["*Vertices 9", *lines[1:]])
    assert read.number_of_edges() == 9


def test_the_incidence_matrix(graph: Any, tmp_path: Path) -> None:
    write_incidence(graph, tmp_path / "a.csv")
    head, *rows = rows_of(tmp_path / "a.csv")
    assert head == ["", "Climate", "Forest", "Rail", "Water"]
    assert rows[2] == ["Chaus", "1", "0", "1", "1"]
    assert len(rows) == 5


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_xml_formats_are_read_back(graph: Any, tmp_path: Path, name: str) -> None:
    write, read = {
        "graphml": (write_graphml, nx.read_graphml),
        "gexf": (write_gexf, nx.read_gexf),
    }[name]
    write(graph, tmp_path / "a")
    back = read(tmp_path / "a")
    assert set(back) == set(graph) and back.number_of_edges() == 9
    assert {data["name"] for _, data in back.nodes(data=True)} >= {"Chaus", "Water"}


def test_node_link_is_read_back_whole(graph: Any, tmp_path: Path) -> None:
    write_nodelink(graph, tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    back = nx.node_link_graph(data, edges="links")
    assert nx.utils.graphs_equal(back, graph)


def test_statnet_numbers_the_first_mode_first(graph: Any, tmp_path: Path) -> None:
    write_statnet(graph, tmp_path / "r")
    head, *vertices = rows_of(tmp_path / "r" / "vertices.csv")
    assert head[:3] == ["id", "mode", "name"]
    assert [row[1] for row in vertices] == ["1"] * 5 + ["2"] * 4
    assert [row[0] for row in vertices] == [str(i) for i in range(1, 10)]
    edges = rows_of(tmp_path / "r" / "edges.csv")[1:]
    assert edges[1][:3] == ["2", "8", "lead; member"]
    assert all(int(a) <= 5 < int(b) for a, b, *_ in edges)
    script = (tmp_path / "r" / "load.R").read_text(encoding="utf-8")
    assert "bipartite = sum(vertices$mode == 1)" in script


def test_waves_have_the_same_rows_and_columns(tmp_path: Path) -> None:
    affiliation = example()
    days = (date(2012, 1, 1), DAY)
    write_rsiena({day: affiliation.at(day).to_networkx() for day in days}, tmp_path)
    first, second = (rows_of(tmp_path / f"wave-{day}.csv") for day in days)
    assert first[0] == second[0]
    assert [row[0] for row in first] == [row[0] for row in second]
    assert sum(row.count("1") for row in first[1:]) == 11
    assert sum(row.count("1") for row in second[1:]) == 9
    assert '"2012-01-01", "2024-05-01"' in (tmp_path / "load.R").read_text(encoding="utf-8")
    with pytest.raises(QueryParameterError, match="there are 1 waves; give at least two"):
        write_rsiena({DAY: affiliation.at(DAY).to_networkx()}, tmp_path)


def test_a_network_that_is_a_member_is_one_row_in_all_waves(tmp_path: Path) -> None:
    # "inner" is a member of "outer" all the time, and has a member of its own from 2020 on.
    outer, inner = network("outer"), network("inner")
    held = [
        membership(outer, member("inner", "Inner", kind="network"), start="2000"),
        membership(outer, member("1", "Town"), start="2000"),
        membership(inner, member("1", "Town"), start="2020"),
    ]
    affiliation = Affiliation.from_memberships([member("1", "Town")], [outer, inner], held)
    days = (date(2010, 1, 1), date(2022, 1, 1))
    write_rsiena({day: affiliation.at(day).to_networkx() for day in days}, tmp_path)
    first, second = (rows_of(tmp_path / f"wave-{day}.csv") for day in days)
    assert [sum(row[1:].count("1") for row in wave[1:]) for wave in (first, second)] == [2, 3]
    assert len(first) == len(second) == 3 and len(first[0]) == 3


def test_names_are_unique_and_stay_values(hostile: Any, tmp_path: Path) -> None:
    assert sorted(labels(hostile).values()) == sorted([HOSTILE, "Twin (2)", "Twin (3)", "A"])
    write_pajek(hostile, tmp_path / "a.net")
    lines = (tmp_path / "a.net").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "1 \"=cmd|'x' </graph>\""
    write_incidence(hostile, tmp_path / "a.csv")
    assert rows_of(tmp_path / "a.csv")[1][0] == f"'{HOSTILE}"
    write_gexf(hostile, tmp_path / "a.gexf")
    assert HOSTILE.partition("\n")[0] in nx.read_gexf(tmp_path / "a.gexf").nodes[
        next(iter(hostile))
    ]["name"]  # fmt: skip


@pytest.mark.parametrize(
    "write", [write_pajek, write_incidence, write_gexf, write_graphml, write_nodelink, write_csv]
)
def test_the_same_graph_gives_the_same_bytes(
    graph: Any, tmp_path: Path, write: Callable[[Any, Path], None]
) -> None:
    write(graph, tmp_path / "one")
    write(example().at(DAY).to_networkx(), tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
