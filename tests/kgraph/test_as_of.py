"""One answer on every surface: the table of ``test_dates.py``, asked of each that takes a day.

Every case is a network with one member. A release is made of all of them, once; each test asks one
surface for every day of the table.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kgraph import resources, tables
from kgraph.cli import app
from kgraph.dates import Bounds
from kgraph.model import Agent, Evidence, Membership, Network, Source
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


def statements(row: Membership) -> Iterator[str]:
    """The statements of a membership as a build makes them."""
    yield f"<{row.iri}> <{term('rdf:type')}> <{term('org:Membership')}>"
    yield f"<{row.iri}> <{term('org:organization')}> <{row.network}>"
    yield f"<{row.iri}> <{term('org:member')}> <{row.member}>"
    found = row.bounds
    days = (found.attested_from, found.attested_until, found.held_from, found.held_until,
            found.not_yet_before, found.ended_after)  # fmt: skip
    for name, day in zip(NAMES, days, strict=True):
        yield f'<{row.iri}> <{term(f"imc:{name}")}> "{day.isoformat()}"^^<{term("xsd:date")}>'


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
