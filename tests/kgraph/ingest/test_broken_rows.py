"""A broken row stops the build with its file, its line, its value and the way out."""

from __future__ import annotations

import pytest

from kgraph.errors import DataError

ROSTER = "facts/memberships/stadtregion-muenster.csv"
CLAIMS = "facts/claims/stadtregion-muenster.csv"
VELO = "facts/claims/velorouten-stadtregion-muenster.csv"
NETWORKS = "facts/organisations/networks.csv"
SOURCES = "facts/sources.csv"
PEOPLE = "mappings/readings/people.csv"
FIGURES = "mappings/readings/figures.csv"
NAMED = "mappings/named/people.csv"
TYPES = "mappings/claim-types.csv"
TOWNS = "reference/municipalities-de.csv"

#: Cells to change on line 3 of a file, and the message that must follow "file:3: ".
#: Line 3 of the roster is Ascheberg, municipality, DE, Nordrhein-Westfalen.
CHANGED = {
    "a day that is none": (ROSTER, {"start": "2020-02-31"},
        "start '2020-02-31' is wrong: '2020-02-31' is no day of the calendar"),
    "a date in German": (ROSTER, {"attested_on": "31.12.2020"},
        "attested_on '31.12.2020' is wrong: '31.12.2020' is no date of the form YYYY, YYYY-MM or "
        "YYYY-MM-DD"),
    "end before start": (ROSTER, {"start": "2020", "end": "2019-12"},
        "end '2019-12' lies before start 2020; swap them or correct one"),
    "no role": (ROSTER, {"role": ""}, "role '' is empty; every row needs it"),
    "no place in the source": (ROSTER, {"locator": " "}, "locator '' is empty; every row needs it"),
    "unknown source": (ROSTER, {"source": "muenster-stadtregon"},
        "source 'muenster-stadtregon' is not in facts/sources.csv; nearest: "
        "muenster-stadtregion, muenster-stadtregion-neu, muenster-stadtregion-2020"),
    "unknown role": (ROSTER, {"role": "membr"},
        "role 'membr' is not in the code list role; did you mean 'member'?"),
    "unknown kind of member": (ROSTER, {"member_kind": "municipalty"},
        "member_kind 'municipalty' is none that we know; nearest: municipality, "
        "university, ministry"),
    "unknown network": (ROSTER, {"network": "stadtregion-munster"},
        "network 'stadtregion-munster' is not in facts/organisations; nearest: "
        "stadtregion-muenster, ewomab-stadtregion-muenster, beirat-stadtregion-muenster"),
    "unknown member": (ROSTER, {"member": "Senderhorst"},
        "member 'Senderhorst' (municipality, DE, Nordrhein-Westfalen) is not known; decide it in "
        "mappings/names.csv; nearest: Sendenhorst, Senden, Warendorf"),
    "a member of another state": (ROSTER, {"member_region": "Hessen"},
        "member 'Ascheberg' (municipality, DE, Hessen) is not known; decide it in "
        "mappings/names.csv"),
    "a formula for a member": (ROSTER, {"member": "=1+1"},
        "member '=1+1' (municipality, DE, Nordrhein-Westfalen) is not known; decide it in "
        "mappings/names.csv"),
    "unknown property": (CLAIMS, {"property": "memberCnt"},
        "property 'memberCnt' is not in mappings/claim-types.csv; add it there"),
    "unknown subject": (CLAIMS, {"subject": "stadtregion-munster"},
        "subject 'stadtregion-munster' is no organisation of ours; add it to facts/organisations "
        "or, for a municipality, to mappings/subjects.csv; nearest: stadtregion-muenster, "
        "ewomab-stadtregion-muenster, beirat-stadtregion-muenster"),
    "unknown theme of a claim": (CLAIMS, {"property": "theme", "value": "Siedlungsbau"},
        "value 'Siedlungsbau' has the word 'Siedlungsbau', which is not in mappings/themes.csv; "
        "add it there"),
    "unknown legal form of a claim": (CLAIMS, {"property": "legalForm", "value": "Verein"},
        "value 'Verein' is not in mappings/legal-forms.csv; add it there"),
    "claim that ends before it begins": (CLAIMS, {"valid_from": "2020", "valid_to": "2019"},
        "valid_to '2019' lies before valid_from 2020; swap them or correct one"),
    "an address with blanks": (VELO, {"property": "website", "value": "not there"},
        "value 'not there' is no address: 'http://not there' is no IRI"),
    "unknown parent": (NETWORKS, {"parent": "atlantis"},
        "parent 'atlantis' is no organisation of ours; add it or leave the cell empty"),
    "unknown theme": (NETWORKS, {"themes": "Verkehr|Mobilitaet"},
        "themes 'Verkehr|Mobilitaet' has the word 'Verkehr', which is not in mappings/themes.csv; "
        "add it there"),
    "unknown legal form": (NETWORKS, {"legal_form": "Klub"},
        "legal_form 'Klub' is not in mappings/legal-forms.csv; add it there"),
    "unknown country": (NETWORKS, {"country": "XX"},
        "country 'XX' is not in reference/countries.csv; add it there"),
    "a slug with a blank": (NETWORKS, {"org": "Stadt Region"},
        "org 'Stadt Region' is no slug; write a-z and 0-9, joined by -"),
    "dissolved before founded": (NETWORKS, {"founded": "2020", "dissolved": "2010"},
        "dissolved '2010' lies before founded 2020; swap them or correct one"),
    "a website with a blank": (NETWORKS, {"website": "http://a b"},
        "website 'http://a b' is wrong: 'http://a b' is no IRI"),
    "a source without title": (SOURCES, {"title": ""}, "title '' is empty; every row needs it"),
    "a source with a wrong address": (SOURCES, {"url": "http://a b"},
        "url 'http://a b' is wrong: 'http://a b' is no IRI"),
    "a source with a wrong span": (SOURCES, {"not_before": "2020", "not_after": "2019"},
        "not_after '2019' lies before not_before 2020; swap them or correct one"),
    "a language in words": (SOURCES, {"language": "deutsch"},
        "language 'deutsch' is no language; write two letters, such as de"),
    "a reading that is no path": (PEOPLE, {"thing": "Joern"},
        "thing 'Joern' is no path; write kind/key, such as municipality/de-05515000"),
    "a reading of somebody unknown": (PEOPLE, {"thing": "person/joern-moeltge"},
        "thing 'person/joern-moeltge' is in no list and no register; nearest: "
        "person/joern-moeltgen, person/sebastian-kroeger, person/katrin-reuscher"),
    "a reading with an unknown role": (PEOPLE, {"kind": "chaire"},
        "kind 'chaire' is not in the code list role; did you mean 'chair'?"),
    "a reading with a German number": (FIGURES, {"number": "1.300.000"},
        "number '1.300.000' is no plain number; write digits with a dot, such as 1300000"),
    "a reading with an unknown qualifier": (FIGURES, {"qualifier": "circa"},
        "qualifier 'circa' is not in the code list qualifier; there are about, almost, at-least, "
        "exactly, good, over, per-unit, up-to"),
    "a decision for nobody": ("mappings/subjects.csv", {"agent": "municipality/de-0555803"},
        "agent 'municipality/de-0555803' is no thing that we know; nearest: "
        "municipality/de-05558036, municipality/de-05558032, municipality/de-05558044"),
    "a register entry of no class": (NAMED, {"class": "Human"},
        "class 'Human' is none of Person, Organisation, Municipality, District, Region, State, "
        "Country, Place, Body"),
    "a register entry that is no path": (NAMED, {"agent": "Joern"},
        "agent 'Joern' is no path; write kind/key, such as organisation/my-slug"),
    "an unknown pattern": (TYPES, {"pattern": "fig"},
        "pattern 'fig' is none of figure, office, fee, funding, holding, change, name, body, "
        "part, work, link, seat, date, theme, text, legal-form, decision, claim"),
    "a word for an unknown theme": ("mappings/themes.csv", {"theme": "hosing"},
        "theme 'hosing' is not in the code list theme; did you mean 'housing'?"),
    "an unknown state": (TOWNS, {"state": "Westfalen"},
        "state 'Westfalen' is not in reference/states-de.csv"),
    "a population in words": (TOWNS, {"population": "viele"},
        "population 'viele' is no count; write digits only"),
}  # fmt: skip

