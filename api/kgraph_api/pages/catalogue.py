"""The data set, its releases and their files in DCAT: for catalogues, and for whoever harvests.

https://www.w3.org/TR/vocab-dcat-3/
"""

from __future__ import annotations

from kgraph.dumps import Dump
from kgraph.ingest.quads import Quads, Term, iri, literal, term, typed
from kgraph.ingest.void import GRAPH, dataset
from kgraph_api.pages.words import LANGUAGES, say
from kgraph_api.published import Published

__all__ = ["address_of", "describe_dataset", "describe_release"]

_MEDIA, _SPDX = "https://www.iana.org/assignments/media-types/", "http://spdx.org/rdf/terms#"


def address_of(place: str, version: str) -> str:
    """The permanent address of a release on the server at an address."""
    return f"{place}/data/release/{version}"


def describe_dataset(quads: Quads, releases: list[Published], place: str) -> None:
    """State what all releases have in common: the first is the one that is served."""
    whole, current = dataset(), releases[0]
    quads.add(GRAPH, whole, "rdf:type", term("void:Dataset"), term("dcat:Dataset"))
    quads.add(GRAPH, whole, "void:sparqlEndpoint", iri(f"{place}/sparql"))
    quads.add(GRAPH, whole, "dcat:landingPage", iri(f"{place}/data/release"))
    quads.add(GRAPH, whole, "dcterms:license", *_licences(current))
    quads.add(GRAPH, whole, "dcat:hasCurrentVersion", iri(address_of(place, current.version)))
    for one in releases:
        quads.add(GRAPH, whole, "dcat:hasVersion", iri(address_of(place, one.version)))
    for dump, _ in current.dumps.values():
        if dump.name.startswith(("graph.", "merged.")):
            file = iri(f"{address_of(place, current.version)}/{dump.name}")
            quads.add(GRAPH, whole, "void:dataDump", file)


def describe_release(quads: Quads, one: Published, place: str) -> None:
    """State what one release is and which files it has."""
    address = address_of(place, one.version)
    node = iri(address)
    quads.add(GRAPH, node, "rdf:type", term("dcat:Dataset"))
    quads.add(GRAPH, node, "dcat:isVersionOf", dataset())
    quads.add(GRAPH, node, "dcat:version", literal(one.version))
    quads.add(GRAPH, node, "dcterms:identifier", literal(one.version))
    quads.add(GRAPH, node, "dcat:landingPage", node)
    quads.add(GRAPH, node, "dcterms:license", *_licences(one))
    for language in LANGUAGES:
        cited = say(language, "release.cite.text", version=one.version, address=address)
        for name, text in (
            ("dcterms:title", f"kgraph {one.version}"),
            ("dcterms:description", say(language, "release.what")),
            ("dcterms:bibliographicCitation", cited),
        ):
            quads.add(GRAPH, node, name, literal(text, language))
    for dump, _ in one.dumps.values():
        _describe_file(quads, node, iri(f"{address}/{dump.name}"), dump)
        quads.add(GRAPH, iri(f"{address}/{dump.name}"), "dcterms:license", *_licences(one))


def _describe_file(quads: Quads, release: Term, file: Term, dump: Dump) -> None:
    quads.add(GRAPH, release, "dcat:distribution", file)
    quads.add(GRAPH, file, "rdf:type", term("dcat:Distribution"))
    quads.add(GRAPH, file, "dcterms:title", literal(dump.name))
    quads.add(GRAPH, file, "dcat:downloadURL", file)
    quads.add(GRAPH, file, "dcat:accessURL", release)
    quads.add(GRAPH, file, "dcat:mediaType", iri(_MEDIA + dump.media_type))
    quads.add(GRAPH, file, "dcat:byteSize", typed(dump.n_bytes, "nonNegativeInteger"))
    if dump.compression:
        quads.add(GRAPH, file, "dcat:compressFormat", iri(_MEDIA + dump.compression))
    if dump.sha256:
        checksum = iri(f"{file[1:-1]}#sha256")
        algorithm = iri(f"{_SPDX}checksumAlgorithm_sha256")
        value = typed(dump.sha256, "hexBinary")
        quads.add(GRAPH, checksum, "rdf:type", iri(f"{_SPDX}Checksum"))
        for subject, name, obj in (
            (file, "checksum", checksum),
            (checksum, "algorithm", algorithm),
            (checksum, "checksumValue", value),
        ):
            quads.extend(GRAPH, iter([f"{subject} {iri(_SPDX + name)} {obj}"]))


def _licences(one: Published) -> list[Term]:
    return [iri(link) for link in one.licences.values() if link.startswith("http")]
