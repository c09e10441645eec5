"""Shared parameters, each declared once as an annotated type; the only place that reads a clock."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response

from kgraph.errors import QueryParameterError
from kgraph_api.errors import NotModifiedError
from kgraph_api.served import Served
from kgraph_api.software import fingerprint

__all__ = [
    "API", "DayDep", "IncludeDep", "KeyDep", "PageDep", "ServedDep", "Slice", "StateDep", "TextDep",
    "TodayDep", "clock", "etag", "is_known", "known_parameters", "not_modified", "served", "today",
]  # fmt: skip

#: Where the JSON API lives.
API = "/api/v1"

#: Addresses whose answers have their receipts, whether one asks for them or not.
_ALWAYS_WITH_RECEIPTS = tuple(f"{API}/{name}" for name in ("analysis", "coverage", "disagreements"))

#: The longest part of a list that is given at once.
MAX_LIMIT = 500


def served(request: Request) -> Served:
    """The release that was current when the request began."""
    found: Served = request.state.served
    return found


ServedDep = Annotated[Served, Depends(served)]


def today() -> date:
    """The day that stands for ``as_of`` where none is given; tests put their own in its place."""
    return datetime.now(UTC).date()


TodayDep = Annotated[date, Depends(today)]


def clock() -> datetime:
    """What time it is, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def day(
    now: TodayDep,
    as_of: Annotated[
        str,
        Query(
            title="Day of the view",
            description="What held on this day (YYYY-MM-DD), attested or presumed. Without it: "
            "today. `all` takes every time at once, so that two members may share a network that "
            "one left before the other joined.",
            examples=["2013-04-01", "all"],
        ),
    ] = "",
) -> date | None:
    """The day of the view, or None for all times together."""
    if as_of == "all":
        return None
    if not as_of:
        return now
    try:
        found = date.fromisoformat(as_of) if len(as_of) == 10 else None
    except ValueError:
        found = None
    if found is None or found.isoformat() != as_of:
        raise QueryParameterError(f"as_of is {as_of!r}; give a day as YYYY-MM-DD, or 'all'")
    return found


DayDep = Annotated[date | None, Depends(day)]


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list is asked for."""

    limit: int
    offset: int


def page(
    limit: Annotated[
        int, Query(ge=1, le=MAX_LIMIT, title="Items", description="At most this many items.")
    ] = 50,
    offset: Annotated[
        int, Query(ge=0, le=10_000_000, title="Offset", description="Items to skip.")
    ] = 0,
) -> Slice:
    """The part of a list."""
    return Slice(limit, offset)


PageDep = Annotated[Slice, Depends(page)]


class Include(StrEnum):
    """What an answer can bring along."""

    SOURCES = "sources"


IncludeDep = Annotated[
    Include | None,
    Query(
        title="Include",
        description="`sources`: the receipt of each value, with source, place in it, basis and "
        "date; of computed ones the definition and the rows that were counted.",
        examples=["sources"],
    ),
]

#: A key or a slug in an address; far longer ones than exist are not looked for.
KeyDep = Annotated[str, Path(max_length=200)]

TextDep = Annotated[
    str,
    Query(
        max_length=200,
        title="Part of a name",
        description="Accents and case do not matter: `munster` finds Münster.",
        examples=["münster"],
    ),
]

StateDep = Annotated[
    str,
    Query(
        title="State",
        description="Key or name of a federal state.",
        examples=["de-05", "Nordrhein-Westfalen"],
    ),
]


def etag(*parts: str) -> str:
    """A strong ETag: another version of the data or of the software is another answer."""
    text = "\x1f".join((fingerprint(), *parts))
    return f'"{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"'


def is_known(tag: str, if_none_match: str | None) -> bool:
    """Whether a client's If-None-Match names this answer."""
    names = [name.strip().removeprefix("W/") for name in (if_none_match or "").split(",")]
    return tag in names or "*" in names


def not_modified(request: Request, response: Response, now: TodayDep, chosen: ServedDep) -> None:
    """Tag the answer with the version of the release; stop here if the client has it already."""
    url = request.url
    tag = etag(chosen.version, url.path, url.query, now.isoformat())
    headers = {
        "ETag": tag,
        "Cache-Control": "public, no-cache",
        "X-Release-Version": chosen.version,
    }
    response.headers.update(headers)
    if is_known(tag, request.headers.get("if-none-match")):
        raise NotModifiedError(headers)


def known_parameters(request: Request) -> None:
    """Refuse a parameter that the address does not take: a misspelt filter would filter nothing."""
    paths = request.app.openapi()["paths"]
    own = request.scope["route"].path_format
    template = own if own in paths else API + own.removeprefix(API)
    if template not in paths:
        return
    declared = paths[template]["get"].get("parameters", ())
    names = {one["name"] for one in declared if one["in"] == "query"}
    always = {"include": "sources"} if template.startswith(_ALWAYS_WITH_RECEIPTS) else {}
    for name, value in request.query_params.items():
        if name not in names and always.get(name) != value:
            takes = f"it takes {', '.join(sorted(names))}" if names else "it takes none"
            raise QueryParameterError(f"there is no parameter {name!r} here; {takes}")