#: Rows to add, and the message that must follow "file:line: ".
ADDED = {
    "the same decision twice": ("mappings/names.csv",
        {"printed": "Stadt Münster", "kind": "municipality", "country": "DE",
         "region": "Nordrhein-Westfalen", "agent": "municipality/de-05515000", "reason": "again"},
        "printed 'Stadt Münster' is decided twice for the same kind, region and network"),
    "a decision on an unknown kind": ("mappings/names.csv",
        {"printed": "Stadt Telgte", "kind": "town", "agent": "municipality/de-05570044",
         "reason": "a slip"},
        "kind 'town' is none that we know; there are association, chamber, company, district, "
        "metropolitan-region, ministry, municipality, other, region, state, university"),
    "a type of an unknown role": (TYPES, {"property": "x", "pattern": "office", "term": "chiar"},
        "term 'chiar' is not in the code list role; did you mean 'chair'?"),
    "a type of an unknown figure": (TYPES, {"property": "x", "pattern": "figure", "term": "membrs"},
        "term 'membrs' is not in the code list figure-kind; did you mean 'members'?"),
    "a type of an unknown flow of money": (TYPES,
        {"property": "x", "pattern": "funding", "term": "fundr"},
        "term 'fundr' is none that we know; nearest: funder"),
    "a type of an unknown work": (TYPES, {"property": "x", "pattern": "work", "term": "evnt"},
        "term 'evnt' is none that we know; nearest: event"),
    "a type of an unknown property": (TYPES,
        {"property": "x", "pattern": "text", "term": "imc:adress"},
        "term 'imc:adress' is no property of the ontology; nearest: imc:address, "
        "imc:basis, imc:earliest"),
    "a type with a term too many": (TYPES, {"property": "x", "pattern": "fee", "term": "yearly"},
        "term 'yearly' is not for the pattern fee; leave it empty"),
    "a reading that no claim has": (PEOPLE,
        {"property": "chairedBy", "value": "Nobody", "thing": "person/joern-moeltgen"},
        "value 'Nobody' is read here, but no claim has it; correct or delete"),
    "another name for nothing": ("mappings/same-organisation.csv",
        {"alias": "atlantis", "org": "atlantis-bund", "reason": "a myth"},
        "org 'atlantis-bund' is no organisation of ours"),
    "an unknown body type": ("mappings/body-types.csv",
        {"org": "beirat-stadtregion-muenster", "type": "bord", "reason": "a slip"},
        "type 'bord' is not in the code list body-type; did you mean 'board'?"),
    "a description of nothing": ("mappings/descriptions.csv",
        {"org": "stadtregion-munster", "de": "Ein Bund.", "en": "A league.",
         "sources": "muenster-stadtregion", "reason": "a slip"},
        "org 'stadtregion-munster' is no organisation of ours; nearest: stadtregion-muenster, "
        "ewomab-stadtregion-muenster, beirat-stadtregion-muenster"),
    "a second description": ("mappings/descriptions.csv",
        {"org": "stadtregion-muenster", "de": "Ein Bund.", "en": "A league.",
         "sources": "muenster-stadtregion", "reason": "again"},
        "org 'stadtregion-muenster' is described twice; keep one of the rows"),
    "a description from nowhere": ("mappings/descriptions.csv",
        {"org": "eurocities", "de": "Ein Bund.", "en": "A league.",
         "sources": "muenster-stadtregion|veloregion-munster", "reason": "a slip"},
        "sources 'muenster-stadtregion|veloregion-munster' has 'veloregion-munster', which is not "
        "in facts/sources.csv; nearest: veloregion-menschen, veloregion-muensterlandkreise, "
        "stadtumland-stadtregion-muenster"),
    "one slug for two documents": (SOURCES,
        {"source": "muenster-stadtregion", "title": "Another page"},
        "source 'muenster-stadtregion' stands twice; every document has one slug"),
}  # fmt: skip

