"""The folder of a release: what it is called, what its manifest says, how it takes its place."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kgraph import __version__, namespaces
from kgraph.dumps import FOLDER
from kgraph.errors import ReleaseError
from kgraph.ingest.context import Context
from kgraph.ingest.journal import alone
from kgraph.ingest.tables import COLUMNS
from kgraph.release import FORMAT, Release, open_release

__all__ = [
    "clear_away",
    "fingerprint",
    "manifest_of",
    "publish",
    "published",
    "version_of",
    "workshop",
]

LICENCES = {
    "facts and ontology": "https://creativecommons.org/licenses/by/4.0/",
    "reference data": "see data/reference/README.md",
    "code": "https://www.apache.org/licenses/LICENSE-2.0",
}

_MANIFEST = "manifest.json"
#: How the folders begin in which builds work.
_WORK = ".build-"
#: The tables whose rows the manifest counts.
_COUNTED = (
    "networks", "agents", "memberships", "figures", "programmes", "sources", "changes",
    "disagreements", "periods",
)  # fmt: skip
#: Our own code that a release depends on.
_PACKAGES = ("ingest", "queries", "store")
_MODULES = (
    "codelists.py", "dates.py", "disagreements.py", "dumps.py", "examples.py", "model.py",
    "namespaces.py", "tables.py",
)  # fmt: skip


def manifest_of(folder: Path, context: Context, inputs: str) -> dict[str, Any]:
    """What a release says of itself, once all its files but the dumps are there."""
    lines = {name: _n_lines(folder / "tables" / f"{name}.jsonl") for name in _COUNTED}
    rows = {
        name.partition("/")[2]: len(context.tables[name])
        for name in COLUMNS
        if name.startswith("facts/")
    }
    organisations = context.resolver.organisations
    return {
        "format": FORMAT,
        "version": version_of(folder),
        "inputs": inputs,
        "kgraph": __version__,
        "base": namespaces.BASE,
        "rows": rows,
        "counts": lines
        | {
            "organisations": len(organisations),
            "statements": _n_lines(folder / "graph.nq"),
            "statements merged": _n_lines(folder / "merged.nt"),
            "graphs": len(context.quads.graphs()),
        },
        "names": dict(sorted(context.resolver.tally.items())),
        "claims": dict(sorted(context.tally.items())),
        "licences": LICENCES,
    }


@contextmanager
def workshop(root: Path) -> Iterator[Path]:
    """A folder beside the releases for one build, gone after it.

    A build holds a lock on its folder that ends with its process; see :func:`clear_away`.
    """
    with alone(root):
        folder = Path(tempfile.mkdtemp(prefix=_WORK, dir=root))
        handle = _held(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def clear_away(root: Path) -> None:
    """Remove what builds have left that were killed: the folders that nobody works in any more."""
    if list(root.glob(f"{_WORK}*")):
        with alone(root):
            for left in root.glob(f"{_WORK}*"):
                if (handle := _held(left)) is not None:
                    shutil.rmtree(left)
                    os.close(handle)


def _held(folder: Path) -> int | None:
    """A lock on a folder; None where another process has it, or the system has none."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def version_of(folder: Path) -> str:
    """The hash of everything that a release holds but its manifest, and what is packed of it."""
    digest = hashlib.sha256()
    for file in _files(folder):
        if file.name != _MANIFEST and file.parent.name != FOLDER:
            digest.update(file.relative_to(folder).as_posix().encode())
            with file.open("rb") as content:
                while part := content.read(1 << 20):
                    digest.update(part)
    return digest.hexdigest()[:12]


def _n_lines(path: Path) -> int:
    with path.open("rb") as handle:
        return sum(1 for _ in handle)


def publish(root: Path, folder: Path, manifest: dict[str, Any]) -> Release:
    """Move the folder to its place and point to it; each of the two steps is atomic.

    Where the same version is published already, each of its files is replaced by the one just
    made: whatever was damaged in it is whole again, and nobody who reads it sees it without a file.
    """
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (folder / _MANIFEST).write_text(text, encoding="utf-8")
    version = str(manifest["version"])
    target = root / version
    if target.exists():
        names = [file.relative_to(folder) for file in _files(folder)]
        for name in names:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).replace(target / name)
        for file in _files(target):
            if file.relative_to(target) not in names:
                file.unlink()
    else:
        folder.replace(target)
    pointer = folder.parent / "current"
    pointer.write_text(version + "\n", encoding="utf-8")
    pointer.replace(root / "current")
    return open_release(root)


def published(root: Path) -> Release | None:
    """The release that is published, if there is one that can be read."""
    try:
        return open_release(root)
    except (ReleaseError, OSError, ValueError):
        return None


def fingerprint(data: Path, ontology: Path) -> str:
    """The hash of everything that a release depends on: facts, ontology, and our own code."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent
    for base, folders in (
        (data, ("facts", "mappings", "reference")),
        (ontology, (".",)),
        (package, _PACKAGES),
    ):
        for folder in folders:
            for file in _files(base / folder):
                digest.update(file.relative_to(base).as_posix().encode())
                digest.update(file.read_bytes())
    for name in _MODULES:
        digest.update((package / name).read_bytes())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder, in an order that does not depend on the file system."""
    return iter(
        sorted(
            path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
        )
    )
