"""A roster that prints official keys instead of names resolves by them."""

from __future__ import annotations

import pytest

from kgraph.errors import DataError

ROSTER = "facts/memberships/stadtregion-muenster.csv"


def _row(tables, member: str, kind: str, country: str = "DE") -> dict[str, str]:
    first = tables.read(ROSTER)[0]
    return first | {"member": member, "member_kind": kind, "member_country": country,
                    "member_region": "", "role": "observer"}  # fmt: skip


@pytest.mark.parametrize(
    ("member", "kind", "path"),
    [
        ("05515000", "municipality", "municipality/de-05515000"),
        ("05566", "district", "district/de-05566"),
        ("05", "state", "state/de-05"),
    ],
)
def test_a_printed_key_is_the_member(tables, member: str, kind: str, path: str) -> None:
    tables.add(ROSTER, **_row(tables, member, kind))
    release = tables.build()
    assert release.manifest["names"]["by official key, as printed"] == 1
    rows = [m for m in release.memberships if m.role == "observer"]
    assert [m.member.partition("/id/")[2] for m in rows] == [path]


@pytest.mark.parametrize(
    ("member", "kind", "country"),
    [("05515999", "municipality", "DE"), ("05515000", "district", "DE"),
     ("05515000", "municipality", "NL"), ("05515000", "company", "DE")],
)  # fmt: skip
def test_an_unknown_key_is_refused(tables, member: str, kind: str, country: str) -> None:
    tables.add(ROSTER, **_row(tables, member, kind, country))
    with pytest.raises(DataError, match=f"member '{member}' .* is not known"):
        tables.build()
