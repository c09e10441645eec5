"""Pages about things: readable without a script, with sources, in both languages, inert."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kgraph import resources, tables
from kgraph.namespaces import BASE, graph, source, term, thing
from kgraph.release import FORMAT, open_release
from kgraph_api.app import create_app
from kgraph_api.settings import Settings

BROWSER = {"Accept": "text/html,*/*;q=0.1"}
CITY = "id/municipality/de-05515000"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
NET = thing("network/netz")
TABLES = ("agents", "networks", "memberships", "figures", "changes", "programmes", "sources",
          "disagreements")  # fmt: skip


def _quads() -> str:
    said, rest = graph("blatt"), graph("derived")
    literal = json.dumps(HOSTILE)
    lines = [
        f"<{NET}> <{term('rdfs:label')}> {literal}@de <{said}>",
        f"<{NET}> <{term('rdf:type')}> <{term('imc:CooperationNetwork')}> <{said}>",
        f'<{NET}> <{term("org:purpose")}> "Radwege"@de <{said}>',
        f"<{NET}> <{term('foaf:homepage')}> <javascript:alert(1)> <{said}>",
        f"<{NET}> <{term('imc:attestation')}> <{thing('attestation/blatt/1')}> <{said}>",
        f'<{thing("attestation/blatt/1")}> <{term("imc:locator")}> "Seite 7" <{said}>',
        f'<{BASE}ontology> <{term("rdfs:label")}> "Ontologie"@de <{graph("ontology")}>',
        f'<{BASE}codelist/role> <{term("skos:prefLabel")}> "Rollen"@de <{graph("ontology")}>',
        f'<{source("blatt")}> <{term("dcterms:title")}> "Das Blatt"@de <{graph("sources")}>',
    ]
    for i in range(450):
        town = thing(f"municipality/t-{i:03}")
        lines += [
            f"<{town}> <{term('org:memberOf')}> <{NET}> <{rest}>",
            f'<{town}> <{term("rdfs:label")}> "Ort {i:03}"@de <{graph("reference")}>',
        ]
    return "".join(f"{line} .\n" for line in lines)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """An application over a release with one network, hostile in what its source prints."""
    root = tmp_path_factory.mktemp("releases")
    folder = root / "0123456789ab"
    (folder / "tables").mkdir(parents=True)
    for name in TABLES:
        tables.write(folder / "tables" / f"{name}.jsonl", ())
    quads = _quads()
    (folder / "graph.nq").write_text(quads, encoding="utf-8")
    merged = {line.rsplit(" <", 1)[0] + " .\n" for line in quads.splitlines()}
    (folder / "merged.nt").write_text("".join(sorted(merged)), encoding="utf-8")
    (folder / "ontology").symlink_to(resources.ontology())
    manifest = {"format": FORMAT, "version": folder.name, "counts": {"networks": 1},
                "licences": {"facts": "https://creativecommons.org/licenses/by/4.0/"}}  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (root / "current").write_text(folder.name, encoding="utf-8")
    pages = Path(tmp_path_factory.mktemp("none"))
    return TestClient(create_app(Settings(pages=pages), open_release(folder)))


class _Reader(HTMLParser):
    """The elements of a page, and the text that a reader sees."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [a.get("href") or "" for tag, a in self.elements if tag == "a"]


def test_a_thing_leads_to_its_page(client: TestClient) -> None:
    answer = client.get(f"/{CITY}?lang=en", headers=BROWSER, follow_redirects=False)
    location = answer.headers["location"]
    assert (answer.status_code, location) == (303, f"/data/{CITY}.html?lang=en")
    page = client.get(location)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["link"].count('rel="alternate"') == 6
    read = _Reader(page.text)
    assert "Muenster" in read.text
    assert f"/graph?lang=en&sel={CITY.removeprefix('id/')}" in read.links()
    types = {a["type"] for tag, a in read.elements if tag == "link" and "type" in a}
    assert {"text/turtle", "application/ld+json", "application/rdf+xml"} <= types


