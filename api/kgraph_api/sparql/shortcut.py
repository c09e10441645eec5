"""The short way to the endpoint, and the shortest: the same request again.

The framework looks through all its routes for every request, which takes longer than a query.
:class:`Shortcut` goes past them. :class:`Repeated` stands outside of everything and answers a
request that came before, byte by byte, from what was sent then.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgraph_api.releases import Releases

__all__ = ["PATH", "Repeated", "Shortcut"]

PATH = "/sparql"
#: Answers that are remembered with their headers, and the longest request and answer of them.
_N_KEPT, _LONGEST_REQUEST, _LONGEST_ANSWER = 2048, 16_384, 32_768
#: Headers that the answer to a query depends on; those with which a request goes the long way.
_READ = frozenset({b"accept", b"accept-encoding", b"content-type"})
_LONG_WAY = frozenset({b"if-none-match", b"content-encoding", b"range", b"expect"})

Key = tuple[object, ...]


class Shortcut:
    """Hand requests for the endpoint to it, all others to the application."""

    def __init__(self, app: ASGIApp, endpoint: ASGIApp) -> None:
        self.app, self._endpoint = app, endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_ours = scope["type"] == "http" and _path(scope) == PATH
        await (self._endpoint if is_ours else self.app)(scope, receive, send)


class Repeated:
    """Answer a request for the endpoint as the same request was answered before.

    Only what has an ETag is remembered: the same bytes for the same release. A new release forgets
    all.
    """

    def __init__(self, app: ASGIApp, releases: Releases, seconds: float) -> None:
        self.app, self._releases, self._seconds = app, releases, seconds
        self._kept: OrderedDict[Key, tuple[Message, Message]] = OrderedDict()
        self._version = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _path(scope) != PATH or (key := _key(scope)) is None:
            await self.app(scope, receive, send)
            return
        if scope["method"] == "POST":
            first = await self._first(receive)
            if first is None or first.get("more_body") or len(first["body"]) > _LONGEST_REQUEST:
                await self.app(scope, _again(first, receive), send)
                return
            key, receive = (*key, first["body"]), _again(first, receive)
        self._releases.check()
        if self._version != (version := self._releases.current.version):
            self._kept.clear()
            self._version = version
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            await send(found[0])
            await send(found[1])
            return
        await self.app(scope, receive, _Listening(send, self, key, version).send)

    async def _first(self, receive: Receive) -> Message | None:
        """The first part of the body; None where it does not come in time or not at all."""
        try:
            async with asyncio.timeout(self._seconds):
                message = await receive()
        except TimeoutError:
            return None
        return message if message["type"] == "http.request" else None

    def keep(self, key: Key, version: str, start: Message, body: Message) -> None:
        """Remember an answer of a release."""
        if version == self._version:
            self._kept[key] = (start, body)
            if len(self._kept) > _N_KEPT:
                self._kept.popitem(last=False)


class _Listening:
    """Passes an answer on, and has it remembered if it is whole, short and the same each time."""

    def __init__(self, send: Send, memory: Repeated, key: Key, version: str) -> None:
        self._send, self._memory, self._key, self._version = send, memory, key, version
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message if _is_lasting(message, self._version) else None
        elif self._start is not None:
            body = message.get("body", b"")
            if not message.get("more_body") and len(body) <= _LONGEST_ANSWER:
                self._memory.keep(self._key, self._version, self._start, message)
            self._start = None
        await self._send(message)


def _is_lasting(start: Message, version: str) -> bool:
    headers = dict(start["headers"])
    of_release = headers.get(b"x-release-version") == version.encode()
    return start["status"] == 200 and b"etag" in headers and of_release


def _path(scope: Scope) -> Any:
    root = scope.get("root_path", "")
    return scope["path"].removeprefix(root) if root else scope["path"]


def _key(scope: Scope) -> Key | None:
    """What of a request its answer depends on, but for the body; None for the long way."""
    if scope["method"] not in ("GET", "POST"):
        return None
    found: list[object] = [scope["method"], scope["query_string"]]
    for header in scope["headers"]:
        if header[0] in _READ:
            found.append(header)
        elif header[0] in _LONG_WAY:
            return None
    return tuple(found) if len(scope["query_string"]) <= _LONGEST_REQUEST else None


def _again(first: Message | None, receive: Receive) -> Receive:
    """Receive a message once more, then what follows it."""
    waiting = [first] if first is not None else []

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
