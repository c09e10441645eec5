"""What the shapes need to know about some things: their statements, and those around them."""

from __future__ import annotations

from collections.abc import Iterable, Set
from pathlib import Path

from kgraph.ingest.context import Context
from kgraph.ingest.graphs import Triple
from kgraph.ingest.quads import Term, term
from kgraph.store import Store
from kgraph.store.parse import ntriples
from kgraph.validation import Report, validate_lines

__all__ = ["validate_around"]


def validate_around(
    context: Context, triples: Iterable[Triple], ontology: Path, gone: Iterable[Triple] = ()
) -> Report:
    """Hold what some statements are about to the shapes, with all that is known of it.

    Parameters
    ----------
    context : Context
        With everything stated, the new statements among it, and the days of memberships.
    triples : iterable of (subject, predicate, object)
        The new statements.
    ontology : Path
    gone : iterable of (subject, predicate, object), optional
        Statements that no longer stand.

    Returns
    -------
    Report
        What the shapes find about the subjects of the statements and about who is in them; where
        statements are gone, also about what leads to their subjects.

    Notes
    -----
    The graph holds the statements about these things and about what these lead to, memberships in
    them, every umbrella, the code lists, and what the rules derive from all this.
    """
    left = {subject for subject, _, _ in gone}
    triples = [*triples, *gone]
    stated = context.quads.merged()
    judged = {subject for subject, _, _ in triples}
    judged |= {v for _, p, v in triples if p in (term("org:member"), term("org:organization"))}
    judged |= {Term(s) for s, _, v in (line.split(" ", 2) for line in stated) if v in left}
    lines = _around(stated, judged | {v for _, _, v in triples})
    for file in sorted((ontology / "codelists").glob("*.ttl")):
        lines.update(ntriples(file))
    store = Store()
    store.add(f"{line} .\n" for line in sorted(lines))
    for rule in sorted((ontology / "rules").glob("*.rq")):
        made = store.query(rule.read_text(encoding="utf-8")).serialize("ntriples").decode()
        lines.update(line.removesuffix(" .") for line in made.splitlines())
    report = validate_lines(sorted(lines), ontology)
    nodes = {node[1:-1] for node in judged}
    return Report(tuple(one for one in report.findings if one.node in nodes))


def _around(lines: Set[str], nodes: Set[Term]) -> set[str]:
    umbrella, member_of = term("imc:partOfNetwork"), term("org:organization")
    found = set()
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if subject in nodes or predicate == umbrella or (predicate == member_of and value in nodes):
            found.add(line)
    return found
