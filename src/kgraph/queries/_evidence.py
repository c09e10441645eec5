"""Where something is said and for when: the evidence that several queries share."""

from __future__ import annotations

from collections import defaultdict

from kgraph.model import Evidence
from kgraph.queries._run import select
from kgraph.store import Store

__all__ = ["evidence_of", "most_precise"]


def evidence_of(store: Store, query: str) -> defaultdict[str, list[Evidence]]:
    """IRI → its evidence, by a query of (thing, source, locator, basis, date, earliest, latest)."""
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for iri, source, locator, basis, said, earliest, latest in select(store, query):
        span = f"{earliest or '..'}/{latest or '..'}" if not said and (earliest or latest) else ""
        found[iri].append(
            Evidence(source.rpartition("/")[2], locator, basis.rpartition("/")[2], said or span)
        )
    return found


def most_precise(texts: list[str]) -> str:
    """The longest of several dates: ``2006-03-14`` rather than ``2006``."""
    return max(texts, key=lambda text: (len(text), text), default="")
