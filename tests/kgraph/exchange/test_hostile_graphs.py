"""RDF from a stranger: what is no RDF, what is too much, and that nothing is ever fetched."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from kgraph.errors import DataError
from kgraph.exchange.attribution import Told
from kgraph.exchange.rdf import read_rdf
from kgraph.exchange.reading import Limits

XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.ttl", "<http://a> <http://b>\n<http://c>", ":2: does not parse: "),
        ("a.ttl", "<http://a> <http://b> foo:c .", ":1: does not parse: "),
        ("a.ttl", "<http://a> <http://b> <<( <http://a> <http://b> 1 )>> .",
         ": holds a statement about a statement; write plain statements"),
        ("a.nt", "<http://a> <http://b> 'c' .", ":1: does not parse: "),
        ("a.jsonld", '{"@id": "http://a",\n"http://b": 1,}', ":2: is no JSON: "),
        ("a.jsonld", "[" * 100_000, ": is nested too deeply; write it flat"),
        ("a.rdf", f"{XML}\n<a></rdf:RDF>", ":2: is no XML: mismatched tag"),
        ("a.rdf", f"{XML}\n&e;</rdf:RDF>", ":2: is no XML: undefined entity"),
        ("a.rdf", f'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>\n'
         f"{XML}&l9;</rdf:RDF>", ":2: has a document type (<!DOCTYPE), which can name files and"),
        ("a.txt.ttl.zip", "PK", ": is no table (XLSX, XLS, ODS, CSV) and no RDF (TTL, TRIG, NT"),
    ],
)  # fmt: skip
def test_bad_rdf_is_one_message(
    run_kgraph, tables, tmp_path, name: str, text: str, told: str
) -> None:
    (tmp_path / name).write_text(text)
    done = run_kgraph("import", tmp_path / name, "--data", tables.data, "--accept")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"kgraph: {name}{told}"), done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "<http://a> <http://b> 'ä' .".encode("latin-1"),
            "a.ttl:1: is not UTF-8; save the file as",
        ),
        ("<http://a> <http://b> 'ä' .".encode("utf-16"), "a.ttl: is UTF-16, not UTF-8; save the"),
    ],
)
def test_other_encodings(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "a.ttl").write_bytes(content)
    with pytest.raises(DataError) as error:
        read_rdf(tmp_path / "a.ttl")
    assert str(error.value).startswith(told)


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits(size=100), "has 8 MB, and at most 0 MB are read"),
        (Limits(statements=10), "makes more than 10 statements; split it and add the"),
        (Limits(unpacked=1000), "unpacks to more than 0 MB; split it"),
        (Limits(memory=50_000_000), "cannot be read with the memory and time allowed; split it"),
    ],
)
def test_limits(tmp_path: Path, limits: Limits, told: str) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"<http://a> <http://b> {','.join(f'<http://{n}>' for n in range(500_000))} .")
    with pytest.raises(DataError) as error:
        read_rdf(path, limits)
    assert told in str(error.value)


# -- nothing is fetched ----------------------------------------------------------------------------


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """An address of this machine, and who connects to it."""
    callers: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, caller = server.accept()
                except OSError:
                    return
                callers.append(str(caller))
                connection.close()

        thread = Thread(target=accept)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/x", callers
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


CONTEXT = "takes its context from {}, and nothing is ever fetched; put the context itself into"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.jsonld", '{"@context": "ADDRESS", "@id": "http://a", "b": 1}', CONTEXT),
        ("a.jsonld", '{"@context": [{"b": "http://b"}, "ADDRESS"], "b": 1}', CONTEXT),
        ("a.jsonld", '{"@context": {"@import": "ADDRESS"}, "b": 1}', CONTEXT),
        ("a.jsonld", '{"@context": {"b": {"@id": "http://b", "@context": "ADDRESS"}}, "b": {}}',
         CONTEXT),
        ("a.jsonld", '[{"http://b": {"@context": ["ADDRESS"], "c": 1}}]', CONTEXT),
        ("a.rdf", f'<!DOCTYPE a SYSTEM "ADDRESS">{XML}</rdf:RDF>', "has a document type"),
        ("a.rdf", f'<!DOCTYPE a [<!ENTITY e SYSTEM "ADDRESS">]>{XML}&e;</rdf:RDF>', "has a doc"),
        ("a.rdf", f'<!DOCTYPE a [<!ENTITY % e SYSTEM "ADDRESS"> %e;]>{XML}</rdf:RDF>',
         "has a document type"),
        ("a.rdf", f'<?xml-stylesheet href="ADDRESS"?>{XML}<x xml:base="ADDRESS"/></rdf:RDF>', ""),
        ("a.ttl", "@base <ADDRESS> . <> <http://www.w3.org/2002/07/owl#imports> <ADDRESS> .", ""),
    ],
)  # fmt: skip
def test_no_address_is_ever_fetched(
    run_kgraph, tables, tmp_path: Path, name: str, text: str, told: str
) -> None:
    with listening() as (address, callers):
        with socket.create_connection(("127.0.0.1", int(address.split(":")[2][:-2]))):
            pass  # so that a caller would be seen
        (tmp_path / name).write_text(text.replace("ADDRESS", address))
        if told:
            with pytest.raises(DataError) as error:
                read_rdf(tmp_path / name)
            assert told.format(address) in str(error.value)
        else:
            done = run_kgraph("import", tmp_path / name, "--data", tables.data, "--source", "a")
            assert done.returncode == 1
    assert len(callers) == 1


def test_our_own_context_is_known_without_fetching_it(examined_rdf, tmp_path: Path) -> None:
    document = {
        "@context": "https://w3id.org/imcoop/context.jsonld",
        "@id": "id:network/stadtregion-muenster",
        "imc:theme": {"@id": "code:theme/mobility"},
    }
    path = tmp_path / "a.jsonld"
    path.write_text(json.dumps(document))
    told = Told("a", {"title": "A", "publisher": "B", "published": "2020"}, "https://example.org")
    (graph,) = examined_rdf(path, told).graphs
    assert "<https://w3id.org/imcoop/codelist/theme/mobility>" in {o for _, _, o in graph.triples}
