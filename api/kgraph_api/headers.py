"""Headers that every answer carries, and HEAD wherever there is GET: one small ASGI wrapper."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["PAGE_POLICY", "Headers", "complete"]

#: What a page may load: its own files, and nothing from any other host.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

#: Data is no page: opened in a browser it loads and runs nothing.
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    # Public data, no cookies: any page may read it.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Preference-Applied, Retry-After, "
    "X-Release-Version, X-Request-ID",
}
_OF_PAGES, _OF_DATA = (
    [
        (name.lower().encode(), value.encode())
        for name, value in (*_ALWAYS.items(), ("Content-Security-Policy", policy))
    ]
    for policy in (PAGE_POLICY, _DATA_POLICY)
)


class Headers:
    """Add the headers; answer HEAD with the headers of GET, and OPTIONS for other origins."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        if is_head:
            scope = {**scope, "method": "GET"}
        has_ended = False

        async def send_on(message: Message) -> None:
            nonlocal has_ended
            if message["type"] == "http.response.start":
                message = {**message, "headers": complete(list(message["headers"]))}
            elif is_head:
                if has_ended:
                    return
                has_ended, message = True, {"type": "http.response.body", "body": b""}
            await send(message)

        if _is_preflight(scope):
            await _preflight(scope, send_on)
        else:
            await self.app(scope, receive, send_on)


def complete(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with those that are not set; a page has a policy of its own."""
    given = dict(headers)
    is_page = given.get(b"content-type", b"").startswith(b"text/html")
    always = _OF_PAGES if is_page else _OF_DATA
    return [*headers, *(header for header in always if header[0] not in given)]


def _is_preflight(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return scope["method"] == "OPTIONS" and b"access-control-request-method" in names


async def _preflight(scope: Scope, send: Send) -> None:
    """Allow another origin to read, to ask SPARQL and names by POST, to cancel a job."""
    asks = scope["path"].endswith(("/sparql", "/reconcile"))
    methods = "GET, HEAD, OPTIONS, POST" if asks else "GET, HEAD, OPTIONS"
    if "/analysis/jobs/" in scope["path"]:
        methods = "DELETE, GET, HEAD, OPTIONS"
    headers = {
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, Prefer, X-Request-ID",
        "Access-Control-Max-Age": "86400",
    }
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 204, "headers": raw})
    await send({"type": "http.response.body", "body": b""})
