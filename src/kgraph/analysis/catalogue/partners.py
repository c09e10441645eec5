"""Measures of partners: of one member, and of all of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis import cost
from kgraph.analysis import similarity as s
from kgraph.analysis.catalogue.record import LARGE, TOP, Measure, Row, Values, cited
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.pairs import Partners, best_partners
from kgraph.analysis.parameters import Parameter

__all__ = ["PARTNERS"]


def _partners(incidence: Incidence, values: Values) -> list[Row]:
    found = s.closest_partners(
        incidence, values["member"], values["k"], values["exclude_larger_than"],
        rank_by=values["rank_by"], sizes=values["sizes"], kinds=_PARTNERS[values["partners"]],
    )  # fmt: skip
    return [
        {"iri": row.partner.iri, "key": row.partner.key, "name": row.partner.name,
         "kind": row.partner.kind, "n_shared": row.n_shared, "newman_weight": row.newman_weight,
         "shared": [network.slug for network in row.shared],
         "shared_names": [network.name for network in row.shared]}
        for row in found
    ]  # fmt: skip


def _best(incidence: Incidence, values: Values) -> list[Row]:
    kinds, members = _PARTNERS[values["partners"]], incidence.members
    of_kind = np.ones(len(members), dtype=np.bool_)
    if kinds is not None:
        of_kind = members.codes("kind").among(set(kinds))
    blocks = best_partners(
        incidence, values["k"], values["exclude_larger_than"], rank_by=values["rank_by"],
        sizes=values["sizes"], kinds=kinds,
    )  # fmt: skip
    found = [_listed(block, of_kind) for block in blocks]
    if not found:
        return []
    a, place, b, n_shared, weight = (np.concatenate(column) for column in zip(*found, strict=True))
    numbers = [-n_shared, -np.round(weight, 9)]
    first, second = numbers if values["rank_by"] == "shared" else numbers[::-1]
    order = np.lexsort((place, members.order[a], second, first))[: values["top"]]
    columns = (column[order].tolist() for column in (a, place, b, n_shared, weight))
    return [
        {"a": members[i].iri, "a_name": members[i].name, "place": nth, "b": members[j].iri,
         "b_name": members[j].name, "n_shared": shared, "newman_weight": newman}
        for i, nth, j, shared, newman in zip(*columns, strict=True)
    ]  # fmt: skip


def _listed(block: Partners, of_kind: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[Any], ...]:
    """The partners of a block, one after the other: whose, in which place, who, and how near."""
    held = block.partner >= 0
    held &= of_kind[block.first : block.first + len(held), None]
    row, place = np.nonzero(held)
    numbers = (block.partner, block.shared, block.newman_weight)
    return row + block.first, place + 1, *(part[held] for part in numbers)


#: Kinds of members that are partners: who governs a territory, municipalities alone, or anybody.
_PARTNERS: dict[str, frozenset[str] | None] = {
    "territorial": frozenset({"municipality", "district", "region", "state", "place"}),
    "municipalities": frozenset({"municipality"}),
    "any": None,
}

_HOW = (
    LARGE,
    Parameter(
        "partners", "choice", "Art der Partner", "kind of partners", "territorial",
        choices=tuple(_PARTNERS),
    ),
    Parameter(
        "sizes", "choice", "Größe der Netzwerke", "size of networks", "claimed",
        choices=("claimed", "listed"),
    ),
    Parameter(
        "rank_by", "choice", "ordnen nach", "order by", "shared", choices=("shared", "newman")
    ),
)  # fmt: skip

PARTNERS: tuple[Measure, ...] = (
    Measure(
        "closest-partners", "Nächste Partner", "Closest partners",
        "Welche Kommunen, Kreise und Länder mit einem Mitglied die meisten Netzwerke teilen, mit "
        "deren Namen. Das Newman-Gewicht summiert 1 / (Größe − 1): kleine gemeinsame Netzwerke "
        "wiegen mehr. Als Größe zählt, was eine Quelle nennt, wenn es mehr ist als aufgeführt. Bei "
        "Gleichstand zählt die jeweils andere Zahl, dann der Name.",
        "Which municipalities, districts and states share most networks with a member, with their "
        "names. The Newman weight sums 1 / (size − 1): small shared networks weigh more. The size "
        "is what a source claims, if that is more than is listed. Ties are broken by the other of "
        "the two numbers, then by name.",
        cited("newman-2001"),
        (
            Parameter("member", "member", "Mitglied", "Member", required=True),
            Parameter("k", "integer", "Anzahl", "Number of partners", 10, minimum=1),
            *_HOW,
        ),
        ("iri", "key", "name", "kind", "n_shared", "newman_weight", "shared", "shared_names"),
        _partners,
    ),
    Measure(
        "best-partners", "Nächste Partner aller", "Closest partners of all",
        "Die nächsten Partner jedes Mitglieds der gewählten Art, gezählt und gewogen wie bei "
        "einem: gemeinsame Netzwerke und Newman-Gewicht; die engsten Paare zuerst. place ist der "
        "Platz von b unter den Partnern von a; umgekehrt kann er ein anderer sein.",
        "The closest partners of every member of the chosen kind, counted and weighed as for one: "
        "shared networks and Newman weight; the closest pairs first. place is the place of b among "
        "the partners of a; the other way round it can be another.",
        cited("newman-2001"),
        (
            Parameter(
                "k", "integer", "Anzahl je Mitglied", "Number of partners of each", 10, minimum=1,
                maximum=100,
            ),
            *_HOW, TOP,
        ),
        ("a", "a_name", "place", "b", "b_name", "n_shared", "newman_weight"),
        _best, cost=cost.best_partners,
    ),
)  # fmt: skip
