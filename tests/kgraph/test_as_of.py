"""One answer on every surface: the table of ``test_dates.py``, asked of each that takes a day.

Every case is a network with one member. A release is made of all of them, once; each test asks one
surface for every day of the table.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kgraph import resources, tables
from kgraph.cli import app
from kgraph.dates import Bounds
from kgraph.model import Agent, Evidence, Membership, Network, Period, Source
from kgraph.namespaces import term, thing
from kgraph.release import FORMAT, Release, open_release

_SPEC = importlib.util.spec_from_file_location("cases", Path(__file__).with_name("test_dates.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
_TABLE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_TABLE)

#: slug of the case → (evidence, day → answer)
CASES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    f"case-{i:02}": (evidence, answers) for i, (_, evidence, answers) in enumerate(_TABLE.CASES)
}
#: day → slug of the case → answer
DAYS: defaultdict[str, dict[str, str]] = defaultdict(dict)
for _slug, (_, _answers) in CASES.items():
    for _day, _answer in _answers.items():
        DAYS[_day][_slug] = _answer

MEMBER = thing("municipality/de-05515000")
HOLDS = ("attested", "presumed")
NAMES = ("attestedFrom", "attestedUntil", "heldFrom", "heldUntil", "notYetBefore", "endedAfter")


def membership(slug: str, found: Bounds) -> Membership:
    return Membership(
        iri=thing(f"membership/{slug}/de-05515000/member"), network=thing(f"network/{slug}"),
        member=MEMBER, role="member", participates=True, function="", start="", end="",
        bounds=found, evidence=(Evidence("source", "p. 1", "roster", ""),),
    )  # fmt: skip


def network(slug: str) -> Network:
    return Network(thing(f"network/{slug}"), slug, "network", slug, "", "", "", (), "DE", "", "",
                   "", (), (), 1, ())  # fmt: skip


#: Kind of period → class, and the property that names the network of the case.
KINDS = {
    "fee": ("imc:MembershipFee", "imc:feeFor"), "funding": ("imc:Funding", "imc:recipient"),
    "shareholding": ("imc:Shareholding", "imc:company"),
    "agreement": ("imc:Agreement", "imc:party"), "name": ("imc:Name", "imc:nameOf"),
    "territory": ("imc:Municipality", "imc:within"),
}  # fmt: skip


def periods_of(slug: str, found: Bounds) -> list[Period]:
    """A fee, a name, an agreement … with the same days as the membership of the case."""
    return [
        Period(thing(f"{kind}/{slug}"), kind, (("about", thing(f"network/{slug}")),), slug, None,
               "", "", "", "", found, (Evidence("source", "p. 1", "roster", ""),))
        for kind in KINDS
    ]  # fmt: skip


def statements(row: Membership) -> Iterator[str]:
    """The statements of a membership as a build makes them, and those of everything else."""
    yield f"<{row.iri}> <{term('rdf:type')}> <{term('org:Membership')}>"
    yield f"<{row.iri}> <{term('org:organization')}> <{row.network}>"
    yield f"<{row.iri}> <{term('org:member')}> <{row.member}>"
    yield from days_of(row.iri, row.bounds)
    for kind, (name, about) in KINDS.items():
        iri = thing(f"{kind}/{row.network.rpartition('/')[2]}")
        yield f"<{iri}> <{term('rdf:type')}> <{term(name)}>"
        yield f"<{iri}> <{term(about)}> <{row.network}>"
        yield from days_of(iri, row.bounds)


def days_of(iri: str, found: Bounds) -> Iterator[str]:
    days = (found.attested_from, found.attested_until, found.held_from, found.held_until,
            found.not_yet_before, found.ended_after)  # fmt: skip
    for name, day in zip(NAMES, days, strict=True):
        yield f'<{iri}> <{term(f"imc:{name}")}> "{day.isoformat()}"^^<{term("xsd:date")}>'


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release with a network and a membership for every case."""
    folder = tmp_path_factory.mktemp("cases")
    rows = [membership(slug, _TABLE.bounds_of(evidence)) for slug, (evidence, _) in CASES.items()]
    given: dict[str, list[Any]] = {
        "agents": [Agent(MEMBER, "municipality", "de-05515000", "Münster", "", "de-05", "", "DE",
                         "", None, None, None)],
        "networks": [network(slug) for slug in CASES],
        "memberships": rows,
        "periods": [one for row in rows for one in periods_of(row.network.rpartition("/")[2],
                                                              row.bounds)],
        "sources": [Source("source", "", "A source", "", "", "", "", "", "en", "")],
    }  # fmt: skip
    (folder / "tables").mkdir()
    for name in ("agents", "networks", "memberships", "figures", "changes", "programmes",
                 "sources", "disagreements", "periods"):  # fmt: skip
        tables.write(folder / "tables" / f"{name}.jsonl", given.get(name, []))
    lines = sorted(line for row in rows for line in statements(row))
    (folder / "graph.nq").write_text("", encoding="utf-8")
    (folder / "merged.nt").write_text("".join(f"{line} .\n" for line in lines), encoding="utf-8")
    (folder / "ontology").symlink_to(resources.ontology())
    (folder / "manifest.json").write_text(json.dumps({
        "format": FORMAT, "version": "cases", "inputs": "", "kgraph": "", "rows": {}, "names": {},
        "claims": {}, "licences": {}, "counts": {"networks": len(CASES)},
    }))  # fmt: skip
    return open_release(folder)


