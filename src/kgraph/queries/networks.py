"""Cooperations: what they are, when they began, where they are described."""

from __future__ import annotations

from collections import Counter, defaultdict

from kgraph import namespaces
from kgraph.model import Evidence, Membership, Network, Statement
from kgraph.queries._group import Facts, gather
from kgraph.queries._run import select, select_terms
from kgraph.store import Store

__all__ = ["all_networks"]

_PARENTS = ("imc:partOfNetwork", "imc:partOfProgramme", "org:unitOf", "imc:carriedBy")


def all_networks(store: Store, memberships: tuple[Membership, ...]) -> tuple[Network, ...]:
    """Every network, and whatever else agents other than persons take part in; ordered by IRI.

    Parameters
    ----------
    memberships : tuple of Membership
        All of them, for counting who was ever listed as taking part.
    """
    person = namespaces.thing("person/")
    taking_part = {(m.network, m.member) for m in memberships if m.participates}
    listed = Counter(network for network, who in taking_part if not who.startswith(person))
    changes = _changes(store)
    sources = _sources(store)
    texts = _descriptions(store)
    return tuple(
        _network(iri, facts, changes[iri], tuple(sources[iri]), listed[iri], texts[iri])
        for iri, facts in gather(select_terms(store, "networks")).items()
    )


def _network(
    iri: str,
    facts: Facts,
    changes: dict[str, list[Statement]],
    sources: tuple[Evidence, ...],
    n_listed: int,
    texts: dict[str, str],
) -> Network:
    parents = [value for name in _PARENTS for value in facts.all(name)]
    label = facts.one("rdfs:label", "de")
    return Network(
        iri=iri,
        slug=iri.rpartition("/")[2],
        kind=facts.one("org:classification").rpartition("/")[2] or _kind(iri),
        name=label,
        name_en=facts.one("rdfs:label", "en", strict=True),
        short_name=facts.one("skos:altLabel", strict=True),
        legal_form=facts.one("imc:legalForm").rpartition("/")[2],
        themes=tuple(dict.fromkeys(v.rpartition("/")[2] for v in facts.all("imc:theme"))),
        country="|".join(v.rpartition("/")[2].upper() for v in facts.all("imc:country")),
        parent=next((p for p in parents if p != iri), ""),
        seat=facts.one("imc:seatAsPrinted"),
        website=facts.one("foaf:homepage"),
        founded=tuple(changes.get("founding", ())),
        dissolved=tuple(changes.get("dissolution", ())),
        n_listed=n_listed,
        sources=sources,
        description=texts.get("de", ""),
        description_en=texts.get("en", ""),
    )


def _kind(iri: str) -> str:
    """The kind of what no table classifies: the first part of its path."""
    return namespaces.path_of(iri).partition("/")[0]


def _changes(store: Store) -> defaultdict[str, dict[str, list[Statement]]]:
    found: defaultdict[str, dict[str, list[Statement]]] = defaultdict(dict)
    for network, kind, date, source, locator in select(store, "network_changes"):
        said = Statement(date, source.rpartition("/")[2], locator)
        found[network].setdefault(kind.rpartition("/")[2], []).append(said)
    return found


def _sources(store: Store) -> defaultdict[str, list[Evidence]]:
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for network, source, locator, basis, date in select(store, "network_sources"):
        found[network].append(
            Evidence(source.rpartition("/")[2], locator, basis.rpartition("/")[2], date)
        )
    return found


def _descriptions(store: Store) -> defaultdict[str, dict[str, str]]:
    """Our own words for each network, by language."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for network, language, text in select(store, "network_descriptions"):
        found[network][language] = text
    return found
