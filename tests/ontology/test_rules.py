"""Each rule has a header, runs on what it takes, and gives what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import Graph

from kgraph import resources

FOLDER = resources.ontology()
RULES = sorted(FOLDER.glob("rules/*.rq"))
PREFIXES = """
@base <https://w3id.org/imcoop/id/> .
@prefix imc:    <https://w3id.org/imcoop/ontology#> .
@prefix change: <https://w3id.org/imcoop/codelist/change-type/> .
@prefix form:   <https://w3id.org/imcoop/codelist/legal-form/> .
@prefix level:  <https://w3id.org/imcoop/codelist/level/> .
@prefix role:   <https://w3id.org/imcoop/codelist/role/> .
@prefix foaf:   <http://xmlns.com/foaf/0.1/> .
@prefix org:    <http://www.w3.org/ns/org#> .
@prefix xsd:    <http://www.w3.org/2001/XMLSchema#> .
"""
MEMBERSHIP = "<m> org:member <a> ; org:organization <n> ; org:role"
#: rule → (what it takes, what it gives); a rule may stand several times, once for each case
CASES = [
    ("has-member", f"{MEMBERSHIP} role:lead .", "<n> org:hasMember <a> . <a> org:memberOf <n> ."),
    ("has-member", f"{MEMBERSHIP} role:funder .", ""),
    ("has-member", f"{MEMBERSHIP} role:chair . <a> a foaf:Person .", ""),
    ("has-unit", "<b> org:unitOf <n> .", "<n> org:hasUnit <b> ."),
    ("has-post", "<p> org:postIn <n> .", "<n> org:hasPost <p> ."),
    ("holds", "<m> imc:post <p> ; org:member <a> .", "<a> org:holds <p> ."),
    (
        "founded-on",
        "<c> imc:changeType change:founding ; org:resultingOrganization <n> ;"
        ' imc:date "2008"^^xsd:gYear .'
        "<d> imc:changeType change:founding ; org:resultingOrganization <n> ;"
        ' imc:date "2009"^^xsd:gYear .',
        '<n> imc:foundedOn "2008"^^xsd:gYear , "2009"^^xsd:gYear .',
    ),
    (
        "founded-on",
        "<c> imc:changeType change:merger ; org:resultingOrganization <n> ;"
        ' imc:date "2024"^^xsd:gYear .',
        "",
    ),
    (
        "dissolved-on",
        "<c> imc:changeType change:dissolution ; org:originalOrganization <n> ;"
        ' imc:date "1933"^^xsd:gYear .',
        '<n> imc:dissolvedOn "1933"^^xsd:gYear .',
    ),
    (
        "part-of-network-transitive",
        "<a> imc:partOfNetwork <b> . <b> imc:partOfNetwork <c> .",
        "<a> imc:partOfNetworkTransitive <b> , <c> . <b> imc:partOfNetworkTransitive <c> .",
    ),
    (
        "formal-organization",
        "<a> imc:legalForm form:registered-association ."
        "<b> imc:legalForm form:association . <c> imc:legalForm form:municipal-working-group .",
        "<a> a org:FormalOrganization .",
    ),
    (
        "level",
        "<a> a imc:Municipality . <b> a imc:State . <c> a imc:CooperationNetwork .",
        "<a> imc:level level:municipal . <b> imc:level level:state .",
    ),
]


@pytest.mark.parametrize(("rule", "takes", "gives"), CASES)
def test_rule(codelists: Graph, rule: str, takes: str, gives: str) -> None:
    query = (FOLDER / "rules" / f"{rule}.rq").read_text(encoding="utf-8")
    data = codelists + Graph().parse(data=PREFIXES + takes)
    made = data.query(query).graph
    assert made is not None
    assert set(made) == set(Graph().parse(data=PREFIXES + gives))


def test_every_rule_is_tested() -> None:
    assert RULES
    assert {f.stem for f in RULES} == {rule for rule, _, _ in CASES}


@pytest.mark.parametrize("file", RULES, ids=lambda f: f.stem)
def test_header(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    assert re.fullmatch(r"# [A-Z].*\.", header[0]), "first line: what the rule states"
    assert header[1].startswith("# takes ")
    assert header[2].startswith("# gives ")
    assert sum("CONSTRUCT" in line for line in lines) == 1
