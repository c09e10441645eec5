"""A claim on its way to a typed statement, and the reading of its value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kgraph import namespaces
from kgraph.dates import PartialDate
from kgraph.ingest.context import Context, Moment
from kgraph.ingest.quads import Term, literal, term
from kgraph.ingest.tables import Row

__all__ = ["Claim", "Reading", "state_label"]

#: Kinds of things that a reading can only name; the other kinds it brings along with a label.
_REGISTERED = frozenset(
    {"municipality", "district", "state", "country", "region", "place", "agent", "network",
     "organisation", "person"}
)  # fmt: skip

#: The other kinds, with their classes.
_MINTED = {
    "body": "imc:GovernanceBody", "programme": "imc:FundingProgramme", "project": "imc:Project",
    "event": "imc:Event", "publication": "imc:Publication", "agreement": "imc:Agreement",
    "award": "imc:Award",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """How a value reads: the columns of ``mappings/readings``, checked and typed.

    A cell ``thing`` that holds several paths (``|``) is one statement about all of them together:
    one fee for five networks. ``thing`` is the first of them, ``others`` are the rest. ``instead``
    are all that stand in the subject's place: the two towns that merged, where the claim is about
    the league that both were in; ``represents`` is the first of them.
    """

    row: Row
    thing: str = ""
    others: tuple[str, ...] = ()
    label: str = ""
    language: str = ""
    kind: str = ""
    function: str = ""
    represents: str = ""
    instead: tuple[str, ...] = ()
    number: Decimal | None = None
    qualifier: str = ""
    counted: str = ""
    date: PartialDate | None = None
    place: str = ""

    @classmethod
    def of(cls, context: Context, row: Row, claim: Row) -> Reading:
        """Check one row of ``mappings/readings``.

        Raises
        ------
        DataError
            If a path or a number in it is malformed.
        """
        for column in ("thing", "represents", "place"):
            for path in row.parts(column):
                _check_path(context, row, column, path)
        language, label = _language_of(row["label"])
        first, *others = [_canonical(context, path) for path in row.parts("thing")] or [""]
        instead = tuple(_canonical(context, path) for path in row.parts("represents"))
        return cls(
            row=row,
            thing=first,
            others=tuple(others),
            label=label,
            language=language or context.language(claim),
            kind=row["kind"],
            function=row["function"],
            represents=instead[0] if instead else "",
            instead=instead,
            number=_number(row),
            qualifier=row["qualifier"],
            counted=row["counted"],
            date=row.date("date"),
            place=_canonical(context, row["place"]),
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of ``facts/claims`` with everything that was decided about it."""

    row: Row
    subject: str
    pattern: str
    term: str
    readings: list[Reading]
    moment: Moment
    attestation: Term

    @property
    def value(self) -> str:
        """The value as printed."""
        return self.row["value"]

    @property
    def graph(self) -> str:
        """The slug of the graph in which it is stated: its source's."""
        return self.row["source"]

    @property
    def key(self) -> str:
        """The second part of the subject's path."""
        return self.subject.partition("/")[2]

    def things(self, context: Context) -> list[Reading]:
        """The readings; for a value that is regular, the one thing that it names."""
        if self.readings:
            return self.readings
        path = context.resolver.value(self.value, self.row["subject"])
        return [Reading(self.row, thing=path)] if path else []


def state_label(context: Context, claim: Claim, reading: Reading, node: Term) -> None:
    """State what a thing is and how it is called, where the reading brings it along."""
    if not reading.label:
        return
    add, graph = context.quads.add, claim.graph
    add(graph, node, "rdfs:label", literal(reading.label, reading.language))
    add(graph, node, "imc:attestation", claim.attestation)
    if kind := _MINTED.get(reading.thing.partition("/")[0]):
        add(graph, node, "rdf:type", term(kind))
    context.labels.setdefault(reading.thing, reading.label)


def _canonical(context: Context, path: str) -> str:
    """The path under which a thing is kept, where a reading uses an alias or another kind."""
    kind, _, key = path.partition("/")
    if kind in ("municipality", "district", "state", "country", "person"):
        return path
    return context.resolver.organisation(key) or path


def _check_path(context: Context, row: Row, column: str, path: str) -> None:
    """Refuse what is no path, and an agent that no list and no register knows."""
    if not namespaces.is_path(path):
        raise row.error(column, "is no path; write kind/key, such as municipality/de-05515000")
    if path.partition("/")[0] in _REGISTERED:
        path = _canonical(context, path)
        if path not in context.resolver.known:
            near = context.resolver.near(path, context.resolver.known)
            raise row.error(column, f"is in no list and no register{near}")


def _language_of(label: str) -> tuple[str, str]:
    """The language that a label's prefix states (``en: Spring conference``), and the label."""
    prefix, colon, rest = label.partition(":")
    return (prefix, rest.strip()) if colon and prefix in ("de", "en", "fr", "nl") else ("", label)


def _number(row: Row) -> Decimal | None:
    if not row["number"]:
        return None
    try:
        return Decimal(row["number"])
    except InvalidOperation:
        raise row.error(
            "number", "is no plain number; write digits with a dot, such as 1300000"
        ) from None
