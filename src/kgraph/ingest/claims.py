"""Claims → typed statements: the dispatch, and the claim itself, which always stays.

A claim row has a property (``memberCount``, ``chairedBy``); ``mappings/claim-types.csv`` says which
pattern gives it a typed home, ``mappings/readings`` how a value reads that is not regular. Every
row becomes an ``imc:Claim`` with its words as printed; a typed one links to what it became.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kgraph.dates import PartialDate
from kgraph.ingest import changes, figures, money, offices, works
from kgraph.ingest.claim import Claim, Reading
from kgraph.ingest.context import Context
from kgraph.ingest.kinds import check_term
from kgraph.ingest.quads import Term, literal, term, thing
from kgraph.ingest.tables import Row

__all__ = ["PATTERNS", "ClaimReader", "add_claims"]

Pattern = Callable[[Context, Claim], list[Term]]

#: Pattern of ``mappings/claim-types.csv`` → the function that makes its statements. It returns the
#: nodes that it made, and none where the value does not read as its pattern wants it.
PATTERNS: Mapping[str, Pattern] = {
    "figure": figures.figure,
    "office": offices.office,
    "fee": money.fee,
    "funding": money.funding,
    "holding": money.holding,
    "change": changes.change,
    "name": changes.name,
    "body": works.body,
    "part": works.part,
    "work": works.work,
    "link": works.link,
    "seat": works.seat,
    "date": works.date_of,
    "theme": works.theme,
    "text": works.text,
    "legal-form": works.legal_form,
    "decision": works.decision,
    "claim": lambda _context, _claim: [],
}


@dataclass(slots=True)
class ClaimReader:
    """States claims one by one; remembers which readings no claim asked for."""

    context: Context
    types: dict[str, Row]
    by_key: dict[tuple[str, str, str], list[Row]]
    used: set[tuple[str, str, str]]

    @classmethod
    def of(cls, context: Context) -> ClaimReader:
        """Index the types of claims and the readings.

        Raises
        ------
        DataError
            If a type has a pattern that is none of :data:`PATTERNS`, or a term that is none of its
            pattern's.
        """
        types = {row["property"]: row for row in context.tables["mappings/claim-types"]}
        for row in types.values():
            if row["pattern"] not in PATTERNS:
                raise row.error("pattern", f"is none of {', '.join(PATTERNS)}")
            check_term(row, context.codes)
        by_key: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in context.tables["mappings/readings"]:
            by_key[row["property"], row["value"], row["subject"]].append(row)
        return cls(context, types, dict(by_key), set())

    def add(self, row: Row) -> bool:
        """State one claim; whether it found a typed home."""
        kind = self.types.get(row["property"])
        if kind is None:
            raise row.error("property", "is not in mappings/claim-types.csv; add it there")
        claim = _claim(self.context, row, kind, self._readings(row))
        nodes = PATTERNS[kind["pattern"]](self.context, claim)
        _state(self.context, claim, nodes)
        return bool(nodes)

    def refuse_unused(self) -> None:
        """Refuse a reading that no claim has asked for."""
        for key, rows in self.by_key.items():
            if key not in self.used:
                raise rows[0].error("value", "is read here, but no claim has it; correct or delete")

    def _readings(self, row: Row) -> list[Row]:
        for subject in (row["subject"], ""):
            key = (row["property"], row["value"], subject)
            if key in self.by_key:
                self.used.add(key)
                return self.by_key[key]
        return []


def add_claims(context: Context) -> None:
    """State every claim, and whatever typed statement it becomes."""
    reader = ClaimReader.of(context)
    for row in context.tables["facts/claims"]:
        reader.add(row)
    reader.refuse_unused()


def _claim(context: Context, row: Row, kind: Row, readings: list[Row]) -> Claim:
    moment = context.moment(row, "valid_from")
    return Claim(
        row=row,
        subject=context.resolver.subject(row),
        pattern=kind["pattern"],
        term=kind["term"],
        readings=[Reading.of(context, reading, row) for reading in readings],
        moment=moment,
        attestation=context.attest(row, moment),
    )


def _state(context: Context, claim: Claim, nodes: list[Term]) -> None:
    row, node, graph = claim.row, claim.attestation, claim.row["source"]
    add = context.quads.add
    add(graph, node, "rdf:type", term("imc:Claim"))
    add(graph, node, "imc:about", thing(claim.subject))
    add(graph, node, "imc:claimProperty", literal(row["property"]))
    add(graph, node, "imc:claimValue", context.text(row, row["value"]))
    if row["unit"]:
        add(graph, node, "imc:claimUnit", context.text(row, row["unit"]))
    for column, name in (("valid_from", "validFrom"), ("valid_to", "validUntil")):
        value: PartialDate | None = row.date(column)
        context.span(row, node, name, value)
    for made in dict.fromkeys(nodes):
        add(graph, node, "imc:typedAs", made)
    context.tally["claims typed" if nodes else "claims not typed"] += 1
    if not nodes:
        context.tally[f"not typed: {row['property']}"] += 1
