"""Puts a release in a folder of releases, as a build does."""

from __future__ import annotations

import shutil
from pathlib import Path

from kgraph.release import Release


def publish(release: Release, root: Path, version: str, manifest: str = "") -> None:
    """Put a copy of the small release under another version, then the pointer, as a build does."""
    if not (root / version).exists():
        shutil.copytree(release.path, root / version)
        text = (release.path / "manifest.json").read_text(encoding="utf-8")
        (root / version / "manifest.json").write_text(
            manifest or text.replace(release.version, version), encoding="utf-8"
        )
    (root / "next").write_text(f"{version}\n", encoding="utf-8")
    (root / "next").replace(root / "current")
