"""``/api/v1/analysis``: the measures of the registry over HTTP."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from kgraph.analysis import MEASURES


def test_every_measure_of_the_registry_is_listed_and_documented(client: TestClient) -> None:
    items = client.get("/api/v1/analysis").json()["items"]
    assert [item["id"] for item in items] == list(MEASURES)
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for measure in MEASURES.values():
        operation = paths[f"/api/v1/analysis/{measure.id}"]["get"]
        names = {parameter["name"] for parameter in operation["parameters"]}
        assert names >= {p.name for p in measure.parameters} | {"as_of", "level", "role"}


def test_degree_of_networks(client: TestClient) -> None:
    answer = client.get("/api/v1/analysis/degree?mode=networks").json()
    assert [(row["name"], row["raw"]) for row in answer["items"]] == [
        ("Netzwerk Innenstadt", 2), ("Stadtregion Münster", 2), ("AG Plätze", 1)
    ]  # fmt: skip
    assert (answer["n_members"], answer["n_networks"], answer["n_entries"]) == (5, 3, 5)
    assert (answer["as_of"], answer["version"], answer["total"]) == (
        "2024-05-01", "0123456789ab", 3
    )  # fmt: skip
    assert "few-networks" in {warning["code"] for warning in answer["warnings"]}


def test_the_view_can_be_chosen(client: TestClient) -> None:
    answer = client.get("/api/v1/analysis/degree?mode=networks&role=host,lead&limit=1").json()
    assert answer["roles"] == ["host", "lead"]
    assert (len(answer["items"]), answer["total"]) == (1, 2)
    top = client.get("/api/v1/analysis/degree?mode=networks&level=top").json()
    assert {row["name"] for row in top["items"]} == {"Netzwerk Innenstadt", "Stadtregion Münster"}


def test_closest_partners(client: TestClient) -> None:
    answer = client.get("/api/v1/analysis/closest-partners?member=de-05515000").json()
    assert [(row["name"], row["n_shared"]) for row in answer["items"]] == [("Telgte", 1)]


#: What a parameter that is needed is given, by its kind.
_GIVEN = {"member": "de-05515000", "network": "stadtregion"}


@pytest.mark.parametrize("measure", list(MEASURES))
def test_every_measure_answers(client: TestClient, measure: str) -> None:
    parameters = MEASURES[measure].parameters
    needed = {p.name: _GIVEN.get(p.kind, "2") for p in parameters if p.required}
    answer = client.get(f"/api/v1/analysis/{measure}", params={"as_of": "2025-06-01", **needed})
    assert answer.status_code == 200, answer.text
    for row in answer.json()["items"]:
        assert list(row) == list(MEASURES[measure].columns)


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("degree?mode=sideways", "one of members, networks"),
        ("degree?top=many", "integer"),
        ("degree?level=deep", "level"),
        ("degree?role=king", "role 'king' is not known"),
        ("degree?state=Atlantis", "state 'Atlantis' is not known"),
        ("degree?modus=members", "there is no parameter 'modus'"),
        ("closest-partners", "member is missing"),
        ("closest-partners?member=de-05515000&k=0", "k is '0'"),
    ],
)
def test_a_wrong_parameter_is_named(client: TestClient, query: str, part: str) -> None:
    answer = client.get(f"/api/v1/analysis/{query}")
    assert answer.status_code == 422
    assert part in answer.json()["detail"]
