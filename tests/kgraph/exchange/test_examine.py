"""Each row is accepted, corrected by a decision, there already, or refused and told why."""

from __future__ import annotations

import pytest

from kgraph.errors import DataError
from kgraph.exchange.effect import effect, undescribed
from kgraph.exchange.verdicts import What
from kgraph.ingest.tables import COLUMNS


def test_a_new_network_is_accepted_and_told_in_words(book, examined, new_network) -> None:
    result = examined(book(new_network))
    assert [verdict.what for verdict in result.verdicts] == [What.ACCEPTED] * 7
    assert effect(result) == [
        "1 new source: Die Radachse",
        "1 new organisation: Radachse (network)",
        "4 new members of Radachse: Telgte, Greven, Ahlen, Münster",
        "1 new claim about radachse: memberCount",
    ]


def test_what_is_there_already_changes_nothing(book, examined, tables, fill) -> None:
    there = tables.read("facts/memberships/stadtregion-muenster.csv")
    result = examined(book({"memberships": fill("memberships", *there)}))
    assert {verdict.what for verdict in result.verdicts} == {What.UNCHANGED}
    assert len(result.verdicts) == len(there) and effect(result) == []


def test_a_known_member_is_confirmed_and_a_new_role_told(book, examined, tables, fill) -> None:
    first = tables.read("facts/memberships/stadtregion-muenster.csv")[0]
    assert first["role"] == "member"
    again = first | {"locator": "elsewhere"}
    speaker = first | {"role": "speaker"}
    ended = first | {"end": "2022", "locator": "p. 3"}
    result = examined(book({"memberships": fill("memberships", again, speaker, ended)}))
    name = first["member"]
    assert effect(result) == [
        f"1 further role of Stadtregion Münster: {name} (speaker)",
        f"1 end of a membership of Stadtregion Münster: {name} (2022)",
        f"2 rows say once more who is in Stadtregion Münster: {name}, {name}",
    ]


@pytest.mark.parametrize(
    ("cells", "told", "column", "read"),
    [
        ({"start": "19.04.2013"}, "read as 2013-04-19", "start", "2013-04-19"),
        ({"start": "4.2013"}, "read as 2013-04", "start", "2013-04"),
        ({"start": "2013-04-19 00:00:00"}, "read as 2013-04-19", "start", "2013-04-19"),
        ({"role": "Mitglied"}, "read as member", "role", "member"),
        ({"member_kind": "Gemeinde"}, "read as municipality", "member_kind", "municipality"),
        ({"member_country": "Deutschland"}, "read as DE", "member_country", "DE"),
        ({"member_region": "North Rhine-Westphalia"}, "read as Nordrhein-Westfalen",
         "member_region", "Nordrhein-Westfalen"),
        ({"start": 2013}, "", "start", "2013"),
        ({"member": "05570044"}, "", "member", "05570044"),
        ({"member": " Telgte\u00a0"}, "", "member", "Telgte"),
    ],
)  # fmt: skip
def test_a_cell_is_read_and_told(
    book, examined, new_network, cells, told: str, column: str, read: str, fill
) -> None:
    new_network["memberships"] = fill("memberships", cells)
    result = examined(book(new_network))
    (verdict,) = [v for v in result.verdicts if v.sheet.name == "memberships"]
    assert verdict.row[column] == read
    assert verdict.what is (What.CORRECTED if told else What.ACCEPTED)
    assert told in "; ".join(verdict.told)


def test_a_decision_corrects_and_gives_its_reason(book, examined, new_network, fill) -> None:
    new_network["memberships"] = fill("memberships", {"member": "Münster (Westf.)"})
    new_network["names"] = fill("names", {
        "printed": "Münster (Westf.)", "kind": "municipality", "country": "DE",
        "region": "Nordrhein-Westfalen", "agent": "municipality/de-05515000",
        "reason": "the only one in the state",
    })  # fmt: skip
    result = examined(book(new_network))
    (verdict,) = result.rows(What.CORRECTED)
    assert str(verdict) == (
        "roster.xlsx[memberships]:2: corrected: member 'Münster (Westf.)' is "
        "municipality/de-05515000, by decision: the only one in the state"
    )


def test_a_name_nobody_knows_is_refused_with_the_nearest(book, examined, new_network, fill) -> None:
    new_network["memberships"] = fill("memberships", {"member": "Telgt"}, {"member": "Greven"})
    result = examined(book(new_network))
    (verdict,) = result.refused
    assert verdict.told == ["member 'Telgt' (municipality, Nordrhein-Westfalen) is not known"]
    assert len(verdict.candidates) == 3
    assert str(verdict.candidates[0]) == ("Telgte (municipality/de-05570044, Nordrhein-Westfalen)")


