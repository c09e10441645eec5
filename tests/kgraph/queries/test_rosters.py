"""Rosters come by the names of their members, whether that is asked for or not."""

from __future__ import annotations

import pytest

from kgraph.release import Release

#: Large networks whose members have one name each.
LARGE = ("lebenswerte-staedte", "agfs-nrw", "metropolregion-nuernberg")
ASKED = """
SELECT ?name ?membership {{
  ?membership org:organization <https://w3id.org/imcoop/id/network/{}> ; org:member/rdfs:label ?name
}}"""


@pytest.mark.parametrize("network", LARGE)
def test_they_come_by_names(release: Release, network: str) -> None:
    as_they_come, sorted_ = (
        [name for name, _ in release.query(ASKED.format(network) + order).rows()]
        for order in ("", "ORDER BY ?name")
    )
    assert as_they_come == sorted_ == sorted(sorted_)
    assert len(set(sorted_)) > 50


def test_the_file_is_a_part_of_the_merge(release: Release) -> None:
    first, merged = (
        (release.path / name).read_text(encoding="utf-8").splitlines()
        for name in ("rosters.nt", "merged.nt")
    )
    assert len(first) == len(set(first)) > 1000
    assert set(first) == {
        line for line in merged
        if line.split(" ")[1] == "<http://www.w3.org/ns/org#organization>"
        and "/id/membership/" in line.split(" ")[0]
    }  # fmt: skip
