"""The tests of the pages, run from here so that one command runs all: types, state, a browser."""

from __future__ import annotations

import re

import pytest

from .conftest import WEB, Run

ROOT = WEB.parent


def test_types_and_accessibility_of_the_components(run: Run) -> None:
    done = run("node_modules/svelte-check/bin/svelte-check", "--fail-on-warnings")
    assert done.returncode == 0, done.stdout + done.stderr


def test_state_and_texts(run: Run) -> None:
    done = run("node_modules/vitest/vitest.mjs", "run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Test Files  \d+ passed \(", done.stdout)


@pytest.mark.parametrize("scenes", ["tests/page/run.mjs", "tests/page/sparql.mjs"])
def test_the_built_pages_in_a_browser(scenes: str, run: Run) -> None:
    if not (ROOT / "api/kgraph_api/web/index.html").is_file():
        pytest.skip("the pages are not built; install without KGRAPH_SKIP_WEB")
    done = run(scenes)
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
