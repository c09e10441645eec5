"""Foundings, mergers, renamings and other changes of organisations."""

from __future__ import annotations

from collections import defaultdict

from kgraph.model import Change, Evidence
from kgraph.queries._group import Facts, gather
from kgraph.queries._run import select, select_terms
from kgraph.store import Store

__all__ = ["all_changes"]


def all_changes(store: Store) -> tuple[Change, ...]:
    """Every change of an organisation, ordered by IRI."""
    sources: defaultdict[str, list[Evidence]] = defaultdict(list)
    for iri, source, locator, basis, date in select(store, "change_sources"):
        sources[iri].append(
            Evidence(source.rpartition("/")[2], locator, basis.rpartition("/")[2], date)
        )
    return tuple(
        _change(iri, facts, tuple(sources[iri]))
        for iri, facts in gather(select_terms(store, "changes")).items()
    )


def _change(iri: str, facts: Facts, sources: tuple[Evidence, ...]) -> Change:
    return Change(
        iri=iri,
        kind=facts.one("imc:changeType").rpartition("/")[2],
        date=facts.one("imc:date"),
        originals=tuple(facts.all("org:originalOrganization")),
        results=tuple(facts.all("org:resultingOrganization")),
        former_names=tuple(facts.all("imc:formerName")),
        sources=sources,
        note=facts.one("skos:editorialNote"),
    )
