"""Opening a release, finding things in it, and what is said where there is nothing."""

from __future__ import annotations

import json
import shutil
import threading
from datetime import date
from pathlib import Path

import pytest

import kgraph
from kgraph import release as module
from kgraph.analysis.stored import affiliate
from kgraph.errors import NotFoundError, ReleaseError
from kgraph.model import Agent
from kgraph.release import FORMAT, default_root, open_release
from kgraph.tables import Table


def test_a_folder_of_releases_opens_its_current_one(small) -> None:
    root = small.path.parent
    assert (root / "current").read_text(encoding="utf-8").strip() == small.version
    assert kgraph.open(root).version == small.version
    assert kgraph.open(str(root)).path == small.path


def test_the_folder_of_one_release_opens_too(small) -> None:
    assert open_release(small.path).version == small.version


def test_without_a_release_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        open_release(tmp_path)
    assert str(caught.value) == f"there is no release in {tmp_path}; make one with: kgraph build"


def test_a_pointer_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("0123456789ab\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match="make one with: kgraph build"):
        open_release(tmp_path)


@pytest.mark.parametrize("other", [FORMAT - 1, FORMAT + 1, None, "new"])
def test_another_format_is_refused(small, tmp_path: Path, other: object) -> None:
    folder = tmp_path / "release"
    shutil.copytree(small.path, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": other}))
    with pytest.raises(ReleaseError) as caught:
        open_release(folder)
    said = str(caught.value)
    assert f"has format {other}" in said
    assert said.endswith(f"this kgraph reads {FORMAT}; make a new one with: kgraph build")


def test_the_environment_says_where_releases_are(small, monkeypatch) -> None:
    monkeypatch.setenv("KGRAPH_RELEASE", str(small.path.parent))
    assert default_root() == small.path.parent
    assert kgraph.open().version == small.version


def test_without_a_checkout_releases_are_the_user_s(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KGRAPH_RELEASE", raising=False)
    monkeypatch.setattr(module.resources, "in_checkout", lambda: False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_root() == tmp_path / "kgraph" / "release"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_root() == tmp_path / ".local" / "share" / "kgraph" / "release"


def test_a_view_is_cut_from_the_arrays_without_reading_a_table(small) -> None:
    fresh = open_release(small.path)
    days = (None, date(2013, 6, 1), date(2024, 6, 1))
    views = [fresh.affiliation.at(day, level="as-is") for day in days]
    assert {"agents", "networks", "memberships"}.isdisjoint(fresh.__dict__)
    assert not fresh.affiliation.memberships._known  # type: ignore[attr-defined]
    whole = affiliate(fresh.agents, fresh.networks, fresh.memberships, fresh.figures, fresh.periods)
    assert whole.members == fresh.agents
    assert fresh.affiliation.figures == whole.figures
    for view, day in zip(views, days, strict=True):
        wanted = whole.at(day)
        assert view.n_entries == wanted.n_entries > 10
        assert view.members == wanted.members
        assert view.iris("networks") == tuple(one.iri for one in wanted.networks)
        assert view.indices.tolist() == wanted.indices.tolist()
        assert view.memberships_of(7) == wanted.memberships_of(7)
        assert view.coverage == wanted.coverage
    state = fresh.agents[-1].state
    chosen = fresh.affiliation.at(None, states=[state], isolates=True)
    assert chosen.members == tuple(
        agent for agent in fresh.agents if agent.state == state and agent.kind != "person"
    )


def test_a_line_of_a_table_is_read_when_it_is_asked_for(small) -> None:
    file = small.path / "tables" / "agents.jsonl"
    table = Table(file, Agent, len(small.agents))
    assert table[5] == small.agents[5]
    assert table[5] is table[5]
    assert table[-1] == small.agents[-1]
    assert list(table._known) == [5, len(small.agents) - 1]
    assert table[2:4] == small.agents[2:4]
    assert tuple(table) == small.agents
    with pytest.raises(IndexError):
        Table(file, Agent, 3)[3]


def test_it_says_what_it_is(small) -> None:
    n_networks = len(small.networks)
    assert repr(small) == f"<kgraph release {small.version}: {n_networks} networks>"


def test_opening_reads_the_manifest_only(small) -> None:
    fresh = open_release(small.path)
    assert {"store", "agents", "memberships"}.isdisjoint(fresh.__dict__)
    assert len(fresh.agents) == small.manifest["counts"]["agents"]
    assert "store" not in fresh.__dict__


def test_two_threads_load_one_store(small) -> None:
    fresh = open_release(small.path)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(fresh.store)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1


# -- one thing -------------------------------------------------------------------------------------


def test_a_network_by_its_slug(small) -> None:
    assert small.network("stadtregion-muenster").name == "Stadtregion Münster"


def test_an_agent_by_its_path_and_by_its_iri(small) -> None:
    by_path = small.agent("municipality/de-05570044")
    assert by_path.name == "Telgte"
    assert small.agent(by_path.iri) == by_path


def test_a_source_by_its_slug(small) -> None:
    assert small.source("muenster-stadtregion").publisher == "Stadt Münster"


@pytest.mark.parametrize(
    ("find", "key", "message"),
    [
        ("network", "stadtregion-munster",
         "there is no network 'stadtregion-munster' in this release; near: "
         "stadtregion-muenster, ewomab-stadtregion-muenster, velorouten-stadtregion-muenster"),
        ("network", "zzzz", "there is no network 'zzzz' in this release"),
        ("source", "muenster-stadtregon",
         "there is no source 'muenster-stadtregon' in this release; near: muenster-stadtregion, "
         "muenster-stadtregion-neu, muenster-stadtregion-2020"),
        ("agent", "municipality/de-0557004",
         "there is no agent 'municipality/de-0557004' in this release; near: "
         "municipality/de-05570048, municipality/de-05570044, municipality/de-05570040"),
    ],
)  # fmt: skip
def test_what_is_not_there_names_what_is_near(small, find: str, key: str, message: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        getattr(small, find)(key)
    assert str(caught.value) == message
    assert (caught.value.kind, caught.value.key) == (find, key)


def test_members_and_memberships_are_two_sides(small) -> None:
    network = small.network("stadtregion-muenster").iri
    telgte = small.agent("municipality/de-05570044").iri
    [both] = [m for m in small.members_of(network) if m.member == telgte]
    assert both in small.memberships_of(telgte)
    assert {m.network.rpartition("/")[2] for m in small.memberships_of(telgte)} == {
        "stadtregion-muenster", "velorouten-stadtregion-muenster", "ewomab-stadtregion-muenster",
    }  # fmt: skip


def test_nobody_is_a_member_of_what_is_not_there(small) -> None:
    assert small.members_of("http://a/none") == small.memberships_of("http://a/none") == ()


def test_every_membership_names_known_things(release) -> None:
    agents = {agent.iri for agent in release.agents} | {net.iri for net in release.networks}
    sources = {source.slug for source in release.sources}
    assert len(release.memberships) > 3000
    assert {m.member for m in release.memberships} <= agents
    assert {e.source for m in release.memberships for e in m.evidence} <= sources
    assert [m.iri for m in release.memberships if not m.evidence] == []


# -- the real facts, from the founding documents ---------------------------------------------------


def test_the_founding_documents_rosters(release) -> None:
    """Sources: 000 (12 members), 002 (78 members of Netzwerk Innenstadt NRW in April 2013)."""
    from datetime import date

    def members(slug: str, day: date) -> set[str]:
        return {
            m.member
            for m in release.members_of(release.network(slug).iri)
            if m.role == "member" and m.bounds.on(day).holds
        }

    april_2013 = date(2013, 4, 15)
    assert len(members("stadtregion-muenster", april_2013)) == 12
    assert len(members("netzwerk-innenstadt-nrw", april_2013)) == 78
