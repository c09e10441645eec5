"""Official lists → statements: municipalities, districts, states, countries, and our register."""

from __future__ import annotations

from kgraph.ingest.changes import state_change
from kgraph.ingest.context import Context
from kgraph.ingest.names import former_name
from kgraph.ingest.quads import Term, iri, literal, term, thing, typed
from kgraph.ingest.tables import Row

__all__ = ["CLASSES", "add_reference", "add_register", "add_sources"]

#: Class of `mappings/named` → the classes of the ontology.
CLASSES = {
    "Person": ("foaf:Person",),
    "Organisation": ("org:Organization",),
    "Municipality": ("imc:Municipality",),
    "District": ("imc:District",),
    "Region": ("imc:Region",),
    "State": ("imc:State",),
    "Country": ("imc:Country",),
    "Place": ("imc:Place",),
    "Body": ("org:OrganizationalUnit",),
}

#: The classes of the register that are parts of the earth's surface.
_TERRITORIES = frozenset({"Municipality", "District", "Region", "State", "Country", "Place"})


def add_reference(context: Context) -> None:
    """State the official lists in ``graph/reference``."""
    states = _states(context)
    _countries(context)
    _municipalities(context, states)
    _former(context, states)
    for country in ("fr", "nl"):
        for row in context.tables[f"reference/municipalities-{country}"]:
            path = f"municipality/{country}-{row['code'].lower()}"
            node = _territory(context, path, "Municipality")
            _say(context, node, "rdfs:label", literal(row["name"], country))
            _say(context, node, "imc:officialKey", literal(row["code"]))
            _say(context, node, "imc:country", thing(f"country/{country}"))
            context.labels[path] = row["name"]


def add_register(context: Context) -> None:
    """State the agents that people registered by decision in ``graph/decisions``."""
    for row in context.tables["mappings/named"]:
        if row["class"] not in CLASSES:
            raise row.error("class", f"is none of {', '.join(CLASSES)}")
        node = thing(row["agent"])
        add = context.quads.add
        for name in CLASSES[row["class"]]:
            add("decisions", node, "rdf:type", term(name))
        if row["class"] in _TERRITORIES:
            context.territories.add(row["agent"])
        if row["class"] == "Person":
            add("decisions", node, "foaf:name", literal(row["name"]))
        add("decisions", node, "rdfs:label", literal(row["name"], "de"))
        if row["name_en"]:
            add("decisions", node, "rdfs:label", literal(row["name_en"], "en"))
        add("decisions", node, "imc:country", *context.countries(row))
        if row["within"]:
            relation = "org:unitOf" if row["class"] == "Body" else "imc:within"
            add("decisions", node, relation, thing(row["within"]))
        add("decisions", node, "skos:editorialNote", literal(row["reason"], "en"))
        context.labels[row["agent"]] = row["name"]
    for row in context.tables["mappings/changes"]:
        _change(context, row)


def _change(context: Context, row: Row) -> None:
    """State a merger or renaming that somebody decided to record, though no source tells of it."""
    originals, results = row.parts("originals"), row.parts("results")
    for column, paths in (("originals", originals), ("results", results)):
        for path in paths:
            if path not in context.resolver.known:
                near = context.resolver.near(path, context.resolver.known)
                raise row.error(column, f"has {path!r}, which is no thing that we know{near}")
    if not originals and not results:
        raise row.error("originals", "and results are empty; name what there was or what there is")
    node = state_change(
        context, row, kind=row["change"], originals=originals, results=results,
        date=row.date("date"), attestation=None, said=row["name"], graph="decisions",
    )  # fmt: skip
    context.quads.add("decisions", node, "skos:editorialNote", literal(row["reason"], "en"))
    if row["name"]:
        former = literal(row["name"], "de")
        context.quads.add("decisions", node, "imc:formerName", former)
        for path in results:
            context.quads.add("decisions", thing(path), "skos:altLabel", former)
            former_name(context, row, path, former, None, None, row.date("date"), "decisions")


def add_sources(context: Context) -> None:
    """State every document in ``graph/sources``, and which graph holds what it says."""
    from kgraph import namespaces

    for slug, row in context.sources.items():
        node = iri(namespaces.source(slug))
        add = context.quads.add
        add("sources", node, "rdf:type", term("prov:Entity"), term("foaf:Document"))
        add("sources", node, "dcterms:title", literal(row["title"], row["language"] or "und"))
        if row["publisher"]:
            add("sources", node, "dcterms:publisher", literal(row["publisher"]))
        if row["url"]:
            try:
                add("sources", node, "foaf:page", iri(row["url"]))
            except ValueError as error:
                raise row.error("url", f"is wrong: {error}") from None
        if row["language"]:
            add("sources", node, "dcterms:language", literal(row["language"]))
        if published := row.date("published"):
            add("sources", node, "dcterms:issued", typed(published.text, published.datatype))
        for column, name in (("not_before", "imc:notBefore"), ("not_after", "imc:notAfter")):
            if value := row.date(column):
                add("sources", node, name, typed(value.text, value.datatype))
        if row["note"]:
            add("sources", node, "skos:note", literal(row["note"], "en"))
        graph = iri(namespaces.graph(slug))
        add("sources", graph, "prov:wasDerivedFrom", node)