def held(answers: dict[str, str]) -> dict[str, str]:
    """The answers that a view of the day shows."""
    return {slug: answer for slug, answer in answers.items() if answer in HOLDS}


def among(found: dict[str, str], day: str) -> dict[str, str]:
    """What a surface says of the cases that the table has an answer for on the day."""
    return {slug: found[slug] for slug in DAYS[day] if slug in found}


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60
    assert sum(map(len, DAYS.values())) >= 200


@pytest.mark.parametrize("day", sorted(DAYS))
def test_python(cases: Release, day: str) -> None:
    found = {row.network.rpartition("/")[2]: row.bounds.on(date.fromisoformat(day)).value
             for row in cases.memberships}  # fmt: skip
    assert among(found, day) == DAYS[day]


_ANSWER = """SELECT ?network ?answer WHERE {
  BIND ("%s"^^xsd:date AS ?day)
  ?membership a org:Membership ; org:organization ?network ;
    imc:attestedFrom ?attestedFrom ; imc:attestedUntil ?attestedUntil ;
    imc:heldFrom ?heldFrom ; imc:heldUntil ?heldUntil ;
    imc:notYetBefore ?notYetBefore ; imc:endedAfter ?endedAfter .
  BIND (IF(?day > ?endedAfter, "ended",
        IF(?day < ?notYetBefore, "not-yet",
        IF(?attestedFrom <= ?day && ?day <= ?attestedUntil, "attested",
        IF(?heldFrom <= ?day && ?day <= ?heldUntil, "presumed", "unknown")))) AS ?answer)
}"""

_HOLDS = """SELECT ?network WHERE {
  BIND ("%s"^^xsd:date AS ?day)
  ?membership a org:Membership ; org:organization ?network ;
    imc:notYetBefore ?notYetBefore ; imc:heldFrom ?heldFrom ; imc:heldUntil ?heldUntil .
  FILTER (?notYetBefore <= ?day && ?heldFrom <= ?day && ?day <= ?heldUntil)
}"""


@pytest.mark.parametrize("day", sorted(DAYS))
def test_sparql(cases: Release, day: str) -> None:
    """Both patterns of docs/time.md: the answer, and the plain filter."""
    answers = {n.rpartition("/")[2]: a for n, a in cases.query(_ANSWER % day).rows()}
    assert among(answers, day) == DAYS[day]
    shown = {n.rpartition("/")[2] for (n,) in cases.query(_HOLDS % day).rows()}
    assert shown & DAYS[day].keys() == held(DAYS[day]).keys()


def test_the_patterns_are_those_of_the_document() -> None:
    text = " ".join((resources.ontology().parent / "docs" / "time.md").read_text().split())
    for pattern in (_ANSWER, _HOLDS):
        inner = " ".join(pattern.partition("?membership")[2].split())
        assert inner in text


@pytest.mark.parametrize("day", sorted(DAYS))
def test_networkx(cases: Release, day: str) -> None:
    graph = cases.to_networkx(as_of=date.fromisoformat(day))
    found = {max(edge).rpartition("/")[2]: certainty
             for *edge, certainty in graph.edges(data="certainty")}  # fmt: skip
    assert among(found, day) == held(DAYS[day])


@pytest.mark.parametrize("day", sorted(DAYS))
def test_coverage(cases: Release, day: str) -> None:
    from kgraph.coverage import coverage

    listed = {row.slug: (row.n_listed, row.n_attested)
              for row in coverage(cases, date.fromisoformat(day))}  # fmt: skip
    for slug, answer in DAYS[day].items():
        assert listed[slug] == (int(answer in HOLDS), int(answer == "attested")), slug


@pytest.mark.parametrize("day", sorted(DAYS))
def test_the_exports(cases: Release, day: str, tmp_path: Path) -> None:
    import networkx as nx

    run = CliRunner().invoke
    common = ["--as-of", day, "--release", str(cases.path), "-o"]
    assert run(app, ["export", "csv", *common, str(tmp_path / "x.csv")]).exit_code == 0
    rows = csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8")))
    found = {row["network_name"]: row["certainty"] for row in rows}
    assert among(found, day) == held(DAYS[day])
    assert run(app, ["export", "graphml", *common, str(tmp_path / "x.graphml")]).exit_code == 0
    graph = nx.read_graphml(tmp_path / "x.graphml")
    found = {max(edge).rpartition("/")[2]: certainty
             for *edge, certainty in graph.edges(data="certainty")}  # fmt: skip
    assert among(found, day) == held(DAYS[day])


