"""Coverage, disagreements and differences over the release of the facts."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_coverage_of_a_roster_that_is_complete(real: TestClient) -> None:
    # vm-nrw-netzwerk-innenstadt-2013: a list of 78 towns, and the sentence that there are 78
    address = "/api/v1/coverage?network=netzwerk-innenstadt-nrw&as_of=2013-04-01"
    [item] = real.get(address).json()["items"]
    assert (item["n_listed"], item["claimed"]["value"], item["share"]) == (78, 78, 1.0)
    assert item["roster"]["date"] == "2013-04"
    assert "2023-03" in [claim["date"] for claim in item["claims"]]


def test_coverage_filters_and_groups(real: TestClient) -> None:
    found = real.get("/api/v1/coverage?kind=city-region&state=de-05").json()
    assert found["total"] > 3
    assert {item["network"]["kind"] for item in found["items"]} == {"city-region"}
    groups = real.get("/api/v1/coverage/by/kind").json()["items"]
    assert "city-region" in {group["key"] for group in groups}
    assert real.get("/api/v1/coverage?kind=club").status_code == 404
    assert real.get("/api/v1/coverage/by/colour").status_code == 422


def test_disagreements(real: TestClient) -> None:
    # havixbeck-stadtregion-2013 says 2001, muenster-stadtregion 2013
    address = "/api/v1/disagreements?about=stadtregion-muenster&on=founding-date"
    [item] = real.get(address).json()["items"]
    assert (item["first"]["value"], item["second"]["value"]) == ("2001", "2013")
    assert item["first"]["locator"].startswith("section 1.2")
    assert item["about"]["name"] == "Stadtregion Münster"
    assert real.get("/api/v1/disagreements?on=colour").status_code in (400, 422)


def test_diff(real: TestClient) -> None:
    # lokalkompass-haltern-2021: Haltern am See has been a member since 1 March 2021
    address = ("/api/v1/diff?from=2013-04-01&to=2023-12-31&network=netzwerk-innenstadt-nrw"
               "&ties=2")  # fmt: skip
    found = real.get(address).json()
    joined = [move for move in found["moves"] if move["what"] == "joined"]
    assert [(move["member"]["name"], move["since"]) for move in joined] == [
        ("Haltern am See", "2021-03-01")
    ]
    assert found["n_moves"]["joined"] == 1
    assert found["n_ties_after"] - found["n_ties_before"] == (
        found["n_ties_came"] - found["n_ties_went"]
    )
    assert len(found["ties_came"]) == 2
    assert real.get("/api/v1/diff?from=2025-01-01&to=2013-04-01").status_code in (400, 422)
    assert real.get("/api/v1/diff?from=2013&to=2025-01-01").status_code in (400, 422)
