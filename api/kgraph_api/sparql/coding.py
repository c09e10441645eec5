"""Compressed answers: which coding a client takes, and what does it.

gzip is always there; zstd is with Python 3.14 or the package ``backports.zstd``, Brotli with the
package ``brotli``.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Protocol

__all__ = ["MIN_BYTES", "Compressor", "available", "chosen", "compress"]

#: A shorter answer fits one packet as it is.
MIN_BYTES = 1024
_GZIP_LEVEL, _ZSTD_LEVEL, _BROTLI_LEVEL = 5, 3, 4


class Compressor(Protocol):
    """Compresses bytes part by part."""

    def compress(self, data: bytes, /) -> bytes:
        """What can be passed on after some more bytes."""

    def flush(self) -> bytes:
        """The rest."""


class _Brotli:
    def __init__(self, module: Any) -> None:
        self._compressor = module.Compressor(quality=_BROTLI_LEVEL)

    def compress(self, data: bytes, /) -> bytes:
        return bytes(self._compressor.process(data))

    def flush(self) -> bytes:
        return bytes(self._compressor.finish())


@cache
def available() -> Mapping[str, Callable[[], Compressor]]:
    """Name of a coding → what makes a compressor, the best first."""
    found: dict[str, Callable[[], Compressor]] = {}
    if zstd := _module("compression.zstd") or _module("backports.zstd"):
        found["zstd"] = lambda: zstd.ZstdCompressor(_ZSTD_LEVEL)
    if brotli := _module("brotli"):
        found["br"] = lambda: _Brotli(brotli)
    found["gzip"] = lambda: zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, 31)
    return found


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def chosen(header: str | None, names: Iterable[str] | None = None) -> str:
    """The coding of an answer by the header Accept-Encoding; empty for none.

    Parameters
    ----------
    header : str or None
    names : iterable of str, optional
        Codings in the order of our preference; those that are available if not given.

    Examples
    --------
    >>> chosen("gzip;q=0.5, br", ["zstd", "br", "gzip"]), chosen("gzip;q=0"), chosen(None)
    ('br', '', '')
    """
    if not header:
        return ""
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, parameter = part.partition(";")
        try:
            weights[name.strip()] = float(parameter.partition("=")[2]) if parameter else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    best = 0.0
    found = ""
    for name in available() if names is None else names:
        weight = weights.get(name, weights.get("*", 0.0))
        if weight > best:
            best, found = weight, name
    return found


def compress(data: bytes, coding: str) -> bytes:
    """Bytes in a coding, at once."""
    compressor = available()[coding]()
    return compressor.compress(data) + compressor.flush()
