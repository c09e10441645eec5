"""What becomes of each row of an import, and of the tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kgraph.errors import DataError
from kgraph.exchange.nearest import Candidate
from kgraph.exchange.sheets import Sheet
from kgraph.ingest.context import Context
from kgraph.ingest.tables import Row, Tables

__all__ = ["Examination", "Verdict", "What", "reason"]


def reason(error: DataError) -> str:
    """What an error says without the place, which the verdict names."""
    said = f"{error.column} {DataError.quoted(error.value)} " if error.column else ""
    return said + error.expected


class What(StrEnum):
    """What becomes of a row."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Verdict:
    """One row and what becomes of it; ``told`` says how it was read, or why it is refused.

    ``follows`` is set where it is refused only because a row that it refers to is.
    """

    sheet: Sheet
    row: Row
    what: What = What.ACCEPTED
    told: list[str] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    follows: bool = False

    def refuse(self, reason: str) -> None:
        """Refuse the row; the first reason stands."""
        if self.what is not What.REFUSED:
            self.what, self.told = What.REFUSED, [reason]

    def correct(self, told: str) -> None:
        """Say that the row is read otherwise than it is written."""
        if self.what is What.ACCEPTED:
            self.what = What.CORRECTED
        self.told.append(told)

    @property
    def place(self) -> str:
        """File, sheet and row."""
        return f"{self.row.path}:{self.row.line}"

    def __str__(self) -> str:
        near = "; nearest: " + ", ".join(map(str, self.candidates)) if self.candidates else ""
        return f"{self.place}: {self.what}" + (
            f": {'; '.join(self.told)}{near}" if self.told else ""
        )


@dataclass(slots=True)
class Examination:
    """The verdicts in the order of the sheets, and the tables before and after.

    ``before`` and ``after`` are the states of a build over them; ``after`` is None where rows are
    refused.
    """

    verdicts: list[Verdict]
    notes: list[str]
    before: Tables
    after: Tables
    context: Context | None = None

    def rows(self, *what: What) -> list[Verdict]:
        """The verdicts of some kinds."""
        return [verdict for verdict in self.verdicts if verdict.what in what]

    @property
    def new(self) -> list[Verdict]:
        """The rows that would be written."""
        return self.rows(What.ACCEPTED, What.CORRECTED)

    @property
    def refused(self) -> list[Verdict]:
        """The rows at fault."""
        return self.rows(What.REFUSED)
