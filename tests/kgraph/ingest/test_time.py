"""Time of what is no membership, and of organisations that began twice."""

from __future__ import annotations

from datetime import date

from kgraph.namespaces import thing
from kgraph.release import Release

_DAYS = """SELECT ?thing WHERE {
  ?thing a %s ; %s ; imc:heldFrom ?from ; imc:heldUntil ?until .
  FILTER (?from <= "%s"^^xsd:date && "%s"^^xsd:date <= ?until)
}"""


def on(release: Release, kind: str, about: str, day: str) -> int:
    return len(list(release.query(_DAYS % (kind, about, day, day)).rows()))


def test_fees_and_funding_have_the_six_days(release: Release) -> None:
    for kind in ("imc:MembershipFee", "imc:Funding", "imc:Shareholding"):
        text = f"SELECT (COUNT(DISTINCT ?x) AS ?all) (COUNT(?day) AS ?with) WHERE {{ ?x a {kind} " \
               "OPTIONAL { ?x imc:endedAfter ?day } }"  # fmt: skip
        [(everything, known)] = release.query(text).rows()
        assert int(everything) == int(known) > 10, kind


def test_a_project_is_paid_from_2021_to_2025(release: Release) -> None:
    # haufe-2020-smart-cities: about 32 million EUR for 2021 to 2025
    about = "imc:recipient <https://w3id.org/imcoop/id/project/connected-urban-twins>"
    days = {day: on(release, "imc:Funding", about, day) > 0
            for day in ("2020-12-31", "2021-01-01", "2025-12-31")}  # fmt: skip
    assert days == {"2020-12-31": False, "2021-01-01": True, "2025-12-31": True}


def test_who_was_founded_again_is_not_dissolved(release: Release) -> None:
    # kiwix-association-german-cities: dissolved in 1933, founded again in 1945
    city = thing("municipality/de-03241001")
    [found] = [m for m in release.members_of(thing("network/deutscher-staedtetag"))
               if m.member == city and m.role == "member"]  # fmt: skip
    assert found.bounds.ended_after == date.max
    assert found.bounds.on(date(2022, 1, 1)).holds
