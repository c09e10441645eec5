"""Texts that would end the engine's process are refused before it sees them."""

from __future__ import annotations

import contextlib
import time

import pytest
from starlette.testclient import TestClient

from kgraph_api.errors import ProblemError
from kgraph_api.sparql.bounds import check

N = 20_000


@pytest.mark.parametrize(
    "text",
    [
        "ASK {" + "{" * N,
        "ASK { FILTER(" + "(" * N + "1" + ")" * N + ")}",
        "ASK { FILTER(" + "!" * N + "1)}",
        "ASK { FILTER(1" + "||1" * N + ")}",
        "ASK { FILTER(1" + "+1" * N + ")}",
        "ASK { FILTER(1<" + "(" * N + ">1)}",
        "ASK { FILTER(1<" + "!" * N + ">1)}",
        "ASK { {}" + " UNION {}" * N + "}",
        "ASK { " + "optional {} " * N + "}",
        "ASK { " + "FILTER EXISTS { " * N,
        "ASK { ?s ?p " + "[ ?p " * N,
        "PREFIX : <a:> ASK { ?s :\\# 1 . FILTER(" + "(" * N + "1" + ")" * N + ")}",
        "ASK { ?s " + "/".join(["rdfs:label"] * N) + " ?o }",
        'ASK { ?s ?p "' + '" . } #' + "\n" + "(" * N,
    ],
)
def test_what_is_refused(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(ProblemError, match="at most"):
        check(text)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p '" + "(" * N + "' } # " + "{" * N,
        "ASK { ?s ?p '''" + "'(\n" * N + "''' }",
        'ASK { ?s ?p "\\"' + "{" * N + '" }',
        "SELECT * { VALUES ?x { " + r"id:municipality\/de-05515000 " * N + "} }",
        "SELECT * { VALUES ?x { " + "<https://example.org/a-b/c(d)> " * 900 + "} }",
        "ASK { " + "?s ?p ?o . " * N + "}",
    ],
)
def test_what_is_not(text: str) -> None:
    check(text)


UNITS = ["a-", "a.", "a_", '"', "'", '"' * 3, "'" * 3, '"\\"', '"""\\"', "<", "<a", "#", "\\", "a:"]


@pytest.mark.parametrize("unit", UNITS)
def test_it_is_linear(unit: str) -> None:
    started = time.perf_counter()
    with contextlib.suppress(ProblemError):
        check(unit * (1_000_000 // len(unit)))
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("n", [100, 1000])
def test_the_engine_survives_what_passes(client: TestClient, n: int) -> None:
    for text in (
        "ASK " + "{" * min(n, 100) + "}" * min(n, 100),
        "ASK { FILTER(" + "(" * min(n, 98) + "1" + ")" * min(n, 98) + ")}",
        "ASK { FILTER(1" + "||1" * min(n, 600) + ")}",
        "ASK { FILTER(" + "!" * (n - 1) + "1)}",
    ):
        answer = client.post("/sparql", data={"query": text})
        assert answer.status_code in (200, 413), text[:40]
