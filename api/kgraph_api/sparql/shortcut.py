"""The same request again is answered, byte by byte, with what was sent before."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgraph_api.connection import rendered, unrendered
from kgraph_api.releases import Releases

__all__ = ["PATH", "Key", "Repeated", "is_endpoint", "key_of"]

PATH = "/sparql"
#: Answers that are remembered with their headers, and the longest request and answer of them.
_N_KEPT, _LONGEST_REQUEST, _LONGEST_ANSWER = 2048, 16_384, 32_768
#: Longer headers are remembered nowhere: whoever sends them would fill the memory with them.
_LONGEST_HEADER = 1000
#: Headers that the answer to a query depends on; those with which a request goes the long way.
_READ = frozenset({b"accept", b"accept-encoding", b"content-type"})
_LONG_WAY = frozenset({b"if-none-match", b"content-encoding", b"range", b"expect", b"x-request-id"})


class Key(NamedTuple):
    """What of a request its answer depends on."""

    method: str
    address: bytes
    body: bytes
    headers: tuple[tuple[bytes, bytes], ...]


def is_endpoint(scope: Scope) -> bool:
    """Whether a request is for the endpoint."""
    if scope["type"] != "http":
        return False
    root: str = scope.get("root_path", "")
    path: str = scope["path"]
    return (path.removeprefix(root) if root else path) == PATH


class Repeated:
    """Remember what the endpoint answers, as long as it has an ETag: the same bytes for the same
    release. A new release forgets all.
    """

    def __init__(self, app: ASGIApp, releases: Releases) -> None:
        self.app, self._releases = app, releases
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._version = ""
        #: Answers that were given again.
        self.n_repeated = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        if scope["method"] == "POST":
            first = await receive()
            body = first.get("body", b"")
            receive = _Again(first, receive).receive
            if first.get("more_body"):
                await self.app(scope, receive, send)
                return
        key = key_of(scope["method"], scope["query_string"], scope["headers"], body)
        if key is None:
            await self.app(scope, receive, send)
            return
        if (found := self.find(key)) is not None:
            headers, body = unrendered(found)
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": body})
            return
        await self.app(scope, receive, _Listening(send, self, key, self._version).send)

    def find(self, key: Key) -> bytes | None:
        """The answer that was given before, by the release of now, as the connection sends it."""
        self._releases.check()
        version = self._releases.current.version
        if version != self._version:
            self._kept.clear()
            self._version = version
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            self.n_repeated += 1
        return found

    def keep(self, key: Key, version: str, answer: bytes) -> None:
        """Remember an answer of a release, which is the same each time, if it is short."""
        if version == self._version and len(answer) <= _LONGEST_ANSWER:
            self._kept[key] = answer
            if len(self._kept) > _N_KEPT:
                self._kept.popitem(last=False)


class _Again:
    """Receives a message once more, then what follows it."""

    def __init__(self, first: Message, receive: Receive) -> None:
        self._first: Message | None = first
        self._receive = receive

    async def receive(self) -> Message:
        if (first := self._first) is not None:
            self._first = None
            return first
        return await self._receive()


class _Listening:
    """Passes an answer on, and has it remembered."""

    def __init__(self, send: Send, memory: Repeated, key: Key, version: str) -> None:
        self._send, self._memory, self._key, self._version = send, memory, key, version
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif (start := self._start) is not None:
            self._start = None
            if not message.get("more_body") and _is_lasting(start, self._version):
                whole = b"%b\r\n%b" % (rendered(start["headers"]), message["body"])
                self._memory.keep(self._key, self._version, whole)
        await self._send(message)


def _is_lasting(start: Message, version: str) -> bool:
    headers: dict[bytes, bytes] = dict(start["headers"])
    of_release = headers.get(b"x-release-version") == version.encode()
    return start["status"] == 200 and b"etag" in headers and of_release


def key_of(
    method: str, address: bytes, headers: Iterable[tuple[bytes, bytes]], body: bytes
) -> Key | None:
    """The key of a request; None for the long way."""
    if method not in ("GET", "POST") or len(address) + len(body) > _LONGEST_REQUEST:
        return None
    found: list[tuple[bytes, bytes]] = []
    for header in headers:
        if header[0] in _READ:
            if len(header[1]) > _LONGEST_HEADER or len(found) == len(_READ):
                return None
            found.append(header)
        elif header[0] in _LONG_WAY:
            return None
    return Key(method, address, body, tuple(found))
