"""The registry: what forms are drawn from, and what a result carries."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kgraph.analysis import MEASURES, Affiliation, Incidence, run
from kgraph.analysis.results import cautions
from kgraph.errors import KGraphError, NotFoundError, QueryParameterError

#: What a measure needs to give rows on the example of five towns.
REQUIRED: dict[str, dict[str, object]] = {
    "memberships": {"member": "xx-3"},
    "membership-counts": {"member": "xx-3"},
    "closest-partners": {"member": "xx-3"},
    "peer-networks": {"member": "xx-2", "minimum_peers": 1},
    "redundancy": {"themes": "any", "minimum_shared": 2},
    "what-if-dissolved": {"network": "climate"},
    "what-if-left": {"member": "xx-3"},
    "what-if-joined": {"member": "xx-1", "network": "rail"},
    "what-if-merged": {"network": "rail", "other": "water"},
    "clustering": {"n_samples": 20},
    "nestedness": {"n_samples": 20},
    "backbone": {"alpha": 0.9, "correction": "none"},
}


def test_the_measures_on_offer() -> None:
    assert list(MEASURES) == [
        # for planners
        "memberships", "membership-counts", "closest-partners", "best-partners", "network-overlap",
        "peer-networks", "redundancy", "bridges", "what-if-dissolved", "what-if-left",
        "what-if-joined", "what-if-merged", "turnover", "survival",
        # for researchers
        "degree", "closeness", "harmonic", "betweenness", "eigenvector", "birank", "interlock",
        "clustering", "local-clustering", "nestedness", "communities", "core-periphery",
        "brokerage", "pq-core", "backbone",
    ]  # fmt: skip


def test_no_parameter_is_called_as_what_selects_the_view() -> None:
    # The API takes these beside the parameters of a measure.
    taken = {"on", "as_of", "day", "level", "role", "state", "kind", "limit", "offset"}
    for measure in MEASURES.values():
        assert not taken & {parameter.name for parameter in measure.parameters}


@pytest.mark.parametrize("name", MEASURES)
def test_each_is_described_in_both_languages_with_a_source(name: str) -> None:
    measure = MEASURES[name]
    assert measure.title_de and measure.title_en
    assert measure.definition_de != measure.definition_en
    assert measure.references
    for reference in measure.references:
        assert reference.doi.startswith("10.") or (not reference.doi and reference.page)
        assert reference.url.startswith("https://")
    for parameter in measure.parameters:
        assert parameter.label_de and parameter.label_en


@pytest.mark.parametrize("name", MEASURES)
def test_each_gives_the_columns_that_it_declares(today: Incidence, name: str) -> None:
    result = run(name, today, REQUIRED.get(name))
    assert result.rows
    for row in result.rows:
        assert tuple(row) == MEASURES[name].columns
    assert json.loads(json.dumps(result.rows)) == list(result.rows)
    assert list(result.to_pandas().columns) == list(MEASURES[name].columns)


def test_a_result_says_what_it_rests_on(towns: Affiliation) -> None:
    view = towns.at(date(2012, 1, 1), level="top", roles=["member"])
    result = run("degree", view, {"mode": "networks"})
    assert result.measure == "degree"
    assert result.parameters == {"mode": "networks", "top": None}
    assert (result.as_of, result.level, result.roles) == (date(2012, 1, 1), "top", ("member",))
    assert (result.n_members, result.n_networks, result.n_entries) == (5, 4, 9)
    assert result.coverage.n_networks == 4
    frame = result.to_pandas()
    assert frame.attrs["as_of"] == "2012-01-01"


def test_rows_fall_by_value_and_ties_go_by_name(today: Incidence) -> None:
    rows = run("degree", today).rows
    assert [(row["name"], row["raw"]) for row in rows] == [
        ("Chaus", 3), ("Berg", 2), ("Dorf", 2), ("Ahof", 1), ("Eck", 1),
    ]  # fmt: skip
    assert isinstance(rows[0]["raw"], int)


def test_raw_stands_beside_the_normalised_value(today: Incidence) -> None:
    first = run("betweenness", today, {"mode": "networks", "top": 1}).rows[0]
    assert (first["key"], first["raw"]) == ("climate", 15)
    assert first["value"] == pytest.approx(15 / 25)
    assert run("closeness", today, {"top": 1}).rows[0]["raw"] == 16  # farness of Chaus


def test_text_parameters_are_read(today: Incidence) -> None:
    result = run("closest-partners", today, {"member": "xx-3", "k": "1", "rank_by": "newman"})
    assert [(row["name"], row["shared"]) for row in result.rows] == [("Berg", ["rail", "water"])]
    assert result.parameters["k"] == 1
    assert run("network-overlap", today, {"minimum_shared": "1", "alpha": "0.1"}).rows


@pytest.mark.parametrize(
    ("measure", "parameters", "error", "sentence"),
    [
        ("pagerank", {}, NotFoundError, "no measure 'pagerank'.*there are memberships"),
        ("degree", {"mod": "x"}, QueryParameterError, "no parameter 'mod'; it has mode, top"),
        ("degree", {"mode": "x"}, QueryParameterError, "give one of members, networks"),
        ("degree", {"top": "0"}, QueryParameterError, "top is '0'; give an integer of at least 1"),
        ("degree", {"top": True}, QueryParameterError, "top is True"),
        ("degree", {"top": 1.5}, QueryParameterError, "top is 1.5"),
        ("closest-partners", {}, QueryParameterError, "member is missing; give the IRI"),
        ("closest-partners", {"member": 3}, QueryParameterError, "member is 3"),
        ("closest-partners", {"member": "xx-9"}, NotFoundError, "no member 'xx-9'"),
        ("network-overlap", {"alpha": "nan"}, QueryParameterError, "a number from 0 to 1"),
        ("network-overlap", {"alpha": 2}, QueryParameterError, "a number from 0 to 1"),
        ("network-overlap", {"network": "air"}, NotFoundError, "no network 'air'"),
    ],
)
def test_wrong_calls_get_a_sentence(
    today: Incidence,
    measure: str,
    parameters: dict[str, object],
    error: type[KGraphError],
    sentence: str,
) -> None:
    with pytest.raises(error, match=sentence):
        run(measure, today, parameters)


def codes(view: Incidence, *, by_distance: bool = False) -> list[str]:
    return [caution.code for caution in cautions(view, by_distance=by_distance)]


def test_cautions_of_the_example(towns: Affiliation, today: Incidence) -> None:
    # water holds 3 of 5 members, of which a source claims 9; there are 4 networks.
    mega, partial, few = cautions(today)
    assert (mega.code, partial.code, few.code) == (
        "mega-network", "rosters-partial", "few-networks",
    )  # fmt: skip
    assert mega.en.startswith("Water holds 3 of 5 members")
    assert mega.de.startswith("Water umfasst 3 von 5 Mitgliedern")
    assert "3 of 9 are listed" in partial.en
    assert codes(towns.at(None)) == ["mega-network", "rosters-partial", "all-years", "mixed-levels"]
    assert codes(towns.at(date(2012, 1, 1), level="leaf")) == [
        "mega-network", "left-out", "few-networks",
    ]  # fmt: skip


def test_cautions_about_certainty_and_parts(towns: Affiliation) -> None:
    # In 2040 every attestation is long past; Ahof has joined forest.
    assert "mostly-presumed" in codes(towns.at(date(2040, 1, 1)))
    # In 2004 there are water and forest, and nothing between them.
    apart = towns.at(date(2004, 1, 1))
    assert "disconnected" in codes(apart, by_distance=True)
    assert "disconnected" not in codes(apart)
    assert "disconnected" in [c.code for c in run("closeness", apart).warnings]
    # A pair without a way between them adds nothing to betweenness; no warning is due.
    assert "disconnected" not in [c.code for c in run("betweenness", apart).warnings]


def test_an_empty_view_gives_no_rows(towns: Affiliation) -> None:
    nothing = towns.at(date(1900, 1, 1))
    for name in MEASURES:
        result = run(name, nothing, REQUIRED.get(name))
        assert result.rows == ()
        assert result.to_pandas().empty


def test_rows_become_an_arrow_table(towns: Affiliation) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (pip install kgraph[arrow])")
    result = run("memberships", towns.at(date(2012, 1, 1)), {"member": "xx-3"})
    table = result.to_arrow()
    assert table.to_pylist() == list(result.rows)
    assert json.loads(table.schema.metadata[b"about"]) == result.about()
