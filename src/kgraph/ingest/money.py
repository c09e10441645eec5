"""Claims about money: what membership costs, who pays whom, who owns a company."""

from __future__ import annotations

import re

from kgraph import namespaces
from kgraph.ingest.claim import Claim, Reading
from kgraph.ingest.context import Context
from kgraph.ingest.figures import quantity, state_qualifier
from kgraph.ingest.memberships import remember
from kgraph.ingest.quads import Term, literal, term, thing, typed

__all__ = ["fee", "funding", "holding"]

#: What a unit says in brackets after itself: ``EUR/year (Stadt Dortmund)``.
_PAYER = re.compile(r"\((.+)\)$")


def fee(context: Context, claim: Claim) -> list[Term]:
    """State what membership costs: for which network, whom, per year or per inhabitant."""
    return [
        _fee(context, claim, reading)
        for reading in _amounts(context, claim)
        if reading.number is not None or reading.label
    ]


def _fee(context: Context, claim: Claim, reading: Reading) -> Term:
    payer_is_subject = claim.subject.startswith(("municipality/", "district/"))
    network, payer = (
        (reading.thing, claim.subject)
        if payer_is_subject
        else (claim.subject, reading.thing or _payer_of_unit(context, claim))
    )
    node = _node(context, claim, reading, "fee", network or claim.subject)
    add, graph = context.quads.add, claim.graph
    add(graph, node, "rdf:type", term("imc:MembershipFee"))
    for path in (network, *reading.others) if network else ():
        add(graph, node, "imc:feeFor", thing(path))
    if payer:
        add(graph, node, "imc:payer", thing(payer))
    if reading.label:
        add(graph, node, "imc:sizeClass", literal(reading.label, reading.language))
    if reading.number is not None:
        per_head = reading.kind == "per-inhabitant" or "inhabitant" in claim.row["unit"]
        name = "imc:amountEurPerInhabitant" if per_head else "imc:amountEurPerYear"
        add(graph, node, name, typed(f"{reading.number:f}", "decimal"))
    state_qualifier(context, claim, reading, node, reading.qualifier or "exactly")
    _when(context, claim, reading, node, network or claim.subject)
    return node


def _payer_of_unit(context: Context, claim: Claim) -> str:
    """The path of who pays, where the unit names it in brackets; empty where it does not.

    Raises
    ------
    DataError
        If nothing decides who that is.
    """
    named = _PAYER.search(claim.row["unit"])
    if named is None:
        return ""
    path = context.resolver.value(named[1], claim.row["subject"])
    if path is None:
        raise claim.row.error("unit", f"names {named[1]!r}; decide who it is in mappings/names.csv")
    return path


def funding(context: Context, claim: Claim) -> list[Term]:
    """State a flow of money: from whom, to whom, how much or which share."""
    readings = claim.things(context) if claim.term == "funder" else _amounts(context, claim)
    return [
        _funding(context, claim, reading)
        for reading in readings
        if reading.thing or reading.number is not None
    ]


def _funding(context: Context, claim: Claim, reading: Reading) -> Term:
    node = _node(context, claim, reading, "funding", claim.subject)
    add, graph = context.quads.add, claim.graph
    add(graph, node, "rdf:type", term("imc:Funding"))
    add(graph, node, "imc:recipient", thing(claim.subject))
    if reading.thing:
        through = "imc:programme" if reading.thing.startswith("programme/") else "imc:funder"
        add(graph, node, through, thing(reading.thing))
    if reading.number is not None:
        share = claim.term == "share" or reading.kind == "share"
        yearly = "year" in claim.row["unit"]
        amount = "imc:amountEurPerYear" if yearly else "imc:amountEur"
        name = "imc:sharePercent" if share else amount
        add(graph, node, name, typed(f"{reading.number:f}", "decimal"))
    if reading.label:
        add(graph, node, "rdfs:label", literal(reading.label, reading.language))
    state_qualifier(context, claim, reading, node, reading.qualifier or "exactly")
    _when(context, claim, reading, node, claim.subject)
    return node


def holding(context: Context, claim: Claim) -> list[Term]:
    """State who owns which share of a company."""
    nodes = []
    for reading in claim.things(context):
        if not reading.thing:
            continue
        owner_first = claim.row["property"] == "owns"
        holder, company = (
            (claim.subject, reading.thing) if owner_first else (reading.thing, claim.subject)
        )
        node = context.mint(
            "shareholding", company.partition("/")[2], holder.partition("/")[2],
            namespaces.digest(str(reading.number or "")),
        )  # fmt: skip
        add, graph = context.quads.add, claim.graph
        add(graph, node, "rdf:type", term("imc:Shareholding"))
        add(graph, node, "imc:holder", thing(holder))
        add(graph, node, "imc:company", thing(company))
        if reading.number is not None:
            add(graph, node, "imc:sharePercent", typed(f"{reading.number:f}", "decimal"))
        state_qualifier(context, claim, reading, node, reading.qualifier or "exactly")
        _when(context, claim, reading, node, company)
        nodes.append(node)
    return nodes


def _amounts(context: Context, claim: Claim) -> list[Reading]:
    if claim.readings:
        return claim.readings
    found = quantity(claim.value, context.codes.by_word("qualifier"))
    return [Reading(claim.row, number=found[0], qualifier=found[1])] if found else []


def _node(context: Context, claim: Claim, reading: Reading, kind: str, about: str) -> Term:
    """The IRI of a flow of money: what two sources say alike is one node."""
    said = namespaces.digest(
        claim.subject, reading.thing, *reading.others, str(reading.number or ""),
        reading.qualifier, reading.kind, reading.label, claim.term,
        claim.row["unit"], claim.row["valid_from"], claim.row["valid_to"],
    )  # fmt: skip
    return context.mint(kind, about.partition("/")[2], said)


def _when(context: Context, claim: Claim, reading: Reading, node: Term, about: str) -> None:
    """State since when and until when; ``about`` is whose founding and end are the limits.

    A lone ``valid_from`` is the day for which the source speaks, as with offices (``offices``):
    "EUR 17,000 in 2014" does not say that it began in 2014. A reading gives the start where the
    source does.
    """
    since, until = claim.row.date("valid_from"), claim.row.date("valid_to")
    start = reading.date or (since if until else None)
    moment = context.moment(claim.row) if start and start == since else claim.moment
    context.span(claim.row, node, "start", start)
    context.span(claim.row, node, "end", until)
    remember(context, node, about, start, until, moment)
    context.quads.add(claim.graph, node, "imc:attestation", claim.attestation)