class Rows(HTMLParser):
    """The cells of the rows of every table of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data


@pytest.mark.parametrize("day", sorted(DAYS))
def test_the_exported_page(cases: Release, day: str, tmp_path: Path) -> None:
    """The table of the page, and its picture: a dashed line is presumed."""
    pytest.importorskip("pyvis", reason="pyvis draws the page")
    page = tmp_path / "x.html"
    asked = ["export", "html", "--as-of", day, "--release", str(cases.path), "-o", str(page)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    text = page.read_text(encoding="utf-8")
    found = {row[1]: row[5] for row in Rows(text).rows if len(row) == 7 and row[1] in CASES}
    assert among(found, day) == held(DAYS[day])
    drawing = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert drawing is not None
    drawn = {}
    for edge in json.loads(drawing[1])["edges"]:
        [iri] = [end for end in (edge["from"], edge["to"]) if "/network/" in end]
        drawn[iri.rpartition("/")[2]] = "presumed" if edge["dashes"] else "attested"
    assert among(drawn, day) == held(DAYS[day])


@pytest.mark.parametrize("day", sorted(DAYS)[::5])
@pytest.mark.parametrize("target", ["gexf", "nodelink", "statnet"])
def test_the_exports_for_research(cases: Release, day: str, target: str, tmp_path: Path) -> None:
    """Each tie says how sure it is; a matrix of 0 and 1 (incidence, Pajek, RSiena) cannot."""
    import networkx as nx

    path = tmp_path / "x"
    asked = ["export", target, "--as-of", day, "--release", str(cases.path), "-o", str(path)]
    assert CliRunner().invoke(app, asked).exit_code == 0
    if target == "statnet":
        nodes, edges = (
            list(csv.DictReader(io.StringIO((path / name).read_text(encoding="utf-8"))))
            for name in ("vertices.csv", "edges.csv")
        )
        names = {row["id"]: row["name"] for row in nodes}
        found = {names[row["network"]]: row["certainty"] for row in edges}
    else:
        graph = (nx.read_gexf(path) if target == "gexf" else nx.node_link_graph(
            json.loads(path.read_text(encoding="utf-8")), edges="links"))  # fmt: skip
        found = {max(edge).rpartition("/")[2]: certainty
                 for *edge, certainty in graph.edges(data="certainty")}  # fmt: skip
    assert among(found, day) == held(DAYS[day])


@pytest.mark.parametrize("kind", ["membership", *KINDS])
def test_whatever_holds_for_a_time(cases: Release, kind: str) -> None:
    """Memberships, fees, funding, agreements, names, territories: the same five answers."""
    from kgraph.dates import Certainty
    from kgraph.periods import holding

    for day in sorted(DAYS):
        found = {
            slug: sure.value
            for one, sure in holding(cases, date.fromisoformat(day), kind=kind,
                                     certainty=tuple(Certainty))
            for slug in [one.iri.removeprefix(thing(f"{kind}/")).partition("/")[0]]
        }  # fmt: skip
        assert among(found, day) == DAYS[day]


@pytest.mark.parametrize("kind", KINDS)
def test_sparql_for_whatever_holds(cases: Release, kind: str) -> None:
    name, about = KINDS[kind]
    for day in sorted(DAYS):
        text = _HOLDS.replace("org:Membership", name).replace("org:organization", about) % day
        shown = {iri.rpartition("/")[2] for (iri,) in cases.query(text).rows()}
        assert shown & DAYS[day].keys() == held(DAYS[day]).keys()


@pytest.mark.parametrize("day", sorted(DAYS)[::7])
def test_the_command_for_whatever_holds(cases: Release, day: str) -> None:
    asked = ["periods", "--kind", "name", "--as-of", day, "--release", str(cases.path), "-f", "csv"]
    rows = csv.DictReader(io.StringIO(CliRunner().invoke(app, asked).stdout))
    found = {row["label"]: row["certainty"] for row in rows}
    assert among(found, day) == held(DAYS[day])


@pytest.fixture(scope="module")
def client(cases: Release) -> Iterator[Any]:
    testclient = pytest.importorskip("starlette.testclient")
    from kgraph_api.app import create_app
    from kgraph_api.settings import Settings

    with testclient.TestClient(create_app(Settings(), cases)) as found:
        yield found


def test_the_api(client: Any) -> None:
    every = [("certainty", one) for one in (*HOLDS, "ended", "not-yet", "unknown")]
    for day in sorted(DAYS):
        for slug, answer in DAYS[day].items():
            address = f"/api/v1/networks/{slug}/members"
            shown = client.get(address, params={"as_of": day}).json()["items"]
            assert [item["certainty"] for item in shown] == [answer] * (answer in HOLDS), slug
            [item] = client.get(address, params=[("as_of", day), *every]).json()["items"]
            assert item["certainty"] == answer, (slug, day)


def test_the_api_for_whatever_holds(client: Any) -> None:
    every = [("certainty", one) for one in (*HOLDS, "ended", "not-yet", "unknown")]
    for day in sorted(DAYS):
        asked = [("as_of", day), ("kind", "fee"), ("limit", "500"), *every]
        page = client.get("/api/v1/periods", params=asked).json()
        found = {item["label"]: item["certainty"] for item in page["items"]}
        assert among(found, day) == DAYS[day]
