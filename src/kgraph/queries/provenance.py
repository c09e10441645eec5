"""The documents that facts were read from."""

from __future__ import annotations

from kgraph.model import Source
from kgraph.queries._group import gather
from kgraph.queries._run import select_terms
from kgraph.store import Store

__all__ = ["all_sources"]


def all_sources(store: Store) -> tuple[Source, ...]:
    """Every source, ordered by its slug."""
    return tuple(
        Source(
            slug=iri.rpartition("/")[2],
            iri=iri,
            title=facts.one("dcterms:title"),
            publisher=facts.one("dcterms:publisher"),
            url=facts.one("foaf:page"),
            published=facts.one("dcterms:issued"),
            not_before=facts.one("imc:notBefore"),
            not_after=facts.one("imc:notAfter"),
            language=facts.one("dcterms:language"),
            note=facts.one("skos:note"),
        )
        for iri, facts in gather(select_terms(store, "sources")).items()
    )
