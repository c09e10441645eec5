"""Which software answers: part of every ETag, or a browser would keep what an older one said."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import kgraph

__all__ = ["fingerprint", "software_version"]

_SUFFIXES = frozenset({".py", ".rq", ".csv", ".j2"})


@cache
def fingerprint() -> str:
    """A hash of code, queries and words of both packages, so that nobody has to raise a number."""
    total = hashlib.sha256()
    for package in (Path(kgraph.__file__).parent, Path(__file__).parent):
        for file in sorted(f for f in package.rglob("*") if f.suffix in _SUFFIXES):
            total.update(file.read_bytes())
    return total.hexdigest()[:16]


@cache
def software_version() -> str:
    """The version of the installed distribution, or ``unknown`` where none is installed."""
    try:
        return version("kgraph")
    except PackageNotFoundError:
        return "unknown"
