"""Counts and quantities that sources claim."""

from __future__ import annotations

from kgraph.model import Figure
from kgraph.queries._run import select
from kgraph.store import Store

__all__ = ["all_figures"]


def all_figures(store: Store) -> tuple[Figure, ...]:
    """Every figure, once for each source that gives it; ordered by what it is of."""
    return tuple(
        Figure(
            iri=iri,
            of=of,
            kind=kind.rpartition("/")[2],
            value=float(value),
            qualifier=qualifier.rpartition("/")[2],
            counted=counted,
            date=date,
            source=source.rpartition("/")[2],
            locator=locator,
            until=until,
        )
        for iri, of, kind, value, qualifier, counted, date, until, source, locator in select(
            store, "figures"
        )
    )
