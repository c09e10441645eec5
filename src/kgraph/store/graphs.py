"""Which graphs a query is about, and the merge of several of them.

SPARQL makes the default graph of a query the *merge* of the graphs that ``FROM`` or the protocol
name: a statement that two of them make is there once. The engine reads one graph after the other
and counts it twice. So several graphs are merged into a store of their own, and asked there.
"""

from __future__ import annotations

import io
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from kgraph.errors import QueryError
from kgraph.store.guard import TOKEN

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["chosen_graphs", "may_name_graph", "merge"]

#: Clauses of one text; more graphs can be named by parameters of the protocol.
_MAX_CLAUSES = 50
#: What may be the keyword. It is none in a variable, nor at the end of a word (``imc:heldFrom``)
#: other than those that it can follow without a blank.
_FROM = re.compile(r"(?<![?$])(?:(?<!\w)|(?<=ask)|(?<=construct))from", re.ASCII | re.IGNORECASE)
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
#: The last sign before a ``from`` that is none, unless one of the words ends there.
_INSIDE = frozenset(f"{string.ascii_lowercase}{string.digits}_?$")
_BEFORE = ("ask", "construct")
#: What may stand between ``FROM`` and the graph; then the graph, as an IRI or a prefixed name.
_GAP = r"(?:\s|#[^\n\r]*+)*+"
_CLAUSE = re.compile(
    rf"{_GAP}(?:(?P<named>NAMED)(?![\w:.-]){_GAP})?"
    r"(?P<graph><[^<>\"{}|^`\x00-\x20]*>|[\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*(?<!\.))",
    re.IGNORECASE,
)


def chosen_graphs(text: str, prefixes: Mapping[str, str]) -> tuple[list[str], list[str]] | None:
    """The graphs of the ``FROM`` and ``FROM NAMED`` clauses of a query, each once.

    Parameters
    ----------
    text : str
        A query.
    prefixes : dict of str to str
        Those that are known without being declared.

    Returns
    -------
    (list of str, list of str) or None
        Default graphs and named graphs as absolute IRIs; None where the text names none, or does
        not parse, which is then for the engine to say.

    Raises
    ------
    QueryError
        If there are too many clauses, or clauses that only the engine finds.

    Notes
    -----
    A scan finds the clauses, and the engine's parser confirms them: with another word in its place
    a clause does not parse, and every other ``from`` does.

    Examples
    --------
    >>> chosen_graphs("BASE <http://a/> ASK FROM <x> FROM NAMED <y> FROM <x> {}", {})
    (['http://a/x'], ['http://a/y'])
    >>> chosen_graphs("ASK { ?from ?p 'FROM <x>' } # FROM <x>", {}) is None
    True
    """
    if not (places := _places(text)):
        return None
    start, found = _clauses(text)
    if len(found) > _MAX_CLAUSES:
        raise QueryError(f"a query names at most {_MAX_CLAUSES} graphs in FROM")
    clauses = [c for c in found if not _parses(_masked(text, [c.place]), prefixes)]
    rest = [place for place in places if place not in {c.place for c in clauses}]
    if rest and not _parses(_masked(text, rest), prefixes):
        if not _parses(text, prefixes):
            return None
        raise QueryError("FROM cannot be told from other text here; name its graph as an IRI")
    if not clauses:
        return None
    known = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())
    iris = _resolved(f"{known}{text[:start]}\n", [clause.graph for clause in clauses])
    if iris is None:
        return None
    pairs = list(zip(clauses, iris, strict=True))
    return (
        list(dict.fromkeys(iri for clause, iri in pairs if not clause.is_named)),
        list(dict.fromkeys(iri for clause, iri in pairs if clause.is_named)),
    )


