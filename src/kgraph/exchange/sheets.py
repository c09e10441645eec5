"""The sheets of a workbook: which table each one is, and what its columns can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kgraph.codelists import CodeLists
from kgraph.ingest.kinds import MEMBER_KINDS
from kgraph.ingest.reference import CLASSES
from kgraph.ingest.resolve import PATH_KINDS
from kgraph.ingest.tables import COLUMNS, REQUIRED, Tables

__all__ = ["DECISIONS", "SHEETS", "Choice", "Sheet", "choices", "labels"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet and the table behind it.

    ``lists`` names for a column the list of :func:`choices` that it is taken from; a list in
    ``open_lists`` only suggests.
    """

    name: str
    table: str
    lists: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, in the order of the table."""
        return COLUMNS[self.table]

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that no row may leave empty."""
        return REQUIRED.get(self.table, ())


#: In the order in which a later one refers to an earlier one; the tables are written in it too.
SHEETS = (
    Sheet("sources", "facts/sources", {"language": "language"}),
    Sheet("named", "mappings/named", {"class": "class", "country": "country"}),
    Sheet(
        "organisations",
        "facts/organisations",
        {"kind": "organisation-kind", "country": "country"},
    ),
    Sheet(
        "names",
        "mappings/names",
        {"kind": "member-kind", "country": "country", "region": "state"},
    ),
    Sheet(
        "memberships",
        "facts/memberships",
        {
            "member_kind": "member-kind",
            "member_country": "country",
            "member_region": "state",
            "role": "role",
        },
    ),
    Sheet("claims", "facts/claims", {"property": "property"}),
    Sheet("descriptions", "mappings/descriptions", {}),
)


#: Sheets that most people need only when a name is refused; they stand last in a workbook.
DECISIONS = frozenset({"names", "named"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list, with its label in both languages and what it means.

    ``short`` is what people write for it besides.
    """

    code: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    short: str = ""

    def label(self, language: str) -> str:
        """The label, in the other language where there is none in this."""
        return self.labels.get(language) or next(iter(self.labels.values()), self.code)

    def meaning(self, language: str) -> str:
        """The definition, in the other language where there is none in this."""
        return self.definitions.get(language) or next(iter(self.definitions.values()), "")


def choices(codes: CodeLists, tables: Tables) -> dict[str, list[Choice]]:
    """Every list that a column is taken from, by its name.

    Parameters
    ----------
    codes : CodeLists
    tables : Tables
        For the countries, the states and the properties of claims.
    """
    roles = codes["role"].values()
    kinds = {**codes["organisation-kind"], **codes["network-kind"]}
    return {
        "organisation-kind": [
            Choice(kind, kinds[kind].labels, kinds[kind].definitions) for kind in sorted(PATH_KINDS)
        ],
        "role": [Choice(one.code, one.labels, one.definitions) for one in roles],
        "member-kind": [
            Choice(code, {"de": german, "en": english}, {})
            for code, (german, english) in MEMBER_KINDS.items()
        ],
        "country": [
            Choice(row["code"], {"de": row["name_de"], "en": row["name_en"]}, {})
            for row in tables["reference/countries"]
        ],
        "state": [
            Choice(row["name_de"], {"de": row["name_de"], "en": row["name_en"]}, {},
                   row["iso"].removeprefix("DE-"))
            for row in tables["reference/states-de"]
        ],
        "language": [
            Choice(code, {"de": german, "en": english}, {})
            for code, german, english in (
                ("de", "Deutsch", "German"), ("en", "Englisch", "English"),
                ("fr", "Französisch", "French"), ("nl", "Niederländisch", "Dutch"),
            )
        ],
        "property": [
            Choice(row["property"], {}, {"en": row["note"]} if row["note"] else {})
            for row in tables["mappings/claim-types"]
        ],
        "class": [Choice(name, {}, {}) for name in CLASSES],
    }  # fmt: skip


#: Lists whose values are suggestions: a region of another country, another language.
OPEN_LISTS = frozenset({"state", "language"})


#: What is written more often than the official short form of a state.
_COMMON = {"NW": "NRW"}


def labels(found: list[Choice]) -> dict[str, str]:
    """Label (lower case, either language) → code, for whoever writes *Mitglied* for ``member``."""
    known: dict[str, str] = {}
    for choice in found:
        for text in (*choice.labels.values(), choice.short, _COMMON.get(choice.short, "")):
            for part in (text, *text.split(",")):
                known.setdefault(part.strip().casefold(), choice.code)
    known.pop("", None)
    return known
