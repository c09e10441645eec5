"""What the server and its query workers say to each other, over a pair of sockets.

A message is a head and as many bytes as it says. A worker greets with ``READY``; it answers a
question with ``FORM``, any number of ``DATA`` and ``END``; an ``ERROR`` or a ``LIMIT`` before the
``END`` says that the answer is none. An ``END`` that says ``LAST`` is the worker's last word. Most
answers are short, and come as one message, which is named for their form.
"""

from __future__ import annotations

import json
import marshal
import struct
from typing import NamedTuple

from kgraph import errors
from kgraph.errors import KGraphError, QueryError

__all__ = [
    "DATA", "END", "ERROR", "FORM", "HEADER", "LAST", "LIMIT", "READY", "WHOLE", "Question",
    "error_of", "pack", "say_error",
]  # fmt: skip

#: A kind, a length, and the seconds that an answer took.
HEADER = struct.Struct("<cIf")
READY, QUESTION, FORM, DATA, END = b"R", b"Q", b"F", b"D", b"E"
ERROR, LIMIT = b"X", b"L"
#: Whole answers by their form.
WHOLE = {"rows": b"r", "graph": b"g"}
LAST = b"last"


class Question(NamedTuple):
    """A query, its graphs, and the format for each kind of answer; empty where there is none."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    rows: str
    graph: str

    def packed(self) -> bytes:
        """The message that asks it."""
        # The server and its workers are one interpreter, and a worker takes nobody else's word.
        return pack(QUESTION, marshal.dumps(tuple(self)))

    @classmethod
    def unpacked(cls, payload: bytes) -> Question:
        """Read the bytes of a message."""
        return cls(*marshal.loads(payload))


def pack(kind: bytes, payload: bytes = b"", took: float = 0.0) -> bytes:
    """A message."""
    return HEADER.pack(kind, len(payload), took) + payload


def say_error(error: KGraphError) -> bytes:
    """An error of the library as the bytes of a message."""
    place = (error.line, error.column) if isinstance(error, QueryError) else ()
    return json.dumps([type(error).__name__, str(error), *place]).encode()


def error_of(payload: bytes) -> KGraphError:
    """The error that the bytes of a message tell of.

    >>> error_of(say_error(QueryError("it does not parse", 2, 7))).line
    2
    """
    name, said, *place = json.loads(payload)
    kind = getattr(errors, name, QueryError)
    found: KGraphError = kind(said, *place)
    return found