def test_a_statement_tells_who_says_it_and_where(site: TestClient) -> None:
    text = site.get("/data/id/network/netz.html?lang=de").text
    row = re.search(r"<td>\s*<span[^>]*>Radwege.*?</tr>", text, re.DOTALL)
    assert row is not None
    assert ">Das Blatt</a>" in row[0] and ">Seite 7<" in row[0]
    assert 'href="/source/blatt?lang=de"' in row[0]
    assert ">Zweck</a>" in text


@pytest.mark.parametrize(
    ("path", "lang", "expected"),
    [
        # havixbeck-stadtregion-2013 says 2001, muenster-stadtregion 2013
        ("stadtregion-muenster", "de",
         r"^Die Quellen widersprechen sich: 2001 laut Zukünftige Zusammenarbeit .*section 1\.2.* "
         r"2013 laut Stadt Münster: .*chronology"),
        ("stadtregion-muenster", "en",
         r"^Sources disagree: 2001 according to Zukünftige .* 2013 according to Stadt Münster: "),
        # ratsinfo-meerbusch-innenstadt-2023 counts 168, the guest of the council more than 169
        ("netzwerk-innenstadt-nrw", "de",
         r"^Für 2023-03-01 – 2023-03-31 widersprechen sich die Quellen: 169 Mitglieder "
         r"\(größer als angegeben\) laut .* 168 Kommunen und Partner laut "),
    ],
)  # fmt: skip
def test_sources_that_disagree_stand_beside_the_value(
    path: str, lang: str, expected: str, real: TestClient
) -> None:
    text = real.get(f"/data/id/network/{path}.html?lang={lang}").text
    found = re.findall(r'class="disagree">(.*?)</(?:td|div)>', text, re.DOTALL)
    words = [" ".join(_Reader(one).text.split()) for one in found]
    assert any(re.search(expected, one) for one in words), words
    assert all("/source/" in one for one in found)


def test_a_page_on_which_nothing_is_disputed_says_nothing_of_it(real: TestClient) -> None:
    assert 'class="disagree"' not in real.get("/data/id/network/iclei.html?lang=en").text


def test_what_a_source_prints_is_text_and_never_markup(site: TestClient) -> None:
    read = _Reader(site.get("/data/id/network/netz.html").text)
    assert not [tag for tag, _ in read.elements if tag in ("script", "img", "style", "iframe")]
    assert not [a for _, a in read.elements for name in a if name.startswith(("on", "style"))]
    assert HOSTILE in read.text
    assert "javascript:alert(1)" in read.text
    assert not [link for link in read.links() if link.startswith("javascript")]


def test_pages_load_nothing_from_elsewhere(site: TestClient) -> None:
    for path in ("id/network/netz.html", "ontology.html", "codelist/role.html", "release"):
        read = _Reader(site.get(f"/data/{path}").text)
        loaded = [a.get("href") or "" for tag, a in read.elements
                  if tag == "link" and a.get("rel") in ("stylesheet", "icon")]  # fmt: skip
        assert len(loaded) == 2, path
        assert all(one.startswith("/") for one in loaded), path


def test_what_points_at_a_thing_is_cut_and_paged(site: TestClient) -> None:
    text = site.get("/data/id/network/netz.html?lang=en").text
    assert text.count(">Ort ") == 25
    more = re.search(r'href="(\?[^"]*direction=in[^"]*)">show all 450<', text)
    assert more is not None
    address = "/data/id/network/netz.html" + more[1].replace("&amp;", "&")
    first = site.get(address).text
    assert first.count(">Ort ") == 200 and "Page 1 of 3" in first
    last = site.get(f"{address}&page=3").text
    assert last.count(">Ort ") == 50 and 'rel="next"' not in last
    assert site.get(f"{address}&page=99").text.count(">Ort ") == 50
    assert site.get(f"{address}&page=-1&lang=xx").status_code == 200


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [("?lang=en", "de", "en"), ("", "en-GB,de;q=0.5", "en"), ("", "fr", "de"), ("", "", "de")],
)
def test_the_language(site: TestClient, query: str, header: str, language: str) -> None:
    answer = site.get(f"/data/codelist/role.html{query}", headers={"Accept-Language": header})
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-language"] == language
    assert "Accept-Language" in answer.headers["vary"]


