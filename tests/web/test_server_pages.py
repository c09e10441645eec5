"""Pages over a real server in a browser: those that it writes itself, and the details of things."""

from __future__ import annotations

import pytest

from kgraph.release import Release
from kgraph_api.app import create_app
from kgraph_api.settings import Settings

from ..conftest import Serve
from .conftest import WEB, Run

PATHS = (
    "id/network/stadtregion-muenster", "id/municipality/de-05515000", "source/muenster-stadtregion",
    "id/membership/stadtregion-muenster/de-05515000/member", "ontology", "codelist/role",
    "data/release",
)  # fmt: skip


def test_the_pages_about_things_in_a_browser(small: Release, serve: Serve, run: Run) -> None:
    with serve(create_app(Settings(), small)) as address:
        done = run("tests/page/things.mjs", address, *PATHS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{2 * len(PATHS)} passed, 0 failed" in done.stdout


def test_the_details_of_true_networks_and_towns(release: Release, serve: Serve, run: Run) -> None:
    if not (WEB.parent / "api/kgraph_api/web/index.html").is_file():
        pytest.skip("the pages are not built; install without KGRAPH_SKIP_WEB")
    with serve(create_app(Settings(), release)) as address:
        done = run("tests/page/detail.mjs", address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "18 passed, 0 failed" in done.stdout
