"""`kgraph analyse`: the list, measures with values counted by hand, parameters, formats.

On the release of the fixture as of 2013-04-15: Stadtregion Münster has its twelve members; the
cycle routes have none yet (first named in 2018), other networks one or two.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.analysis.measures import MEASURES

DAY = ("--as-of", "2013-04-15")
LATER = ("--as-of", "2024-06-30")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_has_every_measure(kg) -> None:
    done = kg("analyse", "list", "-f", "csv")
    assert (done.code, done.err) == (0, "")
    assert [row["measure"] for row in rows(done.out)] == list(MEASURES)
    assert {"degree", "betweenness", "closest-partners", "network-overlap"} <= set(MEASURES)


def test_degree_of_networks(kg) -> None:
    """Source: the eight rosters of the city region; raw is the number of members."""
    done = kg("analyse", "degree", "-p", "mode=networks", "-p", "top=1", "-f", "json", *DAY)
    [row] = json.loads(done.out)["rows"]
    assert (row["key"], row["raw"]) == ("stadtregion-muenster", 12)
    assert done.err.startswith("degree as of 2013-04-15, level as-is: ")


def test_degree_divides_by_the_other_mode(kg) -> None:
    """Borgatti and Everett 1997: by the number of members that are in the view."""
    done = kg("analyse", "degree", "-p", "mode=networks", "-f", "json", *DAY)
    found = json.loads(done.out)["rows"]
    words = done.err.split()
    n_members = int(words[words.index("members,") - 1])
    assert found
    assert all(row["value"] == pytest.approx(row["raw"] / n_members) for row in found)


def test_closest_partners(kg) -> None:
    """2024: Telgte shares the city region and the cycle routes with eight other towns."""
    done = kg("analyse", "closest-partners", "-p", "member=de-05570044", "-p", "k=50", "-f", "json",
              *LATER)  # fmt: skip
    found = json.loads(done.out)["rows"]
    both = {row["name"] for row in found if row["n_shared"] == 2}
    # kleinanzeigenmuenster-beirat, routes in planning: nine towns with a route
    assert both == {"Senden", "Nottuln", "Greven", "Ascheberg", "Drensteinfurt", "Altenberge",
                    "Everswinkel", "Münster"}  # fmt: skip
    [senden] = [row for row in found if row["name"] == "Senden"]
    assert set(senden["shared"]) == {"stadtregion-muenster", "velorouten-stadtregion-muenster"}


def test_overlap_of_networks(kg) -> None:
    """Nine of the twelve towns have a route: 9 of 12, and 9 of 12 + 14 - 9 together."""
    done = kg("analyse", "network-overlap", "-f", "json", *LATER)
    [pair] = [
        row for row in json.loads(done.out)["rows"]
        if {row["a_slug"], row["b_slug"]}
        == {"stadtregion-muenster", "velorouten-stadtregion-muenster"}
    ]  # fmt: skip
    assert sorted([pair["size_a"], pair["size_b"]]) == [12, 14]
    assert pair["shared"] == 9
    assert pair["containment"] == pytest.approx(9 / 12)
    assert pair["jaccard"] == pytest.approx(9 / 17)


def test_betweenness_equals_networkx(kg, small) -> None:
    """Raw values against networkx.betweenness_centrality without normalisation, to 1e-9."""
    from datetime import date

    import networkx as nx

    graph = small.to_networkx(as_of=date(2024, 6, 30))
    expected = nx.betweenness_centrality(graph, normalized=False)
    by_iri = {graph.nodes[node]["iri"]: value for node, value in expected.items()
              if graph.nodes[node]["bipartite"] == 1}  # fmt: skip
    done = kg("analyse", "betweenness", "-p", "mode=networks", "-f", "json", *LATER)
    found = {row["iri"]: row["raw"] for row in json.loads(done.out)["rows"]}
    assert found == pytest.approx(by_iri, abs=1e-9)
    assert max(found.values()) > 0


REQUIRED = {"member": "de-05570044", "network": "stadtregion-muenster",
            "other": "velorouten-stadtregion-muenster"}  # fmt: skip


@pytest.mark.parametrize("measure", ["degree", "closeness", "harmonic", "betweenness",
                                     "closest-partners", "network-overlap"])  # fmt: skip
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_each_measure_in_each_format(kg, measure: str, form: str) -> None:
    given = [
        part for parameter in MEASURES[measure].parameters if parameter.required
        for part in ("-p", f"{parameter.name}={REQUIRED[parameter.kind]}")
    ]  # fmt: skip
    done = kg("analyse", measure, *given, "-f", form, *LATER)
    assert done.code == 0
    assert "Telgte" in done.out or "Stadtregion Münster" in done.out or "Senden" in done.out
    assert done.err.splitlines()[0].startswith(f"{measure} as of 2024-06-30, level as-is: ")
    if form == "csv":
        assert set(rows(done.out)[0]) == set(MEASURES[measure].columns)


def test_a_partial_roster_is_said(run, release) -> None:
    """Coverage goes with every result: what is listed is less than what sources claim."""
    done = run("analyse", "degree", "-p", "top=1", "--as-of", "2024-06-30",
               "--release", release.path.parent)  # fmt: skip
    assert done.code == 0
    assert any(line.startswith("note: ") for line in done.err.splitlines())


def test_ever_asks_for_no_day(kg) -> None:
    done = kg("analyse", "degree", "-p", "top=1", "--as-of", "ever", "-f", "csv")
    assert done.err.startswith("degree as of ever, ")


def test_only_some_roles(kg) -> None:
    done = kg("analyse", "degree", "-p", "mode=networks", "--role", "partner", "-f", "csv", *LATER)
    assert [(row["key"], row["raw"]) for row in rows(done.out)] == [
        ("velorouten-stadtregion-muenster", "5")
    ]


def test_into_a_file(kg, tmp_path: Path) -> None:
    file = tmp_path / "degree.csv"
    done = kg("analyse", "degree", "-o", file, *DAY)
    assert (done.code, done.out) == (0, "")
    assert "Telgte" in {row["name"] for row in rows(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pagerank"], "there is no measure 'pagerank' in this release; there are "),
        (["closest-partners"], "member is missing; give the IRI, the path or the key of a member"),
        (["closest-partners", "-p", "member=atlantis"],
         "there is no member 'atlantis' in this release; "),
        (["degree", "-p", "top=0"], "top is '0'; give an integer of at least 1"),
        (["degree", "-p", "mode=both"], "mode is 'both'; give one of members, networks"),
        (["degree", "-p", "size=3"], "degree has no parameter 'size'; it has mode, top"),
        (["degree", "-p", "top"], "--param is 'top'; write NAME=VALUE"),
        (["degree", "--as-of", "2013-02-30"],
         "--as-of is '2013-02-30'; give a day as YYYY-MM-DD, 'today' or 'ever'"),
        (["degree", "--role", "chief"], "there is no role 'chief' in this release; there are "),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_one_sentence(kg, arguments: list[str], said: str) -> None:
    done = kg("analyse", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"kgraph: {said}")
    assert len(done.err.splitlines()) == 1


def test_json_carries_all_that_a_reader_needs(kg) -> None:
    done = kg("analyse", "degree", "-p", "top=1", "-f", "json", *DAY)
    found = json.loads(done.out)
    assert (found["measure"], found["as_of"], found["level"]) == ("degree", "2013-04-15", "as-is")
    assert found["parameters"] == {"mode": "members", "top": 1} and "member" in found["roles"]
    assert found["definition"]["de"] and found["definition"]["en"]
    assert found["references"][0]["url"].startswith("https://doi.org/10.1016/S0378-8733")
    assert set(found["coverage"]) == {"n_networks", "n_with_claim", "n_listed", "n_claimed"}
    assert {"code", "de", "en"} == set(found["warnings"][0])


def test_the_terminal_tells_it_as_well(kg) -> None:
    lines = kg("analyse", "degree", "-p", "top=1", *DAY).err.splitlines()
    for start in ("parameters: mode=members, top=1", "roles: ", "coverage: ", "In how many",
                  "reference: Borgatti, S. P.", "note: "):  # fmt: skip
        assert any(line.startswith(start) for line in lines), start


def test_nothing_known_is_not_nothing(kg) -> None:
    done = kg("analyse", "memberships", "-p", "member=de-05570044", "--as-of", "1950-01-01")
    assert done.code == 0
    assert "No membership of de-05570044 is known on this day" in done.err


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals to pretend")
def test_long_work_shows_how_far_it_is_on_a_terminal(small) -> None:
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kgraph", "analyse", "nestedness", "-p", "n_samples=500", "-f",
         "csv", "--as-of", "2024-06-30", "--release", str(small.path.parent)],
        stdout=subprocess.PIPE, stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(theirs)
    shown = bytearray()
    with contextlib.suppress(OSError):  # the terminal is gone with the process
        while part := os.read(ours, 4096):
            shown += part
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0 and out.startswith(b"of,value,mean")
    assert b"random graphs" in shown and b" of 501" in shown
