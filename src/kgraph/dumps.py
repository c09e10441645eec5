"""A release as files to take along: plain, compressed, and the ontology alone.

They are made when the release is built, from its content, and are no part of its version: another
version of a compressor gives other bytes of the same statements.
"""

from __future__ import annotations

import hashlib
import importlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kgraph import namespaces
from kgraph.store.convert import trig, turtle

__all__ = ["FOLDER", "Dump", "dumps_of", "write_dumps"]

#: Where the files are that are made for nothing else, below the folder of a release.
FOLDER = "dumps"

#: Name of a file → its media type; a compressed one has that of its content.
_TYPES = {
    "graph.nq": "application/n-quads",
    "graph.trig": "application/trig",
    "merged.nt": "application/n-triples",
    "ontology.ttl": "text/turtle",
    "manifest.json": "application/json",
}
_COMPRESSIONS = {"gz": "application/gzip", "zst": "application/zstd"}
_COMPRESSED = ("graph.nq", "graph.trig")
_GZIP_LEVEL, _ZSTD_LEVEL = 6, 9
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Dump:
    """One file of a release.

    ``media_type`` is that of the content, ``compression`` that of what it is packed in, empty where
    it is not. ``sha256`` is empty where nobody has computed it.
    """

    name: str
    media_type: str
    compression: str
    n_bytes: int
    sha256: str = ""

    @property
    def sent_as(self) -> str:
        """The media type of the file as it stands."""
        return self.compression or self.media_type


def write_dumps(folder: Path) -> list[dict[str, Any]]:
    """Make the files of a release that has none yet, and describe all of them.

    Parameters
    ----------
    folder : Path
        Of the release; it has ``graph.nq`` and ``merged.nt``.

    Returns
    -------
    list of dict
        For the manifest: the fields of a :class:`Dump` each, in the order of a page.
    """
    made = folder / FOLDER
    made.mkdir()
    trig(folder / "graph.nq", made / "graph.trig")
    turtle(folder / "graph.nq", namespaces.graph("ontology"), made / "ontology.ttl")
    for name in _COMPRESSED:
        _compress(_path(folder, name), made)
    names = [*_names(), "ontology.ttl"]
    return [asdict(_dump(folder, name, _sha256(_path(folder, name)))) for name in names]


def dumps_of(folder: Path, manifest: Mapping[str, Any]) -> dict[str, tuple[Dump, Path]]:
    """The files of a release that can be taken, by name: each with where it lies.

    Parameters
    ----------
    folder : Path
        Of the release, also of one that this version of kgraph no longer opens.
    manifest : mapping
        Its manifest; one without dumps has the files that every release has.
    """
    stated = [Dump(**one) for one in manifest.get("dumps", ())]
    known = {dump.name for dump in stated}
    rest = (name for name in ("graph.nq", "merged.nt", "manifest.json") if name not in known)
    plain = [_dump(folder, name) for name in rest if (folder / name).is_file()]
    found = {dump.name: (dump, _path(folder, dump.name)) for dump in (*stated, *plain)}
    return {name: one for name, one in found.items() if one[1].is_file()}


def _names() -> Iterable[str]:
    for name in ("graph.nq", "graph.trig", "merged.nt"):
        yield name
        if name in _COMPRESSED:
            yield from (f"{name}.{ending}" for ending in _COMPRESSIONS)


def _path(folder: Path, name: str) -> Path:
    is_own = name in ("graph.nq", "merged.nt", "manifest.json")
    return folder / name if is_own else folder / FOLDER / name


def _dump(folder: Path, name: str, sha256: str = "") -> Dump:
    plain, _, ending = name.rpartition(".")
    compression = _COMPRESSIONS.get(ending, "")
    media_type = _TYPES[plain if compression else name]
    return Dump(name, media_type, compression, _path(folder, name).stat().st_size, sha256)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _compress(path: Path, folder: Path) -> None:
    """Write a file as gzip, which notes no time, and as Zstandard, in one pass over it."""
    zstd = _zstd()
    with (
        path.open("rb") as file,
        (folder / f"{path.name}.gz").open("wb") as gz,
        (folder / f"{path.name}.zst").open("wb") as zst,
    ):
        pairs = (
            (gz, zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, 31)),
            (zst, zstd.ZstdCompressor(_ZSTD_LEVEL)),
        )
        while part := file.read(_PART):
            for output, compressor in pairs:
                output.write(compressor.compress(part))
        for output, compressor in pairs:
            output.write(compressor.flush())


def _zstd() -> Any:
    """Zstandard of the standard library from Python 3.14 on, before that of its backport."""
    try:
        return importlib.import_module("compression.zstd")
    except ImportError:
        return importlib.import_module("backports.zstd")
