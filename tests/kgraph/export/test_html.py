"""The exported page: what it shows, and that no name, title or address in it can do harm."""

from __future__ import annotations

import html
import json
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

from kgraph.errors import QueryParameterError
from kgraph.export.html import cited, render_html, write_html
from kgraph.export.positions import arranged
from kgraph.model import Source

pytest.importorskip("pyvis", reason="pyvis draws the page")

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

#: Each would mark the page if it ran; the last two are what pyvis 0.3.2 itself lets through.
PAYLOADS = (
    '</script><script>document.documentElement.dataset.harm="1"</script>',
    "<img src=x onerror='document.documentElement.dataset.harm=\"1\"'>",
    '<img src="http://elsewhere.example/x.png">',
    "' onmouseover='document.documentElement.dataset.harm=1' x='",
    "</option></datalist><script>document.documentElement.dataset.harm='1'</script>",
    '<a href="javascript:document.documentElement.dataset.harm=1">href</a>',
    "{{ 7*7 }}<svg onload=document.documentElement.dataset.harm=1>",
    "--><style>@import url(http://elsewhere.example/x.css)</style>",
)


def a_source(slug: str, title: str = "Handbook", url: str = "https://example.org/") -> Source:
    return Source(slug, f"source/{slug}", title, "", url, "2020", "", "", "en", "")


def two_networks() -> nx.Graph:
    """A and B share Beta, A has two more members: five nodes, four ties."""
    graph = nx.Graph()
    graph.add_node("A", bipartite=1, name="Alliance", kind="city-region", slug="alliance")
    graph.add_node("B", bipartite=1, name="Bund", kind="network", slug="bund")
    for key, kind in (("alpha", "municipality"), ("beta", "municipality"), ("gamma", "district")):
        graph.add_node(key, bipartite=0, name=key.title(), kind=kind, key=key, state="Hessen")
    for member, network, certainty in (
        ("alpha", "A", "attested"), ("beta", "A", "attested"), ("gamma", "A", "presumed"),
        ("beta", "B", "attested"),
    ):  # fmt: skip
        graph.add_edge(
            member, network, roles=["member"], start="2013-04", end="", certainty=certainty,
            sources=["handbook: page 3"],
        )  # fmt: skip
    return graph


def hostile() -> nx.Graph:
    """Every field of a node and an edge carries a payload."""
    graph = nx.Graph()
    for number, bad in enumerate(PAYLOADS):
        graph.add_node(f"n{number}{bad}", bipartite=1, name=bad, kind=bad, slug=bad, href=bad)
        graph.add_node(f"m{number}{bad}", bipartite=0, name=bad, kind=bad, key=bad, state=bad)
        graph.add_edge(
            f"n{number}{bad}", f"m{number}{bad}", roles=[bad], start=bad, end=bad, certainty=bad,
            sources=[f"{bad}: {bad}"],
        )  # fmt: skip
    return graph


def hostile_page(bad: str) -> str:
    sources = [
        a_source(bad, bad, url)
        for url in ("javascript:alert(1)", f"https://example.org/{bad}", bad)
    ]
    return render_html(
        hostile(), title=bad, language="en", sources=sources, labels={"member": bad}
    ).text