def _places(text: str) -> list[int]:
    """Where ``from`` may be the keyword; found before it is looked at, for most texts have none."""
    lower, found = text.lower(), []
    if len(lower) != len(text):
        return [match.start() for match in _FROM.finditer(text)]
    place = lower.find("from")
    while place >= 0:
        # Most are in the middle of a word, and need no closer look.
        is_inside = lower[place - 1 : place] in _INSIDE and not lower.endswith(_BEFORE, 0, place)
        if not is_inside and _FROM.match(text, place):
            found.append(place)
        place = lower.find("from", place + 1)
    return found


def may_name_graph(text: str) -> bool:
    """Whether a query has the word ``GRAPH`` in its braces, or an escape that could spell it.

    >>> may_name_graph("PREFIX g: <http://a/graph/> SELECT * { ?s ?p ?o }")
    False
    >>> may_name_graph("ASK { graph ?g {} }"), may_name_graph("ASK { ?s <http://a/graph> ?o }")
    (True, True)
    """
    lower = text.lower()
    return "\\" in text or lower.rfind("graph") > lower.find("{")


class _Clause(NamedTuple):
    """Where a ``FROM`` stands, whether ``NAMED`` follows, and the graph as it is written."""

    place: int
    is_named: bool
    graph: str


def _clauses(text: str) -> tuple[int, list[_Clause]]:
    """Where the prologue ends, and what looks like a clause behind it."""
    start, end, found = -1, 0, []
    while match := TOKEN.match(text, end):
        word, end = (match["word"] or "").upper(), match.end()
        if not word or text[end : end + 1] == ":":
            continue
        if start < 0 and word in _FORMS:
            start = match.start()
        elif word == "FROM" and start >= 0 and (clause := _CLAUSE.match(text, end)):
            found.append(_Clause(match.start(), clause["named"] is not None, clause["graph"]))
            end = clause.end()
    return start, found


def _masked(text: str, places: Iterable[int]) -> str:
    """The text with another word, which is nowhere in it, for the ``from`` at some places."""
    lower = text.lower()
    words = ("".join(letters) for letters in product("qjzxvkwy", repeat=len("from")))
    word = next((word for word in words if word not in lower), None)
    if word is None:
        raise QueryError("FROM cannot be told from other text here; ask with default-graph-uri")
    parts, end = [], 0
    for place in places:
        parts += [text[end:place], word]
        end = place + len(word)
    return "".join([*parts, text[end:]])


def _parses(text: str, prefixes: Mapping[str, str]) -> bool:
    """Whether the engine reads a text; there is nothing in the store that it is asked of."""
    import pyoxigraph as ox

    try:
        ox.Store().query(text, prefixes=dict(prefixes))
    except SyntaxError:
        return False
    except (ValueError, OSError, RuntimeError):
        return True
    return True


def _resolved(prologue: str, graphs: Sequence[str]) -> list[str] | None:
    """Graphs as written → absolute IRIs; Turtle reads a prologue of SPARQL just as SPARQL does."""
    import pyoxigraph as ox

    lines = "".join(f"<urn:x> <urn:x> {graph} .\n" for graph in graphs)
    try:
        triples = list(ox.parse((prologue + lines).encode(), format=ox.RdfFormat.TURTLE))
    except (SyntaxError, UnicodeEncodeError):
        return None
    return [triple.object.value for triple in triples]


def merge(
    store: ox.Store, defaults: Iterable[ox.NamedNode], named: Iterable[ox.NamedNode]
) -> ox.Store:
    """A store whose default graph is the merge of some graphs, with others beside it as they are.

    All of it is read as one document, so that a blank node of several graphs stays one.
    """
    import pyoxigraph as ox

    def lines(graph: ox.NamedNode) -> bytes:
        return store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""

    parts = [lines(graph) for graph in defaults]
    parts += [lines(graph).replace(b" .\n", f" {graph} .\n".encode()) for graph in named]
    merged = ox.Store()
    merged.bulk_load(io.BytesIO(b"".join(parts)), format=ox.RdfFormat.N_QUADS)
    return merged
