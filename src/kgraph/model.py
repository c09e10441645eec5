"""What the graph is about, as plain values: no RDF, no files.

A release stores these as tables; queries, analysis, API and exports hand them on. Dates stay as
their sources print them (``2013``, ``2013-04``); the days to compare with are in ``bounds``.
"""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.dates import Bounds

__all__ = [
    "Agent",
    "Change",
    "Evidence",
    "Figure",
    "Membership",
    "Network",
    "Period",
    "Programme",
    "Source",
    "Statement",
]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that facts were read from."""

    slug: str
    iri: str
    title: str
    publisher: str
    url: str
    published: str
    not_before: str
    not_after: str
    language: str
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place in one source, and the day for which it speaks.

    ``basis`` is ``roster`` (the roster's own date), ``publication`` (of the document), ``span`` (in
    which the text was current), ``event`` or ``undated``; ``date`` is empty for the last of them.
    """

    source: str
    locator: str
    basis: str
    date: str


@dataclass(frozen=True, slots=True)
class Agent:
    """Who takes part: a municipality, a district, a state, a region, an organisation, a place.

    ``kind`` and ``key`` are the two parts of its path: ``municipality`` and ``de-05515000``.
    """

    iri: str
    kind: str
    key: str
    name: str
    name_en: str
    state: str
    district: str
    country: str
    within: str
    population: int | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One value and where it is said; those of sources that disagree stand beside each other."""

    value: str
    source: str
    locator: str


@dataclass(frozen=True, slots=True)
class Network:
    """A cooperation: a network in the narrow sense, or a project or agreement with partners.

    ``description`` (German) and ``description_en`` are a sentence or two of our own; empty for what
    is no network in the narrow sense.
    ``n_listed`` counts who was ever listed as taking part, persons left out; 0 means that no source
    lists anybody, not that there is nobody.
    """

    iri: str
    slug: str
    kind: str
    name: str
    name_en: str
    short_name: str
    legal_form: str
    themes: tuple[str, ...]
    country: str
    parent: str
    seat: str
    website: str
    founded: tuple[Statement, ...]
    dissolved: tuple[Statement, ...]
    n_listed: int
    sources: tuple[Evidence, ...]
    description: str = ""
    description_en: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """A participation of one agent in one organisation in one role, with all its evidence.

    ``ended_by`` is the IRI of the merger, succession or dissolution with which it ended where no
    source gives its own end.
    """

    iri: str
    network: str
    member: str
    role: str
    participates: bool
    function: str
    start: str
    end: str
    bounds: Bounds
    evidence: tuple[Evidence, ...]
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or a quantity that a source claims, with the qualifier that it prints.

    ``date`` is the day for which it holds; of a growth or a sum over a time the beginning, and
    ``until`` the end.
    """

    iri: str
    of: str
    kind: str
    value: float
    qualifier: str
    counted: str
    date: str
    source: str
    locator: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to organisations: ``kind`` is a code of ``codelist/change-type``.

    ``originals`` are what there was before, ``results`` what there is after (IRIs); a renaming has
    the same in both. ``date`` is as printed, empty where no source gives one. ``note`` is the
    reason of a change that somebody decided to record without a source.
    """

    iri: str
    kind: str
    date: str
    originals: tuple[str, ...]
    results: tuple[str, ...]
    former_names: tuple[str, ...]
    sources: tuple[Evidence, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Something that holds for a time: a fee, a flow of money, a name, an agreement, a territory.

    ``kind`` is ``fee``, ``funding``, ``shareholding``, ``agreement``, ``name``, ``network`` or
    ``territory``; the last two are about whether there is one.
    ``parties`` are (property, IRI) pairs: who pays to whom, who is called so. ``label`` is the name
    itself or what distinguishes it, ``amount`` a number in ``unit``; empty and None where the
    sources give none. ``ended_by`` is as for a membership.
    """

    iri: str
    kind: str
    parties: tuple[tuple[str, str], ...]
    label: str
    amount: float | None
    unit: str
    qualifier: str
    start: str
    end: str
    bounds: Bounds
    evidence: tuple[Evidence, ...]
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """A funding programme or a project, with who pays, who manages and who carries it.

    ``roles`` are (code, statement) pairs; the value of a statement is the IRI of who has the role.
    """

    iri: str
    slug: str
    kind: str
    name: str
    name_en: str
    short_name: str
    parent: str
    funders: tuple[Statement, ...]
    roles: tuple[tuple[str, Statement], ...]
    sources: tuple[Evidence, ...]
