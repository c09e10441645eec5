"""What stands first among the nearest of a name that a roster could print."""

from __future__ import annotations

import pytest

from kgraph import resources
from kgraph.exchange.nearest import Candidate, Nearest
from kgraph.ingest.resolve import Resolver
from kgraph.ingest.tables import read_tables


@pytest.fixture(scope="module")
def nearest() -> Nearest:
    """Every name of the facts and the official lists."""
    names = Resolver.from_tables(read_tables(resources.data())).names()
    return Nearest(Candidate(path, name, kind, state) for name, kind, state, path in names)


@pytest.mark.parametrize(
    ("printed", "state", "meant", "place"),
    [
        ("Telgt", "Nordrhein-Westfalen", "Telgte", 1),
        ("Telgte Altstadt", "Nordrhein-Westfalen", "Telgte", 1),
        ("STADT AHLEN", "Nordrhein-Westfalen", "Ahlen", 1),
        ("Stadt Gronau", "Nordrhein-Westfalen", "Gronau (Westf.)", 1),
        ("Mühlheim an der Ruhr", "", "Mülheim an der Ruhr", 1),
        ("Neustadt", "Hessen", "Neustadt (Hessen)", 1),
        ("Freiburg", "", "Freiburg im Breisgau", 2),  # after Freiburg (Elbe)
        ("Freiburg", "Baden-Württemberg", "Freiburg im Breisgau", 1),
        ("Landsberg", "Bayern", "Landsberg am Lech", 3),
        ("Frankfurt a.M.", "", "Frankfurt am Main", 1),
        ("Rothenburg o.d.T.", "", "Rothenburg ob der Tauber", 2),
        ("Halle/Saale", "", "Halle (Saale)", 1),
        ("Wedemark Gmd.", "", "Wedemark", 1),
        ("Frei", "Baden-Württemberg", "Freiburg im Breisgau", 3),
    ],
)
def test_who_is_meant_is_among_three(
    nearest: Nearest, printed: str, state: str, meant: str, place: int
) -> None:
    found = [one.name for one in nearest.find(printed, "municipality", state)]
    assert found.index(meant) < place, found


def test_a_part_of_the_name_alone_is_not_near(nearest: Nearest) -> None:
    assert "Burg" not in [one.name for one in nearest.find("Freiburg", "municipality", limit=20)]
    assert nearest.find("", "municipality") == []
