"""Facts → release, in order: read, resolve, state, derive, tabulate, publish.

The build works in a folder of its own and renames it when everything is there; whatever stops it,
the release that is published stays as it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kgraph import resources, tables
from kgraph.analysis.stored import affiliate, arrays_of
from kgraph.codelists import read_codelists
from kgraph.dumps import write_dumps
from kgraph.errors import DataError
from kgraph.examples import read_examples
from kgraph.ingest.claims import add_claims
from kgraph.ingest.context import Context
from kgraph.ingest.derive import derive
from kgraph.ingest.descriptions import add_descriptions
from kgraph.ingest.examples import add_examples
from kgraph.ingest.graphs import Triple, add_graph, graph_files
from kgraph.ingest.journal import complete
from kgraph.ingest.memberships import add_bounds, add_memberships
from kgraph.ingest.organisations import add_organisations
from kgraph.ingest.publishing import (
    clear_away,
    fingerprint,
    manifest_of,
    publish,
    published,
    version_of,
    workshop,
)
from kgraph.ingest.quads import Term
from kgraph.ingest.reference import add_reference, add_register, add_sources
from kgraph.ingest.resolve import Resolver
from kgraph.ingest.tables import read_tables
from kgraph.queries.agents import all_agents
from kgraph.queries.changes import all_changes
from kgraph.queries.disagreements import all_disagreements
from kgraph.queries.figures import all_figures
from kgraph.queries.memberships import all_memberships
from kgraph.queries.networks import all_networks
from kgraph.queries.periods import all_periods
from kgraph.queries.programmes import all_programmes
from kgraph.queries.provenance import all_sources
from kgraph.release import Release, default_root
from kgraph.store import Store
from kgraph.store.parse import ntriples, plain_triples

__all__ = ["Built", "build", "state"]

_EXAMPLES = shutil.ignore_patterns("examples")

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave: the release, and whether it is a new one."""

    release: Release
    fresh: bool


def build(
    data: Path | None = None,
    ontology: Path | None = None,
    root: Path | None = None,
    *,
    force: bool = False,
    progress: Progress = lambda _step: None,
) -> Built:
    """Make a release of the facts and publish it.

    Parameters
    ----------
    data, ontology : Path, optional
        The folders to read; those that kgraph carries if not given.
    root : Path, optional
        The folder of releases; see :func:`kgraph.release.default_root`.
    force : bool
        Build even if the published release has the same inputs.
    progress : callable
        Told the name of each step as it begins.

    Returns
    -------
    Built
        The published release.

    Raises
    ------
    DataError
        At the first row that is at fault; nothing is changed then.
    """
    data, ontology = data or resources.data(), ontology or resources.ontology()
    root = root or default_root()
    complete(data)
    clear_away(root)
    inputs = fingerprint(data, ontology)
    if not force and (current := published(root)) and current.manifest["inputs"] == inputs:
        if version_of(current.path) == current.version:
            return Built(current, fresh=False)
        progress("the release is damaged; making it again")
    progress("reading the tables")
    context = _context(data, ontology)
    progress("stating what the sources say")
    state(context, data)
    for file in sorted(ontology.rglob("*.ttl")):
        if file.relative_to(ontology).parts[0] not in ("examples", "shapes"):
            context.quads.extend("ontology", ntriples(file))
    add_examples(context.quads, read_examples(ontology / "competency"))
    root.mkdir(parents=True, exist_ok=True)
    with workshop(root) as work:
        folder = work / "release"
        (folder / "tables").mkdir(parents=True)
        progress("deriving")
        store = derive(context.quads, ontology / "rules", folder)
        with ThreadPoolExecutor(1) as beside:  # packing leaves the interpreter to others
            packed = beside.submit(write_dumps, folder)
            progress("tabulating")
            _tabulate(folder, context, store)
            shutil.copytree(ontology, folder / "ontology", ignore=_EXAMPLES)
            manifest = manifest_of(folder, context, inputs)
            progress("packing the dumps")
            manifest["dumps"] = packed.result()
        progress("publishing")
        return Built(publish(root, folder, manifest), fresh=True)


def _context(data: Path, ontology: Path) -> Context:
    rows = read_tables(data)
    return Context(rows, read_codelists(ontology), Resolver.from_tables(rows))


def state(context: Context, data: Path, without: Collection[str] = ()) -> None:
    """State what every table and every graph of a source says, but for the graphs of some."""
    add_sources(context)
    add_reference(context)
    add_register(context)
    add_organisations(context)
    add_descriptions(context)
    add_memberships(context)
    add_claims(context)
    for slug, file in graph_files(data).items():
        if slug not in without:
            add_graph(context, slug, _triples(file, file.relative_to(data).as_posix()))
    add_bounds(context)


def _triples(file: Path, path: str) -> Iterator[Triple]:
    try:
        for subject, predicate, value in plain_triples(file):
            yield Term(subject), Term(predicate), Term(value)
    except SyntaxError as error:
        raise DataError(path, error.lineno or 0, "", "", f"does not parse: {error.msg}") from None


def _tabulate(folder: Path, context: Context, store: Store) -> None:
    memberships, agents = all_memberships(store), all_agents(store)
    networks, figures = all_networks(store, memberships), all_figures(store)
    broader = {form.code: form.broader for form in context.codes["legal-form"].values()}
    for name, objects in (
        ("memberships", memberships),
        ("networks", networks),
        ("agents", agents),
        ("changes", all_changes(store)),
        ("disagreements", all_disagreements(store, figures, broader)),
        ("figures", figures),
        ("periods", all_periods(store)),
        ("programmes", all_programmes(store)),
        ("sources", all_sources(store)),
    ):
        tables.write(folder / "tables" / f"{name}.jsonl", objects)
    (folder / "affiliation").mkdir()
    for name, array in arrays_of(affiliate(agents, networks, memberships, figures)).items():
        np.save(folder / "affiliation" / name, array, allow_pickle=False)
