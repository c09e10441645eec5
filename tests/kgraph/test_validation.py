"""A report of what the shapes find; each shape is tested in tests/ontology/test_shapes.py."""

from __future__ import annotations

import pytest
import rdflib

from kgraph import resources
from kgraph.errors import NonConformantError
from kgraph.validation import Finding, Report, validate, validate_graph

EXAMPLES = resources.ontology() / "examples"


def finding(severity: str, shape: str, node: str = "http://a/x") -> Finding:
    return Finding(severity, shape, node, "", "is not as it should be")


def test_a_report_counts_by_severity_and_shape() -> None:
    report = Report((finding("violation", "A"), finding("warning", "B"), finding("warning", "C"),
                     finding("warning", "C", "http://a/y")))  # fmt: skip
    assert (report.n_violations, report.n_warnings) == (1, 3)
    assert report.warning_counts == {"C": 2, "B": 1}
    assert list(report.warning_counts) == ["C", "B"]
    with pytest.raises(NonConformantError):
        report.raise_if_violated()


def test_warnings_do_no_harm() -> None:
    Report((finding("warning", "B"),)).raise_if_violated()


def test_a_finding_is_a_sentence_for_the_person_who_edits() -> None:
    said = Finding("violation", "Share", "http://a/x", "120", "a share is at most 100 percent")
    assert str(said) == "violation: http://a/x (120): a share is at most 100 percent [Share]"


def test_a_broken_example_is_found_by_its_shape() -> None:
    graph = rdflib.Graph().parse(EXAMPLES / "Membership-invalid-two-roles.ttl")
    report = validate_graph(graph, resources.ontology())
    assert "Membership" in {found.shape.partition(" ")[0] for found in report.violations}


def test_findings_come_in_one_order() -> None:
    graph = rdflib.Graph()
    for file in sorted(EXAMPLES.glob("*-invalid-*.ttl"))[:6]:
        graph.parse(file)
    first, second = (validate_graph(graph, resources.ontology()) for _ in range(2))
    assert len(first.findings) > 5
    assert first == second


def test_the_slice_is_valid(small) -> None:
    report = validate(small)
    assert [str(found) for found in report.violations] == []
    assert report.n_warnings > 0
