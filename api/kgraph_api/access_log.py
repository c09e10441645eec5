"""A line of JSON for each request, for whoever looks after a server."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import TextIO

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgraph_api.metrics import route_class
from kgraph_api.request_id import HEADER, begin, request_id

__all__ = ["Logged", "log_to"]

_LOG = logging.getLogger("kgraph_api.access")


def log_to(stream: TextIO = sys.stdout) -> None:
    """Have the lines written, one each and nothing around them."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _LOG.handlers, _LOG.propagate = [handler], False
    _LOG.setLevel(logging.INFO)


class Logged:
    """Give each request an id, and log what became of it.

    What is asked stands in the query string, which may tell of who asks; it is not logged.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, n_bytes, release = time.perf_counter(), 0, 0, ""
        own = begin(scope) or request_id()

        async def send_on(message: Message) -> None:
            nonlocal status, n_bytes, release
            if message["type"] == "http.response.start":
                status = message["status"]
                # A copy: the answer may be kept, and sent to others too.
                message = {**message, "headers": list(message["headers"])}
                headers = MutableHeaders(scope=message)
                headers[HEADER.decode()] = own
                release = headers.get("x-release-version", "")
            elif message["type"] == "http.response.body":
                n_bytes += len(message.get("body", b""))
            await send(message)

        inner = {**scope, "request_id": own}
        try:
            await self.app(inner, receive, send_on)
        finally:
            client = scope.get("client")
            _LOG.info(
                json.dumps(
                    {
                        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                        "request_id": own,
                        "client": client[0] if client else "",
                        "method": scope["method"],
                        "path": scope["path"],
                        "route": route_class(scope),
                        "status": status,
                        "bytes": n_bytes,
                        "seconds": round(time.perf_counter() - started, 6),
                        "release": release,
                    }
                )
            )
