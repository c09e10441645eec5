"""Disagreements: those of the real sources, and each kind in a store small enough to read."""

from __future__ import annotations

import csv
import io

import pytest
from typer.testing import CliRunner

from kgraph.cli import app
from kgraph.disagreements import Disagreement, disagreements
from kgraph.errors import NotFoundError, QueryParameterError
from kgraph.model import Figure
from kgraph.namespaces import PREFIXES
from kgraph.queries.disagreements import all_disagreements
from kgraph.release import Release
from kgraph.store import Store

BROADER = {"registered-association": "association"}


def store_of(trig: str) -> Store:
    """A store of TriG: each source's graph, and the merge of all of them."""
    import pyoxigraph as ox

    text = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + trig
    quads = list(ox.parse(text, format=ox.RdfFormat.TRIG))
    merged = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    return Store([ox.serialize(part, format=ox.RdfFormat.N_QUADS) for part in (quads, merged)])


def source(name: str, *statements: str) -> str:
    """A source with its graph and one attestation of everything in it."""
    return f"""
    g:{name} {{
      {" ".join(statements)}
      id:att-{name} prov:wasDerivedFrom src:{name} ; imc:locator "page {name}" .
    }}
    g:sources {{ g:{name} prov:wasDerivedFrom src:{name} . }}"""


def found(*sources: str, figures: tuple[Figure, ...] = ()) -> list[Disagreement]:
    return list(all_disagreements(store_of("".join(sources)), figures, BROADER))


def row(says: str, name: str) -> str:
    return f"id:n {says} ; imc:attestation id:att-{name} ."


def chair(who: str, name: str, day: str = "", start: str = "", end: str = "") -> str:
    dates = f"imc:start '{start}' ; imc:end '{end}' ;" if start else ""
    said = f"id:att-{name} imc:attestedOn '{day}' ." if day else ""
    role = "<https://w3id.org/imcoop/codelist/role/chair>"
    return source(
        name,
        f"id:m-{name} org:role {role} ; org:organization id:n ; {dates}"
        f" org:member <https://w3id.org/imcoop/id/{who}> ; imc:attestation id:att-{name} .",
        said,
    )


def form(name: str, code: str, printed: str) -> str:
    concept = f"<https://w3id.org/imcoop/codelist/legal-form/{code}>"
    return source(name, row(f"imc:legalForm {concept} ; imc:legalFormAsPrinted '{printed}'", name))


def test_legal_form() -> None:
    [one] = found(form("a", "limited-company", "GmbH"), form("b", "association", "Verein"))
    assert (one.on, one.first.value, one.second.value) == ("legal-form", "GmbH", "Verein")
    assert (one.first.source, one.first.locator) == ("a", "page a")
    # a registered association is an association
    either = form("a", "registered-association", "e. V."), form("b", "association", "Verein")
    assert not found(*either)


@pytest.mark.parametrize(("one", "other", "n"), [
    ("Köln", "Bonn", 1),
    ("Köln|Berlin", "Berlin", 0),  # a second seat is no contradiction
    ("Saarbrücken (planned)", "Saarbrücken", 0),
])  # fmt: skip
def test_seat(one: str, other: str, n: int) -> None:
    both = [source(name, row(f"imc:seatAsPrinted '{text}'", name))
            for name, text in (("a", one), ("b", other))]  # fmt: skip
    assert [d.on for d in found(*both)] == ["seat"] * n


def test_chair_on_a_day() -> None:
    # two rosters attest x from 2013 to 2016; b names y in between
    others = chair("person/x", "a", start="2013", end="2016"), chair("person/y", "b", "2014-05")
    [one] = found(*others)
    assert (one.on, one.first_day, one.last_day) == ("chair", "2014-05-01", "2014-05-31")
    assert (one.first.value, one.second.value) == ("person/x", "person/y")


def test_chairs_one_after_the_other_do_not_disagree() -> None:
    assert not found(chair("person/x", "a", start="2018", end="2019"),
                     chair("person/y", "b", start="2019", end="2021"))  # fmt: skip


def test_a_person_and_the_city_of_that_person_do_not_disagree() -> None:
    assert not found(chair("person/x", "a", "2014"), chair("municipality/de-05515000", "b", "2014"))


def count(value: float, name: str, date: str, qualifier: str = "exactly") -> Figure:
    return Figure(f"f-{name}", "n", "members", value, qualifier, "", date, name, "p. 1")


@pytest.mark.parametrize(("first", "second", "n"), [
    (count(78, "a", "2020-03"), count(79, "b", "2020-03-02"), 1),
    (count(78, "a", "2020-03"), count(79, "b", "2020-04"), 0),  # another month: one may have joined
    (count(78, "a", "2020"), count(70, "b", "2020", "over"), 0),
    (count(78, "a", "2020"), count(80, "b", "2020", "over"), 1),
    (count(78, "a", ""), count(99, "b", "2020"), 0),  # undated: it speaks for no day
    (count(78, "a", "2020"), count(99, "a", "2020"), 0),  # one source, two places
])  # fmt: skip
def test_member_count(first: Figure, second: Figure, n: int) -> None:
    assert [d.on for d in found(figures=(first, second))] == ["member-count"] * n


def test_founding_dates_of_the_real_sources(release: Release) -> None:
    # havixbeck-stadtregion-2013 section 1.2 says 2001; muenster-stadtregion begins in 2013
    [one] = disagreements(release, "network/stadtregion-muenster", "founding-date")
    assert (one.first.value, one.first.source) == ("2001", "havixbeck-stadtregion-2013")
    assert (one.second.value, one.second.source) == ("2013", "muenster-stadtregion")
    # a year and a day in that year agree: nothing on the Euregio's 1958 between the two who say so
    pairs = {(d.first.value, d.second.value) for d in disagreements(release, "euregio-gronau")}
    assert pairs == {("1978", "1958")}


def test_member_counts_of_the_real_sources(release: Release) -> None:
    # meerbusch-rat-innenstadt-2023: over 169 members; ratsinfo-meerbusch-innenstadt-2023: 168
    [one] = disagreements(release, "netzwerk-innenstadt-nrw", "member-count")
    assert one.first.value == "over 169 Mitglieder"
    assert one.second.value == "168 Kommunen und Partner"
    assert (one.first_day, one.last_day) == ("2023-03-01", "2023-03-31")


def test_every_place_is_named_and_every_source_known(release: Release) -> None:
    known = {one.slug for one in release.sources}
    assert len(release.disagreements) > 20
    for one in release.disagreements:
        assert one.first.source < one.second.source
        assert {one.first.source, one.second.source} <= known
        assert one.first.locator
        assert one.second.locator


def test_wrong_names_are_refused(release: Release) -> None:
    with pytest.raises(QueryParameterError, match="founding-date, member-count"):
        disagreements(release, on="colour")
    with pytest.raises(NotFoundError):
        disagreements(release, "no-such-network")


def test_the_command_lists_both_values_and_places() -> None:
    answer = CliRunner().invoke(
        app, ["disagreements", "--about", "stadtregion-muenster", "-f", "csv"]
    )
    [line] = csv.DictReader(io.StringIO(answer.stdout))
    assert (line["value"], line["other_value"]) == ("2001", "2013")
    assert line["other_locator"].startswith("chronology")
    assert "1 disagreements about 1 organisations" in answer.stderr