def data_of(text: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    result: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return result


class Reader(HTMLParser):
    """Elements and attributes of a page, and the texts of its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in_script = tag == "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)
            self._in_script = False


@pytest.fixture
def page() -> str:
    return render_html(
        two_networks(), title="Two & two", language="en", sources=[a_source("handbook")]
    ).text


def test_the_page_is_complete(page: str) -> None:
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert page.count("Two &amp; two") == 2  # title and heading, each once
    assert "networks: 2, members: 3, ties: 4" in page
    assert "handbook: page 3" in page
    assert '<a href="https://example.org/" rel="noopener noreferrer">Handbook</a>' in page
    data = data_of(page)
    assert [node["name"] for node in data["nodes"]] == [
        "Alpha",
        "Beta",
        "Gamma",
        "Alliance",
        "Bund",
    ]
    assert [node["shape"] for node in data["nodes"]] == ["dot", "dot", "square", "dot", "dot"]
    assert sorted(bool(edge["dashes"]) for edge in data["edges"]) == [False, False, False, True]
    assert {edge["arrows"] for edge in data["edges"]} == {""}


def test_both_tables_hold_every_row(page: str) -> None:
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", page)
    # Five nodes, networks first and the most tied first; then four ties by network and member.
    assert [name for name, _ in rows] == [
        "Alliance", "Bund", "Beta", "Alpha", "Gamma", "Alpha", "Beta", "Gamma", "Beta",
    ]  # fmt: skip
    assert "<td>presumed</td>" in rows[7][1]


def test_german_and_labels() -> None:
    labels = {"city-region": "Stadtregion"}
    text = render_html(two_networks(), title="t", language="de", sources=(), labels=labels).text
    assert '<html lang="de">' in text
    assert "Stadtregion</li>" in text
    assert "<td>vermutet</td>" in text


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(QueryParameterError, match="language is 'fr'; there is de and en"):
        render_html(two_networks(), title="t", language="fr", sources=())


def test_parallel_edges_become_one() -> None:
    graph = nx.MultiGraph(two_networks())
    graph.add_edge(
        "alpha", "A", roles=["chair"], start="", end="", certainty="presumed", sources=["x: 1"]
    )
    text = render_html(graph, title="t", language="en", sources=()).text
    (edge,) = [e for e in data_of(text)["edges"] if "chair" in str(e["title"])]
    assert edge["title"] == "chair, Member\n2013-04 – \nattested"
    assert len(data_of(text)["edges"]) == 4


def test_too_many_edges_are_cut_and_the_page_says_so() -> None:
    made = render_html(two_networks(), title="t", language="en", sources=(), max_edges=3)
    assert made.n_left_out == 1
    # The larger network stays whole.
    assert "Shown are 3 of 4 ties: the largest networks first." in made.text
    assert [row["name"] for row in data_of(made.text)["nodes"]] == [
        "Alpha",
        "Beta",
        "Gamma",
        "Alliance",
    ]
    assert "Shown are" not in render_html(two_networks(), title="t", language="en", sources=()).text


def test_physics_only_where_the_page_has_no_places() -> None:
    def physics(graph: nx.Graph) -> object:
        options = data_of(render_html(graph, title="t", language="en", sources=()).text)["options"]
        return options["physics"]["enabled"]  # type: ignore[call-overload]

    small, placed, large = two_networks(), two_networks(), nx.Graph()
    for number, node in enumerate(placed):
        placed.nodes[node].update(x=8.0 + number, y=50.0 - number)
    large.add_node("N", bipartite=1)
    large.add_edges_from((f"m{number}", "N") for number in range(300))
    assert [physics(small), physics(placed), physics(large)] == [True, False, False]
    nodes = data_of(render_html(placed, title="t", language="en", sources=()).text)["nodes"]
    # North is up: the page's y runs downwards.
    assert all(isinstance(node["y"], float) for node in nodes)
    assert max(nodes, key=lambda node: node["x"])["y"] == max(node["y"] for node in nodes)  # type: ignore


def test_positions_are_the_same_on_every_run() -> None:
    graph = nx.convert_node_labels_to_integers(nx.bipartite.random_graph(40, 9, 0.3, seed=3))
    nx.relabel_nodes(graph, str, copy=False)
    first = arranged(graph)
    assert first == arranged(graph)
    assert list(first) == list(graph)
    assert len(set(first.values())) == len(graph)


def test_cited_sources_are_those_that_the_edges_name() -> None:
    sources = [a_source("other"), a_source("handbook")]
    assert [source.slug for source in cited(two_networks(), sources)] == ["handbook"]


def test_the_file_is_utf8_and_the_same_on_every_run(tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        write_html(
            two_networks(), tmp_path / name, title="Zusammenhänge", language="de", sources=()
        )
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert "Zusammenhänge" in (tmp_path / "one.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("bad", PAYLOADS)
def test_hostile_text_makes_no_element(bad: str) -> None:
    """The elements and attributes of the page are those of a harmless one, and no more."""
    harmless = Reader(
        render_html(two_networks(), title="t", language="en", sources=[a_source("s")]).text
    )
    found = Reader(hostile_page(bad))
    known = {(tag, name) for tag, attributes in harmless.elements for name in attributes}
    assert {(tag, name) for tag, attributes in found.elements for name in attributes} <= known | {
        ("p", "role")
    }
    assert [tag for tag, _ in found.elements].count("script") == 3
    links = [attributes["href"] or "" for tag, attributes in found.elements if tag == "a"]
    assert all(link.startswith(("#", "https://example.org/")) for link in links)
    assert "</" not in found.scripts[0]  # the data block escapes what could end it


def test_the_policy_lets_only_the_two_scripts_run(page: str) -> None:
    import base64
    import hashlib

    read = Reader(page)
    policy = next(
        a["content"] for tag, a in read.elements if a.get("http-equiv") == "Content-Security-Policy"
    )
    _, vis, own = read.scripts
    for script in (vis, own):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in str(policy)
    assert str(policy).startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in str(policy)
    assert not [a for _, a in read.elements if a.get("src")]


def test_a_notebook_shows_it_without_rights() -> None:
    made = render_html(two_networks(), title="t", language="en", sources=())
    frame = made._repr_html_()
    assert frame.startswith('<iframe sandbox="allow-scripts"')
    (tag, attributes), *more = Reader(frame).elements
    assert (tag, more) == ("iframe", [])
    assert attributes["srcdoc"] == made.text == html.unescape(html.escape(made.text))


@pytest.fixture
def elsewhere() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine that stands for every other host, and what came in there."""
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(1)
                    came.append(connection.recv(200))

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], came
        done.set()
        thread.join()


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("payload", [None, PAYLOADS[0], PAYLOADS[1]])
def test_in_a_browser_it_draws_and_nothing_runs_or_leaves(
    payload: str | None, tmp_path: Path, elsewhere: tuple[int, list[bytes]]
) -> None:
    port, came = elsewhere
    file = tmp_path / "page.html"
    if payload is None:
        write_html(two_networks(), file, title="t", language="en", sources=())
    else:
        file.write_text(hostile_page(payload), encoding="utf-8")
    done = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}",
         f"--host-resolver-rules=MAP *:80 127.0.0.1:{port}", "--virtual-time-budget=5000",
         "--dump-dom", file.as_uri()],
        capture_output=True, text=True, timeout=120, check=True, encoding="utf-8",
    )  # fmt: skip
    assert "<canvas" in done.stdout  # vis has drawn
    assert "data-harm" not in re.sub(r"<script.*?</script>", "", done.stdout, flags=re.S)
    assert not [request for request in came if b"elsewhere" in request]
