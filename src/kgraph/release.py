"""The immutable folder that a build makes and everything else opens read-only.

::

    release/
      current                 the version that is published, as text
      {version}/
        manifest.json         version, counts, tallies, licences, hash of the inputs
        graph.nq              what every source says, a named graph each, and our own graphs
        merged.nt             their de-duplicated merge: the default graph
        rosters.nt            what of it the engine meets first, see kgraph.queries.rosters
        dumps/                the graph in other formats and compressed, the ontology alone
        tables/*.jsonl        model objects, precomputed
        affiliation/*.npy     members × networks as arrays, see kgraph.analysis.affiliation
        ontology/ …           the code lists that the labels come from

The version is a hash of the content: the same facts give the same bytes and the same version.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from kgraph import namespaces, resources, tables
from kgraph.errors import NotFoundError, ReleaseError
from kgraph.model import Agent, Change, Figure, Membership, Network, Period, Programme, Source

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kgraph.analysis.affiliation import Affiliation
    from kgraph.codelists import CodeLists
    from kgraph.disagreements import Disagreement
    from kgraph.store import Answer, Store

__all__ = ["FORMAT", "Release", "default_root", "open_release"]

#: The layout of the folder; a release of another format is refused.
FORMAT = 4

T = TypeVar("T")


def default_root() -> Path:
    """Where releases are kept unless told otherwise.

    ``KGRAPH_RELEASE``, else ``data/release`` of a checkout, else the user's data folder.
    """
    if chosen := os.environ.get("KGRAPH_RELEASE"):
        return Path(chosen)
    if resources.in_checkout():
        return resources.data() / "release"
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "kgraph" / "release"


def open_release(path: str | os.PathLike[str] | None = None) -> Release:
    """Open a release.

    Parameters
    ----------
    path : path, optional
        A folder of releases (its current one is opened) or the folder of one release;
        :func:`default_root` if not given.

    Raises
    ------
    ReleaseError
        If there is none; the message says how to make one.
    """
    root = Path(path) if path is not None else default_root()
    pointer = root / "current"
    folder = root / pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else root
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise ReleaseError(f"there is no release in {root}; make one with: kgraph build")
    found: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    if found.get("format") != FORMAT:
        raise ReleaseError(
            f"the release in {folder} has format {found.get('format')}, and this kgraph reads "
            f"{FORMAT}; make a new one with: kgraph build"
        )
    return Release(folder, found)


class Release:
    """One release, opened read-only. Its parts are loaded when they are first asked for.

    Attributes
    ----------
    path : Path
        Its folder.
    manifest : dict
        Version, counts, tallies and licences.

    Examples
    --------
    >>> import kgraph
    >>> release = kgraph.open()
    >>> release.network("stadtregion-muenster").name
    'Stadtregion Münster'
    >>> release.query("ASK { ?network a imc:CooperationNetwork }").serialize("csv")
    b'true'
    """

    def __init__(self, path: Path, manifest: dict[str, Any]) -> None:
        self.path = path
        self.manifest = manifest
        self._lock = RLock()

    @property
    def version(self) -> str:
        """The hash of the content: ETag, cache key and citation."""
        return str(self.manifest["version"])

    def __repr__(self) -> str:
        return f"<kgraph release {self.version}: {self.manifest['counts']['networks']} networks>"

    # -- the graph -------------------------------------------------------------------------------

    @cached_property
    def store(self) -> Store:
        """The RDF dataset, in memory."""
        from kgraph.store import Store

        with self._lock:
            loaded: Store | None = self.__dict__.get("store")
            files = (self.path / name for name in ("graph.nq", "merged.nt", "rosters.nt"))
            return loaded or Store.of_release(*files)

    @property
    def dataset(self) -> rdflib.Dataset:
        """The same statements as an :class:`rdflib.Dataset`, for walking and exporting."""
        return self.store.dataset()

    def query(self, text: str) -> Answer:
        """Ask a SPARQL query; see :meth:`kgraph.store.Store.query`."""
        return self.store.query(text)

    # -- the tables ------------------------------------------------------------------------------

    @cached_property
    def agents(self) -> tuple[Agent, ...]:
        """Every municipality and every other member of something."""
        return self._table("agents", Agent)

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """Every organisation that has a roster."""
        return self._table("networks", Network)

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """Every membership, in every role."""
        return self._table("memberships", Membership)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every count and quantity that a source claims."""
        return self._table("figures", Figure)

    @cached_property
    def programmes(self) -> tuple[Programme, ...]:
        """Every funding programme and project."""
        return self._table("programmes", Programme)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every document that facts were read from."""
        return self._table("sources", Source)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every founding, merger, renaming, dissolution of an organisation."""
        return self._table("changes", Change)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Everything else that holds for a time; see :mod:`kgraph.periods`."""
        return self._table("periods", Period)

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Every pair of sources that contradict each other; see :mod:`kgraph.disagreements`."""
        from kgraph.disagreements import Disagreement

        return self._table("disagreements", Disagreement)

    @cached_property
    def codelists(self) -> CodeLists:
        """The code lists, with labels in German and English."""
        from kgraph.codelists import read_codelists

        return read_codelists(self.path / "ontology")

    def _table(self, name: str, cls: type[T]) -> tuple[T, ...]:
        file = self.path / "tables" / f"{name}.jsonl"
        if not file.is_file():
            raise ReleaseError(
                f"release {self.version} has no table of {name}; make a new one with: kgraph build"
            )
        return tuple(tables.read(file, cls))

    def _lines(self, name: str, cls: type[T]) -> Sequence[T]:
        """A table whose lines are read when they are asked for."""
        read: tuple[T, ...] | None = self.__dict__.get(name)
        file = self.path / "tables" / f"{name}.jsonl"
        return read or tables.Table(file, cls, self.manifest["counts"][name])

    # -- one thing -------------------------------------------------------------------------------

    def network(self, slug: str) -> Network:
        """A network by its slug.

        Raises
        ------
        NotFoundError
            If this release has none.
        """
        return self._one("network", slug, self._networks)

    def agent(self, path: str) -> Agent:
        """An agent by its path (``municipality/de-05515000``) or IRI."""
        return self._one("agent", namespaces.path_of(path), self._agents)

    def source(self, slug: str) -> Source:
        """A source by its slug."""
        return self._one("source", slug, self._sources)

    def members_of(self, network: str) -> tuple[Membership, ...]:
        """The memberships in one network, by its IRI."""
        return self._by_network.get(network, ())

    def memberships_of(self, agent: str) -> tuple[Membership, ...]:
        """The memberships of one agent, by its IRI."""
        return self._by_member.get(agent, ())

    @staticmethod
    def _one(kind: str, key: str, found: dict[str, T]) -> T:
        try:
            return found[key]
        except KeyError:
            import difflib

            near = difflib.get_close_matches(key, found, n=3)
            raise NotFoundError(kind, key, f"near: {', '.join(near)}" if near else "") from None

    @cached_property
    def _networks(self) -> dict[str, Network]:
        return {network.slug: network for network in self.networks}

    @cached_property
    def _agents(self) -> dict[str, Agent]:
        return {f"{agent.kind}/{agent.key}": agent for agent in self.agents}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.slug: source for source in self.sources}

    @cached_property
    def _changes(self) -> dict[str, tuple[Change, ...]]:
        found: defaultdict[str, list[Change]] = defaultdict(list)
        for change in sorted(self.changes, key=lambda one: (one.date, one.iri)):
            for iri in dict.fromkeys((*change.originals, *change.results)):
                found[iri].append(change)
        return {iri: tuple(changes) for iri, changes in found.items()}

    @cached_property
    def _by_network(self) -> dict[str, tuple[Membership, ...]]:
        return _grouped(self.memberships, "network")

    @cached_property
    def _by_member(self) -> dict[str, tuple[Membership, ...]]:
        return _grouped(self.memberships, "member")

    def changes_of(self, iri: str) -> tuple[Change, ...]:
        """What became of an organisation or a territory, and what it came from, by date."""
        return self._changes.get(iri, ())

    # -- analysis --------------------------------------------------------------------------------

    @cached_property
    def affiliation(self) -> Affiliation:
        """Members × networks as arrays: what analysis works on.

        Offices of persons and the bodies that they sit in are governance, not membership; they
        are left out. The arrays are mapped and the records read when they are asked for; a release
        without arrays is worked out from its tables.
        """
        import numpy as np

        from kgraph.analysis.affiliation import Affiliation
        from kgraph.analysis.stored import affiliate

        files = sorted((self.path / "affiliation").glob("*.npy"))
        if not files:
            return affiliate(
                self.agents, self.networks, self.memberships, self.figures, self.periods
            )
        return Affiliation.from_arrays(
            {file.stem: np.load(file, mmap_mode="r") for file in files},
            self._lines("agents", Agent),
            self._lines("networks", Network),
            self._lines("memberships", Membership),
            self._lines("figures", Figure),
            self._lines("periods", Period),
        )

    def to_networkx(
        self,
        as_of: date | None = None,
        level: str = "as-is",
        roles: Collection[str] | None = None,
    ) -> nx.Graph:
        """The two-mode graph of members and networks.

        Parameters
        ----------
        as_of : datetime.date, optional
            The day for which a membership must hold; without it, whoever was ever a member.
        level : {"as-is", "leaf", "top"}
            Networks as they are, only those without networks below them, or lifted to the topmost.
        roles : collection of str, optional
            Codes of ``codelist/role``; every role that counts as membership if not given.

        Returns
        -------
        networkx.Graph
            Nodes are IRIs with ``bipartite`` (0 members, 1 networks), ``name``, ``kind``, ``key``;
            edges have ``roles``, ``start``, ``end``, ``certainty``, ``sources``.
        """
        return self.affiliation.at(as_of, level=level, roles=roles).to_networkx()


def _grouped(memberships: tuple[Membership, ...], name: str) -> dict[str, tuple[Membership, ...]]:
    found: defaultdict[str, list[Membership]] = defaultdict(list)
    for membership in memberships:
        found[getattr(membership, name)].append(membership)
    return {key: tuple(group) for key, group in found.items()}
