"""SPARQL, Python and networkx give one answer to who was a member on a day.

The bounds themselves are tested case by case in test_dates.py; here every membership of the real
release is asked in three ways.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from kgraph.dates import Certainty

DAYS = ["2000-01-01", "2013-04-15", "2024-06-30", "2026-11-22"]

#: The order of the tests is that of Bounds.on; the day stands in the text, the rest is the query
#: that the documentation gives.
ANSWERS = """
SELECT ?membership ?answer WHERE {
  ?membership a org:Membership ;
    imc:attestedFrom ?attestedFrom ; imc:attestedUntil ?attestedUntil ;
    imc:heldFrom ?heldFrom ; imc:heldUntil ?heldUntil ;
    imc:notYetBefore ?notYetBefore ; imc:endedAfter ?endedAfter .
  BIND ("DAY"^^xsd:date AS ?day)
  BIND (IF(?day > ?endedAfter, "ended",
        IF(?day < ?notYetBefore, "not-yet",
        IF(?attestedFrom <= ?day && ?day <= ?attestedUntil, "attested",
        IF(?heldFrom <= ?day && ?day <= ?heldUntil, "presumed", "unknown")))) AS ?answer)
}
"""

HOLDS = """
SELECT ?membership WHERE {
  ?membership a org:Membership ; imc:heldFrom ?from ; imc:heldUntil ?until ;
    imc:attestedFrom ?sureFrom ; imc:attestedUntil ?sureUntil ;
    imc:notYetBefore ?notYetBefore ; imc:endedAfter ?endedAfter .
  FILTER ("DAY"^^xsd:date >= ?notYetBefore && "DAY"^^xsd:date <= ?endedAfter)
  FILTER ((?from <= "DAY"^^xsd:date && "DAY"^^xsd:date <= ?until) ||
          (?sureFrom <= "DAY"^^xsd:date && "DAY"^^xsd:date <= ?sureUntil))
}
"""


def pairs(graph) -> dict[tuple[str, str], dict]:
    """(member, network) by IRI → edge; a network that is a member is a node of each kind."""
    found = {}
    for one, other, data in graph.edges(data=True):
        ends = sorted((graph.nodes[one], graph.nodes[other]), key=lambda n: n["bipartite"])
        assert [node["bipartite"] for node in ends] == [0, 1]
        found[ends[0]["iri"], ends[1]["iri"]] = data
    assert len(found) == graph.number_of_edges()
    return found


@pytest.mark.parametrize("day", DAYS)
def test_sparql_and_python_agree_on_every_membership(release, day: str) -> None:
    said = dict(release.query(ANSWERS.replace("DAY", day)).rows())
    computed = {m.iri: m.bounds.on(date.fromisoformat(day)).value for m in release.memberships}
    assert len(computed) > 3000
    assert said == computed
    assert len(set(computed.values())) >= 4, "the day tells the answers apart"


@pytest.mark.parametrize("day", DAYS)
def test_a_plain_filter_finds_who_holds(release, day: str) -> None:
    found = {iri for (iri,) in release.query(HOLDS.replace("DAY", day)).rows()}
    on = date.fromisoformat(day)
    assert found == {m.iri for m in release.memberships if m.bounds.on(on).holds}


@pytest.mark.parametrize("day", DAYS)
def test_networkx_has_the_same_members_on_the_same_day(release, day: str) -> None:
    """Edges are pairs: the roles of one agent in one network together, the surest answer first."""
    on = date.fromisoformat(day)
    answers: defaultdict[tuple[str, str], set[Certainty]] = defaultdict(set)
    roles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for membership in release.memberships:
        answer = membership.bounds.on(on)
        if membership.participates and answer.holds and "/person/" not in membership.member:
            pair = (membership.member, membership.network)
            answers[pair].add(answer)
            roles[pair].add(membership.role)
    edges = pairs(release.to_networkx(as_of=on))
    assert len(edges) > 100
    assert edges.keys() == answers.keys()
    assert {pair: data["certainty"] for pair, data in edges.items()} == {
        pair: ("attested" if Certainty.ATTESTED in found else "presumed")
        for pair, found in answers.items()
    }
    assert {pair: set(data["roles"]) for pair, data in edges.items()} == roles


def test_the_answer_differs_from_day_to_day(release) -> None:
    """So that the comparisons above do not compare one view four times."""
    assert len({len(release.to_networkx(as_of=date.fromisoformat(day)).edges) for day in DAYS}) == 4


def test_ever_has_whoever_was_a_member_on_any_day(release) -> None:
    ever = pairs(release.to_networkx(as_of=None))
    for day in DAYS:
        assert pairs(release.to_networkx(as_of=date.fromisoformat(day))).keys() <= ever.keys()
