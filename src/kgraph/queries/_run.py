"""The one door to SPARQL: a ``.rq`` file, its header, its parameters.

A header says what a query takes and gives::

    # Members of one network on one day.
    # param   ?network  IRI
    # columns ?network ?member ?role ?source
    # order   ?member ?source
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kgraph.errors import QueryParameterError
from kgraph.store import Store

__all__ = ["Header", "header", "select", "select_terms", "text"]

_LINE = re.compile(r"^#\s*(param|columns|order)\s+(.*)$", re.MULTILINE)
_VARIABLE = re.compile(r"\?(\w+)")


@dataclass(frozen=True, slots=True)
class Header:
    """What a query takes and gives: names of variables without their question mark."""

    params: tuple[str, ...]
    columns: tuple[str, ...]
    order: tuple[str, ...]


@cache
def text(name: str) -> str:
    """The text of a query of ours."""
    return files("kgraph.queries").joinpath(f"{name}.rq").read_text(encoding="utf-8")


@cache
def header(name: str) -> Header:
    """The header of a query of ours."""
    found: dict[str, list[str]] = {"param": [], "columns": [], "order": []}
    for kind, rest in _LINE.findall(text(name)):
        found[kind] += _VARIABLE.findall(rest)
    return Header(tuple(found["param"]), tuple(found["columns"]), tuple(found["order"]))


def select(store: Store, name: str, **params: str) -> Iterator[tuple[str, ...]]:
    """The rows of a query of ours as texts, in the order of its header's columns.

    Raises
    ------
    QueryParameterError
        If a parameter is missing or unknown, or its value is no IRI.
    """
    for row in select_terms(store, name, **params):
        yield tuple(value for value, _ in row)


def select_terms(store: Store, name: str, **params: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """As :func:`select`, each cell as (text, language)."""
    expected = header(name)
    if set(params) != set(expected.params):
        raise QueryParameterError(
            f"query {name} takes {', '.join(expected.params) or 'no parameter'}, "
            f"not {', '.join(sorted(params)) or 'none'}"
        )
    answer = store.query(text(name), bindings=params)
    places = [answer.columns.index(column) for column in expected.columns]
    for row in answer.terms():
        yield tuple(row[place] for place in places)
