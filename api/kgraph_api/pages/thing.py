"""The page about one thing: what is said of it, by whom and where, and what points at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from kgraph.namespaces import BASE, term
from kgraph.queries import statements
from kgraph.queries.statements import Facts, Places, Said, Value, shorten
from kgraph_api.pages.disagreement import disagreements
from kgraph_api.pages.naming import Names
from kgraph_api.pages.rendering import address, known, linked, render
from kgraph_api.pages.words import language_of
from kgraph_api.served import Served

__all__ = ["page"]

#: Values of one property on the page itself, and on a page of that property alone.
FEW, MANY = 25, 200
_FIRST = tuple(map(term, (
    "rdf:type", "rdfs:label", "skos:prefLabel", "dcterms:title", "skos:altLabel", "skos:definition",
    "org:classification", "org:member", "org:role", "org:organization",
)))  # fmt: skip
_WAYS = ("out", "in")
_LAST = tuple(map(term, ("imc:attestation", "imc:nameAsPrinted")))

Row = dict[str, Any]


def page(request: Request, served: Served, path: str, alternates: Sequence[Row]) -> Response:
    """The page about the thing of a path.

    Parameters
    ----------
    request : Request
        ``?lang=``; ``?property=``, ``?direction=out|in`` and ``?page=`` for one property alone.
    served : Served
    path : str
        What stands behind the base in the thing's IRI.
    alternates : sequence of dict
        The same in other formats: ``type``, ``name``, ``href``.
    """
    language = language_of(request)
    headers, is_fresh = known(request, served, language)
    headers["Link"] = linked(alternates)
    if is_fresh:
        return Response(status_code=304, headers=headers)
    iri = BASE + path
    names = Names(served, language, request.scope.get("root_path", ""), iri)
    view = _View(request, names, iri)
    is_drawn = iri in served.networks or iri in served.agents
    return render(
        request, "thing", language, headers,
        title=view.title, kinds=view.kinds, iri=iri, version=served.version, alternates=alternates,
        groups=view.groups, pointing=view.pointing, part=view.part,
        graph_href=f"{names.root}/graph?lang={language}&sel={quote(path.removeprefix('id/'))}"
        if is_drawn else "",
    )  # fmt: skip


class _View:
    """What a page shows: everything in short, or one property in full."""

    def __init__(self, request: Request, names: Names, iri: str) -> None:
        store = names.served.release.store
        self._request, self._names = request, names
        self._out, self._in = statements.outgoing(store, iri), statements.incoming(store, iri)
        self._places = statements.places(store, iri)
        self._iri = iri
        self.part: Row | None = None
        self._neighbours: Mapping[str, Facts] = {}
        asked = request.query_params.get("property", "")
        is_in = request.query_params.get("direction") == "in"
        out, into = self._out, self._in
        if asked:
            chosen = self._cut([one for one in (into if is_in else out) if one.property == asked])
            out, into = ((), chosen) if is_in else (chosen, ())
        shown = _grouped(out), _grouped(into)
        self._find_neighbours(one for groups in shown for rows in groups.values() for one in rows)
        most = MANY if asked else FEW
        places = [(way, one) for way, groups in zip(_WAYS, shown, strict=True) for one in groups]
        found = names.served.disagreements.get(iri, ())
        self._disagreements = disagreements(names, found, places)
        self.groups = [self._group(p, rows, most, "out") for p, rows in self._ranked(shown[0])]
        self.pointing = [self._group(p, rows, most, "in") for p, rows in self._ranked(shown[1])]
        self.title = names.label(iri) or self._own_name() or iri.removeprefix(BASE)
        types = [one.value.text for one in self._out if one.property == term("rdf:type")]
        self.kinds = " · ".join(dict.fromkeys(names.name(one) for one in types))

    def _cut(self, rows: Sequence[Said]) -> tuple[Said, ...]:
        n = max(1, -(-len(rows) // MANY))
        given = self._request.query_params.get("page", "1")
        number = min(int(given) if given.isascii() and given.isdigit() else 1, n) or 1
        self.part = {
            "page": number,
            "n": n,
            "back": address(self._request, property="", direction="", page=""),
            "previous": self._at(number - 1) if number > 1 else "",
            "next": self._at(number + 1) if number < n else "",
        }
        return tuple(rows[(number - 1) * MANY : number * MANY])

    def _at(self, number: int) -> str:
        return address(self._request, page=str(number))

    def _find_neighbours(self, rows: Iterable[Said]) -> None:
        labels = self._names.served.labels
        if any(one.value.is_iri and one.value.text not in labels for one in rows):
            store = self._names.served.release.store
            self._neighbours = statements.neighbours(store, self._iri)

    def _own_name(self) -> str:
        facts = Facts()
        for one in self._out:
            facts.add(shorten(one.property), (one.value.text, one.value.language))
        return self._names.name(self._iri, {self._iri: facts})

    def _ranked(self, groups: Mapping[str, list[Said]]) -> list[tuple[str, list[Said]]]:
        def rank(item: tuple[str, list[Said]]) -> tuple[int, str]:
            prop = item[0]
            if prop in _FIRST:
                return _FIRST.index(prop), ""
            is_last = prop in _LAST or prop.endswith(("Earliest", "Latest", "earliest", "latest"))
            return (99 if is_last else 50), self._names.name(prop).casefold()

        return sorted(groups.items(), key=rank)

    def _group(self, prop: str, rows: list[Said], most: int, direction: str) -> Row:
        names = self._names
        if len(rows) <= MANY:
            rows = sorted(rows, key=lambda one: self._text(one.value).casefold())
        everything = address(self._request, property=prop, direction=direction, page="")
        # Places tell where this thing is spoken of; of what points here its own page tells.
        where = self._places if direction == "out" else Places(())
        shown = [self._row(one, where) for one in rows[:most]]
        return {
            "name": names.name(prop),
            "href": names.link(prop),
            "total": len(rows),
            "all": everything if len(rows) > most else "",
            "is_short": all(len(one["text"]) < 40 for one in shown) and len(rows) > 8,
            "rows": shown,
            "disagreements": self._disagreements.get((direction, prop), ()),
        }

    def _row(self, said: Said, where: Places) -> Row:
        value = said.value
        href = self._names.link(value.text) if value.is_iri else ""
        return {
            "text": self._text(value),
            "href": href,
            "external": bool(href) and not value.text.startswith(BASE),
            "language": value.language,
            "sources": [_source(self._names, where, g, value) for g in said.graphs],
        }

    def _text(self, value: Value) -> str:
        return self._names.name(value.text, self._neighbours) if value.is_iri else value.text


def _source(names: Names, places: Places, graph: str, value: Value) -> Row:
    """Who says a statement, and where as far as that is known."""
    found = places.of(graph, value.text)
    shown = "; ".join(found[:3]) + (" …" if len(found) > 3 else "")
    return {"text": names.graph(graph), "href": names.source(graph), "places": shown}


def _grouped(rows: Iterable[Said]) -> dict[str, list[Said]]:
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for one in rows:
        found[one.property].append(one)
    return found
