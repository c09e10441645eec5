"""The page about the release that is served, its files, and those of releases still on the disk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from kgraph.errors import NotFoundError
from kgraph.namespaces import BASE
from kgraph_api.dependencies import is_known
from kgraph_api.pages.rendering import known, render
from kgraph_api.pages.words import language_of
from kgraph_api.served import Served

__all__ = ["routes"]

#: Files of a release that can be taken, with their media types.
FILES = {
    "graph.nq": "application/n-quads",
    "merged.nt": "application/n-triples",
    "manifest.json": "application/json",
}
_VERSION = re.compile(r"[0-9a-f]{8,64}")


def routes() -> list[BaseRoute]:
    """``/data/release`` and what lies below it."""
    return [
        Route("/data/release", page),
        Route("/data/release/{version}", page),
        Route("/data/release/{version}/{name}", file),
    ]


def page(request: Request) -> Response:
    """What a release holds, how to take it along and how to cite it."""
    served: Served = request.state.served
    language = language_of(request)
    folder = _folder(served, request.path_params.get("version", served.version))
    if folder != served.release.path:
        raise NotFoundError("page of the release", folder.name, "its files are there still")
    headers, is_fresh = known(request, served, language)
    if is_fresh:
        return Response(status_code=304, headers=headers)
    root = request.scope.get("root_path", "")
    place = f"{root}/data/release/{served.version}"
    manifest = served.release.manifest
    return render(
        request, "release", language, headers,
        alternates=[{"type": "application/json", "name": "JSON", "href": f"{place}/manifest.json"}],
        version=served.version, base=BASE, place=place,
        here=str(request.url.replace(path=place, query="", fragment="")),
        counts=manifest.get("counts", {}), licences=manifest.get("licences", {}),
        files=[_file(folder, name, place) for name in FILES if (folder / name).is_file()],
        older=[one for one in _versions(served) if one != served.version],
    )  # fmt: skip


def file(request: Request) -> Response:
    """A file of the release that is served, or of an older one that is still on the disk."""
    served: Served = request.state.served
    version, name = request.path_params["version"], request.path_params["name"]
    path = _folder(served, version) / name
    if name not in FILES or not path.is_file():
        raise NotFoundError(
            "file of a release", f"{version}/{name}", f"there is {', '.join(FILES)}"
        )
    tag = f'"{version}-{name}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Release-Version": version,
    }
    if is_known(tag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    stem, _, extension = name.partition(".")
    return FileResponse(
        path,
        media_type=FILES[name],
        headers=headers,
        filename=f"kgraph-{version}-{stem}.{extension}",
    )


def _folder(served: Served, version: str) -> Path:
    """The folder of a version: a name that is no version never becomes a path."""
    if version == served.version:
        return served.release.path
    folder = served.release.path.parent / version
    if _VERSION.fullmatch(version) and (folder / "manifest.json").is_file():
        return folder
    raise NotFoundError("release", version, "/data/release lists those that are here")


def _versions(served: Served) -> list[str]:
    """The versions beside the one that is served; none where its folder stands alone."""
    parent = served.release.path.parent
    if not (parent / "current").is_file():
        return []
    return sorted(
        one.name
        for one in parent.iterdir()
        if _VERSION.fullmatch(one.name) and (one / "graph.nq").is_file()
    )


def _file(folder: Path, name: str, place: str) -> dict[str, Any]:
    return {
        "name": name,
        "key": f"release.file.{name.partition('.')[0]}",
        "href": f"{place}/{name}",
        "type": FILES[name],
        "size": (folder / name).stat().st_size,
    }
