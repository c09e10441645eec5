"""Reconciliation Service API 0.2: which thing does a name in a table mean? Made for OpenRefine."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from kgraph import __version__, namespaces
from kgraph.errors import NotFoundError, QueryParameterError
from kgraph_api.dependencies import ServedDep
from kgraph_api.errors import ProblemError
from kgraph_api.reconciling import PROPERTIES, Desk, Question, Thing, desk, questions

router = APIRouter(prefix="/reconcile", include_in_schema=False)

_MAX_BYTES = 1_000_000

#: A preview is made to be shown inside another page; it loads nothing.
_PREVIEW = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}

#: A name of a JavaScript function, which may lead through objects.
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*){0,5}", re.ASCII)

Prefix = Annotated[str, Query(max_length=200)]


async def form(request: Request) -> dict[str, str]:
    """The parameters of the address, and those of a form."""
    if int(request.headers.get("content-length") or 0) > _MAX_BYTES:
        raise ProblemError(413, f"The queries are longer than {_MAX_BYTES} bytes.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MAX_BYTES:
            raise ProblemError(413, f"The queries are longer than {_MAX_BYTES} bytes.")
    try:
        found = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError as error:
        raise QueryParameterError(f"the form cannot be read: {error}") from None
    return {**request.query_params, **{name: values[-1] for name, values in found.items()}}


FormDep = Annotated[dict[str, str], Depends(form)]


def _said(request: Request, found: Any) -> Response:
    """JSON; or a script that hands it to a function (JSONP), for clients that know no CORS."""
    callback = request.query_params.get("callback")
    if callback is None:
        return JSONResponse(found)
    if not _CALLBACK.fullmatch(callback) or len(callback) > 100:
        raise QueryParameterError(f"callback {callback[:50]!r} is no name of a function")
    text = json.dumps(found)  # in ASCII, so that no line separator ends the script
    return Response(f"/**/{callback}({text});", media_type="text/javascript")


@router.get("")
@router.post("")
def reconcile(request: Request, served: ServedDep, asked: FormDep) -> Response:
    """The service itself, answers to a batch or to a single query, or properties of things."""
    if "queries" in asked:
        found = questions(asked["queries"])
        answers = {key: _answer(desk(served), one) for key, one in found.items()}
        return _said(request, answers)
    if "query" in asked:
        text = asked["query"]
        single = text if text.lstrip().startswith("{") else json.dumps({"query": text})
        return _said(request, _answer(desk(served), questions(f'{{"q":{single}}}')["q"]))
    if "extend" in asked:
        return _said(request, _extend(desk(served), asked["extend"]))
    return _said(request, _service(request, desk(served)))


@router.get("/suggest/{what}")
def suggest(
    request: Request, served: ServedDep, what: str, prefix: Prefix = "", cursor: int = 0
) -> Response:
    """Things, types or properties that a text begins to name."""
    if what == "entity":
        things = desk(served).begins(prefix, 20)[max(cursor, 0) :]
        result = [_named(one) | {"notable": _types(one)} for one in things]
        return _said(request, {"result": result})
    if what not in ("type", "property"):
        raise NotFoundError("suggestion", what, "there are entity, type, property")
    names = {one: one for one in desk(served).types} if what == "type" else PROPERTIES
    found = [(key, name) for key, name in names.items() if prefix.casefold() in name.casefold()]
    return _said(request, {"result": [{"id": key, "name": name} for key, name in found]})


@router.get("/preview")
def preview(request: Request, served: ServedDep, id: Annotated[str, Query()]) -> Response:
    """A small page about one thing."""
    return HTMLResponse(_card(request, served, _thing(desk(served), id)), headers=_PREVIEW)


@router.get("/flyout")
def flyout(request: Request, served: ServedDep, id: Annotated[str, Query()]) -> Response:
    """What a list of suggestions shows about the thing that the pointer is on."""
    card = _card(request, served, _thing(desk(served), id)).partition("</style>")[2]
    return _said(request, {"id": id, "html": card})


def _card(request: Request, served: ServedDep, thing: Thing) -> str:
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in _facts(served, thing).items()
        if value
    )
    return (
        '<!doctype html><meta charset="utf-8"><style>body{font:14px sans-serif;margin:8px}'
        "th{text-align:left;padding-right:1em;font-weight:normal;color:#555}</style>"
        f'<a href="{escape(_root(request))}/id/{escape(thing.path)}" target="_blank">'
        f"<b>{escape(thing.names[0])}</b></a><table>{rows}</table>"
    )


@router.get("/properties")
def properties(request: Request, type: Annotated[str, Query()] = "", limit: int = 20) -> Response:
    """The properties that can be fetched for things of a type."""
    found = [{"id": key, "name": name} for key, name in PROPERTIES.items()]
    proposed = {"type": type, "limit": limit, "properties": found[: max(limit, 0)]}
    return _said(request, proposed)


def _root(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _service(request: Request, found: Desk) -> dict[str, Any]:
    """The manifest of the service."""
    root = _root(request)

    def at(path: str) -> dict[str, str]:
        return {"service_url": root, "service_path": f"/reconcile/{path}"}

    return {
        "versions": ["0.1", "0.2"],
        "serviceVersion": __version__,
        "documentation": f"{root}/docs",
        "name": "kgraph: inter-municipal cooperation",
        "identifierSpace": f"{namespaces.BASE}id/",
        "schemaSpace": namespaces.PREFIXES["imc"],
        "defaultTypes": [{"id": one, "name": one} for one in found.types],
        "view": {"url": f"{root}/id/{{{{id}}}}"},
        "preview": {
            "url": f"{root}/reconcile/preview?id={{{{id}}}}", "width": 360, "height": 160,
        },
        "suggest": {what: at(f"suggest/{what}") for what in ("type", "property")} | {
            "entity": at("suggest/entity") | {
                "flyout_service_url": root, "flyout_service_path": "/reconcile/flyout?id=${id}",
            }
        },
        "extend": {"propose_properties": at("properties"), "property_settings": []},
    }  # fmt: skip


def _types(thing: Thing) -> list[dict[str, str]]:
    return [{"id": thing.type, "name": thing.type}]


def _named(thing: Thing) -> dict[str, Any]:
    return {"id": thing.path, "name": thing.names[0], "description": thing.description}


def _answer(found: Desk, asked: Question) -> dict[str, Any]:
    return {
        "result": [
            _named(thing) | {"type": _types(thing), "score": score, "match": match}
            for thing, score, match in found.find(asked)
        ]
    }


def _extend(found: Desk, text: str) -> dict[str, Any]:
    """Rows of properties: what OpenRefine asks to add columns."""
    try:
        asked = json.loads(text)
        ids = [str(one) for one in asked["ids"]]
        names = [name for name in (one["id"] for one in asked["properties"]) if name in PROPERTIES]
    except (ValueError, TypeError, KeyError):
        raise QueryParameterError(
            'extend is no object such as {"ids": ["…"], "properties": [{"id": "key"}]}'
        ) from None
    known = {path: found.things.get(path) for path in ids}
    return {
        "meta": [{"id": name, "name": PROPERTIES[name]} for name in names],
        "rows": {
            path: {name: _cell(thing, name) for name in names} for path, thing in known.items()
        },
    }


def _cell(thing: Thing | None, name: str) -> list[dict[str, str]]:
    value = getattr(thing, "state_name" if name == "state" else name) if thing else ""
    return [{"str": value}] if value else []


def _thing(found: Desk, path: str) -> Thing:
    try:
        return found.things[path]
    except KeyError:
        raise NotFoundError("thing", path) from None


def _facts(served: ServedDep, thing: Thing) -> dict[str, str]:
    n_networks = len(
        {m.network for m in served.release.memberships_of(namespaces.thing(thing.path))}
    )
    n_members = len({m.member for m in served.release.members_of(namespaces.thing(thing.path))})
    return {
        "kind": thing.kind, "official key": thing.key, "state": thing.state_name,
        "country": thing.country, "listed in": f"{n_networks} networks" if n_networks else "",
        "lists": f"{n_members} members" if n_members else "",
    }  # fmt: skip
