"""What sources disagree on, shown beside the values that they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kgraph.disagreements import Disagreement, On
from kgraph.model import Statement
from kgraph.namespaces import BASE, term
from kgraph_api.pages.naming import Names

__all__ = ["disagreements"]

#: What sources disagree on → the properties beside which a page shows it, as far as it has them.
#: The first that is there is taken; figures point at what they count.
_BESIDE = {
    On.FOUNDING_DATE: ("out imc:foundedOn", "in org:resultingOrganization"),
    On.MEMBER_COUNT: ("in imc:figureOf",),
    On.LEGAL_FORM: ("out imc:legalForm", "out imc:legalFormAsPrinted"),
    On.SEAT: ("out imc:seat", "out imc:seatAsPrinted"),
    On.CHAIR: ("out org:hasPost",),
}

Row = dict[str, Any]


def disagreements(
    names: Names, found: Iterable[Disagreement], shown: Sequence[tuple[str, str]]
) -> Mapping[tuple[str, str], list[Row]]:
    """What sources disagree on, by the property that it stands beside.

    Parameters
    ----------
    names : Names
    found : iterable of Disagreement
        All about the thing of the page.
    shown : sequence of (direction, property)
        What the page shows; ``out`` for what the thing says, ``in`` for what points at it.

    Returns
    -------
    dict (direction, property) → rows
        A row has ``days`` (empty where the statement has no time) and ``values``, each once with
        all ``sources`` that give it. What stands beside nothing of the page is left out.
    """
    rows: dict[tuple[str, str], list[Row]] = {}
    by_days: dict[tuple[str, ...], list[Disagreement]] = {}
    for one in found:
        by_days.setdefault((one.on, one.first_day, one.last_day), []).append(one)
    for (on, first, last), pairs in by_days.items():
        places = (_place(beside) for beside in _BESIDE[On(on)])
        place = next((place for place in places if place in shown), None)
        if place:
            days = first if first == last else f"{first} – {last}"
            rows.setdefault(place, []).append({"days": days, "values": _values(names, on, pairs)})
    return rows


def _place(beside: str) -> tuple[str, str]:
    direction, _, prop = beside.partition(" ")
    return direction, term(prop)


def _values(names: Names, on: str, pairs: Iterable[Disagreement]) -> list[Row]:
    """The values, each once, with the places that give it."""
    said: dict[str, dict[Statement, None]] = {}
    for one in pairs:
        for statement in (one.first, one.second):
            said.setdefault(statement.value, {})[statement] = None
    values = sorted(said) if on == On.FOUNDING_DATE else list(said)
    return [
        {
            "text": _worded(names, on, value),
            "sources": [
                {"text": names.label(iri) or one.source, "href": names.link(iri),
                 "places": one.locator}
                for one in said[value]
                for iri in (f"{BASE}source/{one.source}",)
            ],
        }
        for value in values
    ]  # fmt: skip


def _worded(names: Names, on: str, value: str) -> str:
    """A value in words: a legal form by its name, a count with how exact it is meant."""
    if on == On.LEGAL_FORM:
        return names.label(f"{BASE}codelist/legal-form/{value}") or value
    qualifier, _, count = value.partition(" ")
    label = names.label(f"{BASE}codelist/qualifier/{qualifier}") if on == On.MEMBER_COUNT else ""
    return f"{count} ({label})" if label else value
