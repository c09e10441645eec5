"""Who takes part: municipalities, districts, states, regions, organisations, places."""

from __future__ import annotations

from kgraph import namespaces
from kgraph.model import Agent
from kgraph.queries._group import Facts, gather
from kgraph.queries._run import select_terms
from kgraph.store import Store

__all__ = ["all_agents"]


def all_agents(store: Store) -> tuple[Agent, ...]:
    """Every member of something, and every municipality, district and state; ordered by IRI."""
    return tuple(_agent(iri, facts) for iri, facts in gather(select_terms(store, "agents")).items())


def _agent(iri: str, facts: Facts) -> Agent:
    kind, _, key = namespaces.path_of(iri).partition("/")
    population, lat, lon = (facts.one(p) for p in ("imc:population", "geo:lat", "geo:long"))
    return Agent(
        iri=iri,
        kind=kind,
        key=key,
        name=facts.one("rdfs:label", "de") or facts.one("foaf:name"),
        name_en=facts.one("rdfs:label", "en", strict=True),
        state=_key(facts, "imc:state"),
        district=_key(facts, "imc:district"),
        country=_key(facts, "imc:country").upper(),
        within=namespaces.path_of(facts.one("imc:within")),
        population=int(population) if population else None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
    )


def _key(facts: Facts, name: str) -> str:
    return facts.one(name).rpartition("/")[2]
