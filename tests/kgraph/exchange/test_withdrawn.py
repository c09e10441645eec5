"""An RDF file is all that its source says: what it no longer says goes, and everybody sees that."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import revision
from kgraph.errors import DataError
from kgraph.exchange.attribution import Told
from kgraph.exchange.effect import effect
from kgraph.exchange.graphs import write_graphs
from kgraph.exchange.writing import write

RADACHSE = Path(__file__).parents[2] / "fixtures" / "graphs" / "radachse.ttl"
GRAPH = "facts/graphs/radachse-2024.nt"
NETWORK = "https://w3id.org/imcoop/id/network/radachse"


def shortened(text: str) -> str:
    """The example without its second membership, which makes 12 statements."""
    return text[: text.rindex("[] a org:Membership")]


@pytest.fixture
def without_muenster(tmp_path: Path) -> Path:
    text = shortened(RADACHSE.read_text(encoding="utf-8"))
    assert "05570044" in text and "05515000" not in text
    path = tmp_path / "again.ttl"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_the_file_no_longer_says_goes(examined_rdf, tables, without_muenster) -> None:
    write_graphs(examined_rdf(RADACHSE), tables.data)
    before = tables.build()
    old = (tables.data / GRAPH).read_text(encoding="utf-8").splitlines()
    result = examined_rdf(without_muenster)
    assert (result.n_new, result.n_withdrawn, result.refused) == (0, 12, [])
    assert result.effect == [
        "1 withdrawn membership of Radachse: Münster (lead)", "12 statements of radachse-2024 go"
    ]  # fmt: skip
    assert (tables.data / GRAPH).read_text(encoding="utf-8").splitlines() == old
    assert write_graphs(result, tables.data) == [Path(GRAPH)]
    left = (tables.data / GRAPH).read_text(encoding="utf-8").splitlines()
    assert len(left) == 19 and set(left) < set(old)
    after = tables.build()
    (member,) = after.members_of(NETWORK)
    assert member.member.endswith("de-05570044")
    told = revision.compare(before, after, derived=False)
    assert told.counts == {"added": 0, "changed": 0, "withdrawn": 12}
    again = examined_rdf(without_muenster)
    assert (again.graphs, again.withdrawn, again.effect) == ([], {}, [])


def test_a_part_of_a_source_is_added(examined_rdf, tables, without_muenster) -> None:
    write_graphs(examined_rdf(RADACHSE), tables.data)
    result = examined_rdf(without_muenster, add=True)
    assert (result.graphs, result.withdrawn, result.effect) == ([], {}, [])


def test_who_is_said_otherwise_is_not_withdrawn(examined_rdf, tables, changed) -> None:
    """Another page is another attestation; the membership is the same, in the words too."""
    write_graphs(examined_rdf(RADACHSE), tables.data)
    result = examined_rdf(changed('"p. 2"', '"p. 3"'))
    assert result.n_new > 0 < result.n_withdrawn
    assert result.effect[0] == "1 row says once more who is in Radachse: Telgte"
    assert not [line for line in result.effect if "withdrawn" in line]
    write_graphs(result, tables.data)
    telgte, muenster = tables.build().members_of(NETWORK)
    assert {e.locator for m in (telgte, muenster) for e in m.evidence} == {"p. 1", "p. 3"}


def test_what_tables_and_other_sources_say_stays(examined_rdf, tables, tmp_path: Path) -> None:
    """Two sources say the same; one withdraws it, and it stands as the other says."""
    text = RADACHSE.read_text(encoding="utf-8")
    other = tmp_path / "other.ttl"
    other.write_text(text.replace("radachse-2024", "radachse-2025"), encoding="utf-8")
    for file in (RADACHSE, other):
        write_graphs(examined_rdf(file), tables.data)
    other.write_text(shortened(other.read_text(encoding="utf-8")), encoding="utf-8")
    result = examined_rdf(other)
    assert (result.n_withdrawn, result.effect) == (12, ["12 statements of radachse-2025 go"])
    write_graphs(result, tables.data)
    assert len((tables.data / GRAPH).read_text(encoding="utf-8").splitlines()) == 31
    assert [len(m.evidence) for m in tables.build().members_of(NETWORK)] == [1, 1, 1]


def test_a_licence_that_an_option_named_stays(examined_rdf, tables, changed) -> None:
    text = RADACHSE.read_text(encoding="utf-8")
    said = " ;\n    dct:license <https://creativecommons.org/licenses/by/4.0/> ."
    assert said in text
    path = changed(said, " .")
    write_graphs(examined_rdf(path, Told("radachse-2024", {}, "https://e.org/l")), tables.data)
    assert (examined_rdf(path).n_new, examined_rdf(path).withdrawn) == (0, {})
    other = examined_rdf(path, Told("radachse-2024", {}, "https://e.org/other"))
    assert (other.n_new, other.n_withdrawn) == (1, 1)


def test_what_others_lean_on_is_not_withdrawn(examined_rdf, tables, tmp_path: Path) -> None:
    """The first source describes the network, the second names a member; then the first is mute."""
    write_graphs(examined_rdf(RADACHSE), tables.data)
    text = RADACHSE.read_text(encoding="utf-8")
    described = text[text.index("net:radachse a") : text.index("# Who is")]
    later = tmp_path / "later.ttl"
    later.write_text(
        text.replace(described, "").replace("radachse-2024", "radachse-2025"), encoding="utf-8"
    )
    write_graphs(examined_rdf(later), tables.data)
    before = (tables.data / GRAPH).read_bytes()
    mute = tmp_path / "mute.ttl"
    mute.write_text(text.replace(described, ""), encoding="utf-8")
    result = examined_rdf(mute)
    assert result.refused
    with pytest.raises(DataError, match=r"statements refused: \d; nothing is written"):
        write_graphs(result, tables.data)
    assert (tables.data / GRAPH).read_bytes() == before


def test_rows_of_tables_name_a_network_that_only_rdf_describes(
    examined_rdf, examined, book, fill, tables, tmp_path: Path
) -> None:
    """Then they lean on it: the RDF keeps describing it, or is refused."""
    write_graphs(examined_rdf(RADACHSE), tables.data)
    cells = {"member": "Greven", "source": tables.read("facts/sources.csv")[0]["source"]}
    claim = {"source": cells["source"], "value": "über 3"}
    rows = {"memberships": fill("memberships", cells), "claims": fill("claims", claim)}
    result = examined(book(rows))
    assert [str(verdict) for verdict in result.refused] == []
    assert effect(result)[0] == "1 new member of Radachse: Greven"
    write(result, tables.data)
    network = tables.build().network("radachse")
    assert (network.name, network.n_listed) == ("Radachse", 3)
    text = RADACHSE.read_text(encoding="utf-8")
    mute = tmp_path / "mute.ttl"
    mute.write_text(text[: text.index("net:radachse a")] + "net:other a imc:CooperationNetwork .\n")
    with pytest.raises(
        DataError,
        match=r"radachse\.csv:2: would no longer build with mute.ttl: network 'radachse' is not in",
    ):
        examined_rdf(mute)


def test_no_name_in_a_table_gets_a_meaning_from_rdf(
    examined_rdf, examined, book, fill, tables
) -> None:
    """What a member is called in a roster is decided by a person, not by what came in as RDF."""
    write_graphs(examined_rdf(RADACHSE), tables.data)
    source = tables.read("facts/sources.csv")[0]["source"]
    cells = {"network": "stadtregion-muenster", "member": "Radachse", "member_kind": "association",
             "member_region": "", "source": source}  # fmt: skip
    rows = {"memberships": fill("memberships", cells)}
    (refused,) = examined(book(rows)).refused
    assert refused.told == ["member 'Radachse' (association, no state) is not known"]
    rows["names"] = fill("names", {"printed": "Radachse", "kind": "association", "country": "DE",
                                   "agent": "network/radachse", "reason": "Its name."})  # fmt: skip
    result = examined(book(rows))
    assert effect(result)[-1] == "1 new member of Stadtregion Münster: Radachse"


def test_the_command_says_what_goes(run_kgraph, tables, without_muenster) -> None:
    folder = ("--data", tables.data)
    assert run_kgraph("import", RADACHSE, *folder, "--accept").returncode == 0
    shown = run_kgraph("import", without_muenster, *folder)
    assert shown.returncode == 0, shown.stderr
    first, *warnings, lost, count = shown.stdout.splitlines()
    assert first == "19 statements: 0 new, 19 there already; 12 of an earlier file go"
    assert warnings[-1] == "it would change:"
    assert [lost, count] == [
        "  1 withdrawn membership of Radachse: Münster (lead)",
        "  12 statements of radachse-2024 go",
    ]
    assert shown.stderr == "nothing is written yet; to write it: --accept\n"
    kept = run_kgraph("import", without_muenster, *folder, "--add", "--accept")
    assert (kept.returncode, kept.stderr) == (0, "nothing to write\n")
    assert len((tables.data / GRAPH).read_text(encoding="utf-8").splitlines()) == 31
    done = run_kgraph("import", without_muenster, *folder, "--accept")
    assert done.stderr.splitlines()[0] == f"wrote {GRAPH}"
    assert len((tables.data / GRAPH).read_text(encoding="utf-8").splitlines()) == 19
