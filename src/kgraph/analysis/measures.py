"""The registry of measures, from which the command line and the API draw their forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kgraph.analysis.catalogue import CATALOGUE, Measure
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.parameters import checked
from kgraph.analysis.results import Caution, Result, cautions
from kgraph.errors import NotFoundError

__all__ = ["MEASURES", "Measure", "get", "prepared", "run"]

#: Every measure by its id, in the order in which to offer them.
MEASURES: dict[str, Measure] = {measure.id: measure for measure in CATALOGUE}


def get(measure: str) -> Measure:
    """The measure with an id.

    Raises
    ------
    NotFoundError
        If there is none.

    Examples
    --------
    >>> get("degree").title_en
    'Degree'
    >>> get("pagerank")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kgraph.errors.NotFoundError: there is no measure 'pagerank' in this release; there are ...
    """
    if measure not in MEASURES:
        raise NotFoundError("measure", measure, f"there are {', '.join(MEASURES)}")
    return MEASURES[measure]


def prepared(measure: str, incidence: Incidence, values: Mapping[str, Any]) -> float:
    """Check what can be checked before a measure is computed, and estimate its seconds.

    Parameters
    ----------
    measure : str
        An id of :data:`MEASURES`.
    incidence : Incidence
    values : mapping
        Every parameter, checked.

    Raises
    ------
    NotFoundError
        If there is no such measure, member or network.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> prepared("memberships", example().at(date(2024, 5, 1)), {"member": "xx-3"}) < 0.01
    True
    """
    chosen = get(measure)
    _ = [*_absent(chosen, incidence, values)]
    return chosen.cost(incidence, values)


def run(
    measure: str, incidence: Incidence, parameters: Mapping[str, object] | None = None
) -> Result:
    """Compute a measure on a view.

    Parameters
    ----------
    measure : str
        An id of :data:`MEASURES`.
    incidence : Incidence
    parameters : mapping, optional
        By name; text is read as the type of the parameter.

    Raises
    ------
    NotFoundError
        If there is no such measure, member or network.
    QueryParameterError
        If a parameter is unknown, missing or not allowed.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> result = run("degree", example().at(date(2024, 5, 1)), {"top": "1"})
    >>> [(row["name"], row["value"], row["raw"]) for row in result.rows]
    [('Chaus', 0.75, 3)]
    """
    chosen = get(measure)
    values = checked(measure, chosen.parameters, parameters or {})
    n_members, n_networks = incidence.shape
    return Result(
        measure,
        chosen.definition_de,
        chosen.definition_en,
        chosen.references,
        values,
        incidence.as_of,
        incidence.level,
        incidence.roles,
        n_members,
        n_networks,
        incidence.n_entries,
        incidence.coverage,
        (
            *_absent(chosen, incidence, values),
            *cautions(incidence, by_distance=chosen.by_distance),
        ),
        tuple(chosen.function(incidence, values)),
    )


def _absent(measure: Measure, incidence: Incidence, values: Mapping[str, Any]) -> Iterator[Caution]:
    """Warn that a member or a network that was asked for has no membership in the view."""
    find = {"member": incidence.find_member, "network": incidence.find_network}
    for parameter in measure.parameters:
        name = values[parameter.name]
        if parameter.kind in find and name is not None and find[parameter.kind](name) is None:
            yield Caution(
                "not-in-view",
                f"Von {name} ist an diesem Tag und in dieser Auswahl keine Mitgliedschaft bekannt; "
                "das heißt nicht, dass es keine gab.",
                f"No membership of {name} is known on this day and in this selection; that does "
                "not mean that there was none.",
            )
