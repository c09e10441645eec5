"""RDF that a source itself publishes → its named graph, and what it says about time.

``facts/graphs/{source}.nt`` holds the statements of one source as N-Triples, sorted, beside the
tables. They go into the source's graph as they are; memberships and flows of money among them get
their six days by the same rule as rows do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from kgraph import namespaces
from kgraph.dates import PartialDate
from kgraph.errors import DataError
from kgraph.ingest.changes import remember_change
from kgraph.ingest.context import Context, Moment
from kgraph.ingest.memberships import remember
from kgraph.ingest.quads import Term, term, text_of
from kgraph.ingest.tables import GRAPHS

__all__ = ["RESERVED", "Triple", "add_graph", "graph_files"]

#: Names of graphs of ours that no source can have.
RESERVED = frozenset(
    {"decisions", "derived", "descriptions", "examples", "ontology", "reference", "sources", "void"}
)

Triple = tuple[Term, Term, Term]

Facts = Mapping[Term, Mapping[Term, list[Term]]]

#: Class of what holds for a time → the property that leads to the organisation it is about.
_CARRIERS = {
    "org:Membership": "org:organization",
    "imc:MembershipFee": "imc:feeFor",
    "imc:Funding": "imc:recipient",
    "imc:Shareholding": "imc:company",
}

#: Kinds of things with a first and a last day of their own.
_PASSING = ("project/", "event/", "publication/", "agreement/", "programme/")


def graph_files(data: Path) -> dict[str, Path]:
    """Slug of a source → the file of its statements."""
    return {file.stem: file for file in sorted((data / GRAPHS).glob("*.nt"))}


def add_graph(context: Context, slug: str, triples: Iterable[Triple]) -> None:
    """State what one source says in its graph, and remember what it says about time.

    Parameters
    ----------
    context : Context
    slug : str
        The source; a row of ``facts/sources``.
    triples : iterable of (subject, predicate, object)
        As N-Triples terms.

    Raises
    ------
    DataError
        If there is no such source, or a date is none.
    """
    place = f"{GRAPHS}/{slug}.nt"
    if slug not in context.sources:
        raise DataError(place, 0, "", "", "belongs to no source; add a row to facts/sources.csv")
    if slug in RESERVED:
        raise DataError(place, 0, "", "", f"cannot be called so; graph/{slug} is one of ours")
    found: defaultdict[Term, defaultdict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
    lines = []
    for subject, predicate, value in triples:
        found[subject][predicate].append(value)
        lines.append(f"{subject} {predicate} {value}")
    context.quads.extend(slug, iter(lines))
    try:
        for node in found:
            _remember(context, node, found)
    except ValueError as error:
        raise DataError(place, 0, "", "", f"holds a date that is none: {error}") from None


def _remember(context: Context, node: Term, found: Facts) -> None:
    """Remember the time of a membership or a flow of money, a founding, a first and last day."""
    said = found[node]
    types = set(said.get(term("rdf:type"), ()))
    starts, ends = _dates(said, "imc:start"), _dates(said, "imc:end")
    for name in ("rdfs:label", "foaf:name"):
        for label in said.get(term(name), ()):
            context.labels.setdefault(_path(node), text_of(label))
    for name, carrier in _CARRIERS.items():
        if term(name) in types:
            for organisation in said.get(term(carrier), ()):
                _attested(context, node, _path(organisation), starts, ends, found)
    path = _path(node)
    for member in said.get(term("org:member"), ()):
        context.members[node] = _path(member)
    for whole in said.get(term("imc:partOfNetwork"), ()):
        context.parts.add((path, _path(whole)))
    if path.startswith(_PASSING):
        for date in starts:
            context.lasts(path, date, None)
        for date in ends:
            context.lasts(path, None, date)
    if term("org:ChangeEvent") in types:
        _changed(context, node, said)


def _attested(
    context: Context,
    node: Term,
    carrier: str,
    starts: list[PartialDate],
    ends: list[PartialDate],
    found: Facts,
) -> None:
    """Remember each attestation of a node as a row of a table is remembered."""
    founded_only = any(
        role.endswith("/role/founding-member>") for role in found[node].get(term("org:role"), ())
    )
    start = min(starts, key=lambda date: date.earliest, default=None)
    end = max(ends, key=lambda date: date.latest, default=None)
    for attestation in found[node].get(term("imc:attestation"), ()):
        moment = _moment(found.get(attestation, {}))
        remember(context, node, carrier, start, end, moment, founded_only=founded_only)
    evidence = context.evidence.get(node)
    if evidence:
        evidence.starts += [date for date in starts if date is not start]
        evidence.ends += [date for date in ends if date is not end]


def _moment(said: Mapping[Term, list[Term]]) -> Moment:
    """For when an attestation speaks."""
    bases = [text_of(basis).rpartition("/")[2] for basis in said.get(term("imc:basis"), ())]
    basis = bases[0] if bases else "undated"
    if dates := _dates(said, "imc:attestedOn"):
        return Moment(basis, dates[0])
    first, last = _dates(said, "imc:earliest"), _dates(said, "imc:latest")
    if first or last:
        return Moment(basis, span=(first[0] if first else None, last[0] if last else None))
    return Moment(basis)


def _changed(context: Context, node: Term, said: Mapping[Term, list[Term]]) -> None:
    """Remember what begins and what ends with a change."""
    originals, results = (
        [_path(one) for one in sorted(said.get(term(name), ()))]
        for name in ("org:originalOrganization", "org:resultingOrganization")
    )
    for kind in (text_of(one).rpartition("/")[2] for one in said.get(term("imc:changeType"), ())):
        if (kind != "founding" or results) and (kind != "dissolution" or originals):
            for date in _dates(said, "imc:date"):
                remember_change(context, kind, originals, results, date, node)


def _dates(said: Mapping[Term, list[Term]], name: str) -> list[PartialDate]:
    return [PartialDate.parse(text_of(value)) for value in sorted(said.get(term(name), ()))]


def _path(node: Term) -> str:
    return namespaces.path_of(text_of(node))
