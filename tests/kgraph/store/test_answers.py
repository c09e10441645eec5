"""Every answer in every format, read back; and what an answer cannot be."""

from __future__ import annotations

import csv
import gc
import io
import json
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from xml.etree import ElementTree

import pytest
import rdflib

from kgraph.errors import QueryError
from kgraph.store import MEDIA_TYPES, Answer, Store

#: Two statements, one with quotes, a comma, a line break and an umlaut in it.
NAME = 'Räte, "einig"\nund <b>frei</b>'
QUADS = (
    '<http://a/x> <http://a/name> "Räte, \\"einig\\"\\nund <b>frei</b>"@de .\n'
    '<http://a/x> <http://a/size> "12"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
)
SELECT = "SELECT ?name ?size ?none { ?x <http://a/name> ?name ; <http://a/size> ?size }"
CONSTRUCT = "CONSTRUCT WHERE { ?x ?p ?o }"

XML = {"s": "http://www.w3.org/2005/sparql-results#"}


@pytest.fixture(scope="module")
def tiny() -> Store:
    return Store([QUADS.encode()])


def read(name: str, body: bytes) -> list[tuple[str | None, ...]]:
    """The rows of a table in one of its formats."""
    if name == "json":
        answer = json.loads(body)
        assert answer["head"]["vars"] == ["name", "size", "none"]
        return [
            tuple(row[v]["value"] if v in row else None for v in answer["head"]["vars"])
            for row in answer["results"]["bindings"]
        ]
    if name == "xml":
        root = ElementTree.fromstring(body)
        variables = [v.get("name") for v in root.findall("s:head/s:variable", XML)]
        return [
            tuple(
                "".join(found.itertext()) if (found := row.find(f"s:binding[@name='{v}']", XML))
                is not None else None
                for v in variables
            )
            for row in root.findall("s:results/s:result", XML)
        ]  # fmt: skip
    style = (",", csv.QUOTE_MINIMAL) if name == "csv" else ("\t", csv.QUOTE_NONE)
    lines = io.StringIO(body.decode(), newline="")
    rows = list(csv.reader(lines, delimiter=style[0], quoting=style[1]))
    assert [cell.lstrip("?") for cell in rows[0]] == ["name", "size", "none"]
    return [tuple(cell or None for cell in row) for row in rows[1:]]


