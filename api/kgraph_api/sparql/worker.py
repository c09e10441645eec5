"""A query worker: a forked process that answers one question at a time and may be killed any time.

What the limits of a process bound, they bound for good: when time is up the kernel ends it, in
whatever loop of the engine it is; it cannot take more memory, write a file, or open one, or a
connection, since it has no file descriptor left.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kgraph.errors import KGraphError, QueryError
from kgraph_api.sparql.limits import CHUNK, LimitError, Limits, Sink
from kgraph_api.sparql.messages import (
    DATA,
    END,
    ERROR,
    FORM,
    HEADER,
    LAST,
    LIMIT,
    READY,
    WHOLE,
    Question,
    pack,
    say_error,
)

if TYPE_CHECKING:
    from kgraph.store import Store

__all__ = ["serve"]

#: A worker that grew by this share of what it may take, makes room for a fresh one.
_GROWTH = 0.25
#: Seconds in which nobody takes so much.
_BRIEF = 0.005
_MB = 2**20
_STATM = "/proc/self/statm"


def serve(store: Store, connection: socket.socket, limits: Limits) -> None:
    """Answer questions until the other side hangs up, or until memory has grown."""
    gc.disable()
    statm = os.open(_STATM, os.O_RDONLY) if Path(_STATM).exists() else -1
    _confine(limits, statm)
    most = _bytes(statm, 1) + _GROWTH * limits.memory_mb * _MB
    connection.setblocking(True)
    connection.sendall(pack(READY))
    # Buffered, so that a question with its length takes one call of the system.
    questions = connection.makefile("rb")
    while (payload := _receive(questions)) is not None:
        # By the clock of the process: others may have the core meanwhile.
        began = time.process_time()
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)
        speaker = _Speaker(connection)
        _reply(store, speaker, Question.unpacked(payload), limits)
        signal.setitimer(signal.ITIMER_REAL, 0)
        took = time.process_time() - began
        # To take much memory takes time, and so does it to ask how much was taken.
        is_last = took > _BRIEF and _bytes(statm, 1) > most
        speaker.end(took, is_last)
        if is_last:
            return


class _Speaker:
    """Says several short messages at once: each that arrives alone wakes the server."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._unsaid: list[tuple[bytes, bytes, float]] = []

    def say(self, kind: bytes, payload: bytes = b"", took: float = 0.0) -> None:
        self._unsaid.append((kind, payload, took))
        if len(payload) >= CHUNK:
            self._flush()

    def end(self, took: float, is_last: bool) -> None:
        match self._unsaid:
            case [(kind, form, _), (more, data, _)] if (kind, more) == (FORM, DATA) and not is_last:
                self._unsaid = [(WHOLE[form.decode()], data, took)]
            case _:
                self.say(END, LAST if is_last else b"", took)
        self._flush()

    def _flush(self) -> None:
        self._connection.sendall(b"".join([pack(*message) for message in self._unsaid]))
        self._unsaid.clear()


def _reply(store: Store, speaker: _Speaker, asked: Question, limits: Limits) -> None:
    """Answer one question, or say why not."""
    sink = None
    try:
        answer = store.query(
            asked.query, default_graphs=asked.default_graphs, named_graphs=asked.named_graphs
        )
        form = "graph" if answer.kind == "graph" else "rows"
        speaker.say(FORM, form.encode())
        if chosen := getattr(asked, form):
            sink = Sink(limits, chosen, lambda chunk: speaker.say(DATA, chunk))
            answer.write(sink, chosen)
            sink.flush()
    except MemoryError:
        os.abort()
    except KGraphError as error:
        speaker.say(ERROR, say_error(error))
    except (LimitError, ValueError, OSError, RuntimeError) as error:
        if sink and sink.exceeded:
            speaker.say(LIMIT, sink.exceeded.encode())
        else:
            speaker.say(ERROR, say_error(QueryError(f"the query cannot be evaluated: {error}")))


def _confine(limits: Limits, statm: int) -> None:
    """Take away what a query has no use for."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    os.close(quiet)
    if taken := _bytes(statm, 0):
        bound = taken + limits.memory_mb * _MB
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        resource.setrlimit(limit, (0, 0))


def _bytes(statm: int, column: int) -> int:
    """Memory of this process: 0 its address space, 1 what is resident; 0 where it cannot tell."""
    if statm < 0:
        return 0
    os.lseek(statm, 0, os.SEEK_SET)
    return int(os.read(statm, 200).split()[column]) * resource.getpagesize()


def _receive(questions: BinaryIO) -> bytes | None:
    """The next question, or None where the other side has hung up."""
    header = questions.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    n_bytes = HEADER.unpack(header)[1]
    payload = questions.read(n_bytes)
    return payload if len(payload) == n_bytes else None
