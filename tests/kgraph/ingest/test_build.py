"""Building is deterministic, all or nothing, and skipped when nothing changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph import release as releases
from kgraph.errors import DataError
from kgraph.ingest import build as module
from kgraph.ingest.build import build
from kgraph.ingest.publishing import workshop

ROSTER = "facts/memberships/stadtregion-muenster.csv"


def content(folder: Path) -> dict[str, str]:
    """Relative path → hash of every file below a folder, hidden ones too."""
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert found, f"{folder} is empty"
    return found


# -- deterministic ---------------------------------------------------------------------------------


def test_two_processes_make_the_same_bytes(tables, tmp_path: Path) -> None:
    """Each with its own seed for the order of sets, and from another working directory."""
    made = []
    for seed in ("1", "2"):
        root = tmp_path / f"release-{seed}"
        here = tmp_path / seed
        here.mkdir()
        subprocess.run(
            [sys.executable, "-m", "kgraph", "build", "--data", tables.data, "--release", root],
            env={**os.environ, "PYTHONHASHSEED": seed}, cwd=here, check=True, capture_output=True,
        )  # fmt: skip
        made.append(content(root))
    assert made[0] == made[1]
    assert {path.rpartition("/")[2] for path in made[0]} >= {
        "current", "manifest.json", "graph.nq", "merged.nt", "memberships.jsonl", "roles.ttl"
    }  # fmt: skip


def test_the_order_of_rows_does_not_matter(tables, small) -> None:
    rows = (tables.data / ROSTER).read_text(encoding="utf-8").splitlines(keepends=True)
    (tables.data / ROSTER).write_text("".join([rows[0], *reversed(rows[1:])]), encoding="utf-8")
    assert tables.build().version == small.version


def test_the_version_is_that_of_the_content(tables) -> None:
    first = tables.build()
    tables.change(ROSTER, 2, locator="another place")
    second = tables.build()
    assert first.version != second.version
    tables.change(ROSTER, 2, locator="members and partners")
    assert tables.build().version == first.version
    assert sorted(p.name for p in tables.root.iterdir()) == sorted(
        [first.version, second.version, "current"]
    )


# -- all or nothing --------------------------------------------------------------------------------


def test_a_broken_row_leaves_the_old_release(tables) -> None:
    old = tables.build()
    before = content(tables.root)
    tables.change(ROSTER, 3, role="membr")
    with pytest.raises(DataError):
        tables.build()
    assert content(tables.root) == before
    assert releases.open_release(tables.root).version == old.version


def test_a_broken_first_build_leaves_nothing(tables) -> None:
    tables.change(ROSTER, 3, role="membr")
    with pytest.raises(DataError):
        tables.build()
    assert not tables.root.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")
def test_killed_at_many_moments_the_old_release_stays_or_the_new_is_there(
    tables, tmp_path: Path
) -> None:
    """The next build clears away what the killed one left, and publishes."""
    old = tables.build().version
    tables.change(ROSTER, 2, locator="another place")
    driver = Path(__file__).with_name("killed.py")
    done = subprocess.run(
        [sys.executable, "-W", "error", driver, tables.data, tables.root, tmp_path],
        env={**os.environ, "PYTHONPATH": str(driver.parents[1])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    moments = [line.split() for line in done.stdout.splitlines()]
    new = tables.build().version
    assert len(moments) >= 12 and new != old
    versions = [version for version, *_ in moments]
    n_old = versions.count(old)
    assert versions == [old] * n_old + [new] * (len(moments) - n_old)
    assert 0 < n_old < len(moments)
    assert {whole for _, whole, *_ in moments} == {"True"}
    assert {left for _, _, left, *_ in moments} == {"0", "1"}
    assert {tuple(line[3:]) for line in moments[-5:]} == {(new, "True", "0")}
    assert {tuple(line[3:]) for line in moments[:-5]} == {(old, "True", "0")}


def test_a_build_leaves_the_folder_of_another_that_runs(tables) -> None:
    tables.build()
    with workshop(tables.root) as running:
        (running / "half").write_text("made")
        tables.change(ROSTER, 2, locator="another place")
        tables.build()
        assert (running / "half").read_text() == "made"
    assert not list(tables.root.glob(".build-*"))


class StopError(Exception):
    """Something that nobody foresaw."""


STEPS = [
    "read_tables", "read_codelists", "Resolver.from_tables", "add_sources", "add_reference",
    "add_register", "add_organisations", "add_descriptions", "add_memberships", "add_claims",
    "add_bounds", "ntriples", "derive", "_tabulate", "all_memberships", "all_networks",
    "all_sources", "tables.write", "shutil.copytree", "manifest_of", "write_dumps", "publish",
    "kgraph.ingest.publishing.json.dumps",
]  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_whatever_stops_it_the_old_release_stays(tables, monkeypatch, step: str) -> None:
    tables.build()
    before = content(tables.root)
    tables.change(ROSTER, 2, locator="another place")

    def stop(*_args: object, **_kwargs: object) -> None:
        raise StopError(step)

    with monkeypatch.context() as patch:
        patch.setattr(step if step.startswith("kgraph.") else f"{module.__name__}.{step}", stop)
        with pytest.raises(StopError, match=step):
            tables.build()
    assert content(tables.root) == before
    assert not [path for path in tables.root.iterdir() if path.name.startswith(".")]


def test_a_stop_between_the_two_steps_of_publishing(tables, monkeypatch) -> None:
    """The new folder is there and complete, but nothing points to it."""
    old = tables.build()
    tables.change(ROSTER, 2, locator="another place")
    replace = Path.replace

    def stop_at_the_pointer(self: Path, target: Path) -> Path:
        if target.name == "current":
            raise StopError
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop_at_the_pointer)
        with pytest.raises(StopError):
            tables.build()
    assert releases.open_release(tables.root).version == old.version
    assert not [path for path in tables.root.iterdir() if path.name.startswith(".")]
    assert tables.build().version != old.version


# -- skipped ---------------------------------------------------------------------------------------


def test_a_second_build_does_nothing(tables) -> None:
    first = build(data=tables.data, root=tables.root)
    steps: list[str] = []
    second = build(data=tables.data, root=tables.root, progress=steps.append)
    assert (first.fresh, second.fresh, steps) == (True, False, [])
    assert second.release.version == first.release.version


def test_force_builds_again(tables) -> None:
    first = tables.build()
    steps: list[str] = []
    again = build(data=tables.data, root=tables.root, force=True, progress=steps.append)
    assert (again.fresh, again.release.version) == (True, first.version)
    assert steps == ["reading the tables", "stating what the sources say", "deriving",
                     "tabulating", "packing the dumps", "publishing"]  # fmt: skip


@pytest.mark.parametrize(
    "file", ["facts/sources.csv", "mappings/themes.csv", "reference/states-de.csv"]
)
def test_any_changed_table_builds_anew(tables, file: str) -> None:
    tables.build()
    path = tables.data / file
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert build(data=tables.data, root=tables.root).fresh


def test_a_changed_ontology_builds_anew(tables, tmp_path: Path) -> None:
    from kgraph import resources

    ontology = tmp_path / "ontology"
    shutil.copytree(resources.ontology(), ontology)
    build(data=tables.data, ontology=ontology, root=tables.root)
    assert not build(data=tables.data, ontology=ontology, root=tables.root).fresh
    with (ontology / "codelists" / "roles.ttl").open("a", encoding="utf-8") as handle:
        handle.write("# a remark\n")
    assert build(data=tables.data, ontology=ontology, root=tables.root).fresh


def test_a_damaged_release_is_made_anew(tables) -> None:
    version = tables.build().version
    (tables.root / version / "manifest.json").unlink()
    again = build(data=tables.data, root=tables.root)
    assert (again.fresh, again.release.version) == (True, version)


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("damage", ["cut", "gone", "more", "another"])
def test_whatever_is_damaged_in_a_release_is_whole_again(tables, damage: str, force: bool) -> None:
    folder = tables.build().path
    whole = content(folder)
    graph = folder / "graph.nq"
    if damage == "gone":
        graph.unlink()
    elif damage == "cut":
        graph.write_bytes(graph.read_bytes()[:1000])
    elif damage == "another":
        (folder / "tables" / "networks.jsonl").write_bytes(b"{}\n")
    else:
        (folder / "tables" / "rest.jsonl").write_bytes(b"{}\n")
    again = build(data=tables.data, root=tables.root, force=force)
    assert (again.fresh, again.release.path, content(folder)) == (True, folder, whole)
    assert not build(data=tables.data, root=tables.root).fresh


# -- the real facts --------------------------------------------------------------------------------


def test_the_tallies_of_the_real_facts(release) -> None:
    """The numbers that issue 2 names for the facts that were carried over."""
    rows, counts, claims = (release.manifest[key] for key in ("rows", "counts", "claims"))
    assert rows["sources"] == counts["sources"] == len(release.sources) == 761
    assert counts["organisations"] == 320
    assert rows["memberships"] == 4619
    assert rows["claims"] >= 2470
    assert claims["claims typed"] + claims["claims not typed"] == rows["claims"]
    assert claims["claims typed"] / rows["claims"] >= 0.8


def test_every_membership_row_is_resolved(release) -> None:
    names = release.manifest["names"]
    assert sum(names.values()) == 4619
    assert names["by official key, exact name"] > 3600


def test_every_claim_is_in_the_graph(release) -> None:
    """Rows that are alike to the last cell are one statement."""
    from kgraph import resources
    from kgraph.ingest.tables import read_table

    different = {tuple(row.cells.values()) for row in read_table(resources.data(), "facts/claims")}
    [(found,)] = release.query("SELECT (COUNT(?c) AS ?n) { ?c a imc:Claim }").rows()
    assert int(found) == len(different)


def test_every_roster_row_is_in_the_graph(release) -> None:
    from kgraph import resources
    from kgraph.ingest.tables import read_table

    rosters = read_table(resources.data(), "facts/memberships")
    different = {tuple(row.cells.values()) for row in rosters}
    [(found,)] = release.query(
        "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?m a org:Membership ; imc:attestation ?a . "
        "FILTER NOT EXISTS { ?a a imc:Claim } }"
    ).rows()
    assert int(found) == len(different)
