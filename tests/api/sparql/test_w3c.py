"""The W3C's SPARQL 1.1 tests through the endpoint pass wherever the engine itself passes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from kgraph.release import Release
from kgraph.store import Store
from kgraph_api.app import create_app
from kgraph_api.served import Served
from kgraph_api.settings import Settings

from . import w3c

SUITE = Path(__file__).resolve().parents[4] / "shared" / "w3c" / "sparql11"
MANIFESTS = ("manifest-sparql11-query.ttl", "manifest-sparql11-results.ttl")
_FORMATS = {"json": ox.QueryResultsFormat.JSON, "csv": ox.QueryResultsFormat.CSV}

#: How many there are, and how many the engine passes. Whoever counts 335 of 346 counts eight more:
#: negative syntax tests of updates in ``delete-insert``, which are no queries, whose texts are not
#: in the folder, and which pass wherever an update is refused.
N_TESTS, N_PASSED = 338, 327


def _by_engine(test: w3c.W3CTest, format: str) -> bytes:
    found = w3c.load(test).query(test.text)
    if isinstance(found, ox.QueryTriples):
        return found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
    return found.serialize(format=_FORMATS.get(format, ox.QueryResultsFormat.JSON)) or b""


class _Endpoint:
    """The same question by HTTP, to a release that holds the data of the test."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._app = create_app(Settings(), release)
        self._client = TestClient(self._app)

    def __call__(self, test: w3c.W3CTest, format: str) -> bytes:
        data = w3c.load(test).dump(format=ox.RdfFormat.N_QUADS) or b""
        manifest = {**self._release.manifest, "version": f"{test.name}{format}"}
        release = Release(self._release.path, manifest)
        release.__dict__["store"] = Store([data])
        self._app.state.served = Served(release)
        answer = self._client.post("/sparql", data={"query": test.text, "format": format})
        if answer.status_code != 200:
            raise (SyntaxError if "does not parse" in answer.text else ValueError)(answer.text)
        return answer.content


def test_the_suite(release: Release) -> None:
    if not SUITE.is_dir():
        pytest.skip("the W3C's test suite is not beside the checkout, in ../shared/w3c")
    tests = {test for name in MANIFESTS for test in w3c.read_tests(SUITE / name)}
    assert len({test.name for test in tests}) == len(tests) >= N_TESTS
    endpoint = _Endpoint(release)
    by_engine = {test.name for test in tests if w3c.is_passed(test, _by_engine)}
    by_endpoint = {test.name for test in tests if w3c.is_passed(test, endpoint)}
    assert by_engine - by_endpoint == set()
    assert len(by_endpoint) >= len(by_engine) >= N_PASSED
