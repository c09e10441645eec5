"""How complete the rosters are: members listed against the counts that sources claim.

A roster can be partial. A result that does not say so takes "unknown" for "none".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kgraph.dates import PartialDate
from kgraph.model import Figure

if TYPE_CHECKING:
    from kgraph.analysis.incidence import Incidence

__all__ = [
    "MEMBER_COUNT", "Coverage", "Roster", "by_network", "claimed_near", "claimed_on",
    "claimed_sizes",
]  # fmt: skip

#: The figure kind that counts the members of a network.
MEMBER_COUNT = "members"


@dataclass(frozen=True, slots=True)
class Roster:
    """One network: how many members are listed on the day, and how many a source claims.

    ``n_claimed`` is None where no source gives a count up to that day. ``qualifier`` is the one of
    the source (``over``, ``about``), ``claimed_on`` its date as printed.
    """

    network: str
    n_listed: int
    n_claimed: int | None
    qualifier: str
    claimed_on: str
    source: str

    @property
    def share(self) -> float | None:
        """Listed by claimed, at most 1; None without a claim."""
        if not self.n_claimed:
            return None
        return min(1.0, self.n_listed / self.n_claimed)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The rosters of a view, and their sums over those networks for which a count is claimed.

    Examples
    --------
    >>> rosters = (Roster("a", 78, 161, "over", "2024", "s"), Roster("b", 12, None, "", "", ""))
    >>> coverage = Coverage(rosters)
    >>> coverage.n_networks, coverage.n_with_claim, coverage.n_listed, coverage.n_claimed
    (2, 1, 78, 161)
    """

    rosters: tuple[Roster, ...]

    @property
    def n_networks(self) -> int:
        """Number of networks in the view."""
        return len(self.rosters)

    @property
    def n_with_claim(self) -> int:
        """Number of networks for which a source claims a count."""
        return sum(roster.n_claimed is not None for roster in self.rosters)

    @property
    def n_listed(self) -> int:
        """Members listed, over the networks with a claim."""
        return sum(roster.n_listed for roster in self.rosters if roster.n_claimed is not None)

    @property
    def n_claimed(self) -> int:
        """Members claimed, over the networks with a claim."""
        return sum(roster.n_claimed or 0 for roster in self.rosters)


def by_network(figures: Iterable[Figure]) -> dict[str, tuple[Figure, ...]]:
    """Counts of members by the network that they are of; other figures are passed over."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.kind == MEMBER_COUNT:
            found[figure.of].append(figure)
    return {iri: tuple(found[iri]) for iri in sorted(found)}


def claimed_on(figures: Iterable[Figure], day: date | None) -> Figure | None:
    """The claimed count that speaks for a day: the latest that is dated on it or before.

    Parameters
    ----------
    figures : iterable of Figure
        Counts of members of one network.
    day : date or None
        None takes the latest of all.

    Returns
    -------
    Figure or None
        Of several of the same date the largest, which flatters the coverage least. An undated count
        only where there is no dated one at all.

    Examples
    --------
    >>> counts = [Figure("", "n", "members", value, "", "", when, "s", "")
    ...           for value, when in ((78, "2013-04"), (161, "2023"), (160, "2023"))]
    >>> claimed_on(counts, date(2020, 1, 1)).value, claimed_on(counts, None).value
    (78, 161)
    >>> claimed_on(counts, date(2000, 1, 1)) is None
    True
    """
    counts = list(figures)
    dated = [(PartialDate.parse(f.date).earliest, f.value, f.iri, f) for f in counts if f.date]
    if dated:
        known = [entry for entry in dated if day is None or entry[0] <= day]
        return max(known, key=_without_figure)[-1] if known else None
    return max(counts, key=lambda figure: (figure.value, figure.iri), default=None)


def claimed_near(figures: Iterable[Figure], day: date | None) -> Figure | None:
    """As :func:`claimed_on`; before the first dated count, that one: a size, not a coverage.

    Examples
    --------
    >>> counts = [Figure("", "n", "members", 78, "", "", "2013-04", "s", "")]
    >>> claimed_near(counts, date(2000, 1, 1)).value
    78
    """
    counts = list(figures)
    if found := claimed_on(counts, day):
        return found
    dated = [(PartialDate.parse(f.date).earliest, f.iri, f) for f in counts if f.date]
    return min(dated, key=lambda entry: entry[:2])[-1] if dated else None


def claimed_sizes(incidence: Incidence, columns: Iterable[int]) -> npt.NDArray[np.int64]:
    """How many members sources claim for some networks of a view; 0 where none does."""
    figures = incidence.affiliation.figures
    claims = [
        claimed_near(figures.get(incidence.networks[column].iri, ()), incidence.as_of)
        for column in columns
    ]
    return np.array([round(claim.value) if claim else 0 for claim in claims], dtype=np.int64)


def _without_figure(entry: Sequence[object]) -> tuple[object, ...]:
    """What a dated figure is ordered by: its date, its value, its IRI."""
    return tuple(entry[:3])
