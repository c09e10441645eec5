"""``/api/v1/graph``: nodes, edges, positions."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from kgraph.release import Release
from kgraph_api.layout import layout, project

BASE = "https://w3id.org/imcoop/id/"


def graph(client: TestClient, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/graph{query}").json()
    return found


def edges(client: TestClient, query: str) -> set[tuple[str, str]]:
    found = graph(client, query)["edges"]
    return {tuple(e[end].removeprefix(BASE) for end in ("source", "target")) for e in found}  # type: ignore[misc]


def test_edges_of_today(client: TestClient) -> None:
    assert edges(client, "") == {
        ("municipality/de-05515000", "network/stadtregion"),
        ("municipality/de-05570048", "network/stadtregion"),
        ("district/de-05570", "network/innenstadt"),
        ("network/stadtregion", "network/innenstadt"),
        ("organisation/land", "network/ag-plaetze"),
    }


def test_two_roles_of_one_pair_are_one_edge(client: TestClient) -> None:
    (edge,) = [e for e in graph(client)["edges"] if e["source"].endswith("de-05515000")]
    assert (edge["roles"], edge["certainty"]) == (["host", "member"], "presumed")


def test_all_times_together(client: TestClient) -> None:
    answer = graph(client, "?as_of=all")
    assert (answer["as_of"], answer["version"]) == (None, "0123456789ab")
    assert ("municipality/de-05566012", "network/stadtregion") in edges(client, "?as_of=all")


def test_nodes(client: TestClient) -> None:
    nodes = {node["id"].removeprefix(BASE): node for node in graph(client)["nodes"]}
    assert len(nodes) == 7
    assert nodes["municipality/de-05515000"] | {"x": 0, "y": 0} == {
        "id": f"{BASE}municipality/de-05515000", "type": "member", "kind": "municipality",
        "key": "de-05515000", "slug": None, "label_de": "Münster", "label_en": "Münster",
        "state": "Nordrhein-Westfalen", "x": 0, "y": 0, "size": 1, "themes": [], "n_listed": None,
    }  # fmt: skip
    # A network that is a member of another one is one node, a network.
    region = nodes["network/stadtregion"]
    assert (region["type"], region["slug"], region["n_listed"]) == ("network", "stadtregion", 2)
    assert region["size"] == 3


def test_coverage_is_what_a_source_claims(client: TestClient) -> None:
    assert graph(client)["coverage"] == [
        {"network": f"{BASE}network/stadtregion", "n_listed": 2, "n_claimed": 12,
         "claimed_qualifier": "over", "claimed_on": "2019", "source": "handbook",
         "locator": "p. 2"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "n_edges"),
    [
        ("?kinds=city-region", 2),
        ("?kinds=city-region,network", 4),
        ("?themes=culture", 2),
        ("?state=de-05", 3),
        ("?state=Niedersachsen", 0),
        ("?min_members=2", 4),
        ("?min_members=3", 0),
        ("?as_of=1990-01-01", 0),
    ],
)
def test_filters(client: TestClient, query: str, n_edges: int) -> None:
    answer = graph(client, query)
    assert len(answer["edges"]) == n_edges
    ends = {edge[end] for edge in answer["edges"] for end in ("source", "target")}
    assert ends == {node["id"] for node in answer["nodes"]}


def test_positions(release: Release) -> None:
    places = layout(release)
    city, telgte = (
        places[f"{BASE}municipality/de-05515000"],
        places[f"{BASE}municipality/de-05570048"],
    )
    assert city == pytest.approx(project(51.96, 7.63), abs=1e-5)
    assert telgte[0] > city[0], "Telgte lies east of Münster"
    # A district stands at the mean of its municipalities, here Telgte; they move apart.
    district = places[f"{BASE}district/de-05570"]
    assert district == pytest.approx(project(51.98, 7.78), abs=0.05)
    assert len(set(places.values())) == len(places)
    assert places == layout(release)


def test_an_organisation_stands_with_its_networks(release: Release) -> None:
    # The Land has no place; its network has none of its own and borrows that of its parent.
    places = layout(release)
    assert places[f"{BASE}organisation/land"] == pytest.approx(
        places[f"{BASE}network/innenstadt"], abs=0.1
    )
