"""Claims about bodies, projects, events, documents, themes, seats, decisions and plain texts."""

from __future__ import annotations

from kgraph.dates import PartialDate
from kgraph.ingest.claim import Claim, Reading, state_label
from kgraph.ingest.context import Context
from kgraph.ingest.memberships import remember
from kgraph.ingest.quads import Term, iri, literal, term, thing

__all__ = ["body", "date_of", "decision", "legal_form", "link", "part", "seat", "text", "theme",
           "work"]  # fmt: skip

#: Term of the pattern ``work`` → class, property from the work to the subject, scheme of its kinds.
_WORKS = {
    "event": ("imc:Event", "imc:heldBy", "event-kind"),
    "project": ("imc:Project", "imc:carriedBy", ""),
    "publication": ("imc:Publication", "imc:issuedBy", "publication-kind"),
    "agreement": ("imc:Agreement", "imc:party", ""),
    "award": ("imc:Award", "imc:awardedTo", ""),
}


def work(context: Context, claim: Claim) -> list[Term]:
    """State a project, event, publication, agreement or award, and whose it is."""
    return [_work(context, claim, r) for r in claim.things(context) if r.thing]


def _work(context: Context, claim: Claim, reading: Reading) -> Term:
    own = reading.thing.partition("/")[0]
    kind, relation, scheme = _WORKS[own if own in _WORKS else claim.term]
    node = thing(reading.thing)
    add, graph = context.quads.add, claim.graph
    if own in _WORKS:
        add(graph, node, "rdf:type", term(kind))
    whose = reading.represents or claim.subject
    if whose != reading.thing:
        add(graph, node, relation, thing(whose))
    state_label(context, claim, reading, node)
    if scheme and reading.kind:
        concept = context.checked(reading.row, "kind", scheme, reading.kind)
        add(graph, node, f"imc:{own}Kind", concept)
    if reading.place:
        add(graph, node, "imc:heldAt", thing(reading.place))
    date = reading.date or claim.row.date("valid_from")
    context.day(claim.row, node, date)
    add(graph, node, "imc:attestation", claim.attestation)
    if own == "agreement":
        _concluded(context, claim, reading.thing, date)
    return node


def _concluded(context: Context, claim: Claim, path: str, date: PartialDate | None) -> None:
    """Remember when an agreement was concluded: it holds from that day on."""
    remember(context, thing(path), path, date, None, context.moment(claim.row))


def body(context: Context, claim: Claim) -> list[Term]:
    """State a governance body of the subject."""
    nodes = []
    for reading in claim.things(context):
        if not reading.thing:
            continue
        node = thing(reading.thing)
        add, graph = context.quads.add, claim.graph
        if reading.thing.startswith("body/"):
            add(graph, node, "rdf:type", term("imc:GovernanceBody"))
        add(graph, node, "org:unitOf", thing(claim.subject))
        state_label(context, claim, reading, node)
        if reading.kind:
            concept = context.checked(reading.row, "kind", "body-type", reading.kind)
            add(graph, node, "imc:bodyType", concept)
        add(graph, node, "imc:attestation", claim.attestation)
        nodes.append(node)
    return nodes


def part(context: Context, claim: Claim) -> list[Term]:
    """State that one network or body is part of another."""
    nodes = []
    for reading in claim.things(context):
        if not reading.thing:
            continue
        whole, inner = claim.subject, reading.thing
        if claim.row["property"] != "hasPart":
            whole, inner = inner, whole
        node = thing(inner)
        if inner.startswith("network/") and whole.startswith("network/"):
            relation = "imc:partOfNetwork"
        else:
            relation = "org:unitOf" if inner.startswith("body/") else "dcterms:isPartOf"
        context.quads.add(claim.graph, node, relation, thing(whole))
        context.parts.add((inner, whole))
        named = reading.thing == inner
        state_label(context, claim, reading, node if named else thing(reading.thing))
        context.quads.add(claim.graph, node, "imc:attestation", claim.attestation)
        nodes.append(node)
    return nodes


