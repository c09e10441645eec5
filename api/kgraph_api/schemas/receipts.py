"""Receipts: where a value that sources give comes from, and how one that is computed was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, Field
from starlette.requests import Request

from kgraph.model import Change, Figure
from kgraph.queries.receipts import Receipt, receipts
from kgraph_api.schemas.records import AgentAnswer, NetworkAnswer
from kgraph_api.schemas.shared import Bilingual, Page
from kgraph_api.served import Served

__all__ = [
    "COVERAGE", "COVERAGE_OF_GROUPS", "N_MEMBERS", "N_NETWORKS", "Computed", "ReceiptPage",
    "TracedAgent", "TracedNetwork", "ValueReceipt", "traced",
]  # fmt: skip

Item = TypeVar("Item")

#: Property of a statement → the field of an answer that shows its value.
_FIELDS = {
    "rdfs:label": "name", "skos:altLabel": "short_name", "org:classification": "kind",
    "imc:legalForm": "legal_form", "imc:legalFormAsPrinted": "legal_form", "imc:theme": "themes",
    "imc:themeAsPrinted": "themes", "imc:country": "country", "imc:seat": "seat",
    "imc:seatAsPrinted": "seat", "foaf:homepage": "website", "imc:partOfNetwork": "parent",
    "imc:partOfProgramme": "parent", "imc:carriedBy": "parent", "org:unitOf": "parent",
    "imc:state": "state", "imc:district": "district", "imc:within": "within",
    "imc:population": "population", "geo:lat": "lat", "geo:long": "lon",
}  # fmt: skip

N_MEMBERS = Bilingual(
    de="Anzahl der Mitglieder (ohne Personen) mit einer teilnehmenden Rolle, die am Tag belegt "
    "oder anzunehmen ist; jedes zählt einmal.",
    en="Number of members (no persons) with a participating role that is attested or presumed on "
    "the day; each counts once.",
)
N_NETWORKS = Bilingual(
    de="Anzahl der Netzwerke mit einer teilnehmenden Rolle, die am Tag belegt oder anzunehmen ist; "
    "jedes zählt einmal.",
    en="Number of networks with a participating role that is attested or presumed on the day; each "
    "counts once.",
)
COVERAGE = Bilingual(
    de="share = min(1, n_listed / claimed). n_listed: Mitglieder am Tag, belegt oder anzunehmen; "
    "claimed: die Zahl, die eine Quelle für den Tag nennt.",
    en="share = min(1, n_listed / claimed). n_listed: members on the day, attested or presumed; "
    "claimed: the count that a source gives for the day.",
)
COVERAGE_OF_GROUPS = Bilingual(
    de="share = min(1, n_known / n_claimed), Summen über die Netzwerke der Gruppe, für die eine "
    "Quelle eine Zahl nennt.",
    en="share = min(1, n_known / n_claimed), sums over those networks of the group for which a "
    "source gives a count.",
)


class ValueReceipt(BaseModel):
    """One value, as one place in one source gives it."""

    value: str
    property: Annotated[str, Field(description="Property of the statement, as prefixed name.")]
    source: Annotated[
        str | None, Field(description="Slug of the source; null: the lists of official keys.")
    ]
    locator: str | None
    basis: Annotated[str | None, Field(description="Code of the code list `basis`.")]
    date: Annotated[str | None, Field(description="The day for which the place speaks.")]

    @classmethod
    def of(cls, value: str, prop: str, source: str, locator: str, *when: str) -> ValueReceipt:
        basis, date = when
        return cls(
            value=value, property=prop, source=source or None, locator=locator or None,
            basis=basis or None, date=date or None,
        )  # fmt: skip


class Computed(BaseModel):
    """How a value was computed: enough to compute it again."""

    definition: Bilingual
    address: Annotated[str, Field(description="Gives the rows again that were counted.")]
    version: Annotated[str, Field(description="Version of the release that it is of.")]
    parameters: Annotated[dict[str, Any], Field(description="Those that counted, defaults too.")]

    @classmethod
    def of(
        cls, definition: Bilingual, request: Request, served: Served, day: dt.date | None,
        rows: str = "", parameters: Mapping[str, object] | None = None,
    ) -> Computed:  # fmt: skip
        """The receipt of what this request asked for, or of the rows at an address below it."""
        as_of = day.isoformat() if day else "all"
        url = request.url.remove_query_params(["include", "limit", "offset"])
        url = url.include_query_params(as_of=as_of)
        return cls(
            definition=definition,
            address=f"{url.path}{rows}?{url.query}".lstrip("/"),
            version=served.version,
            parameters={"as_of": as_of, **(parameters or {})},
        )


Receipts = Annotated[
    dict[str, list[ValueReceipt]] | None,
    Field(description="By field; only with `include=sources`."),
]
Made = Annotated[
    dict[str, Computed] | None,
    Field(description="How computed fields were made; only with `include=sources`."),
]


class TracedNetwork(NetworkAnswer):
    """A network; if asked for, with the receipt of each value."""

    receipts: Receipts = None
    computed: Made = None


class TracedAgent(AgentAnswer):
    """An agent; if asked for, with the receipt of each value."""

    receipts: Receipts = None
    computed: Made = None


class ReceiptPage(Page[Item], Generic[Item]):
    """A part of a list, with how its numbers were made."""

    receipt: Computed


def traced(iri: str, served: Served) -> dict[str, list[ValueReceipt]]:
    """Field → the receipts of its values."""
    found: dict[str, list[ValueReceipt]] = {}
    for one in receipts(served.release.store, iri):
        found.setdefault(_FIELDS[one.property], []).append(_stated(one))
    for change in served.release.changes:
        if change.kind == "founding" and iri in change.results:
            found.setdefault("founded", []).extend(_dated(change))
        elif change.kind == "dissolution" and iri in change.originals:
            found.setdefault("dissolved", []).extend(_dated(change))
    for figure in served.counts.get(iri, ()):
        found.setdefault("counts", []).append(_counted(figure))
    return found


def _stated(one: Receipt) -> ValueReceipt:
    return ValueReceipt.of(one.value, one.property, one.source, one.locator, one.basis, one.date)


def _dated(change: Change) -> list[ValueReceipt]:
    return [
        ValueReceipt.of(change.date, "imc:date", said.source, said.locator, said.basis, said.date)
        for said in change.sources
        if change.date
    ]


def _counted(figure: Figure) -> ValueReceipt:
    value = f"{figure.qualifier} {figure.value:.10g} {figure.counted}".strip()
    return ValueReceipt.of(value, "imc:value", figure.source, figure.locator, "", figure.date)
