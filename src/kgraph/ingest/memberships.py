"""Rosters → memberships: one node for a member, an organisation and a role, with its evidence."""

from __future__ import annotations

from kgraph import namespaces
from kgraph.dates import Evidence, PartialDate
from kgraph.ingest import quads
from kgraph.ingest.context import Context, Moment
from kgraph.ingest.endings import (
    add_existence,
    endings,
    first,
    name_the_present,
    state_days,
)
from kgraph.ingest.kinds import check_member_kind
from kgraph.ingest.quads import Term, code, literal, thing
from kgraph.ingest.tables import Row

__all__ = ["add_bounds", "add_membership", "add_memberships", "add_roster_row", "remember"]


def add_memberships(context: Context) -> None:
    """State every row of every roster in the graph of its source."""
    for row in context.tables["mappings/names"]:
        if row["kind"]:
            check_member_kind(row, "kind")
    for row in context.tables["facts/memberships"]:
        add_roster_row(context, row)


def add_roster_row(context: Context, row: Row) -> Term:
    """State one row of a roster; the IRI of its membership."""
    carrier = context.resolver.organisation(row["network"])
    if carrier is None:
        near = context.resolver.near(row["network"], list(context.resolver.organisations))
        raise row.error("network", f"is not in facts/organisations{near}")
    context.checked(row, "role", "role")
    check_member_kind(row, "member_kind")
    moment = context.moment(row, "attested_on")
    return add_membership(
        context,
        row,
        carrier=carrier,
        member=context.resolver.member(row),
        role=row["role"],
        start=row.date("start"),
        end=row.date("end"),
        moment=moment,
        attestation=context.attest(row, moment, row["member"]),
    )


def add_membership(
    context: Context,
    row: Row,
    *,
    carrier: str,
    member: str,
    role: str,
    start: PartialDate | None,
    end: PartialDate | None,
    moment: Moment,
    attestation: Term,
    function: str = "",
    represents: str = "",
    term: str = "",
) -> Term:
    """State one membership and remember what it says about time.

    Parameters
    ----------
    carrier, member : str
        Paths of the organisation and of the agent.
    moment : Moment
        For when the row's source speaks.
    attestation : Term
        The row's attestation.
    function, represents : str
        The office as printed, and the path of whom a person stands for.
    term : str
        The beginning of a term of office that is over: who chairs twice, years apart, holds two
        memberships, so that the end of the first does not end the second.

    Returns
    -------
    Term
        The membership's IRI.
    """
    node = context.membership_node(row, carrier, member, role, term)
    graph = row["source"]
    add = context.quads.add
    add(graph, node, "rdf:type", quads.term("org:Membership"))
    add(graph, node, "org:member", thing(member))
    add(graph, node, "org:organization", thing(carrier))
    add(graph, node, "org:role", code("role", role))
    add(graph, node, "imc:attestation", attestation)
    context.span(row, node, "start", start)
    context.span(row, node, "end", end)
    if function:
        add(graph, node, "imc:function", context.text(row, function))
    if represents:
        add(graph, node, "imc:represents", thing(represents))
    context.members[node] = member
    remember(context, node, carrier, start, end, moment, founded_only=role == "founding-member")
    return node


def remember(
    context: Context,
    node: Term,
    carrier: str,
    start: PartialDate | None,
    end: PartialDate | None,
    moment: Moment,
    founded_only: bool = False,
) -> None:
    """Add what a row says about the time of a membership, a fee, a name, an agreement.

    The date of a document speaks for the days within the row's own period only: a page of 2020 that
    tells of a membership from 2005 to 2010 does not attest it for 2020, and one of 2024 that
    announces it for 2025 does not attest it for 2024. A list of founding members tells who founded,
    not who is a member when the list was printed; it counts from the founding (see ``bounds``).
    """
    evidence = context.evidence.setdefault(node, Evidence())
    context.carriers[node] = carrier
    if start:
        evidence.starts.append(start)
    if end:
        evidence.ends.append(end)
    if moment.basis != "roster" and founded_only:
        return
    if moment.date:
        outside = (start and moment.date.latest < start.earliest) or (
            end and moment.date.earliest > end.latest
        )
        if not outside:
            evidence.points.append(moment.date)
    elif moment.span and not start and not end:
        evidence.spans.append(moment.span)


def add_bounds(context: Context) -> None:
    """State the six days of everything that holds for a time, in ``graph/derived``."""
    name_the_present(context)
    ended = endings(context)
    for node, evidence in context.evidence.items():
        carrier = context.carriers[node]
        founded = first(context.founded.get(carrier, []))
        member = context.members.get(node, "")
        ending, gone = ended.get(carrier), ended.get(member)
        formed = context.formed.get(member, []) if member in context.territories else []
        found = evidence.bounds(
            founded,
            ending.last if ending else None,
            first(formed),
            gone.last if gone else None,
        )
        state_days(context, node, found)
        for cause in (ending, gone):
            if cause and cause.change and found.ended_after == cause.last.latest:
                context.quads.add("derived", node, "imc:endedBy", cause.change)
    add_existence(context, ended)


def post(context: Context, row: Row, node: Term, carrier: str, role: str) -> None:
    """State the office behind a membership: one post for an organisation and a role."""
    graph = row["source"]
    office = context.mint("post", f"{carrier.partition('/')[2]}-{role}")
    context.quads.add(graph, office, "rdf:type", quads.term("org:Post"))
    context.quads.add(graph, office, "org:postIn", thing(carrier))
    context.quads.add(graph, node, "imc:post", office)
    concept = context.codes["role"][role]
    name = context.labels.get(carrier, namespaces.path_of(carrier))
    for language, label in sorted(concept.labels.items()):
        context.quads.add(graph, office, "rdfs:label", literal(f"{label}: {name}", language))
