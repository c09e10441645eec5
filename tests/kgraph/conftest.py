"""``make_release``: a release of a few records, for what the real facts have no case of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from kgraph import resources, tables
from kgraph.model import Agent, Membership, Network
from kgraph.release import FORMAT, Release, open_release

TABLES = ("agents", "networks", "memberships", "figures", "changes", "programmes", "sources",
          "disagreements", "periods")  # fmt: skip

MakeRelease = Callable[..., Release]

#: Programs that tests run in a process of its own; they find ``killing.py`` by PYTHONPATH.
collect_ignore_glob = ["*/killed.py"]


@pytest.fixture
def make_release(tmp_path: Path) -> MakeRelease:
    """Write the tables and statements that are given, and open them as a release."""

    def make(version: str = "tiny", quads: str = "", **given: Iterable[Any]) -> Release:
        folder = tmp_path / version
        (folder / "tables").mkdir(parents=True)
        for name in TABLES:
            tables.write(folder / "tables" / f"{name}.jsonl", given.get(name, ()))
        (folder / "graph.nq").write_text(quads, encoding="utf-8")
        merged = {" ".join(line.split(" ")[:-2]) for line in quads.splitlines()}
        (folder / "merged.nt").write_text("".join(f"{line} .\n" for line in sorted(merged)))
        (folder / "ontology").symlink_to(resources.ontology())
        counts = {"networks": len(list(given.get("networks", ())))}
        manifest = {"format": FORMAT, "version": version, "counts": counts, "licences": {}}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return open_release(folder)

    return make


@pytest.fixture
def agent() -> Callable[..., Agent]:
    """An agent by its path, without anything known of it but its state."""

    def make(path: str, state: str = "") -> Agent:
        kind, _, key = path.partition("/")
        iri = f"https://w3id.org/imcoop/id/{path}"
        return Agent(iri, kind, key, key, "", state, "", "DE", "", None, None, None)

    return make


@pytest.fixture
def network() -> Callable[..., Network]:
    """A network by its slug."""

    def make(slug: str, **known: Any) -> Network:
        fields: dict[str, Any] = dict.fromkeys(
            ("name_en", "short_name", "legal_form", "country", "parent", "seat", "website"), ""
        )
        fields |= dict.fromkeys(("themes", "founded", "dissolved", "sources"), ())
        fields |= {"kind": "network", "name": slug, "n_listed": 0}
        return Network(
            iri=f"https://w3id.org/imcoop/id/network/{slug}", slug=slug, **(fields | known)
        )

    return make


@pytest.fixture
def membership() -> Callable[..., Membership]:
    """A membership of a municipality in a network, with its bounds."""

    def make(network: str, member: str, bounds: Any, role: str = "member", **known: Any) -> Any:
        fields = {"participates": True, "function": "", "start": "", "end": "", "evidence": ()}
        base = "https://w3id.org/imcoop/id"
        return Membership(
            iri=f"{base}/membership/{network}/{member.partition('/')[2]}/{role}",
            network=f"{base}/network/{network}",
            member=f"{base}/{member}",
            role=role,
            bounds=bounds,
            **(fields | known),
        )

    return make
