"""Rows of ``facts/organisations`` → what kind of thing it is, its names, form, seat, themes."""

from __future__ import annotations

from kgraph.ingest.changes import state_change
from kgraph.ingest.context import Context
from kgraph.ingest.memberships import remember
from kgraph.ingest.names import state_name
from kgraph.ingest.quads import Term, iri, literal, term, thing
from kgraph.ingest.resolve import NETWORK_KINDS, PATH_KINDS
from kgraph.ingest.tables import Row

__all__ = ["add_organisation", "add_organisations"]

_CLASSES = dict.fromkeys(NETWORK_KINDS, ("imc:CooperationNetwork",)) | {
    "governance-body": ("imc:GovernanceBody",),
    "office": ("org:OrganizationalUnit",),
    "ministry": ("org:FormalOrganization", "cpov:PublicOrganisation"),
    "agency": ("org:FormalOrganization", "cpov:PublicOrganisation"),
    "district-government": ("org:FormalOrganization", "cpov:PublicOrganisation"),
    "company": ("org:FormalOrganization",),
    "chamber": ("org:FormalOrganization",),
    "university": ("org:FormalOrganization",),
    "funding-programme": ("imc:FundingProgramme",),
    "project": ("imc:Project",),
    "event": ("imc:Event",),
    "publication": ("imc:Publication",),
    "agreement": ("imc:Agreement",),
}

#: How a thing relates to the parent that its row names, by the first parts of their paths.
_PARENT = {
    ("network", "network"): "imc:partOfNetwork",
    ("body", "*"): "org:unitOf",
    ("project", "programme"): "imc:partOfProgramme",
    ("project", "project"): "imc:partOfProgramme",
    ("network", "programme"): "imc:partOfProgramme",
    ("network", "project"): "imc:partOfProgramme",
    ("programme", "programme"): "imc:partOfProgramme",
    ("project", "*"): "imc:carriedBy",
    ("event", "*"): "imc:heldBy",
    ("publication", "*"): "imc:issuedBy",
    ("agreement", "*"): "imc:party",
    ("organisation", "*"): "org:subOrganizationOf",
}

#: Kinds whose ``founded`` and ``dissolved`` are their first and last day.
_PASSING = frozenset({"event", "project", "publication", "agreement", "funding-programme"})


def add_organisations(context: Context) -> None:
    """State every row in the graph of its source, and what became of merged ones."""
    kinds = {}
    for row in context.tables["facts/organisations"]:
        add_organisation(context, row)
        kinds[row["org"]] = PATH_KINDS[row["kind"]]
    for alias, slug in context.resolver.aliases.items():
        path = context.resolver.organisations[slug]
        former = f"{kinds.get(alias, path.partition('/')[0])}/{alias}"
        if former != path:
            context.quads.add("decisions", thing(former), "dcterms:isReplacedBy", thing(path))


def add_organisation(context: Context, row: Row) -> None:
    """State one row: what kind of thing it is, its names, form, seat, themes, parent, dates."""
    path = context.resolver.organisations[context.resolver.canonical(row["org"])]
    context.labels.setdefault(path, row["name_de"] or row["name_en"] or row["short_name"])
    node = thing(path)
    attestation = context.attest(row, context.moment(row))
    for name in _CLASSES[row["kind"]]:
        context.quads.add(row["source"], node, "rdf:type", term(name))
    context.quads.add(row["source"], node, "imc:attestation", attestation)
    for label in _names(context, row, node):
        state_name(context, row, path, label, attestation, context.moment(row))
    _character(context, row, node)
    _parent(context, row, path, node)
    _dates(context, row, path, node, attestation)


def _names(context: Context, row: Row, node: Term) -> list[Term]:
    """State the names of a thing; the names that the source uses."""
    add, graph = context.quads.add, row["source"]
    labels = [
        literal(row[column], language)
        for column, language in (("name_de", "de"), ("name_en", "en"))
        if row[column]
    ]
    add(graph, node, "rdfs:label", *labels or [context.text(row, row["short_name"] or row["org"])])
    if row["short_name"]:
        add(graph, node, "skos:altLabel", literal(row["short_name"]))
        labels.append(literal(row["short_name"]))
    return labels


def _character(context: Context, row: Row, node: Term) -> None:
    add, graph = context.quads.add, row["source"]
    add(graph, node, "org:classification", context.checked(row, "kind", _scheme(context, row)))
    add(graph, node, "imc:country", *context.countries(row))
    if body_type := _body_type(context, row):
        add(graph, node, "imc:bodyType", body_type)
    if row["legal_form"]:
        add(graph, node, "imc:legalFormAsPrinted", context.text(row, row["legal_form"]))
        for form in context.legal_forms(row, "legal_form"):
            add(graph, node, "imc:legalForm", form)
            concept = context.codes["legal-form"][form.rpartition("/")[2].rstrip(">")]
            if concept.legal_person:
                add(graph, node, "rdf:type", term("org:FormalOrganization"))
    if row["seat"]:
        add(graph, node, "imc:seatAsPrinted", context.text(row, row["seat"]))
        if place := context.resolver.place(row["seat"]):
            add(graph, node, "imc:seat", thing(place))
    for website in row.parts("website"):
        add(graph, node, "imc:websiteAsPrinted", literal(website))
        address = website if website.startswith("http") else f"http://{website}"
        try:
            add(graph, node, "foaf:homepage", iri(address))
        except ValueError as error:
            raise row.error("website", f"is wrong: {error}") from None
    for word in row.parts("themes"):
        add(graph, node, "imc:themeAsPrinted", context.text(row, word))
        for concept_iri in context.themes(row, word, "themes"):
            add(graph, node, "imc:theme", concept_iri)


def _body_type(context: Context, row: Row) -> Term | None:
    """The type of a governance body that no claim tells, by decision."""
    for decided in context.tables["mappings/body-types"]:
        if decided["org"] == row["org"]:
            return context.checked(decided, "type", "body-type")
    return None


def _scheme(context: Context, row: Row) -> str:
    """The code list of a kind: that of networks and what else has a roster, or the other one."""
    return "network-kind" if row["kind"] in context.codes["network-kind"] else "organisation-kind"


def _parent(context: Context, row: Row, path: str, node: Term) -> None:
    if not row["parent"]:
        return
    parent = context.resolver.organisation(row["parent"])
    if parent is None:
        raise row.error("parent", "is no organisation of ours; add it or leave the cell empty")
    kinds = (path.partition("/")[0], parent.partition("/")[0])
    relation = _PARENT.get(kinds) or _PARENT.get((kinds[0], "*")) or "dcterms:isPartOf"
    context.quads.add(row["source"], node, relation, thing(parent))
    context.parts.add((path, parent))


def _dates(context: Context, row: Row, path: str, node: Term, attestation: Term) -> None:
    founded, dissolved = row.date("founded"), row.date("dissolved")
    if row["kind"] in _PASSING:
        context.span(row, node, "start", founded)
        context.span(row, node, "end", dissolved)
        context.lasts(path, founded, dissolved)
        if row["kind"] == "agreement":
            remember(context, node, path, founded, dissolved, context.moment(row))
        return
    for date, kind in ((founded, "founding"), (dissolved, "dissolution")):
        if date:
            state_change(
                context, row, kind=kind,
                originals=[path] if kind == "dissolution" else [],
                results=[path] if kind == "founding" else [],
                date=date, attestation=attestation,
            )  # fmt: skip
