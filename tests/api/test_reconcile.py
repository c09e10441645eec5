"""``/reconcile`` as OpenRefine asks it: manifest, batch, suggest, preview, extend."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

MUENSTER, MUNSTER = "municipality/de-05515000", "municipality/de-03358016"


def ask(client: TestClient, **queries: dict[str, Any]) -> dict[str, Any]:
    """As OpenRefine does: a form with the field ``queries``."""
    found = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert found.status_code == 200, found.text
    return found.json()


def test_the_manifest_names_a_service_that_answers(client: TestClient) -> None:
    found = client.get("/reconcile", headers={"Origin": "http://127.0.0.1:3333"})
    assert found.headers["access-control-allow-origin"] == "*"
    manifest = found.json()
    assert manifest["versions"] == ["0.1", "0.2"]
    assert manifest["identifierSpace"] == "https://w3id.org/imcoop/id/"
    assert manifest["schemaSpace"] == "https://w3id.org/imcoop/ontology#"
    assert {"id": "municipality", "name": "municipality"} in manifest["defaultTypes"]
    for part in manifest["suggest"].values():
        address = part["service_url"] + part["service_path"]
        assert client.get(address, params={"prefix": "m"}).json()["result"]
    view = manifest["view"]["url"].replace("{{id}}", MUENSTER)
    assert client.get(view, headers={"Accept": "text/turtle"}).status_code == 200
    preview = client.get(manifest["preview"]["url"].replace("{{id}}", MUENSTER))
    assert preview.status_code == 200 and "frame-ancestors" not in preview.headers[
        "content-security-policy"
    ]  # fmt: skip


def test_a_batch_is_answered_by_key(client: TestClient) -> None:
    found = ask(
        client,
        q0={"query": "Telgte", "type": "municipality", "limit": 5, "type_strict": "should"},
        q1={"query": "Stadtregion Münster", "limit": 2},
    )
    assert list(found) == ["q0", "q1"]
    assert found["q0"]["result"][0] == {
        "id": "municipality/de-05570048",
        "name": "Telgte",
        "description": "municipality, 05570048, Nordrhein-Westfalen",
        "type": [{"id": "municipality", "name": "municipality"}],
        "score": 100.0,
        "match": True,
    }
    assert found["q1"]["result"][0]["id"] == "network/stadtregion"
    assert found["q1"]["result"][0]["match"] is True and len(found["q1"]["result"]) <= 2


def test_get_and_post_give_the_same_answer(client: TestClient) -> None:
    queries = {"q0": {"query": "Grewen"}}
    got = client.get("/reconcile", params={"queries": json.dumps(queries)}).json()
    assert got == ask(client, **queries)
    best = got["q0"]["result"][0]
    assert best["id"] == "municipality/de-05566012" and best["match"] is False
    assert 80 < best["score"] < 100


@pytest.mark.parametrize("query", ["Telgte", '{"query": "Telgte", "limit": 1}'])
def test_a_single_query(client: TestClient, query: str) -> None:
    found = client.get("/reconcile", params={"query": query}).json()
    assert found["result"][0]["id"] == "municipality/de-05570048"


@pytest.mark.parametrize("key", ["05515000", "de-05515000", MUENSTER])
def test_an_official_key_is_a_match(client: TestClient, key: str) -> None:
    asked = {"query": "MS", "properties": [{"pid": "key", "v": key}]}
    for one in (asked, {"query": key}):
        (best,) = ask(client, q=one)["q"]["result"]
        assert (best["id"], best["score"], best["match"]) == (MUENSTER, 100.0, True)


@pytest.mark.parametrize(
    ("value", "first"),
    [("de-03", MUNSTER), ("03", MUNSTER), ("Niedersachsen", MUNSTER), ({"id": "de-05"}, MUENSTER),
     ({"id": "state/de-05", "name": "Nordrhein-Westfalen"}, MUENSTER),  # a reconciled column
     ({"id": "state/de-03", "name": "Niedersachsen"}, MUNSTER),
     (["Nordrhein-Westfalen"], MUENSTER)],
)  # fmt: skip
def test_a_state_decides_between_two_towns(client: TestClient, value: Any, first: str) -> None:
    asked = {"query": "Munster", "type": "municipality",
             "properties": [{"pid": "state", "v": value}]}  # fmt: skip
    found = ask(client, q=asked)["q"]["result"]
    assert {one["id"] for one in found[:2]} == {MUENSTER, MUNSTER}
    assert found[0]["id"] == first


def test_a_state_that_speaks_against_it_is_no_match(client: TestClient) -> None:
    asked = {"query": "Telgte", "properties": [{"pid": "state", "v": "de-03"}]}
    best = ask(client, q=asked)["q"]["result"][0]
    assert (best["name"], best["score"], best["match"]) == ("Telgte", 80.0, False)


def test_a_type_leaves_out_other_things(client: TestClient) -> None:
    for kind in ("network", ["network"], {"id": "network"}):
        found = ask(client, q={"query": "Münster", "type": kind})["q"]["result"]
        assert [one["type"][0]["id"] for one in found] == ["network"] * len(found)
        assert found[0]["id"] == "network/stadtregion" and not found[0]["match"]


@pytest.mark.parametrize("query", ["", "qqqqqqqqq", "%%%", "日本", "<script>"])
def test_nothing_near_is_an_empty_list(client: TestClient, query: str) -> None:
    assert ask(client, q={"query": query, "type": "municipality"}) == {"q": {"result": []}}


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"queries": "{"}, "queries is no JSON"),
        ({"queries": "[]"}, "queries is no object of queries"),
        ({"queries": '{"q0": "Telgte"}'}, "queries is no object of queries"),
        ({"queries": '{"q0": {"query": 3}}'}, "a query is a text"),
        ({"queries": '{"q0": {"query": "x", "properties": "y"}}'}, "properties is a list"),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(201)})}, "at most 200"),
        ({"extend": "{}"}, "extend is no object such as"),
    ],
)
def test_a_question_that_cannot_be_read_is_told(
    client: TestClient, form: dict[str, str], told: str
) -> None:
    found = client.post("/reconcile", data=form)
    assert found.status_code == 422 and told in found.json()["detail"]


def test_a_question_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.post("/reconcile", data={"queries": "x" * 1_100_000}).status_code == 413


def test_suggestions_begin_with_the_text(client: TestClient) -> None:
    def suggested(what: str, prefix: str) -> list[dict[str, Any]]:
        return client.get(f"/reconcile/suggest/{what}", params={"prefix": prefix}).json()["result"]

    assert suggested("entity", "Telg")[0]["id"] == "municipality/de-05570048"
    assert suggested("entity", "Telg")[0]["notable"] == [
        {"id": "municipality", "name": "municipality"}
    ]
    assert [one["id"] for one in suggested("type", "muni")] == ["municipality"]
    assert [one["id"] for one in suggested("property", "state")] == ["state"]
    assert len(suggested("property", "")) == 5
    assert client.get("/reconcile/suggest/else").status_code == 404


def test_columns_can_be_added_from_what_was_matched(client: TestClient) -> None:
    proposed = client.get("/reconcile/properties", params={"type": "municipality"}).json()
    names = [one["id"] for one in proposed["properties"]]
    assert proposed["type"] == "municipality"
    assert names == ["key", "state", "kind", "country", "exists"]
    asked = {"ids": [MUENSTER, "network/atlantis"], "properties": [{"id": name} for name in names]}
    found = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    assert [one["id"] for one in found["meta"]] == names
    assert found["rows"][MUENSTER] == {
        "key": [{"str": "05515000"}], "state": [{"str": "Nordrhein-Westfalen"}],
        "kind": [{"str": "municipality"}], "country": [{"str": "DE"}],
        "exists": [],
    }  # fmt: skip
    assert found["rows"]["network/atlantis"] == {name: [] for name in names}


def test_a_preview_escapes_and_is_missing_for_what_is_not_there(client: TestClient) -> None:
    page = client.get("/reconcile/preview", params={"id": MUENSTER}).text
    assert "<b>Münster</b>" in page and "05515000" in page and "listed in" in page
    assert client.get("/reconcile/preview", params={"id": "<b>"}).status_code == 404


def test_a_flyout_is_a_card_as_json(client: TestClient) -> None:
    entity = client.get("/reconcile").json()["suggest"]["entity"]
    address = entity["flyout_service_url"] + entity["flyout_service_path"]
    found = client.get(address.replace("${id}", MUENSTER)).json()
    assert found["id"] == MUENSTER
    assert "<b>Münster</b>" in found["html"] and "<style" not in found["html"]


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("/reconcile?", '{"versions": ["0.1", "0.2"], '),
        ('/reconcile?queries={"q0":{"query":"Telgte"}}&', '{"q0": {"result": [{"id": "municip'),
        ("/reconcile/suggest/type?prefix=muni&", '{"result": [{"id": "municipality"'),
        (f"/reconcile/flyout?id={MUENSTER}&", f'{{"id": "{MUENSTER}"'),
        ("/reconcile/properties?type=network&", '{"type": "network"'),
    ],
)
def test_old_clients_ask_by_script(client: TestClient, address: str, begins: str) -> None:
    found = client.get(f"{address}callback=jQuery18.answer_1")
    assert found.headers["content-type"].startswith("text/javascript")
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.text.startswith(f"/**/jQuery18.answer_1({begins}")
    assert found.text.endswith(");") and found.text.isascii()
    for hostile in ("alert(1)", "a;b", "", "a" * 101, "ä", "<script>"):
        assert client.get(f"{address}callback=", params={"callback": hostile}).status_code == 422


def test_questions_in_every_shape_of_the_specification(client: TestClient) -> None:
    """The examples of its schema: a number as limit, values of each kind, and no name at all."""
    found = ask(
        client,
        a={"query": "Telgte", "limit": 1.0, "type": ["municipality"], "type_strict": "any"},
        b={"properties": [{"pid": "key", "v": "05570048"}]},
        c={"query": "Telgte", "properties": [
            {"pid": "state", "v": [{"id": "state/de-05", "name": "Nordrhein-Westfalen"}, "x"]},
            {"pid": "kind", "v": True}, {"pid": "unknown", "v": 3.5}]},
        d={"query": "Telgte", "properties": [{"pid": "key", "v": 5570048}]},
    )  # fmt: skip
    assert [one["result"][0]["name"] for one in (found[key] for key in "abc")] == ["Telgte"] * 3
    assert len(found["a"]["result"]) == 1 and found["b"]["result"][0]["match"]
    assert found["d"]["result"][0]["name"] == "Telgte"
    for one in found.values():
        for candidate in one["result"]:
            assert {"id", "name", "score"} <= candidate.keys()
            assert isinstance(candidate["score"], float) and isinstance(candidate["match"], bool)


def test_another_origin_may_ask_by_post(client: TestClient) -> None:
    found = client.options(
        "/reconcile",
        headers={"Origin": "http://x.example", "Access-Control-Request-Method": "POST"},
    )
    assert "POST" in found.headers["access-control-allow-methods"]


def test_names_as_rosters_print_them(real: TestClient) -> None:
    found = ask(
        real,
        a={"query": "Stadt Mülheim a.d. Ruhr", "type": "municipality"},
        b={"query": "Halle", "type": "municipality", "properties": [
            {"pid": "state", "v": "Sachsen-Anhalt"}]},
        c={"query": "Ahlen", "type": "municipality"},
    )  # fmt: skip
    first = {key: one["result"][0] for key, one in found.items()}
    assert first["a"]["id"] == "municipality/de-05117000" and first["a"]["match"]
    assert first["b"]["name"] == "Halle (Saale)" and not first["b"]["match"]
    assert first["c"]["id"] == "municipality/de-05570004"


def test_an_old_name_is_a_match_for_its_days_only(real: TestClient) -> None:
    """Source: silberberg-2019-fusion: Aue and Bad Schlema are one town since 2019-01-01."""
    question = {"query": "Aue", "type": "municipality", "limit": 3}
    found = ask(
        real,
        before={**question, "properties": [{"pid": "exists", "v": "2018-12-31"}]},
        after={**question, "properties": [{"pid": "exists", "v": "2019-01-01"}]},
        never={**question, "properties": [{"pid": "exists", "v": "2019-02-31"}]},
    )
    matches = {key: [one["id"] for one in answer["result"] if one["match"]]
               for key, answer in found.items()}  # fmt: skip
    aue = "municipality/de-14521030"
    assert matches == {"before": [aue], "after": [], "never": [aue]}
    asked = {"ids": [aue], "properties": [{"id": "exists"}]}
    cells = real.post("/reconcile", data={"extend": json.dumps(asked)}).json()["rows"][aue]
    assert cells["exists"] == [{"str": "/2018-12-31"}]