HEADER = (
    "network,member,member_kind,member_country,member_region,role,start,end,attested_on,source,"
    "locator"
)

#: Text to replace (first occurrence) in the roster, and the message that must follow its name.
TEXTS = {
    "a renamed column": ("member_region", "region",
        f":1: header '{HEADER.replace('member_region', 'region')}' is not the one expected: "
        f"{HEADER}"),
    "a missing cell": (",,,,muenster-stadtregion,", ",,,muenster-stadtregion,",
        ":2: has 10 cells where the header has 11; quote a value that holds a comma"),
    "an extra cell": ("members and partners", "members, partners",
        ":2: has 12 cells where the header has 11; quote a value that holds a comma"),
    "a quotation mark inside": ("members and partners", '"members" and',
        """:2: is no valid CSV: ',' expected after '"'; look at its quotation marks"""),
    "an empty line": ("stadtregion-muenster,Ascheberg", "\nstadtregion-muenster,Ascheberg",
        ":3: is an empty line; delete it"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "cells", "message"), CHANGED.values(), ids=CHANGED)
def test_a_changed_cell(tables, file: str, cells: dict[str, str], message: str) -> None:
    tables.change(file, 3, **cells)
    with pytest.raises(DataError) as caught:
        tables.build()
    assert str(caught.value) == f"{file}:3: {message}"
    assert (caught.value.path, caught.value.line) == (file, 3)


