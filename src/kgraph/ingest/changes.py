"""Claims about how organisations came to be, changed their name, merged and ended."""

from __future__ import annotations

from kgraph import namespaces
from kgraph.dates import PartialDate
from kgraph.ingest.claim import Claim, Reading, state_label
from kgraph.ingest.context import Context
from kgraph.ingest.quads import Term, literal, term, thing
from kgraph.ingest.tables import Row

__all__ = ["change", "name", "state_change"]

#: Properties of which the subject is what went before, not what came after.
_SUBJECT_IS_ORIGINAL = frozenset({"mergedInto", "succeededBy"})


def state_change(
    context: Context,
    row: Row,
    *,
    kind: str,
    originals: list[str],
    results: list[str],
    date: PartialDate | None,
    attestation: Term,
    said: str = "",
) -> Term:
    """State a change event; the same change said twice is the same node.

    Parameters
    ----------
    kind : str
        A code of ``codelist/change-type``.
    originals, results : list of str
        Paths of what there was before and of what there is after.
    said : str
        What tells this change from another of its kind where no date does: the former name.
    """
    about = (results or originals)[0].partition("/")[2]
    other = [path.partition("/")[2] for path in (originals if results else [])]
    parts = [kind, *other, date.text if date else namespaces.slug(said)]
    node = context.mint("change", about, "-".join(part for part in parts if part))
    add, graph = context.quads.add, row["source"]
    add(graph, node, "rdf:type", term("org:ChangeEvent"))
    add(graph, node, "imc:changeType", context.checked(row, "", "change-type", kind))
    for path in originals:
        add(graph, node, "org:originalOrganization", thing(path))
    for path in results:
        add(graph, node, "org:resultingOrganization", thing(path))
    context.day(row, node, date)
    add(graph, node, "imc:attestation", attestation)
    if date and kind == "founding":
        context.founded.setdefault(about_path(results), []).append(date)
    if date and kind == "dissolution":
        context.dissolved.setdefault(about_path(originals), []).append(date)
    return node


def about_path(paths: list[str]) -> str:
    """The one path of a founding or a dissolution."""
    return paths[0]


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
    return [node]