def link(context: Context, claim: Claim) -> list[Term]:
    """State a plain relation of the subject to each thing that the value names."""
    node = thing(claim.subject)
    found = [r for r in claim.things(context) if r.thing or r.place]
    for reading in found:
        target = thing(reading.thing or reading.place)
        context.quads.add(claim.graph, node, claim.term, target)
        if reading.thing:
            state_label(context, claim, reading, target)
    return [node] if found else []


def seat(context: Context, claim: Claim) -> list[Term]:
    """State the municipality in which an organisation has its seat."""
    node = thing(claim.subject)
    found = [r for r in claim.things(context) if r.place or r.thing]
    for reading in found:
        context.quads.add(claim.graph, node, "imc:seat", thing(reading.place or reading.thing))
    context.quads.add(claim.graph, node, "imc:seatAsPrinted", literal(claim.value))
    return [node] if found else []


def date_of(context: Context, claim: Claim) -> list[Term]:
    """State the date of the subject itself: when an agreement was signed."""
    try:
        readings = claim.readings or [Reading(claim.row, date=PartialDate.parse(claim.value))]
    except ValueError as error:
        raise claim.row.error("value", f"wants a reading: {error}") from None
    node = thing(claim.subject)
    for reading in readings:
        context.day(claim.row, node, reading.date)
        if claim.subject.startswith("agreement/"):
            _concluded(context, claim, claim.subject, reading.date)
    return [node]


def theme(context: Context, claim: Claim) -> list[Term]:
    """State the themes that printed words stand for, and the words."""
    node = thing(claim.subject)
    for word in claim.row.parts("value"):
        context.quads.add(claim.graph, node, "imc:themeAsPrinted", context.text(claim.row, word))
        for concept in context.themes(claim.row, word, "value"):
            context.quads.add(claim.graph, node, "imc:theme", concept)
    return [node]


def text(context: Context, claim: Claim) -> list[Term]:
    """State each part of a value as a text of the subject, under the property of its kind."""
    node = thing(claim.subject)
    for said in claim.row.parts("value"):
        context.quads.add(claim.graph, node, claim.term, _object(context, claim, said))
    return [node]


def _object(context: Context, claim: Claim, said: str) -> Term:
    if claim.term == "foaf:homepage":
        try:
            return iri(said if said.startswith("http") else f"http://{said}")
        except ValueError as error:
            raise claim.row.error("value", f"is no address: {error}") from None
    return context.text(claim.row, said)


def legal_form(context: Context, claim: Claim) -> list[Term]:
    """State the legal form, as a code and as printed."""
    node = thing(claim.subject)
    codes = context.legal_forms(claim.row, "value")
    for concept in codes:
        context.quads.add(claim.graph, node, "imc:legalForm", concept)
    context.quads.add(
        claim.graph, node, "imc:legalFormAsPrinted", context.text(claim.row, claim.value)
    )
    return [node]


def decision(context: Context, claim: Claim) -> list[Term]:
    """State a resolution or a draft of one: who decides, about what, when."""
    nodes = []
    readings = claim.readings or [Reading(claim.row)]
    for index, reading in enumerate(readings):
        kind = reading.kind or claim.term
        own = context.attestation(claim.row).rpartition("/")[2].rstrip(">")
        node = context.mint("decision", claim.key, f"{own}-{index}" if index else own)
        add, graph = context.quads.add, claim.graph
        add(graph, node, "rdf:type", term("imc:Decision"))
        concept = context.checked(reading.row, "kind", "decision-type", kind)
        add(graph, node, "imc:decisionType", concept)
        add(graph, node, "imc:decidedBy" if _decides(claim) else "imc:about", thing(claim.subject))
        if reading.thing:
            add(graph, node, "imc:about" if _decides(claim) else "imc:decidedBy",
                thing(reading.thing))  # fmt: skip
        add(graph, node, "dcterms:description", context.text(claim.row, claim.value))
        if reading.label:
            add(graph, node, "rdfs:label", literal(reading.label, reading.language))
        context.day(claim.row, node, reading.date or claim.row.date("valid_from"))
        add(graph, node, "imc:attestation", claim.attestation)
        nodes.append(node)
    return nodes


def _decides(claim: Claim) -> bool:
    """Whether the subject is the one that decides: a municipality about its own membership."""
    return claim.subject.startswith(("municipality/", "district/"))
