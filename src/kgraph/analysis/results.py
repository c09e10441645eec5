"""What a measure gives back, with all that a reader needs to judge it, and when to warn."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from kgraph.analysis.affiliation import BOUNDS
from kgraph.analysis.coverage import Coverage
from kgraph.analysis.incidence import Incidence, Level
from kgraph.analysis.references import Reference
from kgraph.dates import ALWAYS

__all__ = ["Caution", "Result", "cautions"]

#: Above this share of all members a network dominates the distances and the overlaps.
_MEGA = 1 / 3
#: Below this share of the claimed count a roster is called small.
_PARTIAL = 0.8
#: Fewer nodes than this in a mode, and its ranks rest on next to nothing.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Caution:
    """Why a result may mislead: a code for software, a sentence for people in both languages."""

    code: str
    de: str
    en: str


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of one measure on one view.

    Attributes
    ----------
    measure : str
        Its id in the registry.
    definition_de, definition_en : str
    references : tuple of Reference
        Who defined it.
    parameters : mapping
        Every parameter with the value that was used, defaults included.
    as_of : date or None
    level : {"as-is", "leaf", "top"}
    roles : tuple of str
    n_members, n_networks, n_entries : int
        Size of the view.
    coverage : Coverage
    warnings : tuple of Caution
    rows : tuple of dict
        Text, numbers, truth values and lists of texts only: they go to JSON and CSV as they are.
    """

    measure: str
    definition_de: str
    definition_en: str
    references: tuple[Reference, ...]
    parameters: Mapping[str, object]
    as_of: date | None
    level: Level
    roles: tuple[str, ...]
    n_members: int
    n_networks: int
    n_entries: int
    coverage: Coverage
    warnings: tuple[Caution, ...]
    rows: tuple[dict[str, Any], ...]

    def about(self) -> dict[str, Any]:
        """All but the rows, as text, numbers, lists and mappings only: what goes with them to JSON.

        Examples
        --------
        >>> from datetime import date
        >>> from kgraph.analysis import run
        >>> from kgraph.analysis.example import example
        >>> about = run("degree", example().at(date(2024, 5, 1))).about()
        >>> about["as_of"], about["level"], about["coverage"]["n_claimed"]
        ('2024-05-01', 'as-is', 9)
        """
        covered = self.coverage
        return {
            "measure": self.measure,
            "definition": {"de": self.definition_de, "en": self.definition_en},
            "references": [{"text": one.text, "url": one.url} for one in self.references],
            "parameters": dict(self.parameters),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "level": self.level,
            "roles": list(self.roles),
            "n_members": self.n_members,
            "n_networks": self.n_networks,
            "n_entries": self.n_entries,
            "coverage": {
                name: getattr(covered, name)
                for name in ("n_networks", "n_with_claim", "n_listed", "n_claimed")
            },
            "warnings": [{"code": w.code, "de": w.de, "en": w.en} for w in self.warnings],
        }

    def to_pandas(self) -> Any:
        """The rows as a ``pandas.DataFrame``; :meth:`about` is in its ``attrs``."""
        import pandas as pd

        frame = pd.DataFrame(list(self.rows))
        frame.attrs = self.about()
        return frame

    def to_arrow(self) -> Any:
        """The rows as a ``pyarrow.Table``; its metadata hold :meth:`about` as JSON (``about``).

        Raises
        ------
        ImportError
            If pyarrow is not installed; it comes with ``pip install kgraph[arrow]``.
        """
        import pyarrow as pa

        about = json.dumps(self.about(), ensure_ascii=False)
        return pa.Table.from_pylist(list(self.rows)).replace_schema_metadata({"about": about})


def cautions(incidence: Incidence, *, by_distance: bool = False) -> tuple[Caution, ...]:
    """What speaks against taking a result on this view at face value.

    Parameters
    ----------
    incidence : Incidence
    by_distance : bool
        Whether the measure sums path lengths, which are undefined between separate parts.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> [caution.code for caution in cautions(example().at(date(2024, 5, 1)))]
    ['mega-network', 'rosters-partial', 'few-networks']
    """
    found = [*_size(incidence), *_roster(incidence), *_basis(incidence)]
    if by_distance:
        found += _parts(incidence)
    return tuple(found)


def _size(incidence: Incidence) -> Iterator[Caution]:
    """A network that holds more than a third of all members."""
    n_members, _ = incidence.shape
    sizes = incidence.network_sizes
    if not len(sizes) or not sizes.max() > n_members * _MEGA:
        return
    name, size = incidence.networks[int(sizes.argmax())].name, int(sizes.max())
    yield Caution(
        "mega-network",
        f"{name} umfasst {size} von {n_members} Mitgliedern: Abstände und gemeinsame "
        "Mitgliedschaften sagen vor allem, wer dort Mitglied ist.",
        f"{name} holds {size} of {n_members} members: distances and shared memberships mostly "
        "say who is in it.",
    )


