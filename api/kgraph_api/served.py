"""A release as it is served: with what is computed from it once and kept in memory.

A server holds one of these at a time. To serve another release it puts another one in its place;
a request keeps the one it began with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kgraph import resources
from kgraph.analysis import Incidence, Level
from kgraph.dates import Certainty
from kgraph.examples import Example, read_examples
from kgraph.feed import Feed
from kgraph.model import Agent, Change, Figure, Network, Period
from kgraph.periods import on_day
from kgraph.queries.parts import WHOLE, Parts, parts
from kgraph_api.finding import Index
from kgraph_api.layout import Layout, layout

if TYPE_CHECKING:
    from kgraph.disagreements import Disagreement
    from kgraph.queries.vocabulary import Label, Vocabulary
    from kgraph.release import Release
    from kgraph_api.sparql.pool import Pool

__all__ = ["MANY", "Served"]

#: Views of the affiliation that are kept: a page asks for the same day again and again.
_VIEWS = 32

#: The most things that point at a thing on one page of its document, or of which a graph speaks.
MANY = 1000

#: Documents whose pages are kept.
_DOCUMENTS = 64


class Served:
    """One release and its derived tables, each computed when it is first asked for.

    Parameters
    ----------
    release : Release
    pool : Pool, optional
        The query workers of this release; without them SPARQL is answered in threads.
    """

    def __init__(self, release: Release, pool: Pool | None = None) -> None:
        self.release, self.pool = release, pool
        self.view = lru_cache(maxsize=_VIEWS)(self._view)
        self.n_members = lru_cache(maxsize=_VIEWS)(self._n_members)
        self.n_networks = lru_cache(maxsize=_VIEWS)(self._n_networks)
        self._parts = lru_cache(maxsize=_DOCUMENTS)(self._cut)

    @property
    def version(self) -> str:
        """The version of the release: a hash of its content."""
        return self.release.version

    def warm(self) -> None:
        """Compute and load everything now, so that no request has to wait for it."""
        _ = self.layout, self.index, self.names, self.counts
        self.release.store.load()
        self.n_members(None)
        _ = self.labels, self.vocabulary, self.object_classes

    @cached_property
    def layout(self) -> Layout:
        """IRI → position; the same on every day, so that time can run without things jumping."""
        return layout(self.release)

    @cached_property
    def index(self) -> Index:
        """Names to search in."""
        return Index.of(self.release)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The classes and properties that the data use."""
        from kgraph.queries.vocabulary import vocabulary

        return vocabulary(self.release.store)

    @cached_property
    def object_classes(self) -> Mapping[str, Mapping[str, int]]:
        """Name of a property → classes of what it leads to, counted."""
        from kgraph.queries.links import object_classes

        return object_classes(self.release.store)

    @cached_property
    def labels(self) -> Mapping[str, Label]:
        """IRI → name in both languages, of everything that has one."""
        from kgraph.queries.vocabulary import all_labels

        return all_labels(self.release.store)

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """The example questions of the release, or those of this installation."""
        own = self.release.path / "ontology" / "competency"
        return read_examples(own if own.is_dir() else resources.ontology() / "competency")

    @cached_property
    def networks(self) -> Mapping[str, Network]:
        """IRI → network."""
        return {network.iri: network for network in self.release.networks}

    @cached_property
    def agents(self) -> Mapping[str, Agent]:
        """IRI → agent."""
        return {agent.iri: agent for agent in self.release.agents}

    @cached_property
    def changes(self) -> Mapping[str, Change]:
        """IRI → founding, merger, dissolution."""
        return {change.iri: change for change in self.release.changes}

    @cached_property
    def disagreements(self) -> Mapping[str, tuple[Disagreement, ...]]:
        """IRI → where sources contradict each other about it."""
        found: defaultdict[str, list[Disagreement]] = defaultdict(list)
        for one in self.release.disagreements:
            found[one.about].append(one)
        return {iri: tuple(rows) for iri, rows in found.items()}

    @cached_property
    def territories(self) -> Mapping[str, Period]:
        """IRI → a territory of which a beginning or an end is known."""
        return {one.iri: one for one in self.release.periods if one.kind == "territory"}

    @cached_property
    def dated_names(self) -> Mapping[str, tuple[Period, ...]]:
        """IRI → the names that sources give it, each with its time."""
        found: defaultdict[str, list[Period]] = defaultdict(list)
        for one in self.release.periods:
            if one.kind == "name":
                found[one.parties[0][1]].append(one)
        return {iri: tuple(names) for iri, names in found.items()}

    def certainty_of(self, iri: str, day: date | None) -> Certainty:
        """Whether there is a territory on a day: presumed where no source says otherwise."""
        known = self.territories.get(iri)
        if known is None:
            return Certainty.PRESUMED
        return known.bounds.on(day) if day else known.bounds.ever

    def on_day(self, iri: str, day: date | None) -> tuple[str, ...]:
        """What stands for a territory on a day; see :func:`kgraph.periods.on_day`."""
        return on_day(self.release, iri, day) if iri in self.territories else (iri,)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """IRI → German name of every network, agent and programme."""
        release = self.release
        named = {a.iri: a.name for a in release.agents}
        named |= {p.iri: p.name for p in release.programmes}
        named |= {n.iri: n.name for n in release.networks}
        return {iri: name for iri, name in named.items() if name}

    @cached_property
    def names_en(self) -> Mapping[str, str]:
        """IRI → English name of whatever has one."""
        release = self.release
        named = {agent.iri: agent.name_en for agent in release.agents}
        named |= {programme.iri: programme.name_en for programme in release.programmes}
        named |= {network.iri: network.name_en for network in release.networks}
        return {iri: name for iri, name in named.items() if name}

    def name_of(self, iri: str) -> str:
        """The name of a thing, of whatever kind, else the last part of its IRI."""
        if iri in self.names:
            return self.names[iri]
        label = self.labels.get(iri)
        return (label.within("de") if label else "") or iri.rpartition("/")[2]

    def name_in(self, language: str, iri: str) -> str:
        """The name of a thing in a language, else in German, else the last part of its IRI."""
        own = self.names_en.get(iri) if language == "en" else None
        return own or self.names.get(iri) or iri.rpartition("/")[2]

    @cached_property
    def feed(self) -> Feed:
        """What happened, newest first."""
        return Feed.of(self.release)

    def sort_name(self, iri: str) -> str:
        """The name of a thing as lists are ordered by it."""
        return self.names.get(iri, iri).casefold()

    @cached_property
    def states(self) -> Mapping[str, str]:
        """Key of a state (``de-05``) → its name; a state that nothing names is its own key."""
        keys = {agent.state for agent in self.release.agents if agent.state}
        named = {agent.key: agent.name for agent in self.release.agents if agent.kind == "state"}
        return {key: named.get(key, key) for key in sorted(keys | set(named))}

    def state_of(self, agent: Agent) -> str | None:
        """The name of the state that an agent lies in, or is."""
        return self.states.get(agent.key if agent.kind == "state" else agent.state)

    @cached_property
    def counts(self) -> Mapping[str, tuple[Figure, ...]]:
        """IRI of a network → the numbers of members that sources claim, by date."""
        found: defaultdict[str, list[Figure]] = defaultdict(list)
        for figure in self.release.figures:
            if figure.kind == "members" or figure.kind.startswith("members-"):
                found[figure.of].append(figure)
        return {iri: tuple(sorted(row, key=_by_date)) for iri, row in found.items()}

    def parts(self, iri: str) -> Parts:
        """The pages of the document about a thing, or about a named graph, if it is long."""
        return self._parts(iri) if self.release.store.holds_more(iri, MANY) else WHOLE

    def _cut(self, iri: str) -> Parts:
        return parts(self.release.store, iri, MANY)

    def _n_members(self, day: date | None) -> Mapping[str, int]:
        """IRI of a network → number of its members on a day."""
        view = self.view(day)
        sizes = view.network_sizes.tolist()
        return {network.iri: n for network, n in zip(view.networks, sizes, strict=True)}

    def _n_networks(self, day: date | None) -> Mapping[str, int]:
        """IRI of a member → number of its networks on a day."""
        view = self.view(day)
        degrees = view.member_degrees.tolist()
        return {member.iri: n for member, n in zip(view.members, degrees, strict=True)}

    def _view(
        self,
        day: date | None,
        *,
        level: Level = "as-is",
        roles: tuple[str, ...] | None = None,
        states: tuple[str, ...] | None = None,
        network_kinds: tuple[str, ...] | None = None,
    ) -> Incidence:
        """The members and networks of one day; the arguments are those of ``Affiliation.at``."""
        return self.release.affiliation.at(
            day, level=level, roles=roles, states=states, network_kinds=network_kinds
        )


def _by_date(figure: Figure) -> tuple[str, str, float, str]:
    return figure.date, figure.kind, figure.value, figure.iri
