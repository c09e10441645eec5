"""Where each value that is shown of a thing comes from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kgraph.queries._group import shorten
from kgraph.queries._run import select
from kgraph.store import Store

__all__ = ["Receipt", "receipts"]

#: Property of a value → the property of a claim that it was read from.
_CLAIMED_AS = {
    "imc:legalForm": "legalForm", "imc:legalFormAsPrinted": "legalForm", "imc:theme": "theme",
    "imc:themeAsPrinted": "theme", "imc:seat": "seat", "imc:seatAsPrinted": "seat",
    "rdfs:label": "name", "skos:altLabel": "shortName", "foaf:homepage": "website",
    "imc:partOfNetwork": "partOf",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Receipt:
    """One value as one source gives it.

    ``property`` is a prefixed name. ``source`` is a slug, empty for the lists of official keys;
    ``locator``, ``basis`` (a code) and ``date`` say where and for which day; empty where the source
    does not.
    """

    property: str
    value: str
    graph: str
    source: str
    locator: str
    basis: str
    date: str


@dataclass(frozen=True, slots=True)
class _Place:
    property: str
    claimed: str
    locator: str
    basis: str
    date: str


def receipts(store: Store, iri: str) -> tuple[Receipt, ...]:
    """Every value of a thing that answers show, with every place that says so; ordered.

    Notes
    -----
    A value whose words a claim states has the place of that claim. For a code, which stands for
    words, it is every place where its source claims something of the kind, and the row in which it
    describes the thing.

    Raises
    ------
    QueryParameterError
        If it is no IRI.

    Examples
    --------
    >>> import kgraph
    >>> network = "https://w3id.org/imcoop/id/network/stadtregion-muenster"
    >>> found = receipts(kgraph.open().store, network)
    >>> one = next(r for r in found if r.property == "imc:legalForm")
    >>> one.value.rpartition("/")[2], one.source
    ('informal-association', 'muenster-stadtregion')
    """
    places: defaultdict[str, list[_Place]] = defaultdict(list)
    for _, graph, prop, claimed, locator, basis, date in select(store, "value_places", thing=iri):
        code = basis.rpartition("/")[2]
        places[graph].append(_Place(prop, claimed, locator, code, date))
    found = (
        Receipt(prop, value, graph, source.rpartition("/")[2], at.locator, at.basis, at.date)
        for _, full, value, graph, source in select(store, "value_sources", thing=iri)
        for prop in [shorten(full)]
        for at in _of(places[graph], prop, value) or [_Place("", "", "", "", "")]
    )
    return tuple(dict.fromkeys(found))


def _of(places: list[_Place], prop: str, value: str) -> list[_Place]:
    """The places of one value among those of its source, the closest kind of them."""
    claims = [place for place in places if place.property == _CLAIMED_AS.get(prop, "-")]
    exact = [place for place in claims if value in place.claimed]
    rows = [place for place in places if not place.property]
    other = [place for place in places if place.claimed and value in place.claimed]
    return exact or [*claims, *rows] or other