def test_json_has_the_language_and_the_datatype(tiny: Store) -> None:
    [row] = json.loads(tiny.query(SELECT).serialize("json"))["results"]["bindings"]
    assert row == {
        "name": {"type": "literal", "value": NAME, "xml:lang": "de"},
        "size": {"type": "literal", "value": "12",
                 "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    }  # fmt: skip


@pytest.mark.parametrize("name", ["json", "xml", "csv"])
def test_a_table_reads_back(tiny: Store, name: str) -> None:
    assert read(name, tiny.query(SELECT).serialize(name)) == [(NAME, "12", None)]


def test_a_tab_separated_table_has_terms(tiny: Store) -> None:
    """SPARQL 1.1 Query Results CSV and TSV Formats, section 4: terms as in Turtle."""
    [(name, size, none)] = read("tsv", tiny.query(SELECT).serialize("tsv"))
    assert (name, size, none) == (
        '"Räte, \\"einig\\"\\nund <b>frei</b>"@de', "12", None,
    )  # fmt: skip


@pytest.mark.parametrize("name", MEDIA_TYPES["rows"])
def test_a_short_name_and_its_media_type_give_the_same(tiny: Store, name: str) -> None:
    media_type = MEDIA_TYPES["rows"][name]
    assert tiny.query(SELECT).serialize(name) == tiny.query(SELECT).serialize(media_type)


@pytest.mark.parametrize(
    "prologue",
    ["", "PREFIX a: <http://a/>", "prefix a: <http://a/>", "# PREFIX xsd: <urn:no>\n",
     "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>", "PREFIX other: <urn:xsd:>"],
)  # fmt: skip
def test_our_prefixes_are_known_beside_declared_ones(tiny: Store, prologue: str) -> None:
    query = f"{prologue} ASK {{ ?x <http://a/size> ?n FILTER (DATATYPE(?n) = xsd:integer) }}"
    assert tiny.query(query)


def test_a_declared_prefix_goes_before_ours(tiny: Store) -> None:
    text = "ASK { ?x <http://a/size> ?n FILTER (DATATYPE(?n) = xsd:integer) }"
    assert not tiny.query(f"PREFIX xsd: <http://a/> {text}")
    more = "MINUS { ?x a skos:Concept } }"
    assert not tiny.query(f"PREFIX xsd: <http://a/> {text[:-1]} {more}"), "one of ours beside it"


@pytest.mark.parametrize(
    ("text", "truth"), [("ASK { ?x ?p 12 }", True), ("ASK { ?x ?p 13 }", False)]
)
def test_yes_and_no(tiny: Store, text: str, truth: bool) -> None:
    word = str(truth).lower()
    assert bool(tiny.query(text)) is truth
    assert json.loads(tiny.query(text).serialize("json"))["boolean"] is truth
    xml = ElementTree.fromstring(tiny.query(text).serialize("xml"))
    assert xml.findtext("s:boolean", namespaces=XML) == word
    assert tiny.query(text).serialize("csv").decode().strip() == word
    assert tiny.query(text).serialize("tsv").decode().strip() == word


# rdflib 7.6 warns of what it calls itself
@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "parser"),
    [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml"),
     ("trig", "trig"), ("nquads", "nquads")],
)  # fmt: skip
def test_a_graph_reads_back(tiny: Store, name: str, parser: str) -> None:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=tiny.query(CONSTRUCT).serialize(name), format=parser)
    x, a = rdflib.URIRef("http://a/x"), rdflib.Namespace("http://a/")
    assert set(dataset.triples((None, None, None))) == {
        (x, a["name"], rdflib.Literal(NAME, lang="de")), (x, a["size"], rdflib.Literal(12)),
    }  # fmt: skip


def test_every_format_of_a_graph_is_tested() -> None:
    assert set(MEDIA_TYPES["graph"]) == {
        "turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads"
    }  # fmt: skip


def test_turtle_uses_our_prefixes(small) -> None:
    text = small.query(
        "CONSTRUCT { ?n rdfs:label ?l } WHERE { ?n a imc:CooperationNetwork ; rdfs:label ?l }"
    ).serialize("turtle").decode()  # fmt: skip
    assert "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ." in text
    assert 'rdfs:label "Stadtregion Münster"@de' in text


@pytest.mark.parametrize(
    ("text", "media_type"),
    [(SELECT, "turtle"), ("ASK {}", "text/turtle"), (CONSTRUCT, "csv"), (SELECT, "html"),
     (CONSTRUCT, "application/sparql-results+json"), (SELECT, "text/csv; charset=utf-8")],
)  # fmt: skip
def test_what_an_answer_does_not_come_as(tiny: Store, text: str, media_type: str) -> None:
    answer = tiny.query(text)
    with pytest.raises(QueryError) as caught:
        answer.serialize(media_type)
    assert str(caught.value).startswith(f"a {answer.kind} query has no answer in {media_type}; ")
    known = MEDIA_TYPES["graph" if answer.kind == "graph" else "rows"]
    assert str(caught.value).endswith(f"there is {', '.join(known)}")


class Full(io.BytesIO):
    """A file on a full disk."""

    def write(self, data: object, /) -> int:
        raise OSError("no space left")


def walk(rows: Iterable[object]) -> None:
    for row in rows:
        raise ValueError(row)


