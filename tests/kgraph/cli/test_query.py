"""`kgraph query`: a text, a file, a name, standard input; each format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import rdflib

NETWORK = "<https://w3id.org/imcoop/id/network/stadtregion-muenster>"
NAMES = f"SELECT ?name {{ {NETWORK} rdfs:label ?name }}"


def test_a_text(kg) -> None:
    done = kg("query", NAMES)
    assert (done.code, done.err) == (0, "")
    assert [line.strip() for line in done.out.splitlines()] == ["name", "Stadtregion Münster"]


def test_standard_input(kg) -> None:
    assert "Stadtregion Münster" in kg("query", "-", stdin=NAMES).out


def test_a_file(kg, tmp_path: Path) -> None:
    file = tmp_path / "names.rq"
    file.write_text(NAMES, encoding="utf-8")
    assert "Stadtregion Münster" in kg("query", file).out


def test_a_competency_question(run, release) -> None:
    """Source: founding document 000 (muenster-stadtregion): twelve members."""
    done = run("query", "stadtregion_muenster_members", "-f", "csv",
               "--release", release.path.parent)  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert done.code == 0
    assert len({tuple(row.values()) for row in rows}) >= 12
    assert "Ostbevern" in done.out


def test_a_name_that_is_nothing(kg) -> None:
    done = kg("query", "atlantis")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "kgraph: 'atlantis' is no SPARQL text, no .rq file and no competency question; "
        "the questions are the files of ontology/competency\n"
    )


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "ontology/imc.ttl"])
def test_a_file_that_is_no_query_is_not_read(kg, name: str) -> None:
    done = kg("query", name)
    assert (done.code, done.out) == (2, "")
    assert "no .rq file" in done.err


def test_the_formats_of_a_table(kg) -> None:
    assert kg("query", NAMES, "-f", "csv").out == "name\r\nStadtregion Münster\r\n"
    assert kg("query", NAMES, "-f", "tsv").out == '?name\n"Stadtregion Münster"@de\n'
    [row] = json.loads(kg("query", NAMES, "-f", "json").out)["results"]["bindings"]
    assert row["name"]["value"] == "Stadtregion Münster"
    assert "<literal" in kg("query", NAMES, "-f", "xml").out


@pytest.mark.parametrize(("form", "parser"), [("turtle", "turtle"), ("ntriples", "nt"),
                                              ("rdfxml", "xml")])  # fmt: skip
def test_the_formats_of_a_graph(kg, form: str, parser: str) -> None:
    done = kg("query", f"CONSTRUCT {{ {NETWORK} rdfs:label ?l }} {{ {NETWORK} rdfs:label ?l }}",
              "-f", form)  # fmt: skip
    graph = rdflib.Graph().parse(data=done.out, format=parser)
    assert [str(label) for label in graph.objects()] == ["Stadtregion Münster"]


def test_a_graph_without_a_format_is_turtle(kg) -> None:
    done = kg("query", f"DESCRIBE {NETWORK}")
    assert len(rdflib.Graph().parse(data=done.out, format="turtle")) > 10


@pytest.mark.parametrize(("text", "word"), [(f"ASK {{ {NETWORK} ?p ?o }}", "true"),
                                            ("ASK { <urn:x> ?p ?o }", "false")])  # fmt: skip
def test_yes_and_no(kg, text: str, word: str) -> None:
    assert kg("query", text).out == f"{word}\n"


def test_a_format_that_does_not_fit(kg) -> None:
    done = kg("query", NAMES, "-f", "turtle")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "kgraph: a select query has no answer in turtle; there is json, xml, csv, tsv\n"
    )


def test_into_a_file(kg, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    done = kg("query", NAMES, "-f", "csv", "-o", file)
    assert (done.code, done.out, done.err) == (0, "", f"wrote {file}\n")
    assert file.read_bytes() == "name\r\nStadtregion Münster\r\n".encode()


def test_a_table_into_a_file_is_csv(kg, tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    kg("query", NAMES, "--output", file)
    assert file.read_text(encoding="utf-8") == "name\nStadtregion Münster\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { ?s ?p ", "kgraph: the query does not parse at line 1, column "),
        ("SELECT * { SERVICE <http://a/> { ?s ?p ?o } }",
         "kgraph: SERVICE is not allowed: no other endpoint is ever asked"),
        ("DELETE WHERE { ?s ?p ?o }", "kgraph: this is an update; a release is read-only"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_one_sentence(kg, text: str, said: str) -> None:
    done = kg("query", text)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert len(done.err.splitlines()) == 1


def test_markup_of_the_terminal_stays_text(kg) -> None:
    """rich would read [bold] as markup, and a link as a link."""
    done = kg("query", "SELECT ?x { VALUES ?x { '[bold]x[/bold] [link=http://a/]y[/link]' } }")
    assert "[bold]x[/bold] [link=http://a/]y[/link]" in done.out
