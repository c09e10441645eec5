"""Long documents in parts: which things stand on which page, and what a page then says."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kgraph.errors import QueryParameterError
from kgraph.namespaces import graph, term
from kgraph.queries.parts import WHOLE, Parts, parts
from kgraph.queries.things import named_graph, thing
from kgraph.store import MEDIA_TYPES, Store

A, LABEL, ATTESTATION = "http://a/", term("rdfs:label"), term("imc:attestation")
STATE, SOURCE, OTHER = f"{A}state", graph("handbook"), graph("leaflet")
#: Told of a page; what stands in this graph is no source's.
TOLD = b"<http://d/#m> <http://d/p> <http://d/> <http://d/#m> .\n"

#: What points at the state: five towns, one of them twice, one in two graphs; itself; a blank node.
QUADS = (
    f"<{STATE}> <{A}in> <{A}country> <{SOURCE}>",
    f'<{A}country> <{LABEL}> "Country" <{SOURCE}>',
    f'<{STATE}> <{LABEL}> "State" <{SOURCE}>',
    f'<{STATE}> <{LABEL}> "Land" <{OTHER}>',
    f"<{STATE}> <{A}like> <{STATE}> <{SOURCE}>",
    *(f"<{A}town{n}> <{A}in> <{STATE}> <{SOURCE}>" for n in (5, 3, 1, 4, 2)),
    f"<{A}town2> <{A}near> <{STATE}> <{SOURCE}>",
    f"<{A}town4> <{A}in> <{STATE}> <{OTHER}>",
    *(f'<{A}town{n}> <{term("skos:prefLabel")}> "Town {n}" <{SOURCE}>' for n in range(1, 6)),
    f'<{A}town5> <{A}people> "7" <{SOURCE}>',
    f"_:list <{A}first> <{STATE}> <{SOURCE}>",
    *(f"<{A}claim{n}> <{ATTESTATION}> <{A}place> <{OTHER}>" for n in (1, 2)),
    f'<{A}claim2> <{A}words> "about 7" <{OTHER}>',
    f"<{A}town1> <{ATTESTATION}> <{A}place> <{OTHER}>",
    f'<{A}place> <{term("imc:locator")}> "p. 3" <{OTHER}>',
    f'<{A}place> <{term("imc:locator")}> "p. 4" <{SOURCE}>',
)
TOWNS = [f"{A}town{n}" for n in range(1, 6)]


def _store(*quads: str) -> Store:
    """The quads, and their merge in the default graph as a release has it."""
    merged = {quad.rpartition(" ")[0] for quad in quads}
    return Store(["".join(f"{line} .\n" for line in (*merged, *quads)).encode()])


@pytest.fixture(scope="module")
def store() -> Store:
    return _store(*QUADS)


def _statements(body: bytes, media_type: str) -> set[str]:
    """Without the names of blank nodes, which are others in every document."""
    texts = [str(one) for one in ox.parse(body, format=ox.RdfFormat.from_media_type(media_type))]
    return {"_:x" + text[text.index(" ") :] if text.startswith("_:") else text for text in texts}


def _union(store: Store, iri: str, found: Parts, name: str) -> set[str]:
    """What the pages say together, but for what they tell of themselves."""
    media_type, union = MEDIA_TYPES["graph"][name], set()
    for number in range(1, len(found) + 1):
        body = store.part(iri, name, found.things(number), is_first=number == 1, told=TOLD)
        page = _statements(body, media_type)
        assert any(text.startswith("<http://d/#m>") for text in page)
        union |= {text for text in page if not text.startswith("<http://d/#m>")}
    return union


def test_things_are_on_pages_in_order(store: Store) -> None:
    found = parts(store, STATE, 4)
    assert (found.n_things, len(found)) == (6, 2)
    assert found.things(1)[0].startswith("_:")
    assert (found.things(1)[1:], found.things(2)) == (TOWNS[:3], TOWNS[3:])
    assert parts(store, STATE, 5).things(2) == TOWNS[4:]


def test_what_is_short_comes_whole(store: Store) -> None:
    assert parts(store, STATE, 6) is WHOLE
    assert parts(store, f"{A}none", 1) is WHOLE
    assert parts(store, OTHER, 6) is WHOLE
    assert len(WHOLE) == 0


def test_a_graph_is_cut_by_what_it_speaks_of(store: Store) -> None:
    found = parts(store, OTHER, 4)
    assert found.n_things == 6
    assert found.things(1) == [f"{A}claim1", f"{A}claim2", f"{A}place", STATE]
    assert found.things(2) == [f"{A}town1", f"{A}town4"]


def test_a_graph_with_blank_nodes_comes_whole(store: Store) -> None:
    """On another page nobody would know that it is the same node."""
    assert parts(store, SOURCE, 1) is WHOLE
    named = [quad for quad in QUADS if not quad.startswith("_:")]
    assert len(parts(_store(*named), SOURCE, 1)) == 8


@pytest.mark.parametrize("iri", ["", "state", "http://a/> } #", graph("> }")])
def test_a_hostile_value_is_no_iri(store: Store, iri: str) -> None:
    with pytest.raises(QueryParameterError):
        parts(store, iri, 1)


@pytest.mark.parametrize(
    ("iri", "whole", "size"),
    [(STATE, thing, 1), (STATE, thing, 2), (STATE, thing, 5), (f"{A}place", thing, 1),
     (OTHER, named_graph, 1), (OTHER, named_graph, 4)],
)  # fmt: skip
def test_all_pages_are_the_document(store: Store, iri: str, whole, size: int) -> None:
    found = parts(store, iri, size)
    assert len(found) > 1
    for name in ("ntriples", "turtle", "jsonld", "rdfxml"):
        expected = _statements(whole(store, iri).serialize(name), MEDIA_TYPES["graph"][name])
        assert len(expected) > 3
        assert _union(store, iri, found, name) == expected
    for name in ("trig", "nquads"):
        expected = _statements(store.about(iri, name), MEDIA_TYPES["graph"][name])
        assert len(expected) > 3
        assert _union(store, iri, found, name) == expected


def test_a_page_says_what_is_on_it_and_no_more(store: Store) -> None:
    """The names of its own things and of the one it is about; what that one says, on the first."""
    found = parts(store, STATE, 5)
    body = store.part(STATE, "nquads", found.things(2), is_first=False, told=TOLD)
    assert body.decode().splitlines() == [
        TOLD.decode().strip(),
        f'<{STATE}> <{LABEL}> "State" <{SOURCE}> .',
        f"<{A}town5> <{A}in> <{STATE}> <{SOURCE}> .",
        f'<{A}town5> <{term("skos:prefLabel")}> "Town 5" <{SOURCE}> .',
        f'<{STATE}> <{LABEL}> "Land" <{OTHER}> .',
    ]
    first = store.part(STATE, "nquads", found.things(1), is_first=True, told=TOLD).decode()
    assert f"<{STATE}> <{A}in> <{A}country> <{SOURCE}> ." in first
    assert f"<{STATE}> <{A}like> <{STATE}> <{SOURCE}> ." in first
    assert "_:" in first and "town5" not in first


def test_whether_there_is_more(store: Store) -> None:
    assert store.holds_more(STATE, 7) and not store.holds_more(STATE, 8)
    assert store.holds_more(OTHER, 6) and not store.holds_more(OTHER, 7)
    with pytest.raises(QueryParameterError):
        store.holds_more("state", 1)
