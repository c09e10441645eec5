"""The release against its SHACL shapes; decides nothing about exit codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.errors import NonConformantError
from kgraph.validation.screen import Lines, Screen

if TYPE_CHECKING:
    import rdflib

    from kgraph.release import Release

__all__ = ["Finding", "Report", "validate", "validate_graph", "validate_lines"]

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class Finding:
    """One node that a shape does not like, with the sentence for the person who edits the table."""

    severity: str
    shape: str
    node: str
    value: str
    message: str

    def __str__(self) -> str:
        value = f" ({self.value})" if self.value else ""
        return f"{self.severity}: {self.node}{value}: {self.message} [{self.shape}]"


@dataclass(frozen=True, slots=True)
class Report:
    """Every finding, ordered by shape and node."""

    findings: tuple[Finding, ...]

    @property
    def violations(self) -> tuple[Finding, ...]:
        """What breaks a ``must`` shape."""
        return tuple(f for f in self.findings if f.severity == "violation")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a ``should`` shape misses."""
        return tuple(f for f in self.findings if f.severity == "warning")

    @property
    def n_violations(self) -> int:
        """How many violations there are."""
        return len(self.violations)

    @property
    def n_warnings(self) -> int:
        """How many warnings there are."""
        return len(self.warnings)

    @property
    def warning_counts(self) -> dict[str, int]:
        """Shape → number of warnings, the most frequent first."""
        return dict(Counter(f.shape for f in self.warnings).most_common())

    def raise_if_violated(self) -> None:
        """Raise :class:`~kgraph.errors.NonConformantError` if there is a violation."""
        if self.n_violations:
            raise NonConformantError(self)


def validate(release: Release) -> Report:
    """Hold a release to the ``must`` and ``should`` shapes of its ontology."""
    return _validate(_lines_of(release.path / "merged.nt"), release.path / "ontology")


def validate_lines(lines: Iterable[str], ontology: Path) -> Report:
    """Hold statements, as N-Triples lines without the final dot, to the shapes of an ontology."""
    found = sorted(set(lines))
    return _validate(lambda: found, ontology)


def validate_graph(graph: rdflib.Graph, ontology: Path) -> Report:
    """Hold every node of a graph to the shapes of an ontology folder, by the full validator.

    Notes
    -----
    A millisecond and four kilobytes a node; :func:`validate` gives the same for less.
    """
    shapes = _shapes(ontology)
    return Report(tuple(sorted(_findings(_judged(graph, shapes), shapes), key=_order)))


def _validate(lines: Lines, ontology: Path) -> Report:
    """Judge what the screen suspects; everything else conforms."""
    import rdflib

    shapes = _shapes(ontology)
    nodes, about = Screen(shapes, lines).suspects()
    if not nodes:
        return Report(())
    graph = rdflib.Graph()
    graph.parse(data="".join(f"{line} .\n" for line in about), format="nt")
    others = {str(node) for node in graph.all_nodes() if node.n3() not in nodes}
    found = [one for one in _findings(_judged(graph, shapes), shapes) if one.node not in others]
    return Report(tuple(sorted(found, key=_order)))


def _lines_of(file: Path) -> Lines:
    """The lines of an N-Triples file without their final dot; sorted, if somebody changed it."""

    def read() -> Iterator[str]:
        with file.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                yield line[:-3]

    before = ""
    for line in read():
        if line < before:
            found = sorted(set(read()))
            return lambda: found
        before = line
    return read


def _shapes(ontology: Path) -> rdflib.Graph:
    import rdflib

    shapes = rdflib.Graph()
    for name in ("must", "should"):
        shapes.parse(ontology / "shapes" / f"{name}.ttl", format="turtle")
    return shapes


def _judged(graph: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """What the full validator reports about a graph."""
    import pyshacl

    _, report, _ = pyshacl.validate(
        graph, shacl_graph=shapes, advanced=True, meta_shacl=False, inplace=True
    )
    found: rdflib.Graph = report
    return found


def _order(finding: Finding) -> tuple[str, str, str]:
    return finding.shape, finding.node, finding.value


def _findings(report: rdflib.Graph, shapes: rdflib.Graph) -> list[Finding]:
    import rdflib

    sh = rdflib.Namespace(_SH)
    found = []
    for result in set(report.objects(None, sh.result)):  # not the details nested in them
        messages = sorted(report.objects(result, sh.resultMessage), key=_english_first)
        found.append(
            Finding(
                severity=str(report.value(result, sh.resultSeverity)).removeprefix(_SH).lower(),
                shape=_name(shapes, report.value(result, sh.sourceShape)),
                node=str(report.value(result, sh.focusNode)),
                value=str(report.value(result, sh.value) or ""),
                message=str(messages[0]) if messages else "",
            )
        )
    return found


def _name(shapes: rdflib.Graph, shape: rdflib.term.Node | None) -> str:
    """The local name of a shape; for a property shape, its owner's and its path's."""
    import rdflib

    if shape is None or isinstance(shape, rdflib.URIRef):
        return str(shape).rpartition("#")[2].rpartition("/")[2]
    owner = next(shapes.subjects(rdflib.URIRef(_SH + "property"), shape), None)
    path = shapes.value(shape, rdflib.URIRef(_SH + "path"))
    local = path.n3(shapes.namespace_manager) if isinstance(path, rdflib.URIRef) else ""
    return f"{_name(shapes, owner) if owner is not None else ''} {local}".strip()


def _english_first(message: rdflib.term.Node) -> tuple[bool, str]:
    return (getattr(message, "language", None) != "en", str(message))
