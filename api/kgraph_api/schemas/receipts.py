"""Receipts: where a value that sources give comes from, and how one that is computed was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, Field
from starlette.requests import Request

from kgraph.model import Agent, Change, Figure, Network, Programme
from kgraph.queries.receipts import Receipt, receipts
from kgraph_api.dependencies import API
from kgraph_api.schemas.definitions import (
    CERTAINTY,
    EXISTS,
    MOVES,
    N_LISTED,
    N_MEMBERS,
    N_NETWORKS,
    ON_DAY,
    TIES,
)
from kgraph_api.schemas.documents import ProgrammeItem
from kgraph_api.schemas.records import AgentAnswer, AgentItem, NetworkAnswer, NetworkItem
from kgraph_api.schemas.shared import Bilingual, Page
from kgraph_api.served import Served

__all__ = [
    "Computed", "ReceiptPage", "TracedAgent", "TracedAgentItem", "TracedNetwork",
    "TracedNetworkItem", "TracedPage", "TracedProgramme", "ValueReceipt", "traced",
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
    "imc:population": "population", "geo:lat": "lat", "geo:long": "lon", "foaf:name": "name",
    "imc:officialKey": "key", "dcterms:description": "description", "imc:lastSeen": "last_seen",
}  # fmt: skip


class ValueReceipt(BaseModel):
    """One value, as one place in one source gives it."""

    value: str
    property: Annotated[str, Field(description="Property of the statement, as prefixed name.")]
    source: Annotated[
        str | None,
        Field(description="Slug of the source; null: a table of the data, see `locator`."),
    ]
    locator: Annotated[
        str | None, Field(description="Place in the source, or table and row of the data.")
    ]
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
        parameters: Mapping[str, object] | None = None,
    ) -> Computed:  # fmt: skip
        """The receipt of what this request asked for."""
        as_of = day.isoformat() if day else "all"
        url = request.url.remove_query_params(["include", "limit", "offset"])
        url = url.include_query_params(as_of=as_of)
        return cls(
            definition=definition,
            address=f"{url.path}?{url.query}".lstrip("/"),
            version=served.version,
            parameters={"as_of": as_of, **(parameters or {})},
        )

    @classmethod
    def at(cls, definition: Bilingual, served: Served, day: dt.date | None, path: str) -> Computed:
        """The receipt of a value that the rows at an address of ours give again."""
        as_of = day.isoformat() if day else "all"
        address = f"{API}/{path}?as_of={as_of}".lstrip("/")
        return cls(
            definition=definition, address=address, version=served.version,
            parameters={"as_of": as_of},
        )  # fmt: skip


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


class TracedNetworkItem(NetworkItem):
    """A network in a list; if asked for, with the receipt of each value."""

    receipts: Receipts = None
    computed: Made = None

    @classmethod
    def shaped(
        cls, row: Network, served: Served, day: dt.date | None, include: object
    ) -> TracedNetworkItem:
        item = cls(**dict(NetworkItem.from_model(row, served, day)))
        if include:
            item.receipts = traced(row.iri, served)
            item.computed = made_of_network(row.slug, served, day)
        return item


class TracedAgentItem(AgentItem):
    """An agent in a list; if asked for, with the receipt of each value."""

    receipts: Receipts = None
    computed: Made = None

    @classmethod
    def shaped(
        cls, row: Agent, served: Served, day: dt.date | None, include: object
    ) -> TracedAgentItem:
        item = cls(**dict(AgentItem.from_model(row, served, day)))
        if include:
            item.receipts, item.computed = traced(row.iri, served), made_of_agent(row, served, day)
        return item


class TracedProgramme(ProgrammeItem):
    """A programme; if asked for, with the receipt of each value."""

    receipts: Receipts = None

    @classmethod
    def shaped(cls, row: Programme, served: Served, include: object) -> TracedProgramme:
        item = cls(**dict(ProgrammeItem.from_model(row, served)))
        if include:
            item.receipts = traced(row.iri, served)
        return item


class TracedPage(Page[Item], Generic[Item]):
    """A part of a list; if asked for, with how the computed fields of its items were made."""

    computed: Made = None


def made_of_network(slug: str, served: Served, day: dt.date | None) -> dict[str, Computed]:
    """How the computed fields of a network were made."""
    rows = f"networks/{slug}/members"
    return {
        "n_members": Computed.at(N_MEMBERS, served, day, rows),
        "n_listed": Computed.at(N_LISTED, served, None, rows),
        "names": Computed.at(CERTAINTY, served, day, f"networks/{slug}"),
    }


def made_of_difference(served: Served, chosen: Mapping[str, Any]) -> dict[str, Computed]:
    """How the moves and the ties between two days were found."""
    given = {name: str(value) for name, value in chosen.items() if value}
    return {
        name: Computed(
            definition=definition, address=f"{API}/diff?{urlencode(given)}".lstrip("/"),
            version=served.version, parameters=given,
        )
        for name, definition in (("moves", MOVES), ("ties", TIES))
    }  # fmt: skip


def made_certainty(made: Computed, include: object) -> dict[str, Computed] | None:
    """How the certainty of the items of a page was made, if it was asked for."""
    return {"certainty": made} if include else None


def made_of_agent(agent: Agent, served: Served, day: dt.date | None) -> dict[str, Computed]:
    """How the computed fields of an agent were made."""
    own = f"agents/{agent.kind}/{agent.key}"
    return {
        "n_networks": Computed.at(N_NETWORKS, served, day, f"{own}/memberships"),
        "certainty": Computed.at(EXISTS, served, day, own),
        "on_day": Computed.at(ON_DAY, served, day, own),
        "names": Computed.at(CERTAINTY, served, day, own),
    }


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
    if "/id/state/" in iri:
        found["state"] = found.get("name", [])
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
