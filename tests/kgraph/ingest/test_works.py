"""Claims about bodies, events, projects, publications, agreements, decisions, themes, texts."""

from __future__ import annotations

NETWORK = "<https://w3id.org/imcoop/id/network/stadtregion-muenster>"
CONTRACT = "<https://w3id.org/imcoop/id/agreement/stadtregionaler-kontrakt-muenster>"


def keys(rows) -> set[tuple[str, ...]]:
    """Rows with the last part of each IRI."""
    return {
        tuple(c.rpartition("/")[2] if c.startswith("https://w3id") else c for c in row)
        for row in rows
    }


def ask(release, text: str) -> set[tuple[str, ...]]:
    return keys(release.query(text).rows())


def test_the_bodies_of_the_city_region(small) -> None:
    """Sources: muenster-stadtregion, muenster-stadtregion-organisation, wn-stadtregion-2019."""
    assert ask(small, f"SELECT ?b ?t {{ ?b org:unitOf {NETWORK} ; imc:bodyType ?t }}") == {
        ("beirat-stadtregion-muenster", "advisory-board"),
        ("buergermeisterrunde-stadtregion-muenster", "council"),
        ("ansprechpartnerrunde-stadtregion-muenster", "advisory-board"),
        ("geschaeftsstelle-stadtregion-muenster", "secretariat"),
        ("stadtregion-muenster-raetetreffen", "assembly"),
    }


def test_a_text_is_cut_at_its_bars(small) -> None:
    """Source: wn-stadtregion-2019, second paragraph: three members a town, seven of Münster."""
    body = "<https://w3id.org/imcoop/id/body/beirat-stadtregion-muenster>"
    found = ask(small, f"SELECT ?c {{ {body} imc:composition ?c }}")
    assert {
        ("je drei Ratsmitglieder der Umlandgemeinden",),
        ("sieben Ratsmitglieder der Stadt Münster",),
    } <= found


def test_the_first_meeting_of_the_councils(small) -> None:
    """Sources: nottuln-stadtregion-2018 and nottuln-beirat-2019: 2017-11-06; said twice, one."""
    event = "<https://w3id.org/imcoop/id/event/stadtregion-muenster-erstes-raetetreffen-2017>"
    assert ask(
        small,
        f"SELECT ?kind ?by ?date ?source {{ {event} a imc:Event ; imc:eventKind ?kind ; "
        "imc:heldBy ?by ; imc:date ?date ; imc:attestation/prov:wasDerivedFrom ?source }",
    ) == {
        ("meeting", "stadtregion-muenster", "2017-11-06", "nottuln-stadtregion-2018"),
        ("meeting", "stadtregion-muenster", "2017-11-06", "nottuln-beirat-2019"),
    }


def test_where_an_event_was_held(small) -> None:
    """Source: muenster-journal-stadtregion-2018: Freiherr-von-Vincke-Haus, Münster."""
    event = "<https://w3id.org/imcoop/id/event/stadtregion-muenster-arbeitstreffen-2018>"
    assert ask(small, f"SELECT ?place ?date {{ {event} imc:heldAt ?place ; imc:date ?date }}") == {
        ("de-05515000", "2018-09")
    }


def test_the_projects_of_the_city_region(small) -> None:
    """Source: muenster-stadtregion, lead projects; kleinanzeigenmuenster-beirat."""
    assert ask(small, f"SELECT ?p {{ ?p a imc:Project ; imc:carriedBy {NETWORK} }}") == {
        ("velorouten-stadtregion-muenster",), ("wohnregion-2030",),
        ("stadtregion-muenster-wohnen-2030",),
    }  # fmt: skip


def test_the_publication_of_the_city_region(small) -> None:
    """Source: muenster-stadtregion, current news."""
    assert ask(
        small,
        f"SELECT ?p ?kind ?name {{ ?p imc:issuedBy {NETWORK} ; imc:publicationKind ?kind ; "
        "skos:altLabel ?name }",
    ) == {("ewomab-stadtregion-muenster", "report", "eWoMaB")}


def test_who_is_party_to_the_contract_and_what_made_it_change(small) -> None:
    """Sources: muenster-stadtregion, introduction; nottuln-beirat-2019, facts of the case."""
    assert ask(
        small, f"SELECT ?party ?why {{ {CONTRACT} imc:party ?party ; imc:amendmentReason ?why }}"
    ) == {("stadtregion-muenster", "Zugang kleinerer Parteien zum Beirat")}


def test_a_proposal_is_no_decision_to_join(small) -> None:
    """Source: nottuln-beirat-2019: proposed resolution 182/2019 of Nottuln about the contract."""
    assert ask(
        small,
        f"SELECT ?type ?by ?date {{ ?d imc:about {CONTRACT} ; imc:decidedBy ?by ; imc:date ?date ; "
        "imc:decisionType ?type }",
    ) == {("proposed", "de-05558032", "2019")}


def test_the_twelve_councils_approved_the_contract(small) -> None:
    """Source: wn-stadtregion-2019, first paragraph; until the end of 2019, so without a date."""
    found = ask(
        small,
        f"SELECT ?by {{ ?d imc:about {CONTRACT} ; imc:decidedBy ?by ; imc:decisionType "
        "<https://w3id.org/imcoop/codelist/decision-type/approval> }",
    )
    assert len(found) == 12


def test_printed_words_become_themes(small) -> None:
    """Source: muenster-stadtregion, fields of action."""
    network = small.network("stadtregion-muenster")
    assert {"housing", "mobility", "climate-protection", "education"} <= set(network.themes)
    printed = ask(small, f"SELECT ?w {{ {NETWORK} imc:themeAsPrinted ?w }}")
    assert {("Mobilität",), ("Klimaschutz",), ("Schulentwicklung",)} <= printed


def test_the_legal_form_as_a_code_and_as_printed(small) -> None:
    """Source: muenster-stadtregion, organisation."""
    assert small.network("stadtregion-muenster").legal_form == "informal-association"
    printed = ask(small, f"SELECT ?w {{ {NETWORK} imc:legalFormAsPrinted ?w }}")
    assert ("informeller Zusammenschluss benachbarter Kommunen",) in printed


def test_a_website_without_a_scheme(small) -> None:
    """Source: muenster-stadtregion-2020, news October 2020: www.veloregion.de."""
    assert small.network("velorouten-stadtregion-muenster").website == "http://www.veloregion.de"


def test_every_statement_of_a_claim_leads_back_to_its_words(small) -> None:
    """A typed claim names what it became; all of them keep property, value, source and locator."""
    rows = list(small.query(
        "SELECT ?claim ?property ?value ?source ?locator { ?claim a imc:Claim ; "
        "imc:claimProperty ?property ; imc:claimValue ?value ; imc:locator ?locator ; "
        "prov:wasDerivedFrom ?source }"
    ).rows())  # fmt: skip
    assert len(rows) == 178
    assert all(all(row) for row in rows)
    typed = small.query("SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c imc:typedAs ?node }")
    assert list(typed.rows()) == [("177",)]
    lost = small.query("ASK { ?c imc:typedAs ?node FILTER NOT EXISTS { ?node ?p ?o } }")
    assert not lost
