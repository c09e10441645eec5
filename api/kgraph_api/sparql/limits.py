"""What one query may cost, and the sink that holds an answer to its bytes and rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["CHUNK", "LimitError", "Limits", "Sink"]

#: Bytes that are passed on at once.
CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost; memory is what it takes beside the release."""

    seconds: float = 10
    memory_mb: int = 512
    answer_bytes: int = 67_108_864
    answer_rows: int = 1_000_000


class LimitError(Exception):
    """An answer that is longer than allowed."""


class Sink:
    """A file that the engine writes an answer into: passed on in chunks, ended at the limits.

    Parameters
    ----------
    limits : Limits
    format : str
        The short name of the format, by which rows are recognised.
    send : callable
        Takes each chunk.

    Notes
    -----
    Rows are counted by what stands between them, which the escapes of each format keep out of
    texts; ``},{}`` alone, between rows without a value in JSON, may stand in a text and then counts
    too. As long as there are fewer bytes than rows are allowed, nothing needs counting. Graphs are
    held to their bytes alone.
    """

    def __init__(self, limits: Limits, format: str, send: Callable[[bytes], object]) -> None:
        self._limits, self._send = limits, send
        self._separators = _SEPARATORS.get(format, ())
        self._is_csv, self._in_quotes = format == "csv", False
        self._unsent: list[bytes] = []
        self._n_unsent = 0
        #: Bytes whose rows have not been counted; the end of those that have.
        self._uncounted: list[bytes] = []
        self._tail = b" " * _TAIL
        self._n_bytes, self._n_rows = 0, _BEFORE.get(format, 0)
        self.exceeded = ""

    def write(self, data: bytes) -> int:
        """Take some bytes of the answer.

        Raises
        ------
        LimitError
            If they are one too many.
        """
        self._n_bytes += len(data)
        if self._n_bytes > self._limits.answer_bytes:
            self._stop(f"an answer has at most {self._limits.answer_bytes} bytes")
        self._uncounted.append(data)
        if self._n_bytes > self._limits.answer_rows:
            self._count()
        self._unsent.append(data)
        self._n_unsent += len(data)
        if self._n_unsent >= CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Pass on what is there."""
        if self._unsent:
            self._send(b"".join(self._unsent))
            self._unsent.clear()
            self._n_unsent = 0

    def _count(self) -> None:
        for data in self._uncounted:
            self._n_rows += self._rows(data)
        self._uncounted.clear()
        if self._n_rows > self._limits.answer_rows:
            self._stop(f"an answer has at most {self._limits.answer_rows} rows")

    def _stop(self, said: str) -> None:
        self.exceeded = f"{said}; ask for less with LIMIT and OFFSET, or take the dump"
        raise LimitError(self.exceeded)

    def _rows(self, data: bytes) -> int:
        if self._is_csv:
            return self._csv_rows(data)
        n_rows = 0
        for separator in self._separators:
            # What began at the end of the last bytes may end at the start of these.
            began = self._tail[len(self._tail) - len(separator) + 1 :]
            n_rows += (began + data).count(separator)
        self._tail = (self._tail + data[-_TAIL:])[-_TAIL:]
        return n_rows

    def _csv_rows(self, data: bytes) -> int:
        """Line ends outside quotes."""
        n_rows = 0
        for place, part in enumerate(data.split(b'"')):
            if place:
                self._in_quotes = not self._in_quotes
            if not self._in_quotes:
                n_rows += part.count(b"\n")
        return n_rows


#: What stands between two rows, at the start or at the end of each, by format; and how many rows
#: there are before the first of it.
_SEPARATORS: dict[str, tuple[bytes, ...]] = {
    "json": (b'},{"', b"},{}"), "xml": (b"<result>",), "tsv": (b"\n",),
}  # fmt: skip
_TAIL = max(len(separator) for found in _SEPARATORS.values() for separator in found)
_BEFORE = {"json": 1, "csv": -1, "tsv": -1}
