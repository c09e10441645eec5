"""From a template to an answer: escaped throughout, tagged with the release, without a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kgraph_api.dependencies import etag, is_known
from kgraph_api.pages.words import LANGUAGES, number, say
from kgraph_api.served import Served

if TYPE_CHECKING:
    import jinja2

__all__ = ["address", "known", "linked", "render"]

_TEMPLATES = Path(__file__).with_name("templates")


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def known(
    request: Request, served: Served, language: str, *more: str
) -> tuple[dict[str, str], bool]:
    """The headers of a page, and whether the client has it already.

    ``more`` is what the page depends on beside its address, its language and the release.
    """
    query = str(request.url.query)
    tag = etag(served.version, request.url.path, "html", language, query, *more)
    headers = {
        "ETag": tag,
        "Cache-Control": "public, no-cache",
        "Vary": "Accept, Accept-Language",
        "Content-Language": language,
        "X-Release-Version": served.version,
    }
    return headers, is_known(tag, request.headers.get("if-none-match"))


def linked(alternates: Sequence[Mapping[str, str]]) -> str:
    """The header ``Link`` that names the same in other formats."""
    return ", ".join(
        f'<{one["href"]}>; rel="alternate"; type="{one["type"]}"' for one in alternates
    )


def render(
    request: Request, name: str, language: str, headers: Mapping[str, str], **values: Any
) -> Response:
    """A page of a template."""
    languages = {one: address(request, lang=one) for one in LANGUAGES}
    text = _environment().get_template(f"{name}.html.j2").render(
        lang=language,
        languages=languages,
        root=request.scope.get("root_path", ""),
        say=partial(say, language),
        number=partial(number, language),
        **values,
    )  # fmt: skip
    return HTMLResponse(text, headers=dict(headers))


def address(request: Request, **changes: str) -> str:
    """The address of this page with other parameters; an empty one is left out."""
    url = request.url.include_query_params(**{k: v for k, v in changes.items() if v})
    url = url.remove_query_params([name for name, value in changes.items() if not value])
    return f"?{url.query}" if url.query else "?"
