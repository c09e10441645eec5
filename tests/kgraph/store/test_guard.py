"""No query reaches out: what names a service is refused, whatever it is dressed as."""

from __future__ import annotations

import contextlib
import time
from itertools import product

import pytest

from kgraph.errors import QueryError, QueryRefusedError
from kgraph.store import Store
from kgraph.store.guard import refuse_service

CALL = "<http://127.0.0.1:9/> { ?s ?p ?o }"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE {CALL} }}", f"SELECT * {{ sErViCe SILENT {CALL} }}",
        f"SELECT * {{ SERVICESILENT{CALL} }}", f"ASK {{ FILTER EXISTS {{ SERVICE {CALL} }} }}",
        f"SELECT * {{ {{ SELECT * {{ SERVICE {CALL} }} }} }}",
        f"PREFIX a: <a:> SELECT * {{ ?s a:\\# 1 . SERVICE {CALL} }}",
        f"SELECT (1<'a>' AS ?x) {{ SERVICE {CALL} ?s ?p '' }}",
        f"SELECT * {{ SER\\u0056ICE {CALL} }}", f"SELECT * {{ # '\nSERVICE {CALL} }} #'",
    ],
)  # fmt: skip
def test_what_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        Store().query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p 'SERVICE' } # SERVICE", "ASK { <urn:service> ?p ?o }",
        "PREFIX x: <urn:> ASK { x:service x:services x:service }", r"ASK { ?s ?p '\u0041' }",
    ],
)  # fmt: skip
def test_what_is_not(text: str) -> None:
    assert Store().query(text).kind in ("select", "ask")


def test_a_text_that_leaves_no_word_is_refused() -> None:
    words = " ".join("".join(letters) for letters in product("qjz", repeat=7))
    with pytest.raises(QueryRefusedError, match="cannot be told"):
        Store().query(f"ASK {{ ?service ?p '{words}' }}")


@pytest.mark.parametrize("unit", ["service ", "'service", "\\u0053", "<service", "service:\\"])
def test_no_text_takes_long(unit: str) -> None:
    started = time.perf_counter()
    with contextlib.suppress(QueryRefusedError):
        refuse_service(unit * (500_000 // len(unit)))
    assert time.perf_counter() - started < 3
