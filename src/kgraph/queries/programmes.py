"""Funding programmes and projects: who pays, who manages, who takes part."""

from __future__ import annotations

from collections import defaultdict

from kgraph.model import Evidence, Programme, Statement
from kgraph.queries._group import Facts, gather
from kgraph.queries._run import select, select_terms
from kgraph.store import Store

__all__ = ["all_programmes"]


def all_programmes(store: Store) -> tuple[Programme, ...]:
    """Every funding programme and every project, ordered by IRI."""
    roles = _roles(store)
    sources: defaultdict[str, list[Evidence]] = defaultdict(list)
    for iri, source, locator, basis, date in select(store, "programme_sources"):
        sources[iri].append(
            Evidence(source.rpartition("/")[2], locator, basis.rpartition("/")[2], date)
        )
    return tuple(
        _programme(iri, facts, roles[iri], tuple(sources[iri]))
        for iri, facts in gather(select_terms(store, "programmes")).items()
    )


def _programme(
    iri: str,
    facts: Facts,
    roles: list[tuple[str, Statement]],
    sources: tuple[Evidence, ...],
) -> Programme:
    return Programme(
        iri=iri,
        slug=iri.rpartition("/")[2],
        kind="programme" if "/id/programme/" in iri else "project",
        name=facts.one("rdfs:label", "de"),
        name_en=facts.one("rdfs:label", "en", strict=True),
        short_name=facts.one("skos:altLabel", strict=True),
        parent=facts.one("imc:partOfProgramme"),
        funders=tuple(said for role, said in roles if role == "funder"),
        roles=tuple(roles),
        sources=sources,
    )


def _roles(store: Store) -> defaultdict[str, list[tuple[str, Statement]]]:
    found: defaultdict[str, list[tuple[str, Statement]]] = defaultdict(list)
    for programme, role, agent, source, locator in select(store, "programme_roles"):
        said = Statement(agent, source.rpartition("/")[2], locator)
        found[programme].append((role.rpartition("/")[2], said))
    return found
