"""The pages that the server writes itself, in a browser, over the slice of the facts."""

from __future__ import annotations

from kgraph.release import Release
from kgraph_api.app import create_app
from kgraph_api.settings import Settings

from ..conftest import Serve
from .conftest import Run

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