def _roster(incidence: Incidence) -> Iterator[Caution]:
    """Rosters that are small against the counts that sources claim."""
    coverage = incidence.coverage
    shares = [(roster.share, roster) for roster in coverage.rosters]
    partial = [roster for share, roster in shares if share is not None and share < _PARTIAL]
    if not partial:
        return
    listed = sum(roster.n_listed for roster in partial)
    claimed = sum(roster.n_claimed or 0 for roster in partial)
    yield Caution(
        "rosters-partial",
        f"In {len(partial)} von {coverage.n_with_claim} Netzwerken, für die eine Quelle eine "
        f"Mitgliederzahl nennt, fehlen Mitglieder: {listed} von {claimed} sind aufgeführt. Wer "
        "hier nicht steht, kann trotzdem Mitglied sein.",
        f"{len(partial)} of {coverage.n_with_claim} networks for which a source gives a number of "
        f"members lack some: {listed} of {claimed} are listed. Who is not listed may still be a "
        "member.",
    )


def _basis(incidence: Incidence) -> Iterator[Caution]:
    """What the choice of day and level does to the view."""
    if incidence.as_of is None:
        yield Caution(
            "all-years",
            "Mitgliedschaften aller Jahre gelten hier zugleich: Mitglieder können ein Netzwerk "
            "teilen, ohne ihm je gemeinsam angehört zu haben.",
            "Memberships of all years count at once: members may share a network that they were "
            "never in together.",
        )
    elif n_undated := _n_undated(incidence):
        yield Caution(
            "undated",
            f"{n_undated} Mitgliedschaften datiert keine Quelle, auch nicht die Gründung ihres "
            "Netzwerks: Sie zählen an jedem Tag, so früh er auch liegt.",
            f"No source dates {n_undated} memberships, nor the founding of their networks: they "
            "count on every day, however early.",
        )
    if incidence.n_left_out:
        yield Caution(
            "left-out",
            f"{incidence.n_left_out} Mitgliedschaften in Netzwerken mit Untergliederungen bleiben "
            "auf dieser Ebene außer Betracht.",
            f"{incidence.n_left_out} memberships of networks that have bodies below them are left "
            "out on this level.",
        )
    iris = set(incidence.iris("networks"))
    n_below = sum(network.parent in iris for network in incidence.networks)
    if n_below:
        yield Caution(
            "mixed-levels",
            f"{n_below} Netzwerke gehören zu einem anderen der Auswahl und zählen doppelt; die "
            "Ebene 'leaf' oder 'top' vermeidet das.",
            f"{n_below} networks belong to another one of the view and count twice; level 'leaf' "
            "or 'top' avoids that.",
        )
    n_presumed = int(incidence.certainty.sum())
    if 2 * n_presumed > incidence.n_entries:
        yield Caution(
            "mostly-presumed",
            f"{n_presumed} von {incidence.n_entries} Mitgliedschaften sind für diesen Tag "
            "angenommen, nicht belegt.",
            f"{n_presumed} of {incidence.n_entries} memberships are presumed for this day, not "
            "attested.",
        )
    for (code, de, en), size in zip(_MODES, incidence.shape, strict=True):
        if size < _FEW:
            yield Caution(
                code,
                f"Nur {size} {de}: Rangfolgen beruhen auf sehr wenigen Fällen.",
                f"Only {size} {en}: ranks rest on very few cases.",
            )


def _n_undated(incidence: Incidence) -> int:
    """Entries that hold since ever, for all that is known."""
    if not incidence.n_entries:
        return 0
    days = incidence.affiliation.days[:, BOUNDS.index("held_from")][incidence.behind]
    since = np.minimum.reduceat(days, incidence.behind_ptr[:-1])
    return int((since <= ALWAYS.toordinal()).sum())


_MODES = (("few-members", "Mitglieder", "members"), ("few-networks", "Netzwerke", "networks"))


def _parts(incidence: Incidence) -> Iterator[Caution]:
    """A graph in several parts."""
    from scipy.sparse import block_array
    from scipy.sparse.csgraph import connected_components

    if not incidence.n_entries:
        return
    matrix = incidence.matrix
    n_parts, _ = connected_components(block_array([[None, matrix], [matrix.T, None]]))
    if n_parts > 1:
        yield Caution(
            "disconnected",
            f"Der Graph zerfällt in {n_parts} Teile. Abstände gibt es nur innerhalb eines Teils, "
            "und in kleinen Teilen sind sie kurz: deren Werte sind zu hoch, auch über 1. "
            "Verlässlicher ist hier die harmonische Nähe.",
            f"The graph falls into {n_parts} parts. There are distances only within a part, and in "
            "small parts they are short: their values are too high, even above 1. Harmonic "
            "closeness is sounder here.",
        )