@pytest.mark.parametrize("text", [SELECT, CONSTRUCT])
@pytest.mark.parametrize(
    "read",
    [lambda a: a.serialize("html"), lambda a: a.write(Full()), lambda a: a.write(Full(), "nquads"),
     lambda a: walk(a.rows()), lambda a: walk(a.terms()), lambda a: walk(a.to_pandas().name), bool],
    ids=["format", "write", "write quads", "rows", "terms", "frame", "yes or no"],
)  # fmt: skip
def test_an_error_takes_no_answer_to_another_thread(
    tiny: Store, text: str, read: Callable[[Answer], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the engine gave is lost, with all that it holds, where it ends in another thread."""
    lost: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lost.append)

    def task() -> BaseException:
        answer = tiny.query(text)
        with pytest.raises(Exception) as caught:
            read(answer)
        return caught.value  # its frames hold the answer

    with ThreadPoolExecutor(1) as aside:
        aside.submit(task).result()
    gc.collect()
    assert not lost


@pytest.mark.parametrize(
    "read", [lambda a: list(a.rows()), lambda a: a.serialize("csv"), lambda a: a.serialize("html")]
)
def test_an_answer_is_read_once(tiny: Store, read: Callable[[Answer], object]) -> None:
    answer = tiny.query(SELECT)
    with suppress(QueryError):
        read(answer)
    assert answer.columns == ["name", "size", "none"]
    for again in (lambda: list(answer.rows()), lambda: answer.serialize("csv")):
        with pytest.raises(QueryError, match="once; ask again"):
            again()


def test_yes_or_no_can_be_read_again(tiny: Store) -> None:
    for text, said in (("ASK {}", True), ("ASK { <http://a/y> ?p ?o }", False)):
        answer = tiny.query(text)
        for _ in range(2):
            assert bool(answer) is said
            assert answer.serialize("csv") == str(said).lower().encode()


def test_without_a_format_it_is_json_or_turtle(tiny: Store) -> None:
    assert json.loads(tiny.query(SELECT).serialize())["head"]["vars"] == ["name", "size", "none"]
    assert b"<http://a/x>" in tiny.query(CONSTRUCT).serialize()


def test_rows_are_texts(tiny: Store) -> None:
    answer = tiny.query(SELECT)
    assert answer.columns == ["name", "size", "none"]
    assert list(answer.rows()) == [(NAME, "12", "")]
    assert list(tiny.query(SELECT).terms()) == [((NAME, "de"), ("12", ""), ("", ""))]


def test_what_is_no_table_has_no_rows_and_what_is_no_question_no_truth(tiny: Store) -> None:
    with pytest.raises(QueryError, match="a graph query gives no rows"):
        list(tiny.query(CONSTRUCT).rows())
    with pytest.raises(QueryError, match="a select query is neither yes nor no"):
        bool(tiny.query(SELECT))
    assert tiny.query(CONSTRUCT).columns == []


def test_a_data_frame(tiny: Store) -> None:
    frame = tiny.query(SELECT).to_pandas()
    assert list(frame.columns) == ["name", "size", "none"]
    assert frame["size"].tolist() == [12]
    assert frame["size"].dtype == "int64"
    assert frame["name"].tolist() == [NAME]


def test_an_official_key_in_a_data_frame_keeps_its_zero(small) -> None:
    """05570032 is a name, not a number."""
    frame = small.query(
        "SELECT ?key ?population { <https://w3id.org/imcoop/id/municipality/de-05570032> "
        "imc:officialKey ?key ; imc:population ?population }"
    ).to_pandas()
    assert frame["key"].tolist() == ["05570032"]
    assert frame["population"].tolist() == [11229]


def test_a_number_that_is_missing_is_no_text(small) -> None:
    """Half of the figures have a value only: the mean is that of those which have one."""
    frame = small.query("SELECT ?n { VALUES (?k ?n) { (1 2) (2 UNDEF) (3 4.5) } }").to_pandas()
    assert frame["n"].mean() == 3.25


def test_numbers_and_words_in_one_column_stay_text(small) -> None:
    frame = small.query("SELECT ?n { VALUES ?n { 1 'two' } }").to_pandas()
    assert frame["n"].tolist() == ["1", "two"]


def test_an_empty_data_frame_has_its_columns(tiny: Store) -> None:
    frame = tiny.query("SELECT ?a ?b { ?a <http://a/none> ?b }").to_pandas()
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)
