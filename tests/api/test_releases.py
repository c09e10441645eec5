"""A new release is taken up while requests are answered, and the old one is let go after them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kgraph.release import Release
from kgraph_api.app import create_app
from kgraph_api.releases import Releases
from kgraph_api.served import Served
from kgraph_api.settings import Settings

from .publishing import publish

Publish = Callable[[str], None]


@pytest.fixture
def root(release: Release, tmp_path: Path) -> Path:
    """A folder of releases, the small one published in it."""
    publish(release, tmp_path, release.version)
    return tmp_path


def releases_of(client: TestClient) -> Releases:
    found: Releases = client.app.state.releases  # type: ignore[attr-defined]
    return found


def version_of(client: TestClient) -> str:
    return str(client.get("/api/v1/about").json()["version"])


def take_up(client: TestClient) -> None:
    """What happens by itself within a second."""
    releases = releases_of(client)
    releases.wait(20)
    releases.check(now=True)
    releases.wait(20)


@pytest.fixture
def client(root: Path, pages: Path) -> TestClient:
    return TestClient(create_app(Settings(release=root, pages=pages)))


def test_the_next_release_is_served(client: TestClient, release: Release, root: Path) -> None:
    assert version_of(client) == release.version
    tag = client.get("/api/v1/networks").headers["etag"]
    publish(release, root, "second")
    take_up(client)
    assert version_of(client) == "second"
    assert client.get("/api/v1/networks").headers["etag"] != tag
    assert (
        client.get("/sparql", params={"query": "ASK {}"}).headers["x-release-version"] == "second"
    )
    publish(release, root, release.version)  # and back again
    take_up(client)
    assert version_of(client) == release.version


def test_a_request_keeps_the_release_that_it_began_with(
    client: TestClient, release: Release, root: Path
) -> None:
    releases, retired = releases_of(client), threading.Event()
    swaps: list[tuple[str, str, str]] = []
    releases.on_swap.append(
        lambda old, new: swaps.append((old.version, new.version, releases.current.version))
    )
    releases.on_retire.append(lambda _: retired.set())
    first, second = releases.begin(), releases.begin()
    publish(release, root, "second")
    take_up(client)
    assert swaps == [(release.version, "second", release.version)]
    assert releases.begin().version == "second"
    assert first.version == second.version == release.version
    releases.end(first)
    assert not retired.wait(0.05)
    releases.end(second)
    assert retired.wait(20)


def test_a_release_without_requests_is_let_go_at_once(
    client: TestClient, release: Release, root: Path
) -> None:
    found: list[str] = []
    retired = threading.Event()

    def note(served: Served) -> None:
        found.append(served.version)
        retired.set()

    releases_of(client).on_retire.append(note)
    publish(release, root, "second")
    take_up(client)
    assert retired.wait(20) and found == [release.version]


def test_a_broken_release_is_not_taken_up(
    client: TestClient, release: Release, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(release, root, "broken", manifest='{"format": 0}')
    take_up(client)
    assert version_of(client) == release.version
    assert "format 0" in caplog.text
    publish(release, root, "third")
    take_up(client)
    assert version_of(client) == "third"


def test_a_hook_that_fails_keeps_the_old_release(
    client: TestClient, release: Release, root: Path
) -> None:
    def fail(_: Served, __: Served) -> None:
        raise OSError("no more processes")

    releases_of(client).on_swap.append(fail)
    publish(release, root, "second")
    take_up(client)
    assert version_of(client) == release.version


def test_a_given_release_stays(release: Release, root: Path, pages: Path) -> None:
    given = TestClient(create_app(Settings(release=root, pages=pages), release))
    publish(release, root, "second")
    take_up(given)
    assert version_of(given) == release.version


def test_the_pointer_is_looked_at_once_a_second(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases, looked = releases_of(client), 0
    releases.check(now=True)
    releases.wait(20)
    real = os.stat

    def stat(self: Path, **more: bool) -> os.stat_result:
        nonlocal looked
        looked += self.name == "current"
        return real(self, **more)

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr("kgraph_api.releases.time.monotonic", lambda: 10.0**9)
    for _ in range(5):
        releases.end(releases.begin())
    assert looked == 1


def test_one_may_wait_while_loading_begins(
    client: TestClient, release: Release, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins, goes_on = threading.Event(), threading.Event()

    class Slow(threading.Thread):
        def start(self) -> None:
            if self.name == "next-release":
                begins.set()
                goes_on.wait(20)
            super().start()

    releases = releases_of(client)
    publish(release, root, "second")
    with monkeypatch.context() as patched:
        patched.setattr("kgraph_api.releases.threading.Thread", Slow)
        checker = threading.Thread(target=releases.check, kwargs={"now": True})
        checker.start()
        assert begins.wait(20)
        threading.Timer(0.05, goes_on.set).start()
        releases.wait(20)
        checker.join(20)
    assert version_of(client) == "second"


def test_nobody_waits_or_fails_while_releases_change(
    client: TestClient, release: Release, root: Path
) -> None:
    answers: list[tuple[int, str, str]] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            answer = client.get("/api/v1/networks")
            body = answer.json()["version"]
            answers.append((answer.status_code, body, answer.headers["x-release-version"]))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for version in ("second", "third", "fourth"):
        publish(release, root, version)
        take_up(client)
    done.set()
    for thread in threads:
        thread.join(20)
    assert {status for status, *_ in answers} == {200}
    assert all(body == header for _, body, header in answers)
