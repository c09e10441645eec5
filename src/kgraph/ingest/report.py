"""What a build did, as text: the tallies that stand in ``data/README.md``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["tally"]


def tally(manifest: Mapping[str, Any]) -> str:
    """The tallies of a release as Markdown.

    Parameters
    ----------
    manifest : mapping
        The manifest of a release.
    """
    rows, counts, names, claims = (manifest[k] for k in ("rows", "counts", "names", "claims"))
    typed, left = claims["claims typed"], claims.get("claims not typed", 0)
    lines = [
        "| what | how many |",
        "| --- | ---: |",
        f"| source documents | {rows['sources']:,} |",
        f"| organisations (rows) | {counts['organisations']:,} ({rows['organisations']:,}) |",
        f"| cooperations: networks, and what else agents take part in | {counts['networks']:,} |",
        f"| membership rows | {rows['memberships']:,} |",
        *(f"| … resolved {how} | {n:,} |" for how, n in names.items()),
        f"| … unresolved | {rows['memberships'] - sum(names.values()):,} |",
        f"| memberships in the graph, each with its attestations | {counts['memberships']:,} |",
        f"| claims | {rows['claims']:,} |",
        f"| … typed | {typed:,} ({100 * typed / (typed + left):.1f} %) |",
        f"| … kept as claims only | {left:,} |",
        f"| statements in {counts['graphs']:,} named graphs | {counts['statements']:,} |",
        f"| statements, each counted once | {counts['statements merged']:,} |",
    ]
    return "\n".join(lines)
