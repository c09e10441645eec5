"""A claim on its way to a typed statement, and the reading of its value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kgraph import namespaces
from kgraph.dates import PartialDate
from kgraph.ingest.context import Context, Moment
from kgraph.ingest.quads import Term
from kgraph.ingest.tables import Row

__all__ = ["Claim", "Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a value reads: the columns of ``mappings/readings``, checked and typed."""

    row: Row
    thing: str = ""
    label: str = ""
    language: str = ""
    kind: str = ""
    function: str = ""
    represents: str = ""
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
            if row[column] and not namespaces.is_path(row[column]):
                raise row.error(
                    column, "is no path; write kind/key, such as municipality/de-05515000"
                )
        label = row["label"]
        return cls(
            row=row,
            thing=_canonical(context, row["thing"]),
            label=label.removeprefix("en:").strip(),
            language="en" if label.startswith("en:") else context.language(claim),
            kind=row["kind"],
            function=row["function"],
            represents=_canonical(context, row["represents"]),
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


def _canonical(context: Context, path: str) -> str:
    """The path under which a thing is kept, where a reading uses an alias or another kind."""
    kind, _, key = path.partition("/")
    if kind in ("municipality", "district", "state", "country", "person"):
        return path
    return context.resolver.organisation(key) or path


def _number(row: Row) -> Decimal | None:
    if not row["number"]:
        return None
    try:
        return Decimal(row["number"])
    except InvalidOperation:
        raise row.error(
            "number", "is no plain number; write digits with a dot, such as 1300000"
        ) from None
