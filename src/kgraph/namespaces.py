"""Namespaces, and the only place that mints IRIs.

An IRI of ours is ``{BASE}id/{kind}/{key}``. Tables name a thing by its *path*, ``{kind}/{key}``
(``municipality/de-05515000``, ``network/metrex``); :func:`thing` turns the one into the other.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = [
    "BASE",
    "HYDRA",
    "KINDS",
    "PREFIXES",
    "codelist",
    "digest",
    "graph",
    "is_path",
    "path_of",
    "slug",
    "source",
    "term",
    "thing",
]

#: The base of every IRI that this project mints; one setting for the whole.
BASE = "https://w3id.org/imcoop/"

PREFIXES: dict[str, str] = {
    "imc": f"{BASE}ontology#",
    "id": f"{BASE}id/",
    "src": f"{BASE}source/",
    "g": f"{BASE}graph/",
    "code": f"{BASE}codelist/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "cpov": "http://data.europa.eu/m8g/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
}

#: Of the words in which a page says that it is one; no prefix of every document, for few are paged.
HYDRA = "http://www.w3.org/ns/hydra/core#"

#: The kinds of things that a path can name, each with the label of one such thing.
KINDS: tuple[str, ...] = (
    "municipality", "district", "state", "country", "region", "place", "agent",
    "network", "body", "organisation", "person",
    "programme", "project", "event", "publication", "agreement", "award",
)  # fmt: skip

_PATH = re.compile(rf"(?:{'|'.join(KINDS)})/[a-z0-9][a-z0-9-]*")
_FOLD = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "å": "a", "ł": "l"}
)


def is_path(text: str) -> bool:
    """Whether the text is the path of a thing: a known kind, a slash, a lower-case key.

    >>> is_path("network/metrex"), is_path("metrex"), is_path("network/../x")
    (True, False, False)
    """
    return _PATH.fullmatch(text) is not None


def thing(path: str) -> str:
    """The IRI of the thing that a path names.

    >>> thing("municipality/de-05515000")
    'https://w3id.org/imcoop/id/municipality/de-05515000'
    """
    return f"{BASE}id/{path}"


def path_of(iri: str) -> str:
    """The path of an IRI of ours: the other way round from :func:`thing`.

    >>> path_of("https://w3id.org/imcoop/id/network/metrex")
    'network/metrex'
    """
    return iri.removeprefix(f"{BASE}id/")


def source(key: str) -> str:
    """The IRI of a source, the document that facts were read from."""
    return f"{BASE}source/{key}"


def graph(key: str) -> str:
    """The IRI of a named graph: what one source says, or one of ours (``derived``)."""
    return f"{BASE}graph/{key}"


def codelist(scheme: str, code: str) -> str:
    """The IRI of a concept of a code list.

    >>> codelist("role", "lead")
    'https://w3id.org/imcoop/codelist/role/lead'
    """
    return f"{BASE}codelist/{scheme}/{code}"


def term(name: str) -> str:
    """The IRI behind a prefixed name.

    >>> term("imc:theme"), term("org:member")
    ('https://w3id.org/imcoop/ontology#theme', 'http://www.w3.org/ns/org#member')
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def slug(text: str) -> str:
    """A name as a slug: lower-case ASCII, German letters spelt out, words joined by ``-``.

    >>> slug("Mülheim a.d. Ruhr"), slug("Straßen.NRW"), slug("Málaga")
    ('muelheim-a-d-ruhr', 'strassen-nrw', 'malaga')
    """
    folded = unicodedata.normalize("NFKD", text.lower().translate(_FOLD))
    ascii_only = folded.encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for the parts: the key of a row that has no name."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
