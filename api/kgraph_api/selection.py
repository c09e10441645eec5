"""Which rows of a release's tables a request asks for; pure functions of tables and parameters."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from datetime import date

from kgraph.codelists import Concept
from kgraph.dates import Certainty
from kgraph.errors import NotFoundError, QueryParameterError
from kgraph.model import Agent, Membership, Network, Programme, Source
from kgraph.namespaces import KINDS
from kgraph_api.finding import matches
from kgraph_api.served import Served

__all__ = [
    "agents", "certainty_on", "codes", "kinds", "members", "memberships", "networks", "programmes",
    "roles", "sources", "state_key", "themes",
]  # fmt: skip

#: Stands for every role, those that are no participation as well.
ANY = "any"

Dated = tuple[Membership, Certainty]


# -- parameters ----------------------------------------------------------------------------------


def chosen(name: str, text: str, known: Collection[str]) -> tuple[str, ...]:
    """Codes separated by commas, all of which must be known; empty where none is asked for.

    Raises
    ------
    QueryParameterError
        With the nearest code there is: an unknown one would filter everything away.

    Examples
    --------
    >>> chosen("kind", "network, project,,network", {"network", "project"})
    ('network', 'project')
    """
    found = tuple(dict.fromkeys(code.strip() for code in text.split(",") if code.strip()))
    for code in found:
        if code not in known:
            near = difflib.get_close_matches(code[:80], known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(known))}"
            raise QueryParameterError(f"{name} {code!r} is not known; {hint}")
    return found


def kinds(served: Served, text: str) -> tuple[str, ...]:
    """Kinds of networks: those of the code list, and those that occur."""
    occur = {network.kind for network in served.release.networks}
    return chosen("kind", text, occur | _listed(served, "network-kind"))


def themes(served: Served, text: str) -> tuple[str, ...]:
    """Themes: those of the code list, and those that occur."""
    occur = {theme for network in served.release.networks for theme in network.themes}
    return chosen("theme", text, occur | _listed(served, "theme"))


def roles(served: Served, text: str) -> tuple[str, ...] | None:
    """Roles that occur; None where none is asked for, which stands for taking part."""
    occur = {row.role for row in served.release.memberships}
    if text == ANY:
        return tuple(sorted(occur))
    asked = chosen("role", text, occur | _listed(served, "role"))
    return tuple(role for role in asked if role in occur) if asked else None


def state_key(served: Served, text: str) -> str:
    """The key of a state that is given as key or as name; empty where none is asked for."""
    for key, name in served.states.items():
        if text in (key, name):
            return key
    if text:
        names = ", ".join(f"{key} ({name})" for key, name in served.states.items())
        raise QueryParameterError(f"state {text!r} is not known; there are {names}")
    return ""


def _listed(served: Served, scheme: str) -> set[str]:
    return set(served.release.codelists.schemes.get(scheme, ()))


# -- rows ----------------------------------------------------------------------------------------


def networks(
    served: Served, *, q: str = "", kind: str = "", theme: str = "", state: str = ""
) -> list[Network]:
    """Networks that fit all filters, by name; a state fits if a member ever lay in it."""
    wanted, codes, key = kinds(served, kind), themes(served, theme), state_key(served, state)
    within = _with_members_in(served, key) if key else None
    found = (
        n
        for n in served.release.networks
        if (not wanted or n.kind in wanted)
        and (not codes or not set(codes).isdisjoint(n.themes))
        and (within is None or n.iri in within)
        and matches(q, n.name, n.name_en, n.short_name, n.slug)
    )
    return sorted(found, key=lambda n: (n.name.casefold(), n.iri))


def _with_members_in(served: Served, state: str) -> set[str]:
    inside = {agent.iri for agent in served.release.agents if agent.state == state}
    return {r.network for r in served.release.memberships if r.participates and r.member in inside}


def agents(
    served: Served, kind: str, day: date | None = None, *, q: str = "", state: str = ""
) -> list[Agent]:
    """Agents of a kind that fit all filters, by name; no territory that had ended on the day."""
    if kind not in KINDS:
        raise NotFoundError("kind of agent", kind, f"there are {', '.join(KINDS)}")
    key = state_key(served, state)
    found = (
        a
        for a in served.release.agents
        if a.kind == kind
        and (not key or a.state == key)
        and matches(q, a.name, a.name_en, a.key)
        and served.certainty_of(a.iri, day).holds
    )
    return sorted(found, key=lambda a: (a.name.casefold(), a.iri))


def programmes(served: Served, *, q: str = "") -> list[Programme]:
    """Programmes and projects, by name."""
    found = (
        p for p in served.release.programmes if matches(q, p.name, p.name_en, p.short_name, p.slug)
    )
    return sorted(found, key=lambda p: (p.name.casefold(), p.iri))


def sources(served: Served, *, q: str = "") -> list[Source]:
    """Documents, by title."""
    found = (s for s in served.release.sources if matches(q, s.title, s.publisher, s.slug))
    return sorted(found, key=lambda s: (s.title.casefold(), s.iri))


def codes(served: Served, scheme: str) -> list[Concept]:
    """The codes of a code list in alphabetical order."""
    schemes = served.release.codelists.schemes
    if scheme not in schemes:
        raise NotFoundError("code list", scheme, f"there are {', '.join(sorted(schemes))}")
    return [schemes[scheme][code] for code in sorted(schemes[scheme])]


# -- memberships ---------------------------------------------------------------------------------


def members(
    served: Served, slug: str, day: date | None, *, role: str, certainty: Collection[str]
) -> list[Dated]:
    """The memberships in a network, by the member's name.

    Persons hold offices for a member and are none themselves: they are listed where a role is
    asked for.
    """
    rows = served.release.members_of(served.release.network(slug).iri)
    if not role:
        rows = tuple(row for row in rows if "/id/person/" not in row.member)
    found = _on(served, rows, day, role, certainty)
    return sorted(found, key=lambda row: (served.sort_name(row[0].member), row[0].iri))


def memberships(
    served: Served, path: str, day: date | None, *, role: str, certainty: Collection[str]
) -> list[Dated]:
    """The memberships of an agent, by the network's name."""
    rows = served.release.memberships_of(served.release.agent(path).iri)
    found = _on(served, rows, day, role, certainty)
    return sorted(found, key=lambda row: (served.sort_name(row[0].network), row[0].iri))


def certainty_on(row: Membership, day: date | None) -> Certainty:
    """How surely a membership holds on a day; without one, whether it was ever attested."""
    if day is not None:
        return row.bounds.on(day)
    is_attested = row.bounds.attested_from <= row.bounds.attested_until
    return Certainty.ATTESTED if is_attested else Certainty.PRESUMED


def _on(
    served: Served,
    rows: Iterable[Membership],
    day: date | None,
    role: str,
    certainty: Collection[str],
) -> list[Dated]:
    """Rows of the roles, with their certainty; without certainties those that hold."""
    wanted_roles = roles(served, role)
    wanted = set(certainty) or {c for c in Certainty if c.holds}
    return [
        (row, sure)
        for row in rows
        if (row.participates if wanted_roles is None else row.role in wanted_roles)
        and (sure := certainty_on(row, day)) in wanted
    ]
