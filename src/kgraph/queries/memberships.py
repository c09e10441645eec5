"""Memberships, with the days that they cover and where each of them is said."""

from __future__ import annotations

from datetime import date

from kgraph.dates import Bounds
from kgraph.model import Membership
from kgraph.queries._evidence import evidence_of, most_precise
from kgraph.queries._group import gather
from kgraph.queries._run import select, select_terms
from kgraph.store import Store

__all__ = ["all_memberships"]


def all_memberships(store: Store) -> tuple[Membership, ...]:
    """Every membership of the release, ordered by IRI."""
    evidence = evidence_of(store, "membership_evidence")
    dates = gather(select_terms(store, "membership_dates"))
    found = []
    for iri, network, member, role, participates, *days in select(store, "memberships"):
        facts = dates.get(iri)
        found.append(
            Membership(
                iri=iri,
                network=network,
                member=member,
                role=role.rpartition("/")[2],
                participates=participates == "true",
                function=facts.one("imc:function") if facts else "",
                start=most_precise(facts.all("imc:start")) if facts else "",
                end=most_precise(facts.all("imc:end")) if facts else "",
                bounds=Bounds(*map(date.fromisoformat, days)),
                evidence=tuple(evidence[iri]),
                ended_by=facts.one("imc:endedBy") if facts else "",
            )
        )
    return tuple(found)
