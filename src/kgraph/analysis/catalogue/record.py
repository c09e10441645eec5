"""What a measure on offer is described by, and what several of them share."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kgraph.analysis.cost import Cost, linear
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.parameters import Parameter
from kgraph.analysis.references import REFERENCES, Reference

__all__ = [
    "LARGE", "MODE", "NODE_COLUMNS", "SAMPLES", "SEED", "TOP", "Measure", "Row", "Values", "cited",
    "node_of", "node_rows", "number",
]  # fmt: skip

Row = dict[str, Any]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it is called, what it says, who defined it, what it takes.

    ``columns`` are the keys of its rows, in order. ``by_distance`` measures sum path
    lengths and are warned about on a graph of several parts. ``cost`` estimates the seconds that it
    will take.
    """

    id: str
    title_de: str
    title_en: str
    definition_de: str
    definition_en: str
    references: tuple[Reference, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    function: Callable[[Incidence, Values], list[Row]]
    by_distance: bool = False
    cost: Cost = linear


def node_rows(
    incidence: Incidence, values: Values, score: Mapping[str, float], raw: Mapping[str, float]
) -> list[Row]:
    """The nodes of a mode by falling value, ties by name and IRI; the raw value beside it."""
    rows: list[Row] = []
    labels = incidence.members if values["mode"] == "members" else incidence.networks
    for label in labels:
        bare = raw[label.iri]
        plain = int(bare) if bare.is_integer() else bare
        rows.append({**node_of(label), "value": score[label.iri], "raw": plain})
    rows.sort(key=lambda row: (-round(row["value"], 12), row["name"], row["iri"]))
    return rows[: values["top"]]


TOP = Parameter("top", "integer", "höchstens so viele Zeilen", "at most this many rows", minimum=1)
MODE = Parameter(
    "mode", "choice", "für Mitglieder oder Netzwerke", "for members or networks", "members",
    choices=("members", "networks"),
)  # fmt: skip
NODE_COLUMNS = ("iri", "key", "name", "kind", "value", "raw")
LARGE = Parameter(
    "exclude_larger_than", "integer", "ohne Netzwerke mit mehr Mitgliedern als",
    "without networks of more members than", minimum=1,
)  # fmt: skip
SEED = Parameter("seed", "integer", "Startwert des Zufalls", "seed of chance", 0, minimum=0)
SAMPLES = Parameter(
    "n_samples", "integer", "Zufallsgraphen", "random graphs", 100, minimum=1, maximum=10_000
)


def cited(*keys: str) -> tuple[Reference, ...]:
    """The references with these keys."""
    return tuple(REFERENCES[key] for key in keys)


def node_of(node: Any) -> Row:
    """The first columns of a row about a member or a network."""
    key = getattr(node, "slug", None) or getattr(node, "key", "")
    return {"iri": node.iri, "key": key, "name": node.name, "kind": node.kind}


def number(value: float) -> float | None:
    """A number for JSON, which has no "not a number"."""
    return float(value) if math.isfinite(value) else None
