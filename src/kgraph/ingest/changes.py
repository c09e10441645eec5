"""Claims about how organisations came to be, changed their name, merged and ended."""

from __future__ import annotations

from kgraph import namespaces
from kgraph.dates import PartialDate
from kgraph.ingest.claim import Claim, Reading, state_label
from kgraph.ingest.context import Context, Ending
from kgraph.ingest.names import former_name, state_name
from kgraph.ingest.quads import Term, literal, term, thing
from kgraph.ingest.tables import Row

__all__ = ["change", "name", "remember_change", "state_change"]

#: Properties of which the subject is what went before, not what came after.
_SUBJECT_IS_ORIGINAL = frozenset({"mergedInto", "succeededBy"})
#: Changes after which something else stands in the place of what there was.
_REPLACING = frozenset({"merger", "succession"})


def state_change(
    context: Context,
    row: Row,
    *,
    kind: str,
    originals: list[str],
    results: list[str],
    date: PartialDate | None,
    attestation: Term | None,
    said: str = "",
    graph: str = "",
) -> Term:
    """State a change event; the same change said twice is the same node.

    Parameters
    ----------
    kind : str
        A code of ``codelist/change-type``.
    originals, results : list of str
        Paths of what there was before and of what there is after.
    attestation : Term or None
        Where a source says so; None for what people decided without one.
    graph : str
        The slug of the graph in which it is stated; that of the row's source if not given.
    said : str
        What tells this change from another of its kind where no date does: the former name.
    """
    about = (results or originals)[0].partition("/")[2]
    other = [path.partition("/")[2] for path in (originals if results else [])]
    parts = [kind, *other, date.text if date else namespaces.slug(said)]
    node = context.mint("change", about, "-".join(part for part in parts if part))
    add, graph = context.quads.add, graph or row["source"]
    add(graph, node, "rdf:type", term("org:ChangeEvent"))
    add(graph, node, "imc:changeType", context.checked(row, "", "change-type", kind))
    for path in originals:
        add(graph, node, "org:originalOrganization", thing(path))
    for path in results:
        add(graph, node, "org:resultingOrganization", thing(path))
    context.day(row, node, date, graph)
    if attestation:
        add(graph, node, "imc:attestation", attestation)
    if date:
        remember_change(context, kind, originals, results, date, node)
    return node


def remember_change(
    context: Context,
    kind: str,
    originals: list[str],
    results: list[str],
    date: PartialDate,
    node: Term,
) -> None:
    """Remember what begins and what ends with a change."""
    if kind == "founding":
        context.founded.setdefault(results[0], []).append(date)
    elif kind == "dissolution":
        context.dissolved.setdefault(originals[0], []).append(date)
        context.causes.setdefault((originals[0], date), node)
    elif kind in _REPLACING:
        for path in set(originals) - set(results):
            ending = Ending(date, node, kind, tuple(results))
            context.replaced.setdefault(path, []).append(ending)
        for path in set(results) - set(originals):
            context.formed.setdefault(path, []).append(date)


def change(context: Context, claim: Claim) -> list[Term]:
    """State a founding, merger, succession, renaming, dissolution or a first and last day."""
    if claim.term == "renaming" or any(r.kind == "renaming" for r in claim.readings):
        return _renaming(context, claim)
    nodes = []
    for reading in _dated(context, claim):
        kind = reading.kind or claim.term
        date = reading.date or claim.row.date("valid_from")
        if kind == "period":
            node = thing(claim.subject)
            context.span(claim.row, node, "start", date)
            context.span(claim.row, node, "end", claim.row.date("valid_to"))
            context.lasts(claim.subject, date, claim.row.date("valid_to"))
            nodes.append(node)
            continue
        if kind in ("merger", "succession", "split") and not reading.thing:
            continue
        if date is None and not reading.thing:
            continue
        originals, results = _sides(claim, reading, kind)
        if reading.thing:
            state_label(context, claim, reading, thing(reading.thing))
        nodes.append(
            state_change(
                context, claim.row, kind=kind, originals=originals, results=results,
                date=date, attestation=claim.attestation,
            )
        )  # fmt: skip
    return nodes


def _dated(context: Context, claim: Claim) -> list[Reading]:
    """The readings; for a regular value, the date or the organisation that it is."""
    if claim.readings:
        return claim.readings
    try:
        return [Reading(claim.row, date=PartialDate.parse(claim.value))]
    except ValueError:
        return claim.things(context)


def _sides(claim: Claim, reading: Reading, kind: str) -> tuple[list[str], list[str]]:
    other = [reading.thing] if reading.thing else []
    if reading.instead:
        return list(reading.instead), other
    if kind == "dissolution" or claim.row["property"] in _SUBJECT_IS_ORIGINAL:
        return [claim.subject], other
    return other, [claim.subject]


def _renaming(context: Context, claim: Claim) -> list[Term]:
    """State a former name: the organisation is the same before and after.

    ``valid_from`` of a former name is when that name began; the renaming is where it ended.
    """
    dated = "valid_from" if claim.row["property"] == "renamed" else "valid_to"
    readings = claim.readings or [
        Reading(claim.row, label=claim.value, language=context.language(claim.row))
    ]
    nodes = []
    for reading in readings:
        node = state_change(
            context,
            claim.row,
            kind=reading.kind or "renaming",
            originals=[claim.subject],
            results=[claim.subject],
            date=reading.date or claim.row.date(dated),
            attestation=claim.attestation,
            said=reading.label,
        )
        if reading.label:
            former = literal(reading.label, reading.language)
            context.quads.add(claim.graph, node, "imc:formerName", former)
            context.quads.add(claim.graph, thing(claim.subject), "skos:altLabel", former)
            since = claim.row.date("valid_from") if dated == "valid_to" else None
            renamed = reading.date or claim.row.date(dated)
            former_name(
                context, claim.row, claim.subject, former, claim.attestation, since, renamed
            )
        nodes.append(node)
    return nodes


def name(context: Context, claim: Claim) -> list[Term]:
    """State another name of the subject."""
    node = thing(claim.subject)
    readings = claim.readings or [
        Reading(claim.row, label=claim.value, language=context.language(claim.row))
    ]
    for reading in readings:
        text = literal(reading.label or claim.value, reading.language)
        context.quads.add(claim.graph, node, "skos:altLabel", text)
        state_name(context, claim.row, claim.subject, text, claim.attestation, claim.moment)
    return [node]
