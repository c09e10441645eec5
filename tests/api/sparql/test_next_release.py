"""The query workers go from one release to the next with the server."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from kgraph.release import Release

from .conftest import copy_release, serve

COUNT = "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }"


def test_queries_go_on_through_the_change(release: Release, tmp_path: Path) -> None:
    root = tmp_path / "releases"
    root.mkdir()
    for version, n in (("one", 1), ("two", 2)):
        merged = "".join(f"<urn:s> <urn:p> <urn:o{i}> .\n" for i in range(n))
        copy_release(release, root / version, version, merged)
    (root / "current").write_text("one")
    found: list[tuple[int, str, str]] = []
    with serve(root) as server:
        former = server.zygote()

        def ask() -> None:
            status, body, headers = server.ask(COUNT, Accept="text/csv")
            found.append((status, body.decode().split()[-1], headers["x-release-version"]))

        ask()
        (root / "current").write_text("two")
        deadline = time.monotonic() + 20
        while found[-1][2] == "one" and time.monotonic() < deadline:
            threads = [threading.Thread(target=ask) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            time.sleep(0.02)
        ask()
        assert found[0] == (200, "1", "one")
        assert found[-1] == (200, "2", "two")
        assert set(found) == {found[0], found[-1]}
        time.sleep(1)
        assert server.zygote() != former, "the former one is gone"
