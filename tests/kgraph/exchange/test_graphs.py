"""RDF comes in as the graph of its source: the same in every format, held to the same shapes."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgraph import resources
from kgraph.errors import DataError
from kgraph.exchange.attribution import Told
from kgraph.exchange.graphs import write_graphs
from kgraph.exchange.rdf import read_rdf

RADACHSE = Path(__file__).parents[2] / "fixtures" / "graphs" / "radachse.ttl"
GRAPH = "facts/graphs/radachse-2024.nt"
FORMATS = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nt": ox.RdfFormat.N_TRIPLES,
           "nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD,
           "rdf": ox.RdfFormat.RDF_XML}  # fmt: skip


# -- what comes in ---------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_says_the_same(examined_rdf, tables, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"radachse.{ending}"
    path.write_bytes(ox.serialize(ox.parse(path=RADACHSE), format=FORMATS[ending]))
    written = write_graphs(examined_rdf(path), tables.data)
    assert [one.as_posix() for one in written] == ["facts/sources.csv", GRAPH]
    lines = (tables.data / GRAPH).read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines)) and len(lines) == 31
    assert not [line for line in lines if line.startswith("_:")]
    assert examined_rdf(RADACHSE).n_new == 0
    row = next(r for r in tables.read("facts/sources.csv") if r["source"] == "radachse-2024")
    assert (row["title"], row["publisher"], row["published"]) == (
        "Die Radachse",
        "Radachse",
        "2024",
    )


def test_its_memberships_hold_on_the_same_days_as_those_of_tables(examined_rdf, tables) -> None:
    write_graphs(examined_rdf(RADACHSE), tables.data)
    release = tables.build()
    network = release.network("radachse")
    assert network.n_listed == 2
    found = {m.member.rpartition("-")[2]: m for m in release.members_of(network.iri)}
    telgte, muenster = found["05570044"], found["05515000"]
    assert (telgte.start, telgte.evidence[0].date) == ("2019-05", "2024-03")
    days = [date(2019, 4, 30), date(2019, 5, 1), date(2019, 5, 31), date(2024, 3, 31),
            date(2024, 4, 1)]  # fmt: skip
    assert [telgte.bounds.on(day).value for day in days] == [
        "not-yet", "presumed", "attested", "attested", "presumed"
    ]  # fmt: skip
    assert muenster.bounds.on(date(2023, 12, 31)).value == "unknown"
    assert muenster.bounds.on(date(2024, 6, 1)).value == "attested"
    graph = release.to_networkx(as_of=date(2019, 5, 1))
    assert list(graph[network.iri]) == [telgte.member]
    asked = release.query(
        f"SELECT ?m {{ GRAPH g:radachse-2024 {{ ?m org:organization <{network.iri}> }} }}"
    )
    assert len(list(asked.rows())) == 2
    plain = f"ASK {{ <{network.iri}> org:hasMember <{telgte.member}> }}"
    assert release.query(plain).serialize("csv") == b"true"


def test_nobody_is_in_what_has_ended_by_rdf(examined_rdf, tables, changed) -> None:
    ended = (
        "[] a org:ChangeEvent ; imc:date '2025-06-30'^^xsd:date ;\n"
        "  imc:changeType <https://w3id.org/imcoop/codelist/change-type/dissolution> ;\n"
        "  org:originalOrganization net:radachse .\n# Whose"
    )
    write_graphs(examined_rdf(changed("# Whose", ended)), tables.data)
    release = tables.build()
    for member in release.members_of("https://w3id.org/imcoop/id/network/radachse"):
        assert member.bounds.on(date(2025, 6, 30)).value == "presumed"
        assert member.bounds.on(date(2025, 7, 1)).value == "ended"


def test_rosters_as_rdf_make_the_same_release_as_tables(examined_rdf, tables, tmp_path) -> None:
    """The rows of a source leave their tables and come back as its graph: not a bit is another."""
    as_rows = tables.build()
    roster = "facts/memberships/velorouten-stadtregion-muenster.csv"
    rows = tables.read(roster)
    slug = rows[0]["source"]
    path = tmp_path / "roster.nt"
    path.write_text(
        as_rows.query(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH g:{slug} {{ ?s ?p ?o }} }}")
        .serialize("ntriples").decode()
    )  # fmt: skip
    unchanged = examined_rdf(path, Told(slug, {}))
    assert (unchanged.n_new, unchanged.graphs, unchanged.refused) == (0, [], [])
    with (tables.data / roster).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if row["source"] != slug)
    fewer = tables.build()
    assert fewer.version != as_rows.version
    write_graphs(examined_rdf(path, Told(slug, {})), tables.data)
    assert tables.build().version == as_rows.version


def test_graphs_of_several_sources_in_one_file(examined_rdf, tables, tmp_path: Path) -> None:
    text = RADACHSE.read_text(encoding="utf-8")
    prefixes, _, body = text.partition("# Whose")
    second = body.replace("radachse-2024", "radachse-2025").replace("2024", "2025")
    path = tmp_path / "two.trig"
    path.write_text(
        f"{prefixes}@prefix g: <https://w3id.org/imcoop/graph/> .\n"
        f"g:radachse-2024 {{ #{body} }}\ng:radachse-2025 {{ #{second} }}\n"
        "g:derived { net:radachse org:hasMember town:de-05515000 }\n"
    )
    result = examined_rdf(path)
    assert [graph.slug for graph in result.graphs] == ["radachse-2024", "radachse-2025"]
    assert result.notes == ["graph/derived is made by the build, not read from a file"]
    assert result.effect[0] == "2 new sources: Die Radachse, Die Radachse"
    write_graphs(result, tables.data)
    (member, _) = tables.build().members_of("https://w3id.org/imcoop/id/network/radachse")[:2]
    assert {e.source for e in member.evidence} <= {"radachse-2024", "radachse-2025"}


def test_the_names_of_blank_nodes_do_not_depend_on_the_rest(changed) -> None:
    first = {s.subject for s in read_rdf(RADACHSE).statements if s.subject.startswith("_:")}
    path = changed("net:radachse a imc", "net:other a imc:CooperationNetwork . net:radachse a imc")
    again = {s.subject for s in read_rdf(path).statements if s.subject.startswith("_:")}
    assert len(first) == 4 and first == again
    path.write_text('<http://a> <http://p> [ <http://q> "x" ] , [ <http://q> "x" ] .')
    assert len({s.subject for s in read_rdf(path).statements}) == 3


def test_terms_of_others_are_kept(examined_rdf, tables, changed) -> None:
    path = changed(
        "org:classification kind:network",
        "org:classification kind:network ; <http://example.org/colour> <http://example.org/red> ; "
        "<http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q1>",
    )
    write_graphs(examined_rdf(path), tables.data)
    asked = tables.build().query("ASK { ?n <http://example.org/colour> ?c ; owl:sameAs ?w }")
    assert asked.serialize("csv") == b"true"


def test_the_example_of_the_documentation_goes_in(examined_rdf, tmp_path: Path) -> None:
    page = (resources.ontology().parent / "docs" / "import.md").read_text(encoding="utf-8")
    path = tmp_path / "example.ttl"
    path.write_text(page.partition("```turtle\n")[2].partition("```")[0], encoding="utf-8")
    result = examined_rdf(path)
    assert result.refused == []
    assert result.effect[:3] == [
        "1 new source: Die Radachse", "1 new network: Radachse", "1 new member of Radachse: Telgte"
    ]  # fmt: skip


# -- whose it is -----------------------------------------------------------------------------------


def test_options_name_the_source(examined_rdf, tables, changed) -> None:
    text = RADACHSE.read_text(encoding="utf-8")
    path = changed(
        text[text.index("src:radachse-2024 dct:title") : text.index("net:radachse a")], ""
    )
    lacking = r"its title \(dcterms:title or --title\), who published it .*, when .*, under which"
    with pytest.raises(DataError, match=f"does not say of its source 'radachse-2024': {lacking}"):
        examined_rdf(path)
    told = Told(
        "radachse-2024", {"title": "T", "publisher": "P", "published": "2024"}, "https://e.org/l"
    )
    write_graphs(examined_rdf(path, told), tables.data)
    assert "https://e.org/l" in (tables.data / GRAPH).read_text()
    with pytest.raises(DataError, match=r"title 'Other' contradicts 'T' in facts/sources\.csv:"):
        examined_rdf(path, Told("radachse-2024", {"title": "Other"}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<http://a> <http://b> <http://c> .", "a.ttl: does not name its source; say whose"),
        ("<http://a> <http://b> src:a , src:b .", "a.ttl: names several sources (a, b); put the"),
        ("<http://a> <http://b> src:Aä .", "a.ttl:2: source 'Aä' is no slug; write a-z, 0-9"),
        ("src:a <http://purl.org/dc/terms/title> 'x' .", "a.ttl: says nothing that could be"),
    ],
)
def test_a_file_that_does_not_say_whose_it_is(examined_rdf, tmp_path, text: str, told: str) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"@prefix src: <https://w3id.org/imcoop/source/> .\n{text}\n")
    with pytest.raises(DataError) as error:
        examined_rdf(path)
    assert str(error.value).startswith(told)


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("imc:start", "imc:begin", ":25: refused: imc:begin is not in the ontology"),
        ("imc:CooperationNetwork", "imc:CooperationNetwrk",
         ":20: refused: imc:CooperationNetwrk is not in the ontology; did you mean imc:Coop"),
        ("role:lead", "role:led", ": refused: role/led is not in the code list role; did you mean"),
        ("town:de-05570044", "town:de-05570045",
         ":24: refused: municipality/de-05570045 is in no official list; nearest: municip"),
        ("org:member town:de-05570044", "org:member <http://telgte.de>",
         ":24: refused: org:member leads to 'http://telgte.de', which is no thing of ours; write"),
        ("org:member town:de-05570044", "org:member net:nowhere",
         ":24: refused: network/nowhere is unknown, and not described in the file"),
        ('"2019-05"^^xsd:gYearMonth', '"2019-02-31"^^xsd:date',
         ":25: refused: '2019-02-31' is no day of the calendar"),
        ('"2019-05"^^xsd:gYearMonth', '"2019"^^xsd:date',
         ":25: refused: '2019' is no date; a day is date, a month gYearMonth, a year gYear"),
        ("role:lead ;", "role:lead ; imc:endedAfter '9999-12-31'^^xsd:date ;",
         ": refused: imc:endedAfter is derived by the build; leave it out"),
        ("net:radachse a", "role:lead rdfs:label 'boss' . net:radachse a",
         "code:role/lead is ours to define; speak of things, not of terms"),
        ("net:radachse a", "town:de-05515000 rdfs:label 'Monastery'@en . net:radachse a",
         ":20: refused: municipality/de-05515000 is called 'Münster' in the official list, not"),
        ("prov:wasDerivedFrom src:radachse-2024", "prov:wasDerivedFrom src:other",
         "names several sources"),
        # what a shape refuses
        (" ; imc:locator \"p. 2\"", "", "A row says where in the source it stands"),
        ("role:member ;", "role:member , role:chair ;", "A membership has exactly one role"),
        ("role:lead ; imc:attestation [", "role:lead . [] imc:nameAsPrinted [",
         "A membership needs at least one place in a source that says so"),
        ('gYearMonth ; imc:attestation', "gYearMonth ; imc:end '2018'^^xsd:gYear ; imc:attestation",
         ":24: refused: node/radachse-2024/e8490a68e7be8394: The end lies before the start"),
        ("net:radachse a", "net:radachse imc:partOfNetwork net:radachse . net:radachse a",
         "A network is part of itself, directly or through others"),
    ],
)  # fmt: skip
def test_a_statement_at_fault_is_told_with_its_line(
    examined_rdf, changed, old: str, new: str, told: str
) -> None:
    try:
        result = examined_rdf(changed(old, new))
    except DataError as error:
        assert told in str(error)
        return
    assert told in " | ".join(map(str, result.refused))
    with pytest.raises(DataError, match=r"statements refused: \d+; nothing is written"):
        write_graphs(result, Path("nowhere"))


# -- the real command ------------------------------------------------------------------------------


def test_the_command_shows_then_writes_then_has_nothing_to_write(run_kgraph, tables) -> None:
    arguments = ("import", RADACHSE, "--data", tables.data)
    shown = run_kgraph(*arguments)
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert lines[0] == "31 statements: 31 new, 0 there already"
    assert lines[lines.index("it would change:") + 1 : -1] == [
        "  1 new source: Die Radachse",
        "  1 new network: Radachse",
        "  2 new members of Radachse: Münster, Telgte",
    ]
    assert shown.stderr == "nothing is written yet; to write it: --accept\n"
    assert not (tables.data / GRAPH).exists()
    written = run_kgraph(*arguments, "--accept")
    assert written.stderr.splitlines() == [
        "wrote facts/sources.csv", f"wrote {GRAPH}", "to make the release: kgraph build"
    ]  # fmt: skip
    again = run_kgraph(*arguments, "--accept")
    assert (again.returncode, again.stderr) == (0, "nothing to write\n")
    assert "it would change nothing: every statement is there already" in again.stdout


def test_the_description_of_a_source_is_for_rdf(run_kgraph, tables, tmp_path: Path) -> None:
    done = run_kgraph("import", tmp_path / "a.xlsx", "--data", tables.data, "--title", "x")
    assert (done.returncode, done.stdout) == (2, "")
    assert "are for RDF files; a table has a row for its source" in done.stderr


def test_a_graph_without_a_source_stops_the_build(tables) -> None:
    (tables.data / "facts/graphs").mkdir()
    file = tables.data / "facts/graphs/nobody.nt"
    file.write_text("<http://a> <http://b> <http://c> .\n")
    with pytest.raises(
        DataError, match=r"^facts/graphs/nobody.nt: belongs to no source; add a row"
    ):
        tables.build()
    source = tables.read("facts/sources.csv")[0]["source"]
    (tables.data / f"facts/graphs/{source}.nt").write_text("<http://a> <http://b> <http://c>\n")
    file.unlink()
    with pytest.raises(DataError, match=r"^facts/graphs/[a-z0-9-]+.nt:\d: does not parse"):
        tables.build()
