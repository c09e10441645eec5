"""Generated statements in our own model, as the files of a release hold them.

    python benchmarks/sparql/data.py 1000000 FOLDER

writes ``graph.nq`` (what every source says) and ``merged.nt`` (each statement once) with about as
many statements in the merge as asked for, ``rosters.nt``, which is a part of it in another order,
and the manifest that lets a server open the folder. The same size gives the same bytes.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from kgraph.namespaces import codelist, graph, source, term, thing
from kgraph.queries.rosters import rosters
from kgraph.release import FORMAT
from kgraph.store import Store

TYPE, LABEL = term("rdf:type"), term("rdfs:label")
STATES = [f"de-{i:02d}" for i in range(1, 17)]
THEMES = ["mobility", "culture", "climate", "housing", "energy", "tourism", "water", "health"]
ROLES = ["member"] * 12 + ["lead", "chair", "host"]
#: Statements of the merge for each membership, with its share of everything else.
PER_MEMBERSHIP = 19.3


def write(n_statements: int, folder: Path) -> None:
    """Write a release of a size."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    merged: set[str] = set()
    with (folder / "graph.nq").open("w", encoding="utf-8") as quads:
        for slug, line in _statements(max(20, round(n_statements / PER_MEMBERSHIP))):
            quads.write(f"{line} <{graph(slug)}> .\n")
            merged.add(line)
    lines = "".join(f"{line} .\n" for line in sorted(merged))
    (folder / "merged.nt").write_text(lines, encoding="utf-8")
    with (folder / "rosters.nt").open("w", encoding="utf-8", newline="\n") as first:
        first.writelines(rosters(Store.from_files(folder / "merged.nt")))
    (folder / "tables" / "sources.jsonl").write_text("")
    manifest = {"format": FORMAT, "version": f"bench{len(merged)}", "counts": {"networks": 0}}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _statements(n_memberships: int) -> Iterator[tuple[str, str]]:
    """(graph, statement); a third of the memberships stand in the rosters of two sources."""
    dice = random.Random(1)
    n_members, n_networks = max(10, n_memberships // 5), max(5, n_memberships // 15)
    n_sources = max(3, n_networks // 4)
    for i in range(n_members):
        yield from _reference(i, dice)
    for j in range(n_networks):
        yield from _network(j, dice)
    for k in range(n_memberships):
        # A few members are in many networks, and a few networks have many members.
        member = int(n_members * dice.random() ** 2)
        network = int(n_networks * dice.random() ** 1.5)
        role = dice.choice(ROLES)
        for source_ in {network % n_sources, *([k % n_sources] if k % 3 == 0 else [])}:
            yield from _membership(member, network, role, source_, dice.randint(1995, 2024))
        yield from _derived(member, network, role, dice.randint(1995, 2020))
        if k % 10 == 0:
            yield from _fee(member, network, k, dice)


def _line(subject: str, predicate: str, value: str) -> str:
    return f"<{subject}> <{predicate}> {value}"


def _reference(i: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    member = thing(f"municipality/de-{i:08d}")
    people = int(dice.lognormvariate(9, 1.2))
    state = dice.choice(STATES)
    for predicate, value in (
        (TYPE, f"<{term('imc:Municipality')}>"), (LABEL, f'"Ort {i}"@de'),
        (term("imc:state"), f"<{thing(f'state/{state}')}>"),
        (term("imc:population"), f'"{people}"^^<{term("xsd:integer")}>'),
    ):  # fmt: skip
        yield "reference", _line(member, predicate, value)


def _network(j: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    network, slug = thing(f"network/n{j}"), f"s{j % 50}"
    yield slug, _line(network, TYPE, f"<{term('imc:CooperationNetwork')}>")
    yield slug, _line(network, LABEL, f'"Netzwerk {j} {dice.choice(THEMES)}"@de')
    theme = f"<{codelist('theme', dice.choice(THEMES))}>"
    yield slug, _line(network, term("imc:theme"), theme)
    if j:
        above = f"<{thing(f'network/n{dice.randrange(j)}')}>"
        if j % 3 == 0:
            yield slug, _line(network, term("imc:partOfNetwork"), above)
    if j % 2:
        yield slug, _line(network, term("foaf:homepage"), f"<https://example.org/n{j}>")


def _membership(i: int, j: int, role: str, s: int, year: int) -> Iterator[tuple[str, str]]:
    member, network = thing(f"municipality/de-{i:08d}"), thing(f"network/n{j}")
    node = thing(f"membership/n{j}/de-{i:08d}/{role}")
    said, slug = thing(f"attestation/s{s}/{i}-{j}"), f"s{s}"
    for subject, predicate, value in (
        (node, TYPE, f"<{term('org:Membership')}>"),
        (node, term("org:member"), f"<{member}>"),
        (node, term("org:organization"), f"<{network}>"),
        (node, term("org:role"), f"<{codelist('role', role)}>"),
        (node, term("imc:attestation"), f"<{said}>"),
        (said, TYPE, f"<{term('imc:Attestation')}>"),
        (said, term("prov:wasDerivedFrom"), f"<{source(slug)}>"),
        (said, term("imc:locator"), f'"p. {i % 90}"'),
        (said, term("imc:attestedOn"), f'"{year}"^^<{term("xsd:gYear")}>'),
    ):
        yield slug, _line(subject, predicate, value)


def _derived(i: int, j: int, role: str, year: int) -> Iterator[tuple[str, str]]:
    member, network = thing(f"municipality/de-{i:08d}"), thing(f"network/n{j}")
    node = thing(f"membership/n{j}/de-{i:08d}/{role}")
    date = f'"{year}-01-01"^^<{term("xsd:date")}>'
    open_end = f'"9999-12-31"^^<{term("xsd:date")}>'
    for name, value in (("heldFrom", date), ("heldUntil", open_end), ("notYetBefore", date),
                        ("endedAfter", open_end)):  # fmt: skip
        yield "derived", _line(node, term(f"imc:{name}"), value)
    yield "derived", _line(member, term("org:memberOf"), f"<{network}>")
    yield "derived", _line(network, term("org:hasMember"), f"<{member}>")


def _fee(i: int, j: int, k: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    fee = thing(f"fee/n{j}/{k}")
    euro = f'"{dice.randrange(500, 20000)}"^^<{term("xsd:decimal")}>'
    for predicate, value in (
        (TYPE, f"<{term('imc:MembershipFee')}>"),
        (term("imc:feeFor"), f"<{thing(f'network/n{j}')}>"),
        (term("imc:payer"), f"<{thing(f'municipality/de-{i:08d}')}>"),
        (term("imc:amountEurPerYear"), euro),
    ):  # fmt: skip
        yield f"s{j % 50}", _line(fee, predicate, value)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
