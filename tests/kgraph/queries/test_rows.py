"""Each SELECT of ours: a row that it must give, and none where there is nothing to find."""

from __future__ import annotations

from pathlib import Path

import pytest

import kgraph.queries
from kgraph.errors import QueryParameterError
from kgraph.namespaces import BASE
from kgraph.queries._run import header, select, text
from kgraph.store import Store

FILES = sorted(file.stem for file in Path(kgraph.queries.__file__).parent.glob("*.rq"))

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
CITY_REGION = "id/network/stadtregion-muenster"
CONTRACT = "id/agreement/stadtregionaler-kontrakt-muenster"
SPECIAL = "id/programme/sonderprogramm-stadt-und-land"
FOUNDING = "id/change/stadtregion-muenster/founding-2001"
MOELTGEN = "id/membership/stadtregion-muenster/joern-moeltgen/chair"
OSTBEVERN = "id/membership/stadtregion-muenster/de-05570032/member"

#: Query → a row of the fixture, without the base of our IRIs. What it says is asserted from its
#: source in tests/kgraph/ingest; here it is only to be found.
ROWS = {
    "agents": ("id/municipality/de-05570032", LABEL, "Ostbevern"),
    "chairs": (CITY_REGION, "id/person/joern-moeltgen", "source/muenster-stadtregion-organisation",
               "chair and speaker", "", "", ""),
    "change_sources": (FOUNDING, "source/havixbeck-stadtregion-2013",
                       "section 1.2: municipal network", "codelist/basis/publication", "2013"),
    "changes": (FOUNDING, "ontology#changeType", "codelist/change-type/founding"),
    "figures": ("id/figure/beirat-stadtregion-muenster/members/c5e4bfeef990",
                "id/body/beirat-stadtregion-muenster", "codelist/figure-kind/members", "40",
                "codelist/qualifier/exactly", "Ratsmitglieder", "", "",
                "source/muenster-stadtregion-organisation", "the councils"),
    "functional_places": (CITY_REGION, "source/muenster-stadtregion", "legalForm", "organisation"),
    "functional_values": (CITY_REGION, "ontology#legalForm",
                          "codelist/legal-form/informal-association",
                          "source/muenster-stadtregion"),
    "membership_dates": (OSTBEVERN, "ontology#start", "2007"),
    "membership_evidence": (OSTBEVERN, "source/muenster-ist-bunt-stadtregion-2022",
                            "third paragraph", "codelist/basis/roster", "2022-08-09",
                            "2022-08-09", "2022-08-09"),
    "memberships": (OSTBEVERN, CITY_REGION, "id/municipality/de-05570032", "codelist/role/member",
                    "true", "2007-12-31", "2022-08-09", "2007-01-01", "9999-12-31", "2007-01-01",
                    "9999-12-31"),
    "network_changes": (CITY_REGION, "codelist/change-type/founding", "2001",
                        "source/havixbeck-stadtregion-2013", "section 1.2: municipal network"),
    "network_descriptions": ("id/network/leader-baumberge", "en",
                             "LEADER region of the municipalities of Billerbeck, Coesfeld, "
                             "Havixbeck, Nottuln and Rosendahl for rural development, since "
                             "November 2007."),
    "network_sources": (CITY_REGION, "source/muenster-stadtregion", "whole page",
                        "codelist/basis/span", ""),
    "networks": (CITY_REGION, LABEL, "Stadtregion Münster"),
    "period_evidence": (CONTRACT, "source/muenster-stadtregion", "introduction",
                        "codelist/basis/span", "", "2022-05-01", ""),
    "periods": (CONTRACT, LABEL, "Stadtregionaler Kontrakt"),
    "programme_roles": (SPECIAL, "codelist/role/administrator",
                        "id/organisation/bezirksregierung-muenster",
                        "source/bezreg-muenster-radweg-telgte-2021",
                        "first paragraph: grants in its area"),
    "programme_sources": (SPECIAL, "source/bezreg-muenster-radweg-telgte-2021", "third paragraph",
                          "codelist/basis/publication", "2021-11-15"),
    "programmes": (SPECIAL, "ontology#FundingProgramme", LABEL, "Sonderprogramm Stadt und Land"),
    "sources": ("source/muenster-stadtregion", "http://purl.org/dc/terms/title",
                "Stadt Münster: Stadtentwicklung - Stadtregion Münster"),
}  # fmt: skip


def short(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell.removeprefix(BASE) for cell in row)


@pytest.mark.parametrize("name", FILES)
def test_every_query_is_tested(name: str) -> None:
    """Here, or in the test of the module that runs it (``things.py``: ``test_things.py``)."""
    run_by = {
        module.stem
        for module in Path(kgraph.queries.__file__).parent.glob("*.py")
        if f'"{name}"' in module.read_text(encoding="utf-8")
    }
    assert run_by, "no function runs it"
    here = Path(__file__).parent
    assert name in ROWS or all((here / f"test_{module}.py").is_file() for module in run_by)


@pytest.mark.parametrize("name", ROWS)
def test_a_hit(small, name: str) -> None:
    assert ROWS[name] in [short(row) for row in select(small.store, name)]


@pytest.mark.parametrize("name", ROWS)
def test_no_hit(name: str) -> None:
    other = Store([b"<http://a/x> <http://a/in> <http://a/y> .\n"])
    assert list(select(other, name)) == []


@pytest.mark.parametrize("name", ROWS)
def test_rows_come_in_one_order(small, name: str) -> None:
    """Two stores, loaded in another order, answer alike."""
    lines = (small.path / "graph.nq").read_bytes().splitlines(keepends=True)
    merged = (small.path / "merged.nt").read_bytes().splitlines(keepends=True)
    other = Store([b"".join(reversed(merged)), b"".join(reversed(lines))])
    assert list(select(small.store, name)) == list(select(other, name))


@pytest.mark.parametrize("name", ROWS)
def test_a_parameter_that_it_does_not_have(small, name: str) -> None:
    with pytest.raises(QueryParameterError) as caught:
        list(select(small.store, name, network="http://a/x"))
    assert str(caught.value) == f"query {name} takes no parameter, not network"


def test_a_missing_parameter(small) -> None:
    with pytest.raises(QueryParameterError, match="query thing takes thing, not none"):
        list(select(small.store, "thing"))


@pytest.mark.parametrize(
    "value",
    ["", "x", "http://a/> } { ?s ?p ?o", "<http://a/x>", "http://a/ x", '"text"', "?thing", "_:b"],
)
def test_a_hostile_value_stays_a_value(small, value: str) -> None:
    """Bound as a term: what is no IRI is refused, nothing of it is read as SPARQL."""
    with pytest.raises(QueryParameterError) as caught:
        small.store.query(text("thing"), bindings={"thing": value})
    assert str(caught.value) == f"parameter thing: {value!r} is no IRI"


def test_a_strange_iri_finds_nothing(small) -> None:
    for value in ("http://a/%3E%20%7D", "urn:x", "http://a/;DROP", "http://a/'--"):
        assert not small.store.query(text("thing_exists"), bindings={"thing": value})


def test_a_name_that_the_query_does_not_have(small) -> None:
    """Left alone it would be ignored, and the answer would be about everything."""
    with pytest.raises(QueryParameterError, match=r"no variable \?network"):
        small.store.query(text("thing"), bindings={"network": "http://a/x"})


def test_a_header_is_read_by_its_words() -> None:
    assert header("named_graph").params == ("graph",)
    found = header("network_changes")
    assert found.columns == ("network", "type", "date", "source", "locator")
    assert found.order == found.columns
