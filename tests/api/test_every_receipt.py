"""Every value of the JSON API leads to a place or to a definition: all addresses, field by field.

The OpenAPI document says which addresses there are; one that is new here must take
``include=sources`` or stand in :data:`WITHOUT` with the reason.
"""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

#: Address → parameters for its path and query. The day is one on which much is known.
ASKED: dict[str, str] = {
    "/networks": "?limit=40",
    "/networks/{slug}": "netzwerk-innenstadt-nrw stadtregion-muenster metrex c40 "
                        "metropolregion-mitteldeutschland staedtebund-silberberg",
    "/networks/{slug}/members": "stadtregion-muenster",
    "/municipalities": "?limit=20&q=schlema&as_of=all",
    "/municipalities/{key}": "de-05515000 de-14521030 de-14521035 nl-0363 nl-0196",
    "/municipalities/{key}/memberships": "de-05913000",
    "/agents/{kind}": "district?limit=20 state?limit=20 organisation?limit=20 agent?limit=20 "
                      "person?limit=5 place?limit=5",
    "/agents/{kind}/{key}": "district/de-05566 state/de-05 agent/de-lauter-sachsen "
                            "organisation/bbsr",
    "/agents/{kind}/{key}/memberships": "district/de-05566",
    "/programmes": "?limit=40",
    "/graph": "?state=de-05",
    "/diff": "?from=2013-04-01&to=2020-01-01&limit=20",
    "/periods": "?limit=200",
}  # fmt: skip

#: Addresses that take no ``include``: their answers have it in them, or hold no value of a source.
WITHOUT = {
    "/sources": "documents themselves",
    "/sources/{slug}": "a document itself",
    "/search": "names, each with the address that has its receipts",
    "/labels": "names, as above",
    "/codelists": "code lists of the ontology",
    "/codelists/{scheme}": "a code list of the ontology",
    "/completion": "terms of the ontology",
    "/examples": "questions of the ontology",
    "/about": "about this release",
    "/analysis": "definitions",
    "/coverage": "always has its receipt",
    "/coverage/by/{what}": "always has its receipt",
    "/diff/releases": "statements as they stand in the graphs of their sources",
    "/disagreements": "both values always have their places",
}

#: What identifies a thing or a page and is no value of it.
IDENTITY = {"iri", "slug", "key", "as_of", "version", "receipts", "computed", "sources", "kind"}
#: Field → the field whose receipt is its own.
SAME = {"name_en": "name", "state_key": "state"}


def under(paths: dict[str, Any]) -> list[str]:
    return [path.removeprefix("/api/v1") for path, methods in paths.items()
            if path.startswith("/api/v1/") and "get" in methods]  # fmt: skip


def test_no_address_is_forgotten(real: TestClient) -> None:
    paths = real.get("/api/v1/openapi.json").json()["paths"]
    for path in under(paths):
        if path.startswith("/analysis/"):
            continue  # always has its receipt: test_receipts.py
        names = {one["name"] for one in paths[f"/api/v1{path}"]["get"].get("parameters", ())}
        assert ("include" in names) == (path in ASKED), path
        assert path in ASKED or path in WITHOUT, path


@pytest.mark.parametrize(
    "path", ["coverage", "coverage/by/state", "disagreements", "analysis", "analysis/degree"]
)
def test_receipts_may_be_asked_for_where_they_always_are(real: TestClient, path: str) -> None:
    plain = real.get(f"/api/v1/{path}")
    asked = real.get(f"/api/v1/{path}?include=sources")
    assert (plain.status_code, asked.status_code) == (200, 200)
    assert asked.json().get("items") == plain.json().get("items")
    assert real.get(f"/api/v1/{path}?include=everything").status_code == 422


def addresses() -> list[str]:
    found = []
    for path, asked in ASKED.items():
        for one in asked.split(" "):
            keys, _, query = one.partition("?")
            filled = path
            for part in filter(None, keys.split("/")):
                start = filled.index("{")
                filled = filled[:start] + part + filled[filled.index("}", start) + 1 :]
            found.append(f"/api/v1{filled}?{query}".rstrip("?"))
    return found


@pytest.mark.parametrize("address", addresses())
def test_every_value_has_its_receipt(real: TestClient, address: str) -> None:
    joint = "&" if "?" in address else "?"
    answer = real.get(f"{address}{joint}include=sources")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    items = body.get("items", [body])
    assert items
    for item in items:
        if "receipts" in item:
            check_record(item, real)
        elif "certainty" in item:
            check_statement(item)
            assert "certainty" in body["computed"]
        else:
            assert body["computed"], item
    if address.startswith("/api/v1/graph"):
        assert body["computed"]["graph"]["version"] == body["version"]
        assert body["coverage"] and all(one["locator"] for one in body["coverage"])
    if address.startswith("/api/v1/diff"):
        assert set(body["computed"]) == {"moves", "ties"}
        assert all(said["locator"] for move in body["moves"] for said in move["sources"])
        assert all(event["sources"] or event["note"] for event in body["events"])


def check_record(item: dict[str, Any], real: TestClient) -> None:
    """A network, an agent or a programme: each value that it shows, and each place named."""
    receipts, computed = item["receipts"], item.get("computed") or {}
    for field, value in item.items():
        if field in IDENTITY or not has_value(value):
            continue
        inner = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
        own = bool(inner) and all(has_place(one) for one in inner)
        assert own or SAME.get(field, field) in receipts or field in computed, (item["iri"], field)
    for field, said in receipts.items():
        for one in said:
            assert one["locator"], (item["iri"], field, one)
    for made in computed.values():
        assert made["definition"]["de"] and made["definition"]["en"]
        assert made["parameters"]["as_of"] and made["version"]


def has_value(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(has_value, value.values()))
    return value not in (None, "", [])


def has_place(value: Any) -> bool:
    """Whether a nested value names its own source and place: a founding, a count, a change."""
    if not isinstance(value, dict):
        return False
    if value.get("note"):
        return True
    if "first" in value:
        return has_place(value["first"]) and has_place(value["second"])
    if "sources" in value:
        return bool(value["sources"]) and all(one["locator"] for one in value["sources"])
    return bool(value.get("source") and value.get("locator"))


def check_statement(item: dict[str, Any]) -> None:
    """A membership, a fee, a name: it lists the places that say so, or what decided it."""
    decided = item["kind"] in ("network", "territory") if "kind" in item else False
    if "kind" in item and item["kind"] == "name" and not item["sources"]:
        assert item["label"] == "Schlema"  # decided in mappings/changes.csv
        return
    assert decided or item["sources"], item["iri"]
    assert all(said["locator"] for said in item["sources"]), item["iri"]


def test_the_members_ever_listed_can_be_counted_again(real: TestClient) -> None:
    body = real.get("/api/v1/networks/netzwerk-innenstadt-nrw?include=sources").json()
    made = body["computed"]["n_listed"]
    assert made["parameters"] == {"as_of": "all"}
    rows = real.get(f"/{made['address']}&limit=500").json()["items"]
    assert len({row["member"]["iri"] for row in rows}) == body["n_listed"] > 80
