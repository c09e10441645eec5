"""What holds for a time and is no membership: money, agreements, names, territories."""

from __future__ import annotations

from datetime import date

from kgraph import namespaces
from kgraph.dates import Bounds
from kgraph.model import Evidence, Period
from kgraph.queries._evidence import evidence_of, most_precise
from kgraph.queries._group import Facts, gather
from kgraph.queries._run import select_terms
from kgraph.store import Store

__all__ = ["all_periods"]

#: Class → kind; whatever else has days is a territory.
_KINDS = {
    "imc:MembershipFee": "fee", "imc:Funding": "funding", "imc:Shareholding": "shareholding",
    "imc:Agreement": "agreement", "imc:Name": "name", "imc:CooperationNetwork": "network",
}  # fmt: skip

#: Property of a party → its name in our records.
_PARTIES = {
    "imc:feeFor": "network", "imc:payer": "payer", "imc:recipient": "recipient",
    "imc:funder": "funder", "imc:programme": "programme", "imc:holder": "holder",
    "imc:company": "company", "imc:party": "party", "imc:nameOf": "named",
}  # fmt: skip

_UNITS = {
    "imc:amountEurPerYear": "EUR/year", "imc:amountEurPerInhabitant": "EUR/inhabitant/year",
    "imc:amountEur": "EUR", "imc:sharePercent": "percent",
}  # fmt: skip

_DAYS = ("attestedFrom", "attestedUntil", "heldFrom", "heldUntil", "notYetBefore", "endedAfter")


def all_periods(store: Store) -> tuple[Period, ...]:
    """Everything with six days that is no membership, ordered by IRI."""
    evidence = evidence_of(store, "period_evidence")
    return tuple(
        _period(iri, facts, tuple(evidence[iri]))
        for iri, facts in gather(select_terms(store, "periods")).items()
    )


def _period(iri: str, facts: Facts, evidence: tuple[Evidence, ...]) -> Period:
    kinds = [_KINDS[name] for name in map(_short, facts.all("rdf:type")) if name in _KINDS]
    amounts = [(facts.one(name), unit) for name, unit in _UNITS.items() if facts.one(name)]
    amount, unit = amounts[0] if amounts else ("", "")
    parties = [(role, one) for name, role in _PARTIES.items() for one in facts.all(name)]
    return Period(
        iri=iri,
        kind=kinds[0] if kinds else "territory",
        parties=tuple(parties or [("self", iri)]),
        label=facts.one("rdfs:label", "de") or facts.one("imc:sizeClass", "de"),
        amount=float(amount) if amount else None,
        unit=unit,
        qualifier=facts.one("imc:qualifier").rpartition("/")[2],
        start=most_precise([*facts.all("imc:start"), *facts.all("imc:date")]),
        end=most_precise(facts.all("imc:end")),
        bounds=Bounds(*(date.fromisoformat(facts.one(f"imc:{name}")) for name in _DAYS)),
        evidence=evidence,
        ended_by=facts.one("imc:endedBy"),
    )


def _short(iri: str) -> str:
    return f"imc:{iri.removeprefix(namespaces.PREFIXES['imc'])}"
