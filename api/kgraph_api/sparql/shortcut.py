"""The same request again is answered, byte by byte, with what was sent before."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgraph_api.connection import Headers, rendered
from kgraph_api.releases import Releases

__all__ = ["PATH", "Key", "Repeated", "is_endpoint", "key_of"]

PATH = "/sparql"
#: Answers that are remembered with their headers, and the longest request and answer of them.
_N_KEPT, _LONGEST_REQUEST, _LONGEST_ANSWER = 2048, 16_384, 32_768
#: Headers that the answer to a query depends on; those with which a request goes the long way.
_READ = frozenset({b"accept", b"accept-encoding", b"content-type"})
_LONG_WAY = frozenset({b"if-none-match", b"content-encoding", b"range", b"expect", b"x-request-id"})

Key = tuple[object, ...]


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
        self._kept: OrderedDict[Key, _Answer] = OrderedDict()
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
        if (found := self._find(key)) is not None:
            await found.send(send)
            return
        await self.app(scope, receive, _Listening(send, self, key, self._version).send)

    def early(self, method: str, url: bytes, headers: Headers, body: bytes) -> bytes | None:
        """The answer as it is sent, if it was given before; the connection asks, before all."""
        path, _, query = url.partition(b"?")
        if path != PATH.encode() or (key := key_of(method, query, headers, body)) is None:
            return None
        found = self._find(key)
        return found.rendered if found else None

    def _find(self, key: Key) -> _Answer | None:
        """The answer that was given before, by the release of now."""
        self._releases.check()
        version = self._releases.current.version
        if version != self._version:
            self._kept.clear()
            self._version = version
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            self.n_repeated += 1
        return found

    def remember(self, key: Key, version: str, start: Message, body: Message) -> bytes:
        """Remember an answer of a release, if it is whole, short and the same each time.

        Returns
        -------
        bytes
            As the connection sends it.
        """
        answer = _Answer(start, body)
        is_short = not body.get("more_body") and len(body["body"]) <= _LONGEST_ANSWER
        if version == self._version and is_short and _is_lasting(start, version):
            self._kept[key] = answer
            if len(self._kept) > _N_KEPT:
                self._kept.popitem(last=False)
        return answer.rendered


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
            self._memory.remember(self._key, self._version, start, message)
        await self._send(message)


class _Answer:
    """The messages of an answer, and its head as the connection sends it."""

    __slots__ = ("_head", "body", "start")

    def __init__(self, start: Message, body: Message) -> None:
        self.start, self.body = start, body
        self._head = rendered(start["headers"])

    @property
    def rendered(self) -> bytes:
        """The same as the connection sends it."""
        body: bytes = self.body["body"]
        return self._head + body

    async def send(self, send: Send) -> None:
        """Send it to whom the connection did not."""
        await send(self.start)
        await send(self.body)


def _is_lasting(start: Message, version: str) -> bool:
    headers: dict[bytes, bytes] = dict(start["headers"])
    of_release = headers.get(b"x-release-version") == version.encode()
    return start["status"] == 200 and b"etag" in headers and of_release


def key_of(
    method: str, query: bytes, headers: Iterable[tuple[bytes, bytes]], body: bytes
) -> Key | None:
    """What of a request its answer depends on; None for the long way."""
    if method not in ("GET", "POST") or len(query) + len(body) > _LONGEST_REQUEST:
        return None
    found: list[object] = [method, query, body]
    for header in headers:
        if header[0] in _READ:
            found.append(header)
        elif header[0] in _LONG_WAY:
            return None
    return tuple(found)
