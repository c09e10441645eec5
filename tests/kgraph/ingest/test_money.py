"""Claims about fees, funding and shares in companies."""

from __future__ import annotations

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


def test_the_money_of_a_year_has_its_start(small) -> None:
    """Source: havixbeck-leader, last paragraph: EUR 2,700,000 from 2016 on."""
    answer = small.query(
        "SELECT ?eur ?start ?from ?until { ?f imc:recipient "
        "<https://w3id.org/imcoop/id/network/leader-baumberge> ; imc:amountEur ?eur ; "
        "imc:start ?start ; imc:startEarliest ?from ; imc:startLatest ?until }"
    )
    assert list(answer.rows()) == [("2700000", "2016", "2016-01-01", "2016-12-31")]


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
