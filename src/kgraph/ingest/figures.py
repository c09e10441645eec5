"""Claims that count or measure: "über 161 Kommunen und Partner*innen", "3,6 Millionen"."""

from __future__ import annotations

import re
from decimal import Decimal

from kgraph import namespaces
from kgraph.ingest.claim import Claim, Reading
from kgraph.ingest.context import Context
from kgraph.ingest.quads import Term, code, literal, term, thing, typed

__all__ = ["figure", "quantity", "state_qualifier"]

_NUMBER = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)"
    r"(?:\s*(?P<scale>Millionen|Million|million|Mio\.?))?"
    r"(?:\s*(?:km²|km2|km|%|EUR|Euro|€))?"
)
_WORDS_BEFORE = re.compile(r"^(?P<words>[^\d]*?)\s*(?=\d)")


def quantity(text: str, qualifiers: dict[str, str]) -> tuple[Decimal, str] | None:
    """A number as a source prints it, with the code of its qualifier; None where it is more.

    Parameters
    ----------
    text : str
        The value as printed.
    qualifiers : dict
        Printed word (lower case) → code of ``codelist/qualifier``.

    Notes
    -----
    A single separator before exactly three digits (``1.234``) can be read two ways and is not
    read at all: it wants a decision in ``mappings/readings``.

    Examples
    --------
    >>> quantity("über 1,5 Millionen", {"über": "over"})
    (Decimal('1500000'), 'over')
    >>> quantity("1.300.000", {}), quantity("1.234", {})
    ((Decimal('1300000'), 'exactly'), None)
    """
    before = _WORDS_BEFORE.match(text)
    if before is None:
        return None
    words = before["words"].strip().lower()
    match = _NUMBER.fullmatch(text[before.end() :].strip())
    if match is None or (words and words not in qualifiers):
        return None
    number = _plain(match["number"])
    if number is None:
        return None
    if match["scale"]:
        number *= 1_000_000
    return number.normalize() + 0, qualifiers[words] if words else "exactly"


def _plain(text: str) -> Decimal | None:
    """Digits with German or English separators as a number."""
    groups = re.split(r"[.,]", text)
    if len(groups) == 1:
        return Decimal(text)
    separators = re.sub(r"\d", "", text)
    if len(groups) == 2:
        return None if len(groups[1]) == 3 else Decimal(f"{groups[0]}.{groups[1]}")
    if len(set(separators)) == 1 and all(len(group) == 3 for group in groups[1:]):
        return Decimal("".join(groups))
    if len(set(separators)) == 2 and separators.count(separators[-1]) == 1:
        return Decimal("".join(groups[:-1]) + "." + groups[-1])
    return None


def figure(context: Context, claim: Claim) -> list[Term]:
    """State a count or a quantity: ``imc:Figure``; ``imc:MemberCount`` where it counts members.

    One that is of a period (a growth from 2010 to 2020) has its start and end instead of a date.
    """
    readings = claim.readings
    if not readings:
        found = quantity(claim.value, context.codes.by_word("qualifier"))
        if found is None:
            return []
        readings = [Reading(claim.row, number=found[0], qualifier=found[1])]
    return [_state(context, claim, reading) for reading in readings if reading.number is not None]


def _state(context: Context, claim: Claim, reading: Reading) -> Term:
    kind = reading.kind or claim.term
    about = reading.thing or claim.subject
    counted = reading.counted or claim.row["unit"]
    since, until = reading.date or claim.row.date("valid_from"), claim.row.date("valid_to")
    number = f"{reading.number:f}"
    qualifier = reading.qualifier or "exactly"
    when = f"{since or ''}/{until}" if until else str(since or "")
    said = namespaces.digest(number, qualifier, counted, when)
    node = context.mint("figure", about.partition("/")[2], kind, said)
    add, graph = context.quads.add, claim.graph
    concept = context.checked(reading.row, "kind", "figure-kind", kind)
    counts_members = "members" in (kind, context.codes["figure-kind"][kind].broader)
    add(graph, node, "rdf:type", term("imc:MemberCount" if counts_members else "imc:Figure"))
    add(graph, node, "imc:figureOf", thing(about))
    add(graph, node, "imc:figureKind", concept)
    add(graph, node, "imc:value", typed(number, "decimal"))
    state_qualifier(context, claim, reading, node, qualifier)
    if counted:
        add(graph, node, "imc:counted", context.text(claim.row, counted))
    if until:
        context.span(claim.row, node, "start", since)
        context.span(claim.row, node, "end", until)
    else:
        context.day(claim.row, node, since)
    add(graph, node, "imc:attestation", claim.attestation)
    return node


def state_qualifier(
    context: Context, claim: Claim, reading: Reading, node: Term, qualifier: str
) -> None:
    """State how exact a number is: "über" is ``over``, a bare number is ``exactly``."""
    context.checked(reading.row, "qualifier", "qualifier", qualifier)
    context.quads.add(claim.graph, node, "imc:qualifier", code("qualifier", qualifier))
    context.quads.add(claim.graph, node, "imc:amountAsPrinted", literal(claim.value))
