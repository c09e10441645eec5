"""What the query editor asks for: terms, example questions, names of things."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

CITY = "https://w3id.org/imcoop/id/municipality/de-05515000"


def test_terms_are_counted_and_codes_are_named(client: TestClient) -> None:
    body = client.get("/api/v1/completion").json()
    assert body["prefixes"]["imc"] == "https://w3id.org/imcoop/ontology#"
    # The small release says three times that a thing has a label, once in two graphs.
    assert [(one["name"], one["n"]) for one in body["properties"]] == [("rdfs:label", 2)]
    assert (body["classes"], body["by_class"]) == ([], {})
    lead = next(one for one in body["codes"]["role"] if one["code"] == "lead")
    assert lead["label"]["en"] == "lead"


def test_properties_by_class_in_the_facts(real: TestClient) -> None:
    body = real.get("/api/v1/completion").json()
    used = body["by_class"]["org:Membership"]
    assert {"org:member", "org:organization", "org:role"} <= used.keys()
    assert "imc:population" not in used
    assert {"imc:Municipality", "foaf:Person"} <= body["objects"]["org:member"].keys()
    theme = next(one for one in body["properties"] if one["name"] == "imc:theme")
    assert (theme["scheme"], theme["label"]["de"]) == ("theme", "Thema")


def test_every_example_question_is_answered(real: TestClient) -> None:
    items = real.get("/api/v1/examples").json()["items"]
    assert len(items) > 40
    for item in items:
        assert item["question"]["de"] and item["question"]["en"], item["name"]
        assert not item["query"].startswith("#"), item["name"]
    who = next(one for one in items if one["name"] == "ag_stadtumbau_coordinator")
    assert who["question"]["en"] == "Who coordinates AG Stadtumbau on 1 January 2025?"
    answer = real.post("/sparql", data={"query": who["query"], "format": "csv"})
    assert "organisation/amt-fuer-stadterneuerung" in answer.text or "de-05913000" in answer.text


def test_names_of_things(client: TestClient) -> None:
    body = client.get("/api/v1/labels", params={"iri": [CITY, "urn:none", "<hostile> ?s"]}).json()
    assert body["labels"] == {CITY: {"de": "Münster", "en": "Muenster"}}


@pytest.mark.parametrize("query", ["", "?" + "&".join(["iri=urn:x"] * 101), "?iri=urn:x&q=1"])
def test_a_wrong_request_for_names(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/v1/labels{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