HEADER = list(COLUMNS["facts/memberships"])

REFUSED = [
    ("no day", {"memberships": [{"start": "31.02.2020"}]},
     "start '31.02.2020' is no day of the calendar; write 2013, 2013-04, 2013-04-19 or 19.04.2013"),
    ("no date", {"memberships": [{"start": "Ostern 2013"}]},
     "start 'Ostern 2013' is no date; write 2013, 2013-04, 2013-04-19 or 19.04.2013"),
    ("end before start", {"memberships": [{"start": "2013", "end": "2012"}]},
     "end '2012' lies before start 2013; swap them or correct one"),
    ("unknown role", {"memberships": [{"role": "Mitgleid"}]},
     "role 'Mitgleid' is no code of the list role; nearest: member"),
    ("unknown kind", {"organisations": [{"kind": "netwrk"}], "memberships": []},
     "kind 'netwrk' is no code of the list organisation-kind; nearest: network"),
    ("unknown source", {"memberships": [{"source": "radachse-2042"}]},
     "source 'radachse-2042' is not in facts/sources.csv; nearest: radachse-2024"),
    ("unknown source has a way out", {"memberships": [{"source": "radachse-2042"}]},
     "; or give it a row on the sheet sources"),
    ("several faults", {"memberships": [{"start": "31.02.2020", "role": "Chef"}]},
     "role 'Chef' is no code of the list role; nearest: speaker, host, observer; start '31.02.2020'"
     " is no day of the calendar"),
    ("long", {"memberships": [{"member": "x" * 9000}]},
     f"member '{'x' * 100}…' (municipality, Nordrhein-Westfalen) is not known"),
    ("description of nothing", {"descriptions": [{"org": "radaxe"}]},
     "org 'radaxe' is no organisation of ours; nearest: radachse, leader; or give it a row on"),
    ("description of nowhere", {"descriptions": [{"sources": "radachse-2042"}]},
     "sources 'radachse-2042' has 'radachse-2042', which is not in facts/sources.csv"),
    ("unknown network", {"memberships": [{"network": "radaxe"}]},
     "network 'radaxe' is not in facts/organisations; nearest: radachse"),
    ("no slug", {"sources": [{"source": "???"}], "memberships": []},
     "source '???' is no slug; write a-z and 0-9, joined by -"),
    ("empty", {"memberships": [{"locator": ""}]},
     "locator '' is empty; every row needs it"),
    ("twice", {"memberships": [{}, {}]},
     "is the same as row 2; delete one of them"),
    ("circle", {"organisations": [
        {"parent": "oben"},
        {"org": "oben", "name_de": "Oben", "parent": "radachse"},
    ]}, "parent 'radachse' closes a circle (oben > radachse > oben); a whole is not part of its "
        "part: correct one of the parents"),
    ("its own part", {"organisations": [{"parent": "radachse"}], "memberships": []},
     "parent 'radachse' closes a circle (radachse > radachse); a whole is not part of its part: "
     "correct one of the parents"),
    ("unknown parent", {"organisations": [{"parent": "nirgends"}], "memberships": []},
     "parent 'nirgends' is no organisation of ours; add it or leave the cell empty"),
    ("unknown country", {"organisations": [{"country": "XX"}], "memberships": []},
     "country 'XX' is no code of the list country"),
    ("unknown theme", {"organisations": [{"themes": "Abfallvermeidun"}],
                       "memberships": []}, "is not in mappings/themes.csv"),
    ("bad address", {"sources": [{"url": "siehe Anlage"}], "memberships": []},
     "url 'siehe Anlage' is no address; write it with https:// or leave it empty"),
    ("decision to nowhere", {"names": [{"printed": "X", "agent": "municipality/de-05570084",
                                        "reason": "guess"}]},
     "agent 'municipality/de-05570084' is no thing that we know; nearest: municipality/de-0557004"),
    ("no path", {"named": [{"agent": "Radverein", "class": "Organisation", "name": "Radverein",
                            "reason": "r"}]},
     "agent 'Radverein' is no path; write kind/key, such as organisation/my-slug"),
    ("unknown property", {"claims": [{"subject": "radachse", "property": "memberCont", "value": "4",
                                      "source": "radachse-2024", "locator": "p. 1"}]},
     "property 'memberCont' is no code of the list property; nearest: memberCount"),
]  # fmt: skip


@pytest.mark.parametrize(("sheets", "told"), [case[1:] for case in REFUSED],
                         ids=[case[0] for case in REFUSED])  # fmt: skip
def test_a_row_at_fault_is_refused_with_what_would_be_right(
    book, examined, new_network, sheets, told: str, fill
) -> None:
    given = new_network | {name: fill(name, *found) for name, found in sheets.items()}
    result = examined(book(given))
    reasons = [verdict.told[0] for verdict in result.refused]
    assert any(told in reason for reason in reasons), reasons
    assert result.context is None


