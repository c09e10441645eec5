"""Responses of the endpoint: their tags and headers, and those that come in parts."""

from __future__ import annotations

import asyncio
import logging
from functools import lru_cache

import anyio
from starlette.types import Message, Receive, Scope, Send

from kgraph.errors import KGraphError
from kgraph_api.connection import rendered
from kgraph_api.dependencies import etag, is_known
from kgraph_api.headers import complete
from kgraph_api.negotiation import content_type
from kgraph_api.sparql import coding
from kgraph_api.sparql.answering import Leaves
from kgraph_api.sparql.cache import AnswerCache, Key
from kgraph_api.sparql.conversation import Conversation, EndedError
from kgraph_api.sparql.form import is_volatile
from kgraph_api.sparql.formats import VARY, Format
from kgraph_api.sparql.protocol import Asked

__all__ = ["LONG", "Streamed", "Tagged", "Whole"]

#: A longer body is compressed beside the event loop.
LONG = 32_768

_LOG = logging.getLogger(__name__)

#: Names in lower case, as ASGI sends them.
Headers = list[tuple[bytes, bytes]]


class Tagged:
    """What an answer is, by which it is tagged and kept: the same in all that is the same bytes.

    Parameters
    ----------
    version : str
        Of the release.
    asked : Asked
    format : Format
    coding : str
        That the client takes.
    """

    def __init__(self, version: str, asked: Asked, format: Format, coding: str) -> None:
        self.version, self.format, self.coding = version, format, coding
        self._asked = asked
        #: Whether the answer is the same each time.
        self.is_kept = not is_volatile(asked.query or "")

    @property
    def key(self) -> Key:
        """By which it is kept, in the coding that the client takes."""
        query, default_graphs, named_graphs, _ = self._asked
        media_type = self.format.media_type
        return Key(self.version, query or "", default_graphs, named_graphs, media_type, self.coding)

    def tag(self, code: str) -> str:
        """A strong ETag of the answer in a coding."""
        query, default_graphs, named_graphs, _ = self._asked
        media_type = self.format.media_type
        return etag(self.version, query or "", media_type, code, *default_graphs, "", *named_graphs)

    def known(self, if_none_match: str | None) -> str | None:
        """The coding in which the client has this answer; None if it has not."""
        if if_none_match and self.is_kept:
            for code in {"", self.coding}:
                if is_known(self.tag(code), if_none_match):
                    return code
        return None

    def headers(self, code: str) -> Headers:
        """The headers of the answer in a coding."""
        found = list(_headers(self.format.media_type, self.version, code, self.is_kept))
        if self.is_kept:
            found.append((b"etag", self.tag(code).encode()))
        return found

    def response(self, body: bytes, code: str) -> Whole:
        """The answer as a whole."""
        length = (b"content-length", b"%d" % len(body))
        return Whole(200, [*self.headers(code), length], body)

    def rendered(self, body: bytes, code: str) -> bytes:
        """The same as the connection sends it."""
        head = _rendered(self.format.media_type, self.version, code, self.is_kept)
        tag = b"etag: %b\r\n" % self.tag(code).encode() if self.is_kept else b""
        return b"%b%bcontent-length: %d\r\n\r\n%b" % (head, tag, len(body), body)

    def not_modified(self, code: str) -> Whole:
        """That the client has the answer already."""
        return Whole(304, self.headers(code), b"")

    def kept(self, cache: AnswerCache) -> Whole | None:
        """The answer as it was given before, in the coding in which it would be given now."""
        if (body := cache.get(self.key)) is not None:
            return self.response(body, self.coding)
        if self.coding:
            body = cache.get(self.key._replace(coding=""))
            if body is not None and len(body) < coding.MIN_BYTES:
                return self.response(body, "")
        return None

    def keep(self, cache: AnswerCache, body: bytes, code: str) -> None:
        """Have it ready for whoever takes this coding and asks again."""
        if self.is_kept:
            cache.put(self.key._replace(coding=code), body)


class Whole:
    """An answer at once."""

    def __init__(self, status: int, headers: Headers, body: bytes) -> None:
        self.start: Message = {
            "type": "http.response.start", "status": status, "headers": headers,
        }  # fmt: skip
        self.body: Message = {"type": "http.response.body", "body": body}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send(self.start)
        await send(self.body)


class Streamed:
    """An answer in parts. If it breaks off, or if the reader is too slow, so does the connection.

    HTTP/1.1 marks the end of a body; one that breaks off has no end, and every client notices.
    """

    def __init__(
        self,
        answer: Tagged,
        conversation: Conversation,
        leaves: Leaves,
        cache: AnswerCache,
        seconds: float,
    ) -> None:
        self._answer, self._cache, self._seconds = answer, cache, seconds
        self._conversation, self._leaves = conversation, leaves

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Whoever has gone needs no answer: the query ends, and with it the parts.
        left = asyncio.ensure_future(self._leaves())
        left.add_done_callback(lambda _: self._conversation.cancel())
        try:
            await self._send(send)
        except (EndedError, KGraphError, TimeoutError) as error:
            _LOG.warning("an answer broke off: %s", type(error).__name__)
        finally:
            self._conversation.cancel()
            left.cancel()

    async def _send(self, send: Send) -> None:
        sent = bytearray()

        async def pass_on(body: bytes, more: bool) -> None:
            if len(sent) <= self._cache.longest:
                sent.extend(body)
            with anyio.fail_after(self._seconds):
                await send({"type": "http.response.body", "body": body, "more_body": more})

        code = self._answer.coding
        compressor = coding.available()[code]() if code else None
        headers = self._answer.headers(code)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        async for part in self._conversation.chunks():
            if data := compressor.compress(part) if compressor else part:
                await pass_on(data, True)
        await pass_on(compressor.flush() if compressor else b"", False)
        if len(sent) <= self._cache.longest:
            self._answer.keep(self._cache, bytes(sent), code)


@lru_cache(maxsize=256)
def _headers(media_type: str, version: str, code: str, is_kept: bool) -> Headers:
    """The headers that many answers have in common."""
    found = {
        "content-type": content_type(media_type),
        **{name.lower(): value for name, value in VARY.items()},
        "cache-control": "public, no-cache" if is_kept else "no-store",
        "x-release-version": version,
    }
    if code:
        found["content-encoding"] = code
    return complete([(name.encode(), value.encode()) for name, value in found.items()])


@lru_cache(maxsize=256)
def _rendered(media_type: str, version: str, code: str, is_kept: bool) -> bytes:
    return rendered(_headers(media_type, version, code, is_kept))
