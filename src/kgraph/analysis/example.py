"""A small affiliation that can be counted by hand: five towns, four networks, one working group.

On 2024-05-01 it is this graph, where the tests check every measure against pencil and paper::

    Ahof ── water ── Berg ── rail
              └───── Chaus ───┘
                       └── climate ── Dorf ── forest ── Eck
"""

from __future__ import annotations

from kgraph.analysis.affiliation import Affiliation
from kgraph.dates import PartialDate, bounds
from kgraph.model import Agent, Evidence, Figure, Membership, Network
from kgraph.namespaces import thing

__all__ = ["example", "member", "membership", "network"]

_TOWNS = ("Ahof", "Berg", "Chaus", "Dorf", "Eck")

#: network, town, role, start, end, date of the roster
_ROWS = (
    ("water", "Ahof", "member", "2001", "", "2024-12-31"),
    ("water", "Berg", "member", "2001", "", "2024-12-31"),
    ("water", "Chaus", "lead", "2001", "", "2024-12-31"),
    ("water", "Eck", "member", "2001", "2015-12-31", ""),
    ("rail", "Berg", "lead", "2005", "", "2024-12-31"),
    ("rail", "Berg", "member", "2005", "", "2024-12-31"),
    ("rail", "Chaus", "member", "2005", "", "2024-12-31"),
    ("rail-tariffs", "Ahof", "member", "2010", "2015", ""),
    ("rail-tariffs", "Berg", "member", "2010", "2015", ""),
    ("climate", "Chaus", "member", "2009", "", "2024-12-31"),
    ("climate", "Dorf", "member", "2009", "", "2024-12-31"),
    ("climate", "Eck", "funder", "2009", "", "2024-12-31"),
    ("forest", "Ahof", "member", "2030", "", ""),
    ("forest", "Dorf", "member", "2001", "", "2024-12-31"),
    ("forest", "Eck", "member", "", "", "2020"),
)


def member(key: str, name: str, kind: str = "municipality", state: str = "") -> Agent:
    """An agent that has nothing but a name, a kind and a state."""
    return Agent(
        thing(f"{kind}/{key}"), kind, key, name, name, state, "", "de", "", None, None, None
    )


def network(slug: str, kind: str = "network", parent: str = "") -> Network:
    """A network that has nothing but a slug, a kind and the slug of its parent."""
    above = thing(f"network/{parent}") if parent else ""
    name = slug.replace("-", " ").capitalize()
    return Network(
        thing(f"network/{slug}"), slug, kind, name, name, "", "", (), "de", above, "", "",
        (), (), 0, (),
    )  # fmt: skip


def membership(
    column: Network,
    row: Agent,
    role: str = "member",
    *,
    start: str = "",
    end: str = "",
    on: str = "",
) -> Membership:
    """A membership with its dates as a source prints them; ``on`` is the roster's own date."""
    first, last, point = ([PartialDate.parse(text)] if text else [] for text in (start, end, on))
    evidence = Evidence("handbook", f"table of {column.slug}", "roster" if on else "undated", on)
    return Membership(
        thing(f"membership/{column.slug}/{row.key}/{role}"), column.iri, row.iri, role,
        role != "funder", "", start, end, bounds(first, last, point), (evidence,),
    )  # fmt: skip


def example() -> Affiliation:
    """The affiliation of the five towns, with one member who left and one who has yet to join.

    Examples
    --------
    >>> from datetime import date
    >>> view = example().at(date(2024, 5, 1))
    >>> [(agent.name, int(n)) for agent, n in zip(view.members, view.member_degrees)]
    [('Ahof', 1), ('Berg', 2), ('Chaus', 3), ('Dorf', 2), ('Eck', 1)]
    """
    towns = {
        name: member(f"xx-{i}", name, state="West" if i < 4 else "East")
        for i, name in enumerate(_TOWNS, start=1)
    }
    networks = {slug: network(slug) for slug in ("water", "rail", "climate", "forest")}
    networks["rail-tariffs"] = network("rail-tariffs", "working-group", parent="rail")
    rows = [
        membership(networks[slug], towns[town], role, start=start, end=end, on=on)
        for slug, town, role, start, end, on in _ROWS
    ]
    claim = Figure(
        thing("figure/water/members"), networks["water"].iri, "members", 9.0, "over", "members",
        "2023", "handbook", "p. 2",
    )  # fmt: skip
    return Affiliation.from_memberships(towns.values(), networks.values(), rows, [claim])
