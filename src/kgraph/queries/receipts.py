"""Where each value that is shown of a thing comes from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kgraph import namespaces
from kgraph.queries._group import shorten
from kgraph.queries._run import select
from kgraph.store import Store

__all__ = ["Receipt", "receipts"]

#: Property of a value → the properties of a claim that it can have been read from.
_CLAIMED_AS = {
    "imc:legalForm": ("legalForm",), "imc:legalFormAsPrinted": ("legalForm",),
    "imc:theme": ("theme",), "imc:themeAsPrinted": ("theme",), "imc:seat": ("seat",),
    "imc:seatAsPrinted": ("seat",), "rdfs:label": ("name",), "foaf:homepage": ("website",),
    "skos:altLabel": ("shortName", "name", "title", "formerName", "renamed"),
    "imc:partOfNetwork": ("partOf",),
}  # fmt: skip


#: Kind of territory and country → the official list that has it, and the column of its key.
_LISTS = {
    ("municipality", "de"): ("municipalities-de", "ags"),
    ("municipality", "fr"): ("municipalities-fr", "code"),
    ("municipality", "nl"): ("municipalities-nl", "code"),
    ("district", "de"): ("municipalities-de", "district_key"),
    ("state", "de"): ("states-de", "key"),
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """One value as one source gives it.

    ``property`` is a prefixed name. ``source`` is a slug, empty for what no document says: the
    lists of official keys, decisions and descriptions of our own; ``locator`` then names the table
    and its row. ``basis`` (a code) and ``date`` say for which day; empty where the source does not.
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
    own = namespaces.graph("descriptions")
    said = list(select(store, "value_sources", thing=iri))
    is_former = any(full == namespaces.term("imc:lastSeen") for _, full, *_ in said)
    found = (
        Receipt(prop, value, graph, source.rpartition("/")[2], at.locator, at.basis, at.date)
        for _, full, value, graph, source in said
        for prop in [shorten(full)]
        for at in _of(places[graph], prop, value) or [_in_data(graph, iri, is_former)]
        # What a source says in its own words is a claim; the description is ours.
        if prop != "dcterms:description" or graph == own
    )
    return tuple(dict.fromkeys(found))


def _in_data(graph: str, iri: str, is_former: bool) -> _Place:
    """The place of a value that no document gives: the table of the data that holds it."""
    path = namespaces.path_of(iri)
    kind, _, key = path.partition("/")
    country, _, code = key.partition("-")
    table, column = _LISTS.get((kind, country), ("countries", "code"))
    row = {
        "reference": f"data/reference/{table}{'-former' * is_former}.csv, {column} {code or key}",
        "decisions": f"data/mappings/named, agent {path}",
        "descriptions": f"data/mappings/descriptions.csv, org {key}",
    }.get(graph.removeprefix(namespaces.graph("")), "")
    return _Place("", "", row, "", "")


def _of(places: list[_Place], prop: str, value: str) -> list[_Place]:
    """The places of one value among those of its source, the closest kind of them."""
    claims = [place for place in places if place.property in _CLAIMED_AS.get(prop, ())]
    exact = [place for place in claims if value in place.claimed]
    rows = [place for place in places if not place.property]
    other = [place for place in places if place.claimed and value in place.claimed]
    return exact or [*claims, *rows] or other
