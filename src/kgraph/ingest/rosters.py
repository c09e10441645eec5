"""The statements that the engine is to meet first, so that rosters come by the members' names.

The engine gives what it holds of a node in the reverse of the order in which it met it, and what is
in order already it sorts in one pass. Nearly every question about a roster wants it by names.
"""

from __future__ import annotations

from kgraph.store import Store

__all__ = ["rosters"]

_BY_NAME = """
CONSTRUCT { ?membership org:organization ?network } WHERE {
  SELECT ?membership ?network {
    ?membership org:organization ?network ; org:member/rdfs:label ?name
  }
  ORDER BY DESC(?name) DESC(?membership) ?network
}
"""


def rosters(store: Store) -> bytes:
    r"""Which network each membership is in, as N-Triples, the last name first.

    Examples
    --------
    >>> org, label = "http://www.w3.org/ns/org#", "http://www.w3.org/2000/01/rdf-schema#label"
    >>> row = '<urn:m{0}> <{1}organization> <urn:n> .\n<urn:m{0}> <{1}member> <urn:{0}> .'
    >>> name = '<urn:{0}> <{2}> "{0}" .'
    >>> lines = [form.format(who, org, label).encode() for form in (row, name) for who in "ab"]
    >>> rosters(Store(lines)).count(b"<urn:n>"), rosters(Store(lines))[:8]
    (2, b'<urn:mb>')
    """
    return store.query(_BY_NAME).serialize("ntriples")
