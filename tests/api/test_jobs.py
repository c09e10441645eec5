"""Measures as jobs, over real servers on the loopback interface: progress, cancel, sharing.

`office` serves the small release with one worker and room for two jobs.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgraph.release import Release
from kgraph_api.settings import Settings

from .office import ASYNC, LONG, PATIENCE, Office, is_gone, served, within
from .publishing import publish

#: As long as LONG.
OTHER = "/api/v1/analysis/nestedness?n_samples=9999"
THIRD = "/api/v1/analysis/nestedness?n_samples=9998"


@pytest.fixture(scope="module")
def office(release: Release, pages: Path) -> Iterator[Office]:
    with served(Settings(pages=pages, analysis_workers=1, analysis_jobs=2), release) as found:
        yield found


def test_what_takes_long_becomes_a_job(office: Office) -> None:
    status, body, headers = office.ask(LONG)
    assert status == 202 and body["state"] in ("waiting", "running")
    assert headers["Retry-After"] == "1" and headers["Cache-Control"] == "no-store"
    assert "ETag" not in headers
    address = headers["Location"]
    assert f"/{body['links']['self']}" == address

    seen = [body]
    while seen[-1]["state"] in ("waiting", "running"):
        time.sleep(0.05)
        status, body, headers = office.ask(address)
        assert status == 200 and headers["Cache-Control"] == "no-store"
        seen.append(body)
    shares = [one["progress"] for one in seen]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert len({share for share in shares if 0 < share < 1}) > 3, "it goes on in steps"
    assert {"random graphs"} <= {one["doing"]["en"] for one in seen}
    assert any(0 < one["n_done"] < one["n_all"] == 10_001 for one in seen)
    assert (seen[-1]["state"], seen[-1]["error"]) == ("done", None)
    assert seen[-1]["created"] <= seen[-1]["started"] <= seen[-1]["ended"]

    result = f"/{body['links']['result']}"
    status, answer, headers = office.ask(result)
    assert (status, answer["total"], answer["measure"]) == (200, 3, "nestedness")
    assert [row["of"] for row in answer["items"]] == ["all", "members", "networks"]
    assert "immutable" in headers["Cache-Control"]
    again = office.ask(result, headers={"If-None-Match": headers["ETag"]})
    assert (again[0], again[1]) == (304, None)
    assert office.ask(f"{result}?limit=1&offset=2")[1]["items"] == answer["items"][2:]
    # From now on the measure itself answers at once, and says the same.
    status, kept, headers = office.ask(LONG, headers=ASYNC)
    assert (status, kept) == (200, answer) and headers["Vary"] == "Prefer"
    assert office.ask(f"/{answer['receipt']['address']}")[1]["items"] == answer["items"]


def test_who_prefers_a_job_gets_one(office: Office) -> None:
    assert office.ask("/api/v1/analysis/degree")[0] == 200
    status, body, headers = office.ask(
        "/api/v1/analysis/degree?mode=networks&as_of=2024-05-01", headers=ASYNC
    )
    assert (status, headers["Preference-Applied"]) == (202, "respond-async")
    done = office.until(headers["Location"], "done")
    answer = office.ask(f"/{done['links']['result']}")[1]
    assert [row["raw"] for row in answer["items"]] == [2, 2, 1]
    assert done["version"] == answer["version"] == body["version"]
    assert answer["coverage"]["n_networks"] == 3 and answer["references"]


def test_to_cancel_ends_the_process(office: Office) -> None:
    address = office.job(OTHER)
    pid = office.pid(address)
    status, body, _ = office.ask(address, "DELETE")
    assert (status, body["state"]) == (200, "cancelled")
    within(lambda: is_gone(pid))
    assert office.ask(address)[1]["state"] == "cancelled"
    assert "result" not in office.ask(address)[1]["links"]
    assert office.ask(address, "DELETE")[1]["state"] == "cancelled", "twice is once"


def test_equal_requests_share_and_nobody_ends_what_another_waits_for(office: Office) -> None:
    mine, theirs = office.job(OTHER), office.job(OTHER)
    assert mine != theirs
    pid = office.pid(mine)
    assert office.pid(theirs) == pid
    office.ask(theirs, "DELETE")
    assert office.ask(theirs)[1]["state"] == "cancelled"
    assert office.ask(mine)[1]["state"] == "running" and not is_gone(pid)
    office.ask(mine, "DELETE")
    within(lambda: is_gone(pid))


def test_jobs_wait_for_each_other_and_no_more_are_taken_than_there_is_room_for(
    office: Office,
) -> None:
    first, second = office.job(OTHER), office.job(THIRD)
    office.until(first, "running")
    assert office.ask(second)[1]["state"] == "waiting"
    status, body, headers = office.ask("/api/v1/analysis/degree?top=1", headers=ASYNC)
    assert (status, headers["Retry-After"], body["status"]) == (503, "15", 503)
    assert office.ask("/api/v1/analysis/degree?top=1")[0] == 200, "short ones go on"
    office.ask(first, "DELETE")
    office.until(second, "running")
    office.ask(second, "DELETE")
    office.until(second, "cancelled")


def test_a_job_that_waits_can_be_cancelled(office: Office) -> None:
    first, second = office.job(OTHER), office.job(THIRD)
    office.ask(second, "DELETE")
    office.ask(first, "DELETE")
    assert office.ask(second)[1]["started"] is None
    assert office.job(THIRD) != second  # there is room again
    office.ask(office.job(THIRD), "DELETE")


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        ("memberships?member=nobody", 404, "no member 'nobody'"),
        ("nestedness?n_samples=many", 422, "n_samples"),
        ("jobs/none", 404, "ask the measure again"),
        ("results/none", 404, "ask the measure again"),
    ],
)
def test_what_is_wrong_is_said_at_once(office: Office, path: str, status: int, part: str) -> None:
    found = office.ask(f"/api/v1/analysis/{path}", headers=ASYNC)
    assert found[0] == status and part in found[1]["detail"]


def test_what_the_measure_refuses_is_said_by_the_job(office: Office) -> None:
    path = "/api/v1/analysis/turnover?first_year=1000&last_year=2020"
    failed = office.until(office.job(path), "failed", "done")
    assert failed["state"] == "failed" and "result" not in failed["links"]
    assert failed["error"]["code"] == "refused"
    assert "at most 1000 years" in failed["error"]["detail"]


def test_another_origin_may_cancel(office: Office) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "DELETE"}
    headers = office.ask("/api/v1/analysis/jobs/x", "OPTIONS", asked)[2]
    assert "DELETE" in headers["Access-Control-Allow-Methods"]
    assert "Prefer" in headers["Access-Control-Allow-Headers"]


def test_a_job_keeps_its_release_while_another_is_published(
    release: Release, pages: Path, tmp_path: Path
) -> None:
    publish(release, tmp_path, release.version)
    with served(Settings(pages=pages, release=tmp_path), None) as office:
        address = office.job("/api/v1/analysis/nestedness?n_samples=4000")
        office.until(address, "running")
        publish(release, tmp_path, "second")
        releases = office.app.state.releases
        releases.check(now=True)
        releases.wait(PATIENCE)
        assert office.ask("/api/v1/about")[1]["version"] == "second"
        newer = office.until(office.job("/api/v1/analysis/degree"), "done")
        done = office.until(address, "done", "failed")
        assert (done["state"], done["version"], newer["version"]) == (
            "done", release.version, "second"
        )  # fmt: skip
        answer = office.ask(f"/{done['links']['result']}")
        assert answer[1]["version"] == answer[2]["X-Release-Version"] == release.version


def test_a_release_that_was_taken_away_fails_its_jobs(
    release: Release, pages: Path, tmp_path: Path
) -> None:
    publish(release, tmp_path, release.version)
    with served(Settings(pages=pages, release=tmp_path), None) as office:
        office.ask("/api/v1/analysis/degree")  # the server has read what it needs
        shutil.rmtree(tmp_path / release.version)
        failed = office.until(office.job("/api/v1/analysis/degree?top=2"), "failed", "done")
        assert failed["error"]["code"] == "gone" and str(tmp_path) not in failed["error"]["detail"]
