"""Finding by name."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from kgraph_api.finding import folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The name itself before longer ones; of two of the same rank the one in more networks.
        ("münster", ["Münster", "Munster", "Stadtregion Münster"]),
        ("Munster", ["Münster", "Munster", "Stadtregion Münster"]),
        ("muenster", ["Münster", "Stadtregion Münster"]),
        ("inner", ["Netzwerk Innenstadt"]),
        ("city inner", ["Netzwerk Innenstadt"]),
        ("regi", ["Stadtregion Münster"]),
        # A slug is a name as well, and this is all of it.
        ("plaetze", ["Förderung der Plätze", "AG Plätze"]),
        ("platze", ["AG Plätze", "Förderung der Plätze"]),
        ("atlantis", []),
        ("", []),
        ("%_*\\", []),
        ("<script>", []),
    ],
)
def test_search(client: TestClient, text: str, expected: list[str]) -> None:
    answer = client.get("/api/v1/search", params={"q": text}).json()
    assert [hit["label"] for hit in answer["items"]] == expected
    assert answer["total"] == len(expected)


def test_a_hit_leads_to_what_it_names(client: TestClient) -> None:
    hits = client.get("/api/v1/search?q=munster").json()["items"]
    assert hits[0] == {
        "iri": "https://w3id.org/imcoop/id/municipality/de-05515000", "type": "member",
        "kind": "municipality", "key": "de-05515000", "slug": None, "label": "Münster",
        "label_en": None, "detail": "Nordrhein-Westfalen", "on_day": None,
    }  # fmt: skip
    assert (hits[2]["type"], hits[2]["slug"], hits[2]["key"]) == ("network", "stadtregion", None)


def test_the_limit_cuts_the_items_and_not_the_total(client: TestClient) -> None:
    answer = client.get("/api/v1/search?q=munster&limit=1").json()
    assert (len(answer["items"]), answer["total"]) == (1, 3)


@pytest.mark.parametrize("query", ["", "?q=a&limit=0", "?q=a&limit=101", "?q=" + "a" * 201])
def test_what_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/api/v1/search{query}").status_code == 422


def test_folding_keeps_nothing_of_pure_punctuation() -> None:
    assert folded("!?") == frozenset()
    assert folded("Łódź") == {"lodz"}