def _say(context: Context, node: Term, predicate: str, *objects: Term) -> None:
    context.quads.add("reference", node, predicate, *objects)


def _territory(context: Context, path: str, kind: str) -> Term:
    node = thing(path)
    context.territories.add(path)
    _say(context, node, "rdf:type", term(f"imc:{kind}"))
    return node


def _states(context: Context) -> dict[str, Term]:
    states = {}
    for row in context.tables["reference/states-de"]:
        path = f"state/de-{row['key']}"
        node = states[row["name_de"]] = _territory(context, path, "State")
        _say(context, node, "rdfs:label", literal(row["name_de"], "de"))
        _say(context, node, "rdfs:label", literal(row["name_en"], "en"))
        _say(context, node, "imc:officialKey", literal(row["key"]))
        _say(context, node, "imc:country", thing("country/de"))
        context.labels[path] = row["name_de"]
    return states


def _countries(context: Context) -> None:
    for row in context.tables["reference/countries"]:
        path = f"country/{row['code'].lower()}"
        node = _territory(context, path, "Country")
        _say(context, node, "rdfs:label", literal(row["name_de"], "de"))
        _say(context, node, "rdfs:label", literal(row["name_en"], "en"))
        _say(context, node, "imc:officialKey", literal(row["code"]))
        context.labels[path] = row["name_de"]


def _municipalities(context: Context, states: dict[str, Term]) -> None:
    districts: set[str] = set()
    for row in context.tables["reference/municipalities-de"]:
        path = f"municipality/de-{row['ags']}"
        node = _territory(context, path, "Municipality")
        context.labels[path] = row["name"]
        _say(context, node, "rdfs:label", literal(row["name"], "de"))
        _say(context, node, "dcterms:title", literal(row["official_name"], "de"))
        _say(context, node, "imc:officialKey", literal(row["ags"]))
        _say(context, node, "imc:municipalityKind", literal(row["kind"], "de"))
        _say(context, node, "imc:state", _state(row, states))
        _say(context, node, "imc:country", thing("country/de"))
        _say(context, node, "imc:population", typed(int(row["population"]), "integer"))
        _say(context, node, "imc:populationDate", typed("2021-12-31", "date"))
        _say(context, node, "imc:areaKm2", typed(row["area_km2"], "decimal"))
        _say(context, node, "geo:lat", typed(row["lat"], "decimal"))
        _say(context, node, "geo:long", typed(row["lon"], "decimal"))
        district = f"district/de-{row['district_key']}"
        if district in context.resolver.known:
            _say(context, node, "imc:district", thing(district))
            if district not in districts:
                districts.add(district)
                _district(context, row, district, states)


def _district(context: Context, row: Row, path: str, states: dict[str, Term]) -> None:
    node = _territory(context, path, "District")
    name = row["district"]
    if row["district_kind"] in ("Kreis", "Landkreis") and "kreis" not in name.lower():
        name = f"{row['district_kind']} {name}"
    context.labels[path] = name
    _say(context, node, "rdfs:label", literal(name, "de"))
    _say(context, node, "imc:officialKey", literal(row["district_key"]))
    _say(context, node, "imc:state", _state(row, states))
    _say(context, node, "imc:country", thing("country/de"))


def _former(context: Context, states: dict[str, Term]) -> None:
    """Former municipalities that the facts name; the others say nothing about cooperation."""
    used = {row["agent"] for row in context.tables["mappings/names"]}
    for row in context.tables["reference/municipalities-de-former"]:
        path = f"municipality/de-{row['ags']}"
        if path not in used:
            continue
        node = _territory(context, path, "Municipality")
        context.labels[path] = row["name"]
        _say(context, node, "rdfs:label", literal(row["name"], "de"))
        _say(context, node, "imc:officialKey", literal(row["ags"]))
        _say(context, node, "imc:state", _state(row, states))
        _say(context, node, "imc:country", thing("country/de"))
        _say(context, node, "imc:lastSeen", typed(row["last_seen"], "date"))


def _state(row: Row, states: dict[str, Term]) -> Term:
    try:
        return states[row["state"]]
    except KeyError:
        raise row.error("state", "is not in reference/states-de.csv") from None
