"""What this server has: release, software, counts, licences."""

from __future__ import annotations

from fastapi import APIRouter

from kgraph.namespaces import BASE
from kgraph_api.dependencies import ServedDep, TodayDep
from kgraph_api.schemas.views import About
from kgraph_api.software import software_version

router = APIRouter(tags=["about"])

_LINKS = {
    "documentation": "docs",
    "openapi": "api/v1/openapi.json",
    "sparql": "sparql",
    "graph": "graph",
}


@router.get("/about", summary="About this server")
def about(served: ServedDep, today: TodayDep) -> About:
    """The release that answers, how much it holds, and under which licences."""
    manifest = served.release.manifest
    return About(
        version=served.version,
        software=software_version(),
        as_of=today,
        base=BASE,
        counts=manifest.get("counts", {}),
        licences=manifest.get("licences", {}),
        links=_LINKS,
    )
