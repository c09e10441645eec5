"""Names, fees, offices and territories on a day; towns that merged, from both sides."""

from __future__ import annotations

from starlette.testclient import TestClient

AUE, TOGETHER = "/api/v1/municipalities/de-14521030", "/api/v1/municipalities/de-14521035"


def test_a_name_of_the_day(real: TestClient) -> None:
    """Source: boell-iclei: its long name from 1990 to 2003."""
    page = real.get("/api/v1/periods?kind=name&about=iclei&as_of=1995-01-01").json()
    assert {(item["label"], item["certainty"]) for item in page["items"]} >= {
        ("International Council for Local Environmental Initiatives", "attested")
    }
    assert all(item["sources"][0]["locator"] for item in page["items"])
    network = real.get("/api/v1/networks/iclei?as_of=1995-01-01").json()
    assert [one["name"] for one in network["names"] if one["end"]] == [
        "International Council for Local Environmental Initiatives"
    ]


def test_an_unknown_kind_or_thing_is_refused(real: TestClient) -> None:
    assert real.get("/api/v1/periods?kind=feee").status_code == 422
    assert real.get("/api/v1/periods?about=network/atlantis").status_code == 404


def test_the_old_town_leads_to_the_new_and_the_new_lists_the_old(real: TestClient) -> None:
    """Source: silberberg-2019-fusion, first notice: one town since 2019-01-01."""
    old = real.get(f"{AUE}?as_of=2020-01-01").json()
    assert (old["certainty"], [one["name"] for one in old["on_day"]]) == (
        "ended", ["Aue-Bad Schlema"]
    )  # fmt: skip
    assert [one["iri"] for one in old["changes"][0]["results"]] == [old["on_day"][0]["iri"]]
    new = real.get(f"{TOGETHER}?as_of=2010-01-01").json()
    assert (new["certainty"], [one["name"] for one in new["on_day"]]) == (
        "not-yet", ["Aue", "Bad Schlema"]
    )  # fmt: skip
    [merger] = new["changes"]
    assert [one["name"] for one in merger["originals"]] == ["Aue", "Bad Schlema"]
    assert merger["sources"][0]["slug"] == "silberberg-2019-fusion"


def test_the_list_of_towns_is_that_of_the_day(real: TestClient) -> None:
    def names(day: str) -> set[str]:
        page = real.get("/api/v1/municipalities", params={"q": "schlema", "as_of": day}).json()
        return {item["name"] for item in page["items"]}

    assert names("2018-12-31") == {"Bad Schlema"}
    assert names("2019-01-01") == {"Aue-Bad Schlema"}


def test_a_search_leads_to_what_stands_for_the_town(real: TestClient) -> None:
    hits = real.get("/api/v1/search?q=Aue&as_of=2020-01-01&limit=50").json()["items"]
    [aue] = [hit for hit in hits if hit["label"] == "Aue"]
    assert [one["name"] for one in aue["on_day"]] == ["Aue-Bad Schlema"]
    hits = real.get("/api/v1/search?q=C20").json()["items"]
    assert hits[0]["slug"] == "c40"  # berlin-c40: called C20 until 2006


def test_a_membership_says_what_ended_it(real: TestClient) -> None:
    """Source: nwste-ueber, second paragraph: merged on 2024-01-01."""
    page = real.get(
        "/api/v1/networks/netzwerk-innenstadt-nrw/members?as_of=2024-06-01&certainty=ended"
    ).json()
    assert page["total"] > 80
    change = page["items"][0]["ended_by"]
    assert (change["kind"], change["date"]) == ("merger", "2024-01-01")
    assert [one["slug"] for one in change["results"]] == ["netzwerk-stadtentwicklung-nrw"]
