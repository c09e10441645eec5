"""Every value leads to its receipt: a place in a source, or a definition with its parameters."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

STADTREGION = "/api/v1/networks/stadtregion-muenster"


def test_answers_stay_small_unless_asked(real: TestClient) -> None:
    body = real.get(STADTREGION).json()
    assert body["receipts"] is None and body["computed"] is None


def test_each_value_of_a_network(real: TestClient) -> None:
    body = real.get(f"{STADTREGION}?include=sources&as_of=2022-06-01").json()
    found = body["receipts"]
    # havixbeck-stadtregion-2013, section 1.2: the network began in 2001.
    assert {"value": "2001", "property": "imc:date", "source": "havixbeck-stadtregion-2013",
            "locator": "section 1.2: municipal network"}.items() <= next(
        one for one in found["founded"] if one["source"] == "havixbeck-stadtregion-2013"
    ).items()  # fmt: skip
    assert found["legal_form"][0]["locator"] == "organisation"
    printed = {one["value"]: one["locator"] for one in found["themes"]}
    assert printed["Klimaschutz"] == "fields of action"
    for field in ("name", "kind", "country", "themes", "legal_form", "founded", "counts"):
        assert bool(body[field]) == bool(found.get(field)), field
        for one in found.get(field, ()):
            assert one["source"] and one["locator"]
            assert real.get(f"/api/v1/sources/{one['source']}").status_code == 200


def test_a_computed_number_leads_to_its_rows(real: TestClient) -> None:
    body = real.get(f"{STADTREGION}?include=sources&as_of=2022-06-01").json()
    made = body["computed"]["n_members"]
    assert made["version"] == body["version"] and made["parameters"] == {"as_of": "2022-06-01"}
    rows = real.get(f"/{made['address']}&limit=500").json()["items"]
    members = {row["member"]["iri"] for row in rows if row["member"]["kind"] != "person"}
    assert len(members) == body["n_members"] == 12  # muenster-stadtregion lists twelve


def test_a_municipality_has_its_values_from_the_list_of_keys(real: TestClient) -> None:
    body = real.get("/api/v1/municipalities/de-05515000?include=sources").json()
    [population] = body["receipts"]["population"]
    assert population["value"] == str(body["population"]) and population["source"] is None
    address = body["computed"]["n_networks"]["address"]
    rows = real.get(f"/{address}&limit=500").json()["items"]
    assert len({row["network"]["iri"] for row in rows}) >= body["n_networks"] > 20


@pytest.mark.parametrize(
    "path",
    [
        "analysis/degree?state=de-05&limit=2",
        "analysis/network-overlap?limit=2&as_of=2020-01-01",
        "coverage?kind=city-region&limit=2",
        "coverage/by/kind?as_of=all",
    ],
)
def test_what_is_computed_says_how(real: TestClient, path: str) -> None:
    body = real.get(f"/api/v1/{path}").json()
    made = body["receipt"]
    assert made["definition"]["de"] and made["definition"]["en"]
    assert made["version"] == body["version"]
    assert made["parameters"]["as_of"] == (body["as_of"] or "all")
    again = real.get(f"/{made['address']}&limit=2").json()
    assert again["items"] == body["items"][:2] and again["receipt"] == made


def test_nothing_else_can_be_included(real: TestClient) -> None:
    assert real.get(f"{STADTREGION}?include=secrets").status_code == 422
