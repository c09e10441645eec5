"""Claims that name who holds an office or takes part: chairs, boards, hosts, speakers."""

from __future__ import annotations

from kgraph.dates import PartialDate
from kgraph.ingest.claim import Claim, Reading
from kgraph.ingest.context import Context, Moment
from kgraph.ingest.memberships import add_membership, post
from kgraph.ingest.quads import Term

__all__ = ["office"]

#: Properties of which the subject is the member and the value the organisation.
_INVERSE = frozenset({"participatedIn", "participatesIn"})
#: Properties that say that it is over, and the one that says that it began.
_ENDED = frozenset({"formerChair", "formerMember", "memberLeft", "memberLeaves"})
_BEGAN = frozenset({"memberJoined"})
#: Roles that are an office of their own, held by one after the other.
_POSTS = frozenset({"chair", "deputy-chair", "speaker", "deputy-speaker", "head", "director",
                    "managing-director", "secretary-general", "treasurer"})  # fmt: skip


def office(context: Context, claim: Claim) -> list[Term]:
    """State a membership in a role for each agent that the value names."""
    nodes = []
    for reading in claim.things(context):
        if not reading.thing:
            continue
        role = reading.kind or claim.term
        context.checked(reading.row, "kind", "role", role)
        carrier, member = claim.subject, reading.thing
        if claim.row["property"] in _INVERSE:
            carrier, member = member, carrier
        start, end, moment = _time(context, claim, reading)
        node = add_membership(
            context,
            claim.row,
            carrier=carrier,
            member=member,
            role=role,
            start=start,
            end=end,
            moment=moment,
            attestation=claim.attestation,
            function=reading.function,
            represents=reading.represents,
            term=start.text if start and end and member.startswith("person/") else "",
        )
        if claim.row["property"] in _ENDED and end is None:
            context.evidence[node].former = True
        if role in _POSTS:
            post(context, claim.row, node, carrier, role)
        nodes.append(node)
    return nodes


def _time(
    context: Context, claim: Claim, reading: Reading
) -> tuple[PartialDate | None, PartialDate | None, Moment]:
    """Start, end and moment.

    A lone ``valid_from`` is the day for which the source speaks. Where it is a start, the source
    speaks for the day on which it was written: "joined in 2009" does not attest all of 2009.
    """
    since, until = claim.row.date("valid_from"), claim.row.date("valid_to")
    name = claim.row["property"]
    if name in _ENDED:
        return None, reading.date or until or since, Moment("undated")
    if name in _BEGAN or (since and until):
        return reading.date or since, until, context.moment(claim.row)
    return reading.date, until, claim.moment
