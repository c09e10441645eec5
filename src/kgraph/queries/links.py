"""Which property leads to things of which class: what an editor completes a path from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kgraph.queries._group import shorten
from kgraph.queries._run import select
from kgraph.store import Store

__all__ = ["object_classes"]


def object_classes(store: Store) -> Mapping[str, Mapping[str, int]]:
    """Count where the properties of the default graph lead; a pass over all statements.

    Returns
    -------
    dict of str to dict of str to int
        Name of a property → name of a class → statements whose value is of the class.

    Examples
    --------
    >>> object_classes(Store()) == {}
    True
    """
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for iri, cls, n in select(store, "object_classes"):
        found[shorten(iri)][shorten(cls)] = int(n)
    return found
