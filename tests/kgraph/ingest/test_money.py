"""Claims about fees, funding and shares in companies."""

from __future__ import annotations

import pytest

from kgraph.errors import DataError

CLAIMS = "facts/claims/velorouten-stadtregion-muenster.csv"


def keys(rows) -> set[tuple[str, ...]]:
    """Rows with the last part of each IRI."""
    return {tuple(cell.rpartition("/")[2] for cell in row) for row in rows}


FEES = """
SELECT ?network ?payer ?amount ?qualifier {
  ?fee a imc:MembershipFee ; imc:feeFor ?network ; imc:amountEurPerYear ?amount ;
       imc:qualifier ?qualifier .
  OPTIONAL { ?fee imc:payer ?payer }
}
"""


def test_what_dortmund_pays_and_paid(small) -> None:
    """Source: dortmund-nwste-2024, section on the prolongation.

    EUR 5,000 a year for Netzwerk Stadtentwicklung NRW; before, a good 12,000 for five networks.
    """
    found = {row for row in keys(small.query(FEES).rows()) if row[1] == "de-05913000"}
    assert found == {
        ("netzwerk-stadtentwicklung-nrw", "de-05913000", "5000", "exactly"),
        ("ag-stadtumbau", "de-05913000", "12000", "good"),
        ("ag-baulandmanagement", "de-05913000", "12000", "good"),
        ("ag-soziale-stadt", "de-05913000", "12000", "good"),
        ("ag-innenstadt", "de-05913000", "12000", "good"),
        ("ag-historische-stadt-und-ortskerne", "de-05913000", "12000", "good"),
    }


def test_one_fee_for_five_networks_is_one_fee(small) -> None:
    """Adding it up per network would give EUR 60,000."""
    answer = small.query(
        "SELECT (SUM(?amount) AS ?sum) { ?fee imc:amountEurPerYear ?amount ; imc:qualifier "
        "<https://w3id.org/imcoop/codelist/qualifier/good> }"
    )
    assert list(answer.rows()) == [("12000",)]


def test_who_funds_the_cycle_routes(small) -> None:
    """Sources: bezreg-muenster-radweg-telgte-2021 and wn-telgte-veloroute-foerderung.

    EUR 99,000 for 800 m: 80 % by a federal programme, 10 % by the state; EUR 268,100 by the
    district government, 531,400 by the state.
    """
    answer = small.query(
        "SELECT ?by ?eur ?percent { ?f a imc:Funding ; imc:recipient "
        "<https://w3id.org/imcoop/id/project/velorouten-stadtregion-muenster> . "
        "OPTIONAL { ?f imc:funder|imc:programme ?by } OPTIONAL { ?f imc:amountEur ?eur } "
        "OPTIONAL { ?f imc:sharePercent ?percent } }"
    )
    assert keys(answer.rows()) == {
        ("", "99000", ""),
        ("sonderprogramm-stadt-und-land", "", "80"),
        ("de-05", "", "10"),
        ("bezirksregierung-muenster", "268100", ""),
        ("de-05", "531400", ""),
    }


def test_who_owns_the_company(small) -> None:
    """Source: mitteldeutschland-organigramm, first paragraph: 100 Prozent."""
    answer = small.query(
        "SELECT ?holder ?company ?percent { ?s a imc:Shareholding ; imc:holder ?holder ; "
        "imc:company ?company ; imc:sharePercent ?percent }"
    )
    assert keys(answer.rows()) == {
        ("europaeische-metropolregion-mitteldeutschland-ev",
         "metropolregion-mitteldeutschland-management-gmbh", "100")
    }  # fmt: skip


DAYS = """
SELECT ?since ?from ?until ?presumed {
  ?money imc:recipient|imc:feeFor <https://w3id.org/imcoop/id/%s> ; %s ?amount ;
    imc:attestedFrom ?from ; imc:attestedUntil ?until ; imc:heldFrom ?presumed .
  OPTIONAL { ?money imc:start ?start } BIND (COALESCE(STR(?start), "") AS ?since)
  FILTER (?amount = %s)
}
"""


def days(release, about: str, amount: str) -> list[tuple[str, ...]]:
    return list(release.query(DAYS % (about, *amount.split())).rows())


def test_a_lone_date_is_the_day_for_which_a_source_speaks(small) -> None:
    """Source: havixbeck-leader, last paragraph: EUR 2,700,000, said for 2016; not since then."""
    assert days(small, "network/leader-baumberge", "imc:amountEur 2700000") == [
        ("", "2016-01-01", "2016-12-31", "2016-01-01")
    ]


def test_two_dates_are_a_start_and_an_end(release) -> None:
    """Source: haufe-2020-smart-cities: about 32 million EUR for 2021 to 2025."""
    assert days(release, "project/connected-urban-twins", "imc:amountEur 32000000") == [
        ("2021", "2021-12-31", "2025-01-01", "2021-01-01")
    ]


def test_a_reading_tells_a_start_from_a_date(release) -> None:
    """Source: leipzig-2014-beschluss-emmd, decision 2: Leipzig pays from 2015-01-01 on."""
    about = "network/europaeische-metropolregion-mitteldeutschland-ev"
    assert days(release, about, "imc:amountEurPerYear 70000") == [
        ("2015-01-01", "2015-01-01", "2015-01-01", "2015-01-01")
    ]


def test_a_fee_of_one_payer_in_its_unit(small) -> None:
    """Source: dortmund-nwste-2024: 5000 EUR/year (Stadt Dortmund), told of the network itself."""
    rows = small.query(
        "SELECT ?payer ?unit { ?claim a imc:Claim ; imc:typedAs ?fee ; imc:claimUnit ?unit . "
        "?fee a imc:MembershipFee ; imc:payer ?payer FILTER (CONTAINS(?unit, 'Stadt Dortmund')) }"
    ).rows()
    assert keys(rows) == {("de-05913000", "year (Stadt Dortmund)")}


def test_a_payer_that_nobody_decided_is_refused(tables) -> None:
    tables.add(
        "facts/claims/netzwerk-stadtentwicklung-nrw.csv", subject="netzwerk-stadtentwicklung-nrw",
        property="membershipFee", value="7", unit="EUR/year (Stadt Nirgends)",
        source="dortmund-nwste-2024", locator="x",
    )  # fmt: skip
    with pytest.raises(DataError, match="names 'Stadt Nirgends'; decide who it is in mappings/"):
        tables.build()


def test_a_programme_lists_its_funders(small) -> None:
    """Source: wn-telgte-veloroute-foerderung, fifth paragraph: a federal ministry and the state."""
    [programme] = [p for p in small.programmes if p.slug == "sonderprogramm-stadt-und-land"]
    assert {(s.value.rpartition("/")[2], s.source) for s in programme.funders} == {
        ("bmdv", "wn-telgte-veloroute-foerderung"),
        ("de-05", "wn-telgte-veloroute-foerderung"),
    }


def test_an_amount_that_is_no_number_stays_a_claim(tables) -> None:
    tables.add(
        CLAIMS, subject="velorouten-stadtregion-muenster", property="fundingAmount",
        value="ein erheblicher Betrag", unit="EUR", source="veloregion-menschen", locator="x",
    )  # fmt: skip
    release = tables.build()
    assert release.manifest["claims"]["not typed: fundingAmount"] == 1
    assert list(release.query(
        'SELECT ?value { ?claim a imc:Claim ; imc:locator "x" ; imc:claimValue ?value }'
    ).rows()) == [("ein erheblicher Betrag",)]  # fmt: skip
