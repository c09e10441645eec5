"""Bodies on the same theme with mostly the same members."""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.analysis.incidence import Incidence
from kgraph.analysis.similarity import Overlap, network_overlap
from kgraph.errors import QueryParameterError

__all__ = ["Redundancy", "redundancy"]


@dataclass(frozen=True, slots=True)
class Redundancy:
    """Two networks whose smaller one lies mostly in the other, and the themes of both."""

    overlap: Overlap
    themes: tuple[str, ...]
    related: bool


def redundancy(
    incidence: Incidence,
    *,
    member: str | None = None,
    minimum_containment: float = 0.5,
    minimum_shared: int = 3,
    any_theme: bool = False,
) -> list[Redundancy]:
    """Pairs of networks on a common theme that share most members of the smaller one.

    Parameters
    ----------
    incidence : Incidence
    member : str, optional
        Only pairs of networks that this member is in.
    minimum_containment : float in (0, 1]
        Shared members by the size of the smaller network.
    minimum_shared : int
    any_theme : bool
        List pairs without a common theme as well; a network without a known theme has none.

    Returns
    -------
    list of Redundancy
        By Jaccard, then shared members, both falling, then the IRIs: of two networks of the same
        members both have the same task, while a large one contains many small ones by its size.
        ``related`` marks a network and one below it: there the overlap is by construction.

    Raises
    ------
    NotFoundError
        If nobody has that IRI, path or key.

    Notes
    -----
    The same people at the same table on the same subject may be waste or division of labour; the
    list is where to ask. ``overlap.more_than_size_explains`` says which overlap is no accident.

    References
    ----------
    Simpson, G. G. (1943). Mammals and the nature of continents. American Journal of Science,
    241(1), 1–31. https://doi.org/10.2475/ajs.241.1.1

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> (pair,) = redundancy(example().at(date(2024, 5, 1)), minimum_shared=2, any_theme=True)
    >>> pair.overlap.a.slug, pair.overlap.b.slug, pair.overlap.containment
    ('rail', 'water', 1.0)
    """
    if not 0 < minimum_containment <= 1:
        raise QueryParameterError(
            f"minimum_containment is {minimum_containment}; give a number above 0, at most 1"
        )
    own = None
    if member is not None:
        row = incidence.find_member(member)
        first, last = (0, 0) if row is None else incidence.indptr[row : row + 2].tolist()
        own = {incidence.networks[column].iri for column in incidence.indices[first:last]}
    found = []
    for pair in network_overlap(incidence, minimum_shared):
        themes = tuple(sorted(set(pair.a.themes) & set(pair.b.themes)))
        mine = own is None or {pair.a.iri, pair.b.iri} <= own
        if mine and pair.containment >= minimum_containment and (themes or any_theme):
            related = pair.a.iri == pair.b.parent or pair.b.iri == pair.a.parent
            found.append(Redundancy(pair, themes, related))
    return sorted(
        found,
        key=lambda r: (
            -round(r.overlap.jaccard, 12),
            -r.overlap.shared,
            r.overlap.a.iri,
            r.overlap.b.iri,
        ),
    )
