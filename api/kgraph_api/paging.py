"""Long documents in pages: which one is asked for, which others there are, and that it is one.

A page says so in the header ``Link`` (https://www.rfc-editor.org/rfc/rfc8288) and in its own
statements, as a view of a collection (https://www.hydra-cg.com/spec/latest/core/#collections). In
TriG and N-Quads these stand in a graph of their own, whose topic is the page, as Triple Pattern
Fragments have it: they are nothing that a source says.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

from kgraph.errors import DataError
from kgraph.ingest.quads import Term, iri, term, typed
from kgraph.namespaces import HYDRA
from kgraph.queries.parts import Parts
from kgraph.store import Store
from kgraph_api.errors import ProblemError
from kgraph_api.sparql.address import address

__all__ = ["Page", "page_of"]

#: More digits than the number of any page has.
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document.

    Parameters
    ----------
    number : int
        Of the page, from 1.
    about : str
        IRI of the thing, or of the named graph.
    document : str
        Address of the document, without a page.
    parts : Parts
    """

    number: int
    about: str
    document: str
    parts: Parts

    @property
    def query(self) -> str:
        """What stands behind the address of the document, in whatever format, for this page."""
        return f"?page={self.number}"

    @property
    def here(self) -> str:
        """The address of this page."""
        return self.document + self.query

    @property
    def others(self) -> dict[str, str]:
        """The first, previous, next and last page, as far as there are such: Hydra's names."""
        n = len(self.parts)
        numbers = {"first": 1, "previous": self.number - 1, "next": self.number + 1, "last": n}
        return {
            name: f"{self.document}?page={one}" for name, one in numbers.items() if 0 < one <= n
        }

    @property
    def links(self) -> list[str]:
        """The other pages for the header ``Link``; what Hydra calls previous is ``prev`` there."""
        return [
            f'<{href}>; rel="{"prev" if name == "previous" else name}"'
            for name, href in self.others.items()
        ]

    def serialize(self, store: Store, name: str) -> bytes:
        """The page in a format, by its short name."""
        things, is_first = self.parts.things(self.number), self.number == 1
        return store.part(self.about, name, things, is_first=is_first, told=self._told())

    def _told(self) -> bytes:
        """What the page says of itself, as N-Quads."""
        document, here = iri(self.document), iri(self.here)
        graph = iri(f"{self.here}#metadata")
        rows = [
            (graph, term("foaf:primaryTopic"), here),
            (document, term("foaf:primaryTopic"), iri(self.about)),
            (document, term("rdf:type"), _hydra("Collection")),
            (document, _hydra("totalItems"), typed(self.parts.n_things, "integer")),
            (document, _hydra("view"), here),
            (here, term("rdf:type"), _hydra("PartialCollectionView")),
            *((here, _hydra(name), iri(href)) for name, href in self.others.items()),
        ]
        return "".join(f"{' '.join(row)} {graph} .\n" for row in rows).encode()


def page_of(request: Request, about: str, parts: Parts) -> Page | None:
    """The page of a document that is asked for; the first where none is, None of a whole document.

    Raises
    ------
    ProblemError
        If there is no such page.
    """
    given, n = request.query_params.get("page", "1"), max(1, len(parts))
    has = "has one page" if n == 1 else f"has {n} pages"
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= _DIGITS else 0
    if number < 1:
        said = DataError.quoted(given)
        raise ProblemError(
            400, f"page is {said}; give a number from 1, this document {has}", pages=n
        )
    if number > n:
        raise ProblemError(404, f"there is no page {number}, this document {has}", pages=n)
    if not len(parts):
        return None
    document = address(request, f"/data/{quote(request.path_params['path'])}")
    return Page(number, about, document, parts)


def _hydra(name: str) -> Term:
    return iri(HYDRA + name)
