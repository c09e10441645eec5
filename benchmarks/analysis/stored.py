"""A graph as a release holds it: records, arrays, and a folder of files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from graphs import Edges

from kgraph import tables
from kgraph.analysis import Affiliation
from kgraph.analysis.example import member, membership, network
from kgraph.analysis.labels import Labels
from kgraph.analysis.moments import Moments
from kgraph.release import FORMAT, Release

DAY = date(2024, 6, 1)


def records(edges: Edges) -> tuple[list[Any], list[Any]]:
    """Members and networks that have nothing but a key and a name."""
    members = [member(f"{i:06}", f"Town {i}") for i in range(edges.n_members)]
    return members, [network(f"{j:06}") for j in range(edges.n_networks)]


def memberships(edges: Edges, members: list[Any], networks: list[Any]) -> list[Any]:
    """The records of the memberships, all since 2000."""
    ends = zip(edges.member.tolist(), edges.network.tolist(), strict=True)
    return [membership(networks[j], members[i], start="2000") for i, j in ends]


def affiliation(edges: Edges) -> Affiliation:
    """The arrays with their records; memberships hold always, those of the history for a time."""
    members, networks = records(edges)
    n_rows = len(edges.member)
    rows = np.arange(n_rows, dtype=np.int32)
    days, moments = _always(n_rows) if edges.name != "history" else _dated(n_rows)
    return Affiliation(
        Labels(members), Labels(networks), range(n_rows),  # type: ignore[arg-type]
        ("member",), rows, edges.member.astype(np.int32), edges.network.astype(np.int32),
        np.zeros(n_rows, dtype=np.int32), days, np.ones(n_rows, dtype=np.bool_),
        np.full(len(networks), -1, dtype=np.int32), moments, (),
    )  # fmt: skip


def _always(n_rows: int) -> tuple[np.ndarray, Moments]:
    first, last = date.min.toordinal(), date.max.toordinal()
    days = np.tile(np.array([first, last, first, last, first, last], np.int32), (n_rows, 1))
    nothing = np.zeros(n_rows, np.int32)
    said_ptr = np.zeros(n_rows + 1, np.int32)
    return np.asfortranarray(days), Moments(nothing, nothing, said_ptr, nothing[:0])


def _dated(n_rows: int) -> tuple[np.ndarray, Moments]:
    """Beginnings from 1970 to 2023; half of them ended by 2024, after twelve years on average."""
    dice = np.random.default_rng(2)
    start = dice.integers(date(1970, 1, 1).toordinal(), date(2024, 1, 1).toordinal(), n_rows)
    end = start + dice.exponential(12 * 365, n_rows).astype(np.int64)
    last = np.where(end < DAY.toordinal(), end, date.max.toordinal())
    held = np.minimum(last, DAY.toordinal())
    days = np.stack((start, held, start, last, start, last), axis=1).astype(np.int32)
    said = np.stack((start, held), axis=1).reshape(-1) * 2
    ended = np.where(end < DAY.toordinal(), 2 * end, 0)
    said_ptr = np.arange(0, 2 * n_rows + 1, 2)
    moments = (part.astype(np.int32) for part in (2 * start, ended, said_ptr, said))
    return np.asfortranarray(days), Moments(*moments)


def view(edges: Edges) -> Any:
    """The incidence that the measures take."""
    return affiliation(edges).at(DAY, isolates=True)


def release(edges: Edges) -> tuple[TemporaryDirectory[str], Release]:
    """A release of the graph, as files in a folder that lasts as long as the first result."""
    members, networks = records(edges)
    held = memberships(edges, members, networks)
    source = Affiliation.from_memberships(members, networks, held)
    folder = TemporaryDirectory()
    path = Path(folder.name)
    for name in ("tables", "affiliation"):
        (path / name).mkdir()
    rows: dict[str, list[Any]] = {
        "agents": members, "networks": networks, "memberships": held, "figures": [], "periods": [],
    }  # fmt: skip
    for name, objects in rows.items():
        tables.write(path / "tables" / f"{name}.jsonl", objects)
    for name, array in source.arrays().items():
        np.save(path / "affiliation" / name, array, allow_pickle=False)
    counts = {name: len(objects) for name, objects in rows.items()}
    manifest = {"format": FORMAT, "version": edges.name, "counts": counts}
    (path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder, Release(path, manifest)
