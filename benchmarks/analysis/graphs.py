"""Two-mode graphs to measure on: generated ones of four sizes, and the real French one."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

#: members, networks, memberships
SIZES = {
    "tiny": (600, 150, 2_500),
    "germany": (11_000, 3_000, 60_000),
    "france": (35_000, 10_000, 130_000),
    "europe": (100_000, 30_000, 1_000_000),
    "history": (100_000, 30_000, 5_000_000),
}
_FRENCH = Path(__file__).resolve().parents[3] / "shared" / "scale" / "fr-intercommunalites"


@dataclass(frozen=True)
class Edges:
    """A two-mode graph: edge ``e`` ties member ``member[e]`` to network ``network[e]``."""

    name: str
    n_members: int
    n_networks: int
    member: np.ndarray
    network: np.ndarray


def generated(name: str, seed: int = 1) -> Edges:
    """Networks of log-normal size whose members live close to each other.

    Members stand at random places of a square and are more or less active, log-normally. A network
    has a seat; it draws most of its members from the nearest ones, three times as many as it takes,
    and a tenth from everywhere, the active ones first. The largest network takes up to 40 % of all
    members, as a national association does.
    """
    n_members, n_networks, n_edges = SIZES[name]
    dice = np.random.default_rng(seed)
    places = dice.random((n_members, 2))
    activity = dice.lognormal(0.0, 1.0, n_members)
    everywhere = activity / activity.sum()
    sizes = dice.lognormal(0.0, 1.1, n_networks)
    sizes = np.clip(np.round(sizes * (0.9 * n_edges / sizes.sum())), 2, 0.2 * n_members)
    sizes[0] = 0.1 * n_edges if name not in ("europe", "history") else 0.1 * n_members
    sizes[0] = min(sizes[0], 0.4 * n_members)
    tree = cKDTree(places)
    pairs = []
    for network, size in enumerate(sizes.astype(int)):
        wide = int(np.ceil(0.1 * size)) if size > 5 else 0
        near = min(3 * (size - wide), n_members)
        close = np.atleast_1d(tree.query(dice.random(2), k=near)[1])
        odds = activity[close] / activity[close].sum()
        chosen = dice.choice(close, size - wide, replace=False, p=odds)
        anywhere = dice.choice(n_members, wide, p=everywhere)
        both = np.unique(np.concatenate((chosen, anywhere)))
        pairs.append(np.stack((both, np.full(len(both), network)), axis=1))
    member, network = np.concatenate(pairs).T
    order = np.lexsort((network, member))
    return Edges(name, n_members, n_networks, member[order], network[order])


def french() -> Edges | None:
    """The real memberships of French communes in groupings; None where the files are not there."""
    path = _FRENCH / "memberships.csv.gz"
    if not path.exists():
        return None
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        pairs = {(row["municipality"], row["cooperation"]) for row in csv.DictReader(lines)}
    members, networks = (sorted({pair[side] for pair in pairs}) for side in (0, 1))
    row, column = ({name: i for i, name in enumerate(names)} for names in (members, networks))
    edges = np.array(sorted((row[m], column[n]) for m, n in pairs))
    return Edges("france-real", len(members), len(networks), edges[:, 0], edges[:, 1])
