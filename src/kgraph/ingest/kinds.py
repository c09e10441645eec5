"""What a roster calls a kind of member, and what a claim can become: the codes and their check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kgraph.codelists import CodeLists
from kgraph.errors import DataError, UnknownTermError
from kgraph.ingest.resolve import Resolver
from kgraph.ingest.tables import Row
from kgraph.namespaces import PREFIXES

__all__ = ["MEMBER_KINDS", "check_member_kind", "check_term"]

#: Kinds of members, as a roster tells them, with their labels in German and English.
MEMBER_KINDS: Mapping[str, tuple[str, str]] = {
    "municipality": ("Gemeinde, Stadt", "municipality, town"),
    "district": ("Kreis, Landkreis", "district, county"),
    "state": ("Land", "state"),
    "region": ("Region", "region"),
    "metropolitan-region": ("Metropolregion", "metropolitan region"),
    "association": ("Verein, Verband", "association"),
    "company": ("Unternehmen", "company"),
    "chamber": ("Kammer", "chamber"),
    "university": ("Hochschule", "university"),
    "ministry": ("Ministerium", "ministry"),
    "other": ("Sonstiges", "other"),
}

#: Pattern of ``mappings/claim-types.csv`` → the code list of its terms. A reading can give another
#: code of the list, so that a wrong one could stay unseen for long.
_SCHEMES = {
    "figure": "figure-kind",
    "office": "role",
    "change": "change-type",
    "decision": "decision-type",
}
#: The patterns with words of their own.
_WORDS = {
    "funding": ("amount", "funder", "share"),
    "name": ("name", "short"),
    "work": ("agreement", "award", "event", "project", "publication"),
}
#: The patterns of which the term is a property.
_PROPERTIES = frozenset({"link", "text"})


def check_member_kind(row: Row, column: str) -> None:
    """Refuse a kind of member that is none, in a roster or in a decision on a name.

    Raises
    ------
    DataError
        With the nearest kind there is.
    """
    _one_of(row, column, MEMBER_KINDS)


def check_term(row: Row, codes: CodeLists) -> None:
    """Refuse a type of claims with a term that its pattern does not know.

    Raises
    ------
    DataError
        With the nearest term there is.
    """
    pattern = row["pattern"]
    if scheme := _SCHEMES.get(pattern):
        try:
            codes.check(scheme, row["term"])
        except UnknownTermError as error:
            raise DataError(row.path, row.line, "term", row["term"], str(error)) from None
    elif pattern in _WORDS:
        _one_of(row, "term", _WORDS[pattern])
    elif pattern in _PROPERTIES:
        prefix, _, name = row["term"].partition(":")
        known = codes.properties if prefix == "imc" else ()
        if prefix not in PREFIXES or not name or (known and row["term"] not in known):
            near = Resolver.near(row["term"], known or codes.properties)
            raise row.error("term", f"is no property of the ontology{near}")
    elif row["term"] and pattern != "date":
        raise row.error("term", f"is not for the pattern {pattern}; leave it empty")


def _one_of(row: Row, column: str, known: Iterable[str]) -> None:
    if row[column] not in known:
        near = Resolver.near(row[column], known) or f"; there are {', '.join(sorted(known))}"
        raise row.error(column, f"is none that we know{near}")
