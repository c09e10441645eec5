"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter

from kgraph_api.dependencies import ServedDep

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the process lives")
def healthz() -> dict[str, str]:
    """Always answers while the process lives."""
    return {"status": "ok"}


@router.get("/readyz", summary="Whether it can answer")
def readyz(served: ServedDep) -> dict[str, str]:
    """Answers once the tables are read and the statements loaded; asking it makes both happen."""
    served.warm()
    return {"status": "ready", "version": served.version}
