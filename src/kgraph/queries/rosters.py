"""The statements that the engine is to meet first, so that rosters come by the members' names.

The engine gives what it holds of a node in the reverse of the order in which it met it, and what is
in order already it sorts in one pass. Nearly every question about a roster wants it by names.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.namespaces import term
from kgraph.queries._run import select
from kgraph.store import Store

__all__ = ["rosters"]


def rosters(store: Store) -> Iterator[str]:
    r"""Which network each membership is in, as lines of N-Triples, the last name first.

    Examples
    --------
    >>> org, label = "http://www.w3.org/ns/org#", "http://www.w3.org/2000/01/rdf-schema#label"
    >>> row = '<urn:m{0}> <{1}organization> <urn:n> .\n<urn:m{0}> <{1}member> <urn:{0}> .'
    >>> name = '<urn:{0}> <{2}> "{0}" .'
    >>> lines = [form.format(who, org, label).encode() for form in (row, name) for who in "ab"]
    >>> [line[:8] for line in rosters(Store(lines))]
    ['<urn:mb>', '<urn:ma>']
    """
    # Who has several names is there once, by the last of them.
    for membership, network in dict.fromkeys(select(store, "rosters")):
        yield f"<{membership}> <{term('org:organization')}> <{network}> .\n"
