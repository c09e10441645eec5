"""What is different between two releases: statements and sources added, changed, withdrawn.

Both graphs are read side by side, line by line; a build writes them sorted, so that nothing but the
difference is held in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph import namespaces

if TYPE_CHECKING:
    from kgraph.model import Source
    from kgraph.release import Release

__all__ = ["Kind", "Revision", "StatementChange", "compare", "patch", "quads", "summary"]

#: The graphs of which no source says anything: what follows, and how many there are of what.
_COMPUTED = frozenset(map(namespaces.graph, ("derived", "void")))


class Kind(StrEnum):
    """What became of a statement or a source."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement of one named graph that only one of the releases has.

    Terms are N-Triples texts. ``was`` is the former object of a changed statement, ``object`` is
    empty for none but a withdrawn one, whose value stands in ``was``.
    """

    kind: Kind
    graph: str
    subject: str
    predicate: str
    object: str
    was: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What is different between two releases.

    ``sources`` are (kind, slug) pairs, ordered; ``statements`` are ordered by graph, subject,
    predicate and value.
    """

    old: str
    new: str
    sources: tuple[tuple[Kind, str], ...]
    statements: tuple[StatementChange, ...]

    @property
    def counts(self) -> dict[Kind, int]:
        """How many statements were added, changed, withdrawn."""
        found = Counter(one.kind for one in self.statements)
        return {kind: found[kind] for kind in Kind}


def compare(old: Release, new: Release, *, derived: bool = True) -> Revision:
    """Compare two releases.

    Parameters
    ----------
    old, new : Release
    derived : bool
        Whether the statements that the software derives and counts are compared as well.

    Notes
    -----
    A statement is *changed* where one subject and predicate of one graph lose a value and gain
    one; where several do, they are paired in alphabetical order.
    """
    lost: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    gained: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for line, is_new in _only_in_one(old.path / "graph.nq", new.path / "graph.nq"):
        graph, subject, predicate, value = _parts(line)
        if derived or graph not in _COMPUTED:
            (gained if is_new else lost)[graph, subject, predicate].append(value)
    changes = [
        change
        for key in sorted(lost.keys() | gained.keys())
        for change in _paired(key, lost.get(key, []), gained.get(key, []))
    ]
    return Revision(
        old.version, new.version, tuple(_sources(old.sources, new.sources)), tuple(changes)
    )


def _only_in_one(old: Path, new: Path) -> Iterator[tuple[str, bool]]:
    """The lines of two sorted files that only one has, and whether it is the second."""
    with old.open(encoding="utf-8") as first, new.open(encoding="utf-8") as second:
        one, other = _next(first), _next(second)
        while one is not None or other is not None:
            if one is not None and (other is None or one < other):
                yield one[2], False
                one = _next(first)
            elif other is not None and (one is None or other < one):
                yield other[2], True
                other = _next(second)
            else:
                one, other = _next(first), _next(second)


def _next(lines: Iterator[str]) -> tuple[str, str, str] | None:
    """The next line with what a build sorts by: the graph, then the statement."""
    line = next(lines, None)
    if line is None:
        return None
    statement, _, graph = line.rstrip("\n").removesuffix(" .").rpartition(" ")
    return graph[1:-1].removeprefix(namespaces.graph("")), statement, line


def _parts(line: str) -> tuple[str, str, str, str]:
    """Graph, subject, predicate and object of an N-Quads line; terms as they stand there."""
    statement, _, graph = line.rstrip("\n").removesuffix(" .").rpartition(" ")
    subject, predicate, value = statement.split(" ", 2)
    return graph[1:-1], subject, predicate, value


def _paired(
    key: tuple[str, str, str], lost: list[str], gained: list[str]
) -> Iterator[StatementChange]:
    """The values that one subject and predicate lost and gained: changed as far as they pair."""
    both = min(len(lost), len(gained))
    for was, value in zip(lost[:both], gained[:both], strict=True):
        yield StatementChange(Kind.CHANGED, *key, value, was)
    for value in gained[both:]:
        yield StatementChange(Kind.ADDED, *key, value, "")
    for was in lost[both:]:
        yield StatementChange(Kind.WITHDRAWN, *key, "", was)


def _sources(old: Iterable[Source], new: Iterable[Source]) -> Iterator[tuple[Kind, str]]:
    before, after = ({source.slug: source for source in part} for part in (old, new))
    for slug in sorted(before.keys() | after.keys()):
        if slug not in before:
            yield Kind.ADDED, slug
        elif slug not in after:
            yield Kind.WITHDRAWN, slug
        elif before[slug] != after[slug]:
            yield Kind.CHANGED, slug


def summary(revision: Revision) -> str:
    """A revision in words: sources, then statements by graph."""
    lines = [f"from release {revision.old} to {revision.new}"]
    for kind, count in revision.counts.items():
        lines.append(f"statements {kind}: {count:,}")
    for kind in Kind:
        slugs = [slug for one, slug in revision.sources if one is kind]
        lines.append(f"sources {kind}: {len(slugs):,}")
        lines += [f"  {slug}" for slug in slugs]
    graphs: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
    for change in revision.statements:
        graphs[change.graph.removeprefix(namespaces.graph(""))][change.kind] += 1
    for graph in sorted(graphs):
        told = ", ".join(f"{graphs[graph][kind]:,} {kind}" for kind in Kind if graphs[graph][kind])
        lines.append(f"graph {graph}: {told}")
    return "\n".join(lines) + "\n"


def quads(revision: Revision) -> Iterator[str]:
    """A revision as N-Quads in two named graphs, ``graph/added`` and ``graph/withdrawn``.

    A changed statement stands in both. The graph that it belongs to in the release is not told;
    :func:`patch` tells it.
    """
    for name in ("added", "withdrawn"):
        found = {
            f"{one.subject} {one.predicate} {value}"
            for one in revision.statements
            if (value := one.object if name == "added" else one.was)
        }
        yield from (f"{line} <{namespaces.graph(name)}> .\n" for line in sorted(found))


def patch(revision: Revision) -> Iterator[str]:
    """A revision as an RDF Patch: what to delete from and to add to each named graph.

    References
    ----------
    https://afs.github.io/rdf-delta/rdf-patch.html
    """
    yield "TX .\n"
    for letter in "DA":
        for one in revision.statements:
            if value := one.was if letter == "D" else one.object:
                yield f"{letter} {one.subject} {one.predicate} {value} <{one.graph}> .\n"
    yield "TC .\n"