@pytest.mark.parametrize(("file", "cells", "message"), ADDED.values(), ids=ADDED)
def test_an_added_row(tables, file: str, cells: dict[str, str], message: str) -> None:
    line = tables.add(file, **cells)
    with pytest.raises(DataError) as caught:
        tables.build()
    assert str(caught.value) == f"{file}:{line}: {message}"


@pytest.mark.parametrize(("old", "new", "message"), TEXTS.values(), ids=TEXTS)
def test_a_broken_text(tables, old: str, new: str, message: str) -> None:
    path = tables.data / ROSTER
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        tables.build()
    assert str(caught.value) == ROSTER + message


def test_a_text_that_is_not_utf8_names_the_line(tables) -> None:
    """Line 10 is Münster, the first name with an umlaut."""
    path = tables.data / ROSTER
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    with pytest.raises(DataError) as caught:
        tables.build()
    assert str(caught.value) == f"{ROSTER}:10: is not UTF-8; save the file as CSV UTF-8"


def test_a_missing_table(tables) -> None:
    (tables.data / SOURCES).unlink()
    with pytest.raises(DataError) as caught:
        tables.build()
    assert str(caught.value) == "facts/sources.csv: is missing; restore it from version control"


def test_the_line_of_a_row_counts_line_breaks_inside_cells(tables) -> None:
    path = tables.data / ROSTER
    text = path.read_text(encoding="utf-8")
    text = text.replace("members and partners", '"members\nand partners"', 1)
    path.write_text(text.replace("Ascheberg", "Aschenberg", 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        tables.build()
    assert (caught.value.line, caught.value.value) == (4, "Aschenberg")


def test_a_date_claim_in_words_wants_a_reading(tables) -> None:
    tables.add(TYPES, property="signedOn", pattern="date")
    line = tables.add(
        CLAIMS, subject="stadtregionaler-kontrakt-muenster", property="signedOn",
        value="im Frühjahr", source="muenster-stadtregion", locator="introduction",
    )  # fmt: skip
    with pytest.raises(DataError) as caught:
        tables.build()
    assert str(caught.value) == (
        f"{CLAIMS}:{line}: value 'im Frühjahr' wants a reading: 'im Frühjahr' is no date of the "
        "form YYYY, YYYY-MM or YYYY-MM-DD"
    )


@pytest.mark.parametrize(
    "written",
    [lambda b: b"\xef\xbb\xbf" + b, lambda b: b.replace(b"\n", b"\r\n")],
    ids=["byte order mark", "Windows line ends"],
)
def test_what_a_spreadsheet_writes_is_read_alike(tables, small, written) -> None:
    path = tables.data / ROSTER
    path.write_bytes(written(path.read_bytes()))
    assert tables.build().version == small.version


@pytest.mark.parametrize("value", ['=HYPERLINK("http://x.example")', "+1", "@SUM(A1)", "-1|2"])
def test_a_formula_stays_text(tables, value: str) -> None:
    """As said, in the claim itself and in the statement that it becomes."""
    tables.add(
        CLAIMS, subject="stadtregion-muenster", property="description", value=value,
        source="muenster-stadtregion", locator="a formula",
    )  # fmt: skip
    answer = tables.build().query(
        'SELECT ?said ?text { ?claim imc:locator "a formula" ; imc:claimValue ?said . '
        "?claim imc:typedAs ?network . ?network dcterms:description ?text }"
    )
    rows = list(answer.rows())
    assert {said for said, _ in rows} == {value}
    assert {text for _, text in rows} >= set(value.split("|"))
