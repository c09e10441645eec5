"""Numbers as sources print them, and the figures that they become."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kgraph import resources
from kgraph.codelists import read_codelists
from kgraph.ingest.figures import quantity

#: Text → number and qualifier; None where it must not be read without a decision.
QUANTITIES = {
    "12": ("12", "exactly"),
    "0": ("0", "exactly"),
    "über 161": ("161", "over"),
    "Über 161": ("161", "over"),
    "mehr als 10": ("10", "over"),
    "rund 500000": ("500000", "about"),
    "ca. 10": ("10", "about"),
    "about 160": ("160", "about"),
    "fast 33000": ("33000", "almost"),
    "knapp 20": ("20", "almost"),
    "bis zu 279000": ("279000", "up-to"),
    "mindestens 20": ("20", "at-least"),
    "at least 20": ("20", "at-least"),
    "gut 12000": ("12000", "good"),
    # separators: German and English, where only one reading is possible
    "1.300.000": ("1300000", "exactly"),
    "1,300,000": ("1300000", "exactly"),
    "1.234.567,89": ("1234567.89", "exactly"),
    "1,234,567.89": ("1234567.89", "exactly"),
    "1.000,5": ("1000.5", "exactly"),
    "0,75 EUR": ("0.75", "exactly"),
    "10.50": ("10.5", "exactly"),
    # scales and units
    "3,6 Millionen": ("3600000", "exactly"),
    "3.6 million": ("3600000", "exactly"),
    "rund 1,2 Mio. €": ("1200000", "about"),
    "12,5 %": ("12.5", "exactly"),
    "218 km": ("218", "exactly"),
    # two readings, or more than a number
    "1.234": None,
    "1,234": None,
    "3,123 Millionen": None,
    "12.34.567": None,
    "1.2.3": None,
    "1 300 000": None,
    "1,5 Milliarden": None,
    "12 Kommunen": None,
    "12-15": None,
    "-5": None,
    "12,": None,
    "vielleicht 12": None,
    "zwölf": None,
    "": None,
}


@pytest.fixture(scope="module")
def qualifiers() -> dict[str, str]:
    return read_codelists(resources.ontology()).by_word("qualifier")


@pytest.mark.parametrize(("text", "expected"), QUANTITIES.items())
def test_quantity(qualifiers, text: str, expected: tuple[str, str] | None) -> None:
    wanted = (Decimal(expected[0]), expected[1]) if expected else None
    assert quantity(text, qualifiers) == wanted


def test_a_number_is_written_without_an_exponent(qualifiers) -> None:
    number, _ = quantity("1.300.000", qualifiers)
    assert f"{number}" == "1300000"


def figures(release, of: str, kind: str) -> set[tuple[float, str, str, str, str]]:
    return {
        (f.value, f.qualifier, f.counted, f.date, f.source)
        for f in release.figures
        if f.of.endswith(f"/{of}") and f.kind == kind
    }


def test_the_claimed_population_of_the_city_region(small) -> None:
    """As printed: "über 500000 Menschen", and twice "rund 500000 Einwohner"."""
    assert figures(small, "stadtregion-muenster", "population") == {
        (500000.0, "over", "Menschen", "", "muenster-stadtregion"),
        (500000.0, "about", "Einwohner", "", "wn-stadtregion-raetetreffen-telgte"),
        (500000.0, "about", "Einwohner", "", "muenster-stadtregion-organisation"),
    }


def test_the_budget_of_the_office(small) -> None:
    """Source: muenster-ist-bunt-stadtregion-2022, third paragraph: "bis zu 279000" from 2019."""
    assert figures(small, "geschaeftsstelle-stadtregion-muenster", "budget-eur") == {
        (279000.0, "up-to", "EUR/year", "2019", "muenster-ist-bunt-stadtregion-2022")
    }


def test_a_number_that_two_sources_give_is_one_figure(small) -> None:
    """218 km of cycle routes: three documents, one node."""
    found = [f for f in small.figures if f.kind == "length-km"]
    assert {f.source for f in found} == {
        "muenster-stadtregion-2020", "veloregion-menschen", "muensteraktiv-veloregion"
    }  # fmt: skip
    assert len({f.iri for f in found}) == 1
    assert {f.value for f in found} == {218.0}


def test_member_counts_are_an_own_class(small) -> None:
    answer = small.query(
        "SELECT ?of ?value { ?f a imc:MemberCount ; imc:figureOf ?of ; imc:value ?value } "
        "ORDER BY ?of ?value"
    )
    assert list(answer.rows()) == [
        # muenster-stadtregion-organisation, the councils: 40 Ratsmitglieder
        ("https://w3id.org/imcoop/id/body/beirat-stadtregion-muenster", "40"),
        # muenster-stadtregion: 12 Kommunen; wn-stadtregion-2019: 12 Städte und Gemeinden
        ("https://w3id.org/imcoop/id/network/stadtregion-muenster", "12"),
        ("https://w3id.org/imcoop/id/network/stadtregion-muenster", "12"),
    ]


def test_a_growth_keeps_its_period(small) -> None:
    """Source: wn-stadtregion-raetetreffen-telgte: 9 percent more people from 2010 to 2020."""
    [growth] = [f for f in small.figures if f.kind == "population-growth-percent"]
    assert (growth.value, growth.date, growth.until) == (9, "2010", "2020")
    rows = small.query(
        "SELECT ?start ?end ?date { ?f imc:figureKind "
        "<https://w3id.org/imcoop/codelist/figure-kind/population-growth-percent> ; "
        "imc:start ?start ; imc:end ?end OPTIONAL { ?f imc:date ?date } }"
    ).rows()
    assert list(rows) == [("2010", "2020", "")]
