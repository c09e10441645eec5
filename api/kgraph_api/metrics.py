"""What was answered, in numbers, as Prometheus reads them.

https://prometheus.io/docs/instrumenting/exposition_formats/

Everything here happens in the event loop, so that nothing needs a lock.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgraph_api.request_id import HEADER, begin

__all__ = ["MEDIA_TYPE", "Measured", "Metrics", "Sample", "exposition", "route_class"]

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

#: Seconds up to which an answer falls into a bucket of the histogram.
BUCKETS = (0.001, 0.0025, 0.01, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0, 30.0)

#: First part of a path → class of the route; a bounded number, whatever clients ask for.
_CLASSES = {
    "": "page", "graph": "page", "docs": "page", "assets": "file", "static": "file",
    "sparql": "sparql", "api": "api", "feeds": "feed", "reconcile": "reconcile",
    "id": "data", "source": "data", "codelist": "data", "ontology": "data", "data": "data",
    ".well-known": "data", "healthz": "health", "readyz": "health", "metrics": "health",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """One kind of number: what it is, and its values by labels."""

    name: str
    kind: str
    help: str
    values: Iterable[tuple[dict[str, str], float]]


@dataclass(slots=True)
class _Times:
    """A histogram: how many answers fell into each bucket, and their seconds together."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    seconds: float = 0.0


class Metrics:
    """Answers by route and status, and how long they took."""

    def __init__(self) -> None:
        self._answers: Counter[tuple[str, int]] = Counter()
        self._times: defaultdict[str, _Times] = defaultdict(_Times)

    def note(self, route: str, status: int, seconds: float) -> None:
        """An answer has been given."""
        self._answers[route, status] += 1
        times = self._times[route]
        times.counts[bisect_left(BUCKETS, seconds)] += 1
        times.seconds += seconds

    def samples(self) -> Iterator[Sample]:
        """The numbers of now."""
        yield Sample(
            "kgraph_http_requests_total", "counter",
            "Answers by class of route and by status, but for repeated ones.",
            [({"route": route, "status": str(status)}, n)
             for (route, status), n in sorted(self._answers.items())],
        )  # fmt: skip
        yield Sample(
            "kgraph_http_request_seconds",
            "histogram",
            "Seconds from the head of a request to the end of its answer.",
            [row for route, times in sorted(self._times.items()) for row in _rows(route, times)],
        )


def _rows(route: str, times: _Times) -> Iterator[tuple[dict[str, str], float]]:
    total = 0
    for bound, n in zip((*map(str, BUCKETS), "+Inf"), times.counts, strict=True):
        total += n
        yield {"": "_bucket", "route": route, "le": bound}, total
    yield {"": "_sum", "route": route}, times.seconds
    yield {"": "_count", "route": route}, total


def exposition(samples: Iterable[Sample]) -> str:
    r"""The text that Prometheus reads; the label without a name is the end of the number's name.

    >>> exposition([Sample("n_total", "counter", "How many.", [({"of": 'a"b'}, 2)])])
    '# HELP n_total How many.\n# TYPE n_total counter\nn_total{of="a\\"b"} 2\n'
    """
    lines = []
    for one in samples:
        lines += [f"# HELP {one.name} {one.help}", f"# TYPE {one.name} {one.kind}"]
        for labels, value in one.values:
            inside = ",".join(f'{k}="{_escaped(v)}"' for k, v in labels.items() if k)
            braces = f"{{{inside}}}" if inside else ""
            lines.append(f"{one.name}{labels.get('', '')}{braces} {value:.15g}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def route_class(scope: Scope) -> str:
    """Which class of route a request is for.

    >>> route_class({"path": "/api/v1/networks"}), route_class({"path": "/wp-login.php"})
    ('api', 'other')
    """
    root: str = scope.get("root_path", "")
    path: str = scope["path"].removeprefix(root)
    first, _, rest = path[1:].partition("/")
    return "data" if first == "graph" and rest else _CLASSES.get(first, "other")


class Measured:
    """Count each answer; give back the id that a request brought along.

    ``route`` is the class of all its requests, where that is known.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, route: str = "") -> None:
        self.app, self._metrics, self._route = app, metrics, route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun: float | None = scope.get("state", {}).get("started")
        started, status = begun or time.perf_counter(), 500
        given = "" if "request_id" in scope else begin(scope)

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if given:
                    MutableHeaders(scope=message)[HEADER.decode()] = given
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        finally:
            seconds = time.perf_counter() - started
            self._metrics.note(self._route or route_class(scope), status, seconds)
