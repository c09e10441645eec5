"""The documentation of the JSON API as a plain page, drawn from the OpenAPI document.

The usual interactive page loads its script from another host; this one needs no script at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kgraph_api.html import escape, page

__all__ = ["route"]

Json = dict[str, Any]

_INTRODUCTION = """
<p>Every address gives JSON; no key is needed. Lists give <code>items</code>, <code>total</code>,
<code>limit</code> and <code>offset</code>; every item has its <code>iri</code> and its
<code>sources</code>. Every answer says of which day (<code>as_of</code>) and of which release
(<code>version</code>) it is. Errors are problem bodies
(<a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>); a parameter that an address does
not take is refused. For programs: <a href="api/v1/openapi.json">OpenAPI</a>. For questions that
no address answers: <a href="sparql">SPARQL</a>.</p>
"""

#: A request to try, where the parameters have no example that makes one.
_TRY = {
    "/api/v1/networks/{slug}": "api/v1/networks/stadtregion-muenster",
    "/api/v1/networks/{slug}/members": "api/v1/networks/stadtregion-muenster/members"
    "?as_of=2013-04-01",
    "/api/v1/municipalities": "api/v1/municipalities?q=munster",
    "/api/v1/municipalities/{key}": "api/v1/municipalities/de-05515000",
    "/api/v1/municipalities/{key}/memberships": "api/v1/municipalities/de-05515000/memberships",
    "/api/v1/agents/{kind}": "api/v1/agents/district",
    "/api/v1/agents/{kind}/{key}": "api/v1/agents/district/de-05566",
    "/api/v1/agents/{kind}/{key}/memberships": "api/v1/agents/district/de-05566/memberships",
    "/api/v1/codelists/{scheme}": "api/v1/codelists/role",
    "/feeds/changes.{extension}": "feeds/changes.atom?lang=en",
    "/feeds/networks/{slug}.{extension}": "feeds/networks/stadtregion-muenster.atom",
    "/feeds/municipalities/{key}.{extension}": "feeds/municipalities/de-05515000.json?lang=en",
    "/api/v1/search": "api/v1/search?q=munster",
    "/api/v1/analysis/closest-partners": "api/v1/analysis/closest-partners?member=de-05515000&k=5",
}


def route(app: FastAPI) -> Route:
    """``/docs`` of an application."""

    def docs(request: Request) -> Response:
        body = _INTRODUCTION + "".join(_sections(app.openapi()))
        return HTMLResponse(page("JSON API", body), headers={"Cache-Control": "no-cache"})

    return Route("/docs", docs)


def _sections(document: Json) -> Iterator[str]:
    """The addresses, a heading for each of their tags in the order in which they come."""
    tags: dict[str, list[str]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            shown = _operation(method.upper(), path, operation)
            tags.setdefault(operation["tags"][0], []).append(shown)
    for tag, operations in tags.items():
        yield f"<h2>{escape(tag.capitalize())}</h2>{''.join(operations)}"


def _operation(method: str, path: str, operation: Json) -> str:
    """One address: what it gives, what it takes, one to try."""
    rows = "".join(_parameter(one) for one in operation.get("parameters", ()))
    heads = "<tr><th>Parameter</th><th>Meaning</th><th>For example</th></tr>"
    address = _TRY.get(path, "" if "{" in path or method != "GET" else path.removeprefix("/"))
    link = f'<p>Try <a href="{escape(address)}">{escape(address)}</a></p>' if address else ""
    return (
        f"<h3><code>{method} {escape(path)}</code></h3>"
        f"<p><b>{escape(operation['summary'])}.</b> {_text(operation.get('description', ''))}</p>"
        f"{link}{f'<table>{heads}{rows}</table>' if rows else ''}"
    )


def _parameter(parameter: Json) -> str:
    schema = parameter["schema"]
    name = f"<code>{escape(parameter['name'])}</code>"
    told = [_text(parameter.get("description", "")), *_limits(schema)]
    examples = parameter.get("examples") or schema.get("examples") or ()
    shown = ", ".join(f"<code>{escape(str(one))}</code>" for one in examples)
    return f"<tr><td>{name}</td><td>{' '.join(filter(None, told))}</td><td>{shown}</td></tr>"


def _limits(schema: Json) -> Iterator[str]:
    """What a value is restricted to."""
    if "enum" in schema:
        yield "One of " + ", ".join(f"<code>{escape(str(one))}</code>" for one in schema["enum"])
    if "maximum" in schema:
        yield f"From {schema.get('minimum', 0)} to {schema['maximum']}."
    if schema.get("default") not in (None, ""):
        yield f"Default: <code>{escape(str(schema['default']))}</code>."


def _text(text: str) -> str:
    """Escaped text in which back quotes mark code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))