def test_a_row_that_follows_a_refused_one_says_so(book, examined, new_network, fill) -> None:
    new_network["sources"] = fill("sources", {"published": "gestern"})
    result = examined(book(new_network))
    assert len(result.refused) == 7
    assert result.refused[-2].told == [
        "source 'radachse-2024' is refused itself: roster.xlsx[sources]:2"
    ]


def test_a_key_written_like_a_name_is_known_in_a_refused_row_too(
    book, examined, new_network, fill
) -> None:
    new_network["sources"] = fill("sources", {"source": "Radachse 2024", "published": "gestern"})
    result = examined(book(new_network))
    assert {verdict.told[0] for verdict in result.refused[1:]} == {
        "source 'radachse-2024' is refused itself: roster.xlsx[sources]:2"
    }
    assert [verdict.follows for verdict in result.refused] == [False, *[True] * 6]


def test_a_network_without_a_description_is_told(book, examined, new_network, fill) -> None:
    assert undescribed(examined(book(new_network))) == ["Radachse"]
    new_network["descriptions"] = fill("descriptions", {"org": "Radachse"})
    result = examined(book(new_network))
    assert undescribed(result) == []
    assert effect(result)[-1] == "1 new description: radachse"
    new_network["descriptions"] = fill("descriptions", {}, {"en": "Another."})
    (refused,) = examined(book(new_network)).refused
    assert "en 'Another.' contradicts 'Four towns plan a cycleway.' of the same org" in str(refused)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"value": "über 30", "unit": "Kommunen"}, []),
        ({"value": "mehr oder weniger alle", "unit": ""},
         ["is kept as a claim: nothing says yet how this value reads; a number does by itself, "
          "such as über 161, with what it counts as unit"]),
    ],
)  # fmt: skip
def test_a_claim_that_does_not_read_says_what_would(
    book, examined, new_network, fill, cells, told: list[str]
) -> None:
    new_network["claims"] = fill("claims", cells)
    result = examined(book(new_network))
    (verdict,) = [one for one in result.verdicts if one.sheet.name == "claims"]
    assert (verdict.what, verdict.told) == (What.ACCEPTED, told)


def test_what_contradicts_a_row_that_is_there_is_refused(book, examined, tables, fill) -> None:
    there = tables.read("facts/sources.csv")[0]
    changed = there | {"title": "Another title"}
    result = examined(book({"sources": fill("sources", changed)}))
    assert (
        result.refused[0]
        .told[0]
        .startswith(
            f"title 'Another title' contradicts {there['title']!r} of the same source in "
            "facts/sources.csv:2; an import adds rows"
        )
    )


def test_a_name_decided_twice_is_refused(book, examined, new_network, fill) -> None:
    once = {"printed": "Radachse", "kind": "other", "agent": "network/radachse", "reason": "r"}
    new_network["names"] = fill("names", once, once | {"reason": "again"})
    result = examined(book(new_network))
    assert "contradicts 'r' of the same printed" in result.refused[0].told[0]


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ({"memberships": [["network", "membr", "role"]]},
         "[memberships]:1: column 'membr' is not in this table; did you mean 'member'?"),
        ({"memberships": [["mitglied", *(c for c in HEADER if c != "member")]]},
         "[memberships]:1: column 'mitglied' is not in this table; missing: member"),
        ({"memberships": [["network", "member"], ["x", "y"]]}, "lacks member_kind, role, source"),
        ({"memberships": [["network", "network"]]}, "column 'network' is there twice"),
        ({"Tabelle1": [["Ort", "Datum"], ["Telgte", "2013"]]}, "has no sheet that is one of"),
        ({"memberships": [HEADER]}, "has no rows below the headers"),
        ({"memberships": [HEADER, [*["x"] * 11, "beyond"]]},
         "has 'beyond' in a column without a header"),
    ],
)  # fmt: skip
def test_a_table_with_other_columns_is_one_message(book, examined, sheets, told: str) -> None:
    with pytest.raises(DataError) as error:
        examined(book(sheets))
    assert told in str(error.value)


def test_a_sheet_of_another_name_is_known_by_its_columns(book, examined, new_network) -> None:
    new_network["Mitglieder"] = new_network.pop("memberships")
    assert len(examined(book(new_network)).new) == 7


def test_other_sheets_are_left_alone_and_named(book, examined, new_network) -> None:
    new_network["Notizen"] = [["noch fragen"]]
    result = examined(book(new_network))
    assert result.notes == ["roster.xlsx[Notizen] is no table of ours and is not read"]
