"""What is different between two releases that lie beside each other."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field

from kgraph import revision
from kgraph.release import open_release
from kgraph.revision import Revision
from kgraph_api.dependencies import Slice
from kgraph_api.published import published
from kgraph_api.served import Served

__all__ = ["WRITERS", "RevisionAnswer", "revised"]

_COLUMNS = ("kind", "graph", "subject", "predicate", "object", "was")


class StatementItem(BaseModel):
    """A statement of one named graph that only one of the releases has; terms as N-Triples."""

    kind: Annotated[str, Field(description="added, changed or withdrawn.")]
    graph: str
    subject: str
    predicate: str
    object: Annotated[str | None, Field(description="Null of a withdrawn one.")]
    was: Annotated[str | None, Field(description="The former object; null of an added one.")]


class SourceChange(BaseModel):
    """A source that only one of the releases has, or that is described otherwise."""

    kind: Annotated[str, Field(description="added, changed or withdrawn.")]
    source: Annotated[str, Field(description="Slug of the source.")]


class RevisionAnswer(BaseModel):
    """The difference of two releases; all statements are counted, a part of them is listed."""

    version_from: str
    version_to: str
    n_statements: Annotated[dict[str, int], Field(description="By kind.")]
    sources: list[SourceChange]
    items: list[StatementItem]
    total: int
    limit: int
    offset: int

    @classmethod
    def from_model(cls, found: Revision, part: Slice) -> RevisionAnswer:
        shown = found.statements[part.offset : part.offset + part.limit]
        return cls(
            version_from=found.old,
            version_to=found.new,
            n_statements={kind.value: n for kind, n in found.counts.items()},
            sources=[SourceChange(kind=kind.value, source=slug) for kind, slug in found.sources],
            items=[
                StatementItem(
                    kind=one.kind.value, graph=one.graph, subject=one.subject,
                    predicate=one.predicate, object=one.object or None, was=one.was or None,
                )
                for one in shown
            ],
            total=len(found.statements),
            limit=part.limit,
            offset=part.offset,
        )  # fmt: skip


def revised(served: Served, old: str, new: str) -> Revision:
    """The difference of two releases by their versions.

    Raises
    ------
    NotFoundError
        If one of them is not here.
    """
    return _compared(*(published(served, version).path for version in (old, new)))


@lru_cache(maxsize=2)
def _compared(old: Path, new: Path) -> Revision:
    """Two releases compared; a release never changes, so that the answer can be kept."""
    return revision.compare(open_release(old), open_release(new))


def _csv(found: Revision) -> Iterable[str]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([getattr(one, name) for name in _COLUMNS] for one in found.statements)
    return text.getvalue()


#: How it can be written besides JSON → media type, and what writes it.
WRITERS: Mapping[str, tuple[str, Callable[[Revision], Iterable[str]]]] = {
    "text": ("text/plain", revision.summary),
    "csv": ("text/csv", _csv),
    "nquads": ("application/n-quads", revision.quads),
    "patch": ("application/rdf-patch", revision.patch),
}
