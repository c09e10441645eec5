"""The sink that an answer is written into: bytes and rows, however they arrive."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kgraph_api.sparql.limits import LimitError, Limits, Sink

ROWS = 40
#: An unbound cell, and a text that looks like what stands between two rows.
QUERY = r"SELECT ?none ?t { VALUES ?x { %s } BIND('},{\"a,\r\n\",<result>},{}' AS ?t) }"
FORMATS = {
    "json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip


def _body(format: str, n: int, query: str = QUERY) -> bytes:
    answer = ox.Store().query(query % " ".join(["1"] * n))
    assert isinstance(answer, ox.QuerySolutions)
    return bytes(answer.serialize(format=FORMATS[format]))


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "json"])
@pytest.mark.parametrize("size", [1, 2, 7, 8192])
def test_rows(format: str, size: int) -> None:
    for n in (0, 1, ROWS, ROWS + 1):
        sent = bytearray()
        sink = Sink(Limits(answer_rows=ROWS), format, sent.extend)
        body = _body(format, n)
        parts = [body[i : i + size] for i in range(0, len(body), size)]
        if n > ROWS:
            with pytest.raises(LimitError, match="40 rows"):
                for part in parts:
                    sink.write(part)
            assert "40 rows" in sink.exceeded
        else:
            for part in parts:
                assert sink.write(part) == len(part)
            sink.flush()
            assert bytes(sent) == body


@pytest.mark.parametrize(("n", "fits"), [(ROWS, True), (ROWS + 1, False)])
@pytest.mark.parametrize("query", [QUERY.replace("},{}", ""), "SELECT ?none { VALUES ?x { %s } }"])
def test_rows_of_json(query: str, n: int, fits: bool) -> None:
    sink = Sink(Limits(answer_rows=ROWS), "json", len)
    try:
        for byte in _body("json", n, query):
            sink.write(bytes([byte]))
    except LimitError:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize("format", ["turtle", "csv"])
def test_bytes(format: str) -> None:
    sink = Sink(Limits(answer_bytes=10), format, len)
    sink.write(b"x" * 10)
    with pytest.raises(LimitError, match="10 bytes"):
        sink.write(b"x")
