"""A build of the old and the new rows, without its files: which new rows would stop it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from kgraph.codelists import CodeLists
from kgraph.errors import DataError
from kgraph.exchange.nearest import Candidate, Nearest
from kgraph.exchange.sheets import SHEETS
from kgraph.exchange.verdicts import Examination, Verdict, reason
from kgraph.ingest.claims import ClaimReader
from kgraph.ingest.context import Context
from kgraph.ingest.descriptions import add_description
from kgraph.ingest.memberships import add_roster_row
from kgraph.ingest.organisations import add_organisation
from kgraph.ingest.reference import add_reference, add_register, add_sources
from kgraph.ingest.resolve import Resolver
from kgraph.ingest.tables import Row, Tables

__all__ = ["try_build"]

#: Column of a row → the sheet and column that it refers to.
_REFERS = {
    "source": ("sources", "source"), "network": ("organisations", "org"),
    "subject": ("organisations", "org"), "parent": ("organisations", "org"),
    "agent": ("named", "agent"), "within": ("named", "agent"), "org": ("organisations", "org"),
}  # fmt: skip

#: For how many unknown names the nearest are looked for; whoever has more has another problem.
_SUGGESTED = 500

#: Pattern of a claim → how its values read by themselves, as the end of a message.
_REGULAR = {"figure": "; a number does by itself, such as über 161, with what it counts as unit"}

#: Table of words → the column of an organisation that prints them.
_PRINTED = {"mappings/themes": "themes", "mappings/legal-forms": "legal_form"}


def try_build(result: Examination, codes: CodeLists) -> None:
    """Refuse every new row that would stop a build; say of the others by which decision they read.

    Parameters
    ----------
    result : Examination
        Its verdicts are changed; its ``after`` and ``context`` are set.
    codes : CodeLists

    Raises
    ------
    DataError
        If an old row stops the build, with the new rows or without.
    """
    _refuse_circles(result)
    resolver = _resolver(result, codes)
    trial = _Trial(result, Context(result.after, codes, resolver))
    trial.run()
    result.context = None if result.refused else trial.context


def _merged(result: Examination) -> Tables:
    """The tables with the rows that are not refused."""
    merged = dict(result.before)
    for sheet in SHEETS:
        new = [verdict.row for verdict in result.new if verdict.sheet is sheet]
        merged[sheet.table] = [*result.before[sheet.table], *new]
    return merged


def _resolver(result: Examination, codes: CodeLists) -> Resolver:
    """The names and decisions, old and new; refuses a decision that points nowhere."""
    while True:
        result.after = _merged(result)
        try:
            resolver = Resolver.from_tables(result.after)
            Context(result.after, codes, resolver)
            return resolver
        except DataError as error:
            at_fault = [
                verdict
                for verdict in result.new
                if (verdict.row.path, verdict.row.line) == (error.path, error.line)
            ]
            if not at_fault:
                raise
            at_fault[0].refuse(reason(error))
            _mark_follower(result, at_fault[0], error)


@dataclass
class _Trial:
    """States row by row what a build would state; a new row that cannot be stated is refused."""

    result: Examination
    context: Context
    n_suggested: int = 0

    def run(self) -> None:
        """State everything, in the order of a build."""
        self._each("sources", self._source)
        self._each("named", self._named)
        if not self.result.refused:
            add_register(self.context)
            add_sources(self.context)
        add_reference(self.context)
        self._each("organisations", lambda row, _: add_organisation(self.context, row))
        self._each("descriptions", lambda row, _: add_description(self.context, row))
        self._each("memberships", self._member)
        reader = ClaimReader.of(self.context)
        self._each("claims", lambda row, verdict: _claim(reader, row, verdict))

    def _each(self, name: str, state: Callable[[Row, Verdict | None], object]) -> None:
        """State the rows of a sheet: the old ones first, which must pass."""
        sheet = next(sheet for sheet in SHEETS if sheet.name == name)
        for row in self.result.before[sheet.table]:
            try:
                state(row, None)
            except DataError as error:
                if not self.result.new:
                    raise
                raise DataError(
                    error.path, error.line, "", "",
                    f"would no longer build with these rows: {reason(error)}",
                ) from None  # fmt: skip
        for verdict in self.result.new:
            if verdict.sheet is sheet:
                try:
                    state(verdict.row, verdict)
                except DataError as error:
                    verdict.refuse(reason(error))
                    self._suggest(verdict, error)
                    _mark_follower(self.result, verdict, error)

    def _source(self, row: Row, verdict: Verdict | None) -> None:
        if verdict and row["url"] and not row["url"].startswith(("http://", "https://")):
            raise row.error("url", "is no address; write it with https:// or leave it empty")

    def _named(self, row: Row, verdict: Verdict | None) -> None:
        if verdict:
            self.context.countries(row)

    def _member(self, row: Row, verdict: Verdict | None) -> None:
        add_roster_row(self.context, row)
        found = self.context.resolver.resolve(row) if verdict else None
        if verdict and found and found[1].startswith("by decision"):
            why = self.context.resolver.reason(row)
            verdict.correct(f"member {row['member']!r} is {found[0]}, {found[1]}: {why}")

    def _suggest(self, verdict: Verdict, error: DataError) -> None:
        """Name the nearest: members with their official keys and states, themes, legal forms."""
        row = verdict.row
        words = {"themes": ("mappings/themes", "word"),
                 "legal_form": ("mappings/legal-forms", "printed")}.get(error.column)  # fmt: skip
        if error.column in ("source", "network", "parent", "org"):
            sheet, _ = _REFERS[error.column]
            if sheet != verdict.sheet.name:
                verdict.told = [f"{reason(error)}; or give it a row on the sheet {sheet}"]
        if words:
            verdict.told = [f"{reason(error)}, or leave the cell empty{self._words(row, *words)}"]
        if error.column == "member":
            said = f"({row['member_kind']}, {row['member_region'] or 'no state'}) is not known"
            verdict.told = [f"member {DataError.quoted(row['member'])} {said}"]
            self.n_suggested += 1
            if self.n_suggested <= _SUGGESTED:
                verdict.candidates = self._nearest.find(
                    row["member"], row["member_kind"], row["member_region"]
                )
            self._ask_for_state(verdict)

    @staticmethod
    def _ask_for_state(verdict: Verdict) -> None:
        """Say it where the name is right and only the state is missing or another."""
        row = verdict.row
        same = [
            one for one in verdict.candidates
            if one.name == row["member"] and one.kind == row["member_kind"]
            and one.state != row["member_region"]
        ]  # fmt: skip
        if same:
            states = " or ".join(dict.fromkeys(one.state for one in same))
            verdict.told = [f"member {row['member']!r} is in {states}: give that as member_region"]

    def _words(self, row: Row, table: str, column: str) -> str:
        from rapidfuzz import process

        known = {one[column] for one in self.context.tables[table]}
        asked = [part for part in row.parts(_PRINTED[table]) if part not in known]
        found = process.extract(asked[0], sorted(known), limit=3, score_cutoff=50) if asked else []
        return f"; nearest: {', '.join(word for word, _, _ in found)}" if found else ""

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(
            Candidate(path, name, kind, state)
            for name, kind, state, path in self.context.resolver.names()
        )


def _claim(reader: ClaimReader, row: Row, verdict: Verdict | None) -> None:
    if not reader.add(row) and verdict:
        hint = _REGULAR.get(reader.types[row["property"]]["pattern"], "")
        verdict.told.append(f"is kept as a claim: nothing says yet how this value reads{hint}")


def _mark_follower(result: Examination, verdict: Verdict, error: DataError) -> None:
    """Say it where a row is refused only because the row that it refers to is."""
    sheet, column = _REFERS.get(error.column, ("", ""))
    for other in result.refused:
        if other is not verdict and other.sheet.name == sheet and other.row[column] == error.value:
            verdict.told = [
                f"{error.column} {error.value!r} is refused itself: {other.row.path}:"
                f"{other.row.line}"
            ]
            verdict.follows = True
            return


def _refuse_circles(result: Examination) -> None:
    """Refuse an umbrella that would lie below itself."""
    aliases = {row["alias"]: row["org"] for row in result.before["mappings/same-organisation"]}
    parents: dict[str, set[str]] = {}
    for row in result.before["facts/organisations"]:
        if row["parent"]:
            org, parent = (aliases.get(row[c], row[c]) for c in ("org", "parent"))
            parents.setdefault(org, set()).add(parent)
    for verdict in result.new:
        row = verdict.row
        if verdict.sheet.name == "organisations" and row["parent"]:
            org, parent = (aliases.get(row[c], row[c]) for c in ("org", "parent"))
            if chain := _way(parents, parent, org):
                circle = " > ".join((org, *chain))
                verdict.refuse(
                    f"parent {row['parent']!r} closes a circle ({circle}); a whole is not part of "
                    "its part: correct one of the parents"
                )
            else:
                parents.setdefault(org, set()).add(parent)


def _way(parents: dict[str, set[str]], start: str, goal: str) -> list[str]:
    """The way upwards from one organisation to another; empty if there is none."""
    ways, seen = [[start]], {start}
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return way
        for parent in sorted(parents.get(way[-1], set()) - seen):
            seen.add(parent)
            ways.append([*way, parent])
    return []