def test_a_page_that_the_client_has_is_not_sent_again(site: TestClient) -> None:
    for path in ("id/network/netz.html", "ontology.html", "codelist/role.html", "release"):
        tag = site.get(f"/data/{path}?lang=de").headers["etag"]
        again = site.get(f"/data/{path}?lang=de", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert site.get(f"/data/{path}?lang=en").headers["etag"] != tag


def test_the_ontology_and_a_code_list_of_the_facts(real: TestClient) -> None:
    ontology = real.get("/ontology?lang=en", headers=BROWSER)
    assert ontology.url.path == "/data/ontology.html"
    assert 'id="theme"' in ontology.text and "imc:CooperationNetwork" in ontology.text
    assert len(re.findall(r'class="term"', ontology.text)) > 100
    german = real.get("/data/ontology.html?lang=de").text
    assert "<h3>Kooperationsnetzwerk <code>imc:CooperationNetwork</code></h3>" in german
    roles = real.get("/codelist/role", headers=BROWSER)
    assert roles.url.path == "/data/codelist/role.html"
    assert 'id="lead"' in roles.text
    lead = real.get("/codelist/role/lead?lang=en", headers=BROWSER).text
    assert "<h1>lead</h1>" in lead


def test_a_membership_is_named_by_who_and_where(real: TestClient) -> None:
    path = "id/membership/stadtregion-muenster/de-05515000/member"
    text = real.get(f"/{path}?lang=de", headers=BROWSER).text
    assert "<h1>Münster · Mitglied · Stadtregion Münster" in text


def test_a_named_graph_leads_to_its_source(real: TestClient) -> None:
    answer = real.get("/graph/muenster-stadtregion", headers=BROWSER, follow_redirects=False)
    assert answer.headers["location"] == "/data/source/muenster-stadtregion.html"
    ours = real.get("/graph/derived", headers=BROWSER, follow_redirects=False)
    assert ours.headers["location"] == "/data/graph/derived.html"
    address = "/data/graph/derived.html?lang=en"
    first, last = real.get(address).text, real.get(f"{address}&page=99999").text
    assert "statements about" in first and "Page 1 of " in first
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in last and 'rel="next"' not in last
    assert "Page 1 of " in real.get(f"{address}&page=-1").text


def test_a_release_can_be_taken_and_cited(site: TestClient) -> None:
    read = _Reader(site.get("/data/release?lang=en").text)
    assert ("script", {"type": "application/ld+json"}) in read.elements
    assert "release 0123456789ab. http://testserver/data/release/0123456789ab" in read.text
    dump = site.get("/data/release/0123456789ab/graph.nq")
    assert dump.text == _quads()
    assert dump.headers["content-type"].startswith("application/n-quads")
    assert "kgraph-0123456789ab-graph.nq" in dump.headers["content-disposition"]
    assert "immutable" in dump.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    ["ffffffffffff/graph.nq", "0123456789ab/tables", "0123456789ab/current", "../current",
     "%2e%2e/current", "0123456789ab/%2e%2e%2fcurrent", "ffffffffffff"],
)  # fmt: skip
def test_other_files_are_not_given(site: TestClient, path: str) -> None:
    assert site.get(f"/data/release/{path}").status_code == 404


def test_the_words_are_complete() -> None:
    from kgraph_api.pages import words

    found = words._words()
    assert len(found) > 50
    assert [key for key, texts in found.items() if not (texts["de"] and texts["en"])] == []
    slots = re.compile(r"\{\w+\}")
    for key, texts in found.items():
        assert sorted(slots.findall(texts["de"])) == sorted(slots.findall(texts["en"])), key
