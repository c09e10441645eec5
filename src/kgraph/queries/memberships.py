"""Memberships, with the days that they cover and where each of them is said."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kgraph.dates import Bounds
from kgraph.model import Evidence, Membership
from kgraph.queries._group import gather
from kgraph.queries._run import select, select_terms
from kgraph.store import Store

__all__ = ["all_memberships"]


def all_memberships(store: Store) -> tuple[Membership, ...]:
    """Every membership of the release, ordered by IRI."""
    evidence = _evidence(store)
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
                start=_most_precise(facts.all("imc:start")) if facts else "",
                end=_most_precise(facts.all("imc:end")) if facts else "",
                bounds=Bounds(*map(date.fromisoformat, days)),
                evidence=tuple(evidence[iri]),
            )
        )
    return tuple(found)


def _evidence(store: Store) -> defaultdict[str, list[Evidence]]:
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for row in select(store, "membership_evidence"):
        iri, source, locator, basis, said, earliest, latest = row
        span = f"{earliest or '..'}/{latest or '..'}" if not said and (earliest or latest) else ""
        found[iri].append(
            Evidence(source.rpartition("/")[2], locator, basis.rpartition("/")[2], said or span)
        )
    return found


def _most_precise(texts: list[str]) -> str:
    """The longest of several dates: ``2006-03-14`` rather than ``2006``."""
    return max(texts, key=lambda text: (len(text), text), default="")
