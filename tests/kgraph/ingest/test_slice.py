"""The fixture is what its README says: a true slice, with these counts."""

from __future__ import annotations

import csv
from pathlib import Path

from kgraph import resources

SLICE = Path(__file__).parents[2] / "fixtures" / "facts"


def rows(folder: Path) -> set[tuple[str, ...]]:
    files = sorted(folder.rglob("*.csv"))
    assert files, f"found no tables in {folder}"
    found = set()
    for file in files:
        with file.open(encoding="utf-8", newline="") as handle:
            found |= {(file.parent.name, *row) for row in csv.reader(handle)}
    return found


def test_every_row_stands_in_the_facts() -> None:
    assert rows(SLICE / "facts") - rows(resources.data() / "facts") == set()


def test_the_counts_of_the_readme(small) -> None:
    manifest = small.manifest
    assert manifest["rows"] == {
        "sources": 45, "organisations": 39, "memberships": 136, "claims": 178
    }  # fmt: skip
    counts = manifest["counts"]
    assert (counts["organisations"], counts["memberships"], counts["graphs"]) == (36, 87, 53)
    # what the councils discussed in 2018 about the first contract names no body that we know
    assert manifest["claims"] == {
        "claims typed": 177, "claims not typed": 1, "not typed: discussedBy": 1
    }  # fmt: skip


def test_twelve_municipalities_are_members_of_the_city_region(small) -> None:
    """Source: muenster-stadtregion, members and partners."""
    network = small.network("stadtregion-muenster")
    members = {m.member for m in small.members_of(network.iri) if m.role == "member"}
    assert {small.agent(iri).name for iri in members} == {
        "Altenberge", "Ascheberg", "Drensteinfurt", "Everswinkel", "Greven", "Havixbeck",
        "Münster", "Nottuln", "Ostbevern", "Senden", "Sendenhorst", "Telgte",
    }  # fmt: skip
    assert network.n_listed == 12
