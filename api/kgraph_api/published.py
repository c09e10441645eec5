"""The releases that lie on the disk: the one that is served, and those beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgraph.dumps import Dump, dumps_of
from kgraph.errors import NotFoundError
from kgraph_api.served import Served

__all__ = ["Published", "all_published", "published"]

_VERSION = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Published:
    """A release as its manifest tells of it; an older kgraph may have made it."""

    version: str
    path: Path
    manifest: Mapping[str, Any]

    @property
    def dumps(self) -> Mapping[str, tuple[Dump, Path]]:
        """Name of a file that can be taken → what it is, and where it lies."""
        return dumps_of(self.path, self.manifest)

    @property
    def counts(self) -> Mapping[str, Any]:
        """How much it holds."""
        found: Mapping[str, Any] = self.manifest.get("counts", {})
        return found

    @property
    def licences(self) -> Mapping[str, str]:
        """What → its licence."""
        found: Mapping[str, str] = self.manifest.get("licences", {})
        return found


def published(served: Served, version: str) -> Published:
    """A release by its version; a name that is no version never becomes a path.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    if version == served.version:
        return Published(version, served.release.path, served.release.manifest)
    if _VERSION.fullmatch(version) and (found := _read(served.release.path.parent / version)):
        return found
    raise NotFoundError("release", version, "/data/release lists those that are here")


def all_published(served: Served) -> list[Published]:
    """The release that is served, then those beside it; none where its folder stands alone."""
    first = published(served, served.version)
    parent = served.release.path.parent
    if not (parent / "current").is_file():
        return [first]
    names = (one.name for one in parent.iterdir() if _VERSION.fullmatch(one.name))
    others = (_read(parent / name) for name in sorted(names) if name != served.version)
    return [first, *(one for one in others if one)]


def _read(folder: Path) -> Published | None:
    """A release by its folder; None where it is none, or is being removed."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Published(folder.name, folder, manifest) if isinstance(manifest, dict) else None
