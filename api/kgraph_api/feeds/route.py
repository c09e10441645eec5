"""``/feeds``: everything, one network, one municipality."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response

from kgraph.feed import Entry
from kgraph.namespaces import BASE
from kgraph_api.dependencies import KeyDep, ServedDep, etag, is_known, known_parameters
from kgraph_api.errors import NotModifiedError
from kgraph_api.feeds.document import Document, Language, item
from kgraph_api.feeds.formats import MEDIA_TYPES, WRITERS, Format

__all__ = ["links", "router"]

router = APIRouter(prefix="/feeds", tags=["feeds"], dependencies=[Depends(known_parameters)])

#: An answer of a feed is no JSON document of the API.
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in MEDIA_TYPES.values()}}
}

LanguageDep = Annotated[Language, Query(alias="lang", description="Language of the titles.")]
Limit = Annotated[int, Query(ge=1, le=500, description="At most this many entries.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Entries to skip.")]

_TITLE = {"de": "Interkommunale Kooperation", "en": "Intermunicipal cooperation"}


class Writer:
    """The request around a feed: which part, in which language and format."""

    def __init__(
        self, *, request: Request, served: ServedDep, extension: Format,
        lang: LanguageDep = Language.DE, limit: Limit = 100, offset: Offset = 0,
    ) -> None:  # fmt: skip
        self.request, self.served = request, served
        self.format, self.language = extension, lang
        self.limit, self.offset = limit, offset

    def write(self, iri: str, name: str, rows: tuple[Entry, ...]) -> Response:
        """A part of the rows, or the news that the client has it already."""
        url = self.request.url
        tag = etag(self.served.version, str(url))
        headers = {
            "ETag": tag,
            "Cache-Control": "public, no-cache",
            "X-Release-Version": self.served.version,
        }
        if is_known(tag, self.request.headers.get("if-none-match")):
            raise NotModifiedError(headers)
        end = self.offset + self.limit
        title = _TITLE[self.language]
        document = Document(
            iri=f"{iri}#changes",
            title=f"{title}: {name}" if name else title,
            language=self.language,
            home_url=iri if name else str(self.request.base_url),
            feed_url=str(url),
            next_url=str(url.include_query_params(offset=end)) if end < len(rows) else "",
            items=tuple(item(row, self.served, self.language) for row in rows[self.offset : end]),
        )
        body = WRITERS[self.format](document)
        return Response(body, headers=headers, media_type=MEDIA_TYPES[self.format])


WriterDep = Annotated[Writer, Depends()]


@router.get("/changes.{extension}", summary="Everything", responses=_RESPONSES)
def changes(served: ServedDep, writer: WriterDep) -> Response:
    """Foundings, mergers, joins, leaves, first attestations by their dates, newest first."""
    return writer.write(BASE, "", served.feed.entries)


@router.get("/networks/{slug}.{extension}", summary="One network", responses=_RESPONSES)
def network(served: ServedDep, writer: WriterDep, slug: KeyDep) -> Response:
    """What became of a network and who joined and left it."""
    iri = served.release.network(slug).iri
    return writer.write(iri, served.name_in(writer.language, iri), served.feed.about(iri))


@router.get("/municipalities/{key}.{extension}", summary="One municipality", responses=_RESPONSES)
def municipality(served: ServedDep, writer: WriterDep, key: KeyDep) -> Response:
    """What a municipality joined and left, and where it is first attested."""
    iri = served.release.agent(f"municipality/{key}").iri
    return writer.write(iri, served.name_in(writer.language, iri), served.feed.about(iri))


def links(request: Request, response: Response) -> None:
    """Name the feed of what an answer of the API is about."""
    noun = request.scope["path"].partition("/api/v1/")[2].split("/")[0]
    key = request.path_params.get({"networks": "slug", "municipalities": "key"}.get(noun, ""))
    path = f"{noun}/{quote(key)}" if key else "changes"
    root = request.scope.get("root_path", "")
    response.headers["Link"] = ", ".join(
        f'<{root}/feeds/{path}.{extension}>; rel="alternate"; type="{media_type}"'
        for extension, media_type in MEDIA_TYPES.items()
    )
