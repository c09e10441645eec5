"""The page about a release, its description for catalogues, and its files; older ones too."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from kgraph.dumps import Dump
from kgraph.errors import NotFoundError
from kgraph.ingest.quads import Quads
from kgraph.namespaces import BASE
from kgraph.store import Store
from kgraph_api.dependencies import etag, is_known
from kgraph_api.errors import ProblemError
from kgraph_api.negotiation import GRAPH, accepted, content_type, named, offered
from kgraph_api.pages.catalogue import address_of, describe_release
from kgraph_api.pages.rendering import known, linked, render
from kgraph_api.pages.words import language_of, say
from kgraph_api.published import Published, all_published, published
from kgraph_api.served import Served
from kgraph_api.sparql.address import address

__all__ = ["routes"]


def routes() -> list[BaseRoute]:
    """``/data/release`` and what lies below it."""
    return [
        Route("/data/release", release),
        Route("/data/release/{version}", release),
        Route("/data/release/{version}/{name}", file),
    ]


def release(request: Request) -> Response:
    """A release: the page about it, or its description in RDF, by what the client likes best."""
    served: Served = request.state.served
    one = published(served, request.path_params.get("version", served.version))
    wanted = request.query_params.get("format", "")
    available = {"text/html": "html", **offered("graph")}
    media_type = accepted(request.headers.get("accept"), available)
    name = available.get(media_type or "")
    if wanted:
        name = "html" if wanted == "html" else named(wanted, "graph")
    if name == "html":
        return _page(request, served, one)
    if name is None:
        types = ", ".join(("text/html", *GRAPH.values()))
        raise ProblemError(406, f"A release is described in {types}.", {"Vary": "Accept"})
    return _description(request, one, name)


def _description(request: Request, one: Published, name: str) -> Response:
    place = address(request, "/").rstrip("/")
    headers = {
        "ETag": etag(one.version, place, name), "Cache-Control": "public, no-cache",
        "Vary": "Accept", "X-Release-Version": one.version,
        "Content-Type": content_type(GRAPH[name]),
    }  # fmt: skip
    if is_known(headers["ETag"], request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    quads = Quads()
    describe_release(quads, one, place)
    store = Store(["".join(f"{line} .\n" for line in sorted(quads.merged())).encode()])
    return Response(store.dump(name), headers=headers)


def _page(request: Request, served: Served, one: Published) -> Response:
    """What a release holds, how to take it along and how to cite it."""
    language = language_of(request)
    others = [other.version for other in all_published(served) if other.version != one.version]
    place = address(request, "/").rstrip("/")
    here = address_of(place, one.version)
    path = f"{request.scope.get('root_path', '')}/data/release/{one.version}"
    headers, is_fresh = known(request, served, language, here, *others)
    headers["Link"] = linked(_alternates(path))
    if is_fresh:
        return Response(status_code=304, headers=headers)
    cited = say(language, "release.cite.text", version=one.version, address=here)
    dumps = [dump for dump, _ in one.dumps.values()]
    return render(
        request, "release", language, headers,
        alternates=_alternates(path), version=one.version, base=BASE, place=path, here=here,
        cited=cited, counts=_named(language, "count", one.counts),
        licences=[(_name(language, "licence", name), _name(language, "licence", said))
                  for name, said in one.licences.items()], is_old=one.version != served.version,
        files=[_file(dump, path) for dump in dumps], others=others,
        dataset=_dataset(one, dumps, here, cited, say(language, "release.what")),
    )  # fmt: skip


def file(request: Request) -> Response:
    """A file of the release that is served, or of an older one that is still on the disk."""
    served: Served = request.state.served
    version, name = request.path_params["version"], request.path_params["name"]
    found = published(served, version).dumps
    if name not in found:
        there = ", ".join(found)
        raise NotFoundError("file of a release", f"{version}/{name}", f"there is {there}")
    dump, path = found[name]
    headers = {
        "ETag": f'"{dump.sha256[:32] or f"{version}-{name}"}"',
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Release-Version": version,
    }
    if dump.sha256:
        # RFC 9530: whoever loads a part of it after another can tell that the whole is right.
        digest = base64.b64encode(bytes.fromhex(dump.sha256)).decode()
        headers["Repr-Digest"] = f"sha-256=:{digest}:"
    if is_known(headers["ETag"], request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    filename = f"kgraph-{version}-{name}"
    return FileResponse(path, media_type=dump.sent_as, headers=headers, filename=filename)


def _alternates(path: str) -> list[dict[str, str]]:
    """The description in other formats."""
    return [
        {"type": GRAPH[name], "name": label, "href": f"{path}?format={name}"}
        for name, label in (("turtle", "Turtle"), ("jsonld", "JSON-LD"))
    ]


def _named(language: str, kind: str, values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Numbers with their names in a language."""
    return [(_name(language, kind, name), value) for name, value in values.items()]


def _name(language: str, kind: str, name: str) -> str:
    """What a word of a manifest is called; as it stands there where another kgraph wrote it."""
    try:
        return say(language, f"{kind}.{name}")
    except KeyError:
        return name


def _file(dump: Dump, path: str) -> dict[str, Any]:
    return {
        "name": dump.name,
        "key": f"release.file.{dump.name.partition('.')[0]}",
        "href": f"{path}/{dump.name}",
        "type": dump.sent_as,
        "size": dump.n_bytes,
        "sha256": dump.sha256,
    }


def _dataset(
    one: Published, dumps: list[Dump], here: str, cited: str, described: str
) -> dict[str, Any]:
    """The release as schema.org has it, which search engines for data read."""
    files = [
        {
            "@type": "DataDownload",
            "name": dump.name,
            "contentUrl": f"{here}/{dump.name}",
            "encodingFormat": dump.sent_as,
            "contentSize": f"{dump.n_bytes} B",
            **({"sha256": dump.sha256} if dump.sha256 else {}),
        }
        for dump in dumps
    ]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": here,
        "url": here,
        "name": cited.partition(",")[0],
        "description": described,
        "identifier": one.version,
        "version": one.version,
        "creditText": cited,
        "inLanguage": ["de", "en"],
        "isAccessibleForFree": True,
        "license": sorted({link for link in one.licences.values() if link.startswith("http")}),
        "distribution": files,
    }
