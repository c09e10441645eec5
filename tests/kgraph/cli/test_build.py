"""`kgraph build`, `validate`, `version`, and the exit codes: 0, 1, 2, 3."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kgraph
from kgraph.ingest.report import tally

ROSTER = "facts/memberships/stadtregion-muenster.csv"


def test_build_prints_the_tallies_and_says_where_the_release_is(tables, run) -> None:
    done = run("build", "--data", tables.data, "--release", tables.root)
    assert done.code == 0
    assert "| membership rows | 136 |" in done.out.splitlines()
    assert "| … unresolved | 0 |" in done.out.splitlines()
    assert "| claims | 178 |" in done.out.splitlines()
    assert "| … typed | 177 (99.4 %) |" in done.out.splitlines()
    version = (tables.root / "current").read_text().strip()
    assert done.out == tally(kgraph.open(tables.root).manifest) + "\n"
    lines = done.err.splitlines()
    assert lines[-1] == f"release {version} is published: {tables.root / version}"
    assert [line.rpartition("  ")[2] for line in lines[:-1]] == [
        "reading the tables", "stating what the sources say", "deriving", "tabulating",
        "packing the dumps", "publishing",
    ]  # fmt: skip


def test_a_second_build_says_that_nothing_changed(tables, run) -> None:
    run("build", "--data", tables.data, "--release", tables.root)
    done = run("build", "--data", tables.data, "--release", tables.root)
    version = (tables.root / "current").read_text().strip()
    assert (done.code, done.out) == (0, "")
    assert done.err == f"release {version} is up to date: {tables.root / version}\n"


def test_force_builds_all_the_same(tables, run) -> None:
    run("build", "--data", tables.data, "--release", tables.root)
    done = run("build", "--data", tables.data, "--release", tables.root, "--force")
    assert "| membership rows | 136 |" in done.out


def test_data_at_fault_are_exit_1(tables, run) -> None:
    tables.change(ROSTER, 3, role="membr")
    done = run("build", "--data", tables.data, "--release", tables.root)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[-1] == (
        f"kgraph: {ROSTER}:3: role 'membr' is not in the code list role; did you mean 'member'?"
    )
    assert "Traceback" not in done.err


def test_validate_finds_no_violation(kg) -> None:
    done = kg("validate")
    assert done.code == 0
    last = done.err.splitlines()[-1]
    assert last.startswith("0 violations, ")
    n_warnings = int(last.split()[2])
    shown = [line.split() for line in done.out.splitlines()]
    assert all(words[1] == "warning" for words in shown)
    assert sum(int(words[0]) for words in shown) == n_warnings > 0


def test_validate_lists_each_warning_if_asked(kg) -> None:
    done = kg("validate", "--warnings")
    n_warnings = int(done.err.splitlines()[-1].split()[2])
    listed = [line for line in done.out.splitlines() if line.startswith("warning: ")]
    assert len(listed) == n_warnings > 0


def test_a_violation_is_exit_1(small, run, tmp_path: Path) -> None:
    """A membership in two roles: each of its consumers would count it twice."""
    import shutil

    shutil.copytree(small.path, tmp_path / "broken")
    node = "<https://w3id.org/imcoop/id/membership/stadtregion-muenster/de-05570032/member>"
    role = "<https://w3id.org/imcoop/codelist/role/chair>"
    with (tmp_path / "broken" / "merged.nt").open("a", encoding="utf-8") as handle:
        handle.write(f"{node} <http://www.w3.org/ns/org#role> {role} .\n")
    done = run("validate", "--release", tmp_path / "broken")
    assert done.code == 1
    [violation] = [line for line in done.out.splitlines() if line.startswith("violation: ")]
    assert node.strip("<>") in violation
    assert done.err.splitlines()[-1] == "kgraph: 1 violations of the must shapes"


def test_version(kg, small) -> None:
    done = kg("version")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"kgraph {kgraph.__version__}", f"release {small.version} ({small.path})"
    ]  # fmt: skip


def test_version_without_a_release(run, tmp_path: Path) -> None:
    done = run("version", "--release", tmp_path)
    assert (done.code, done.out) == (0, f"kgraph {kgraph.__version__}\n")
    assert done.err == f"there is no release in {tmp_path}; make one with: kgraph build\n"


# -- wrong use, inner errors -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["build", "--nope"], "No such option: --nope"),
        (["query"], "Missing argument 'QUERY'"),
        (["export", "papyrus"], "'papyrus' is not one of"),
        (["analyse", "degree", "--format", "xml"], "'xml' is not one of"),
    ],
)
def test_wrong_use_is_exit_2(run, arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.replace("│", " ").split())


def test_without_a_command_the_help_is_shown(run) -> None:
    done = run()
    assert done.code == 2
    assert "Exit codes: 0 good, 1 the data are at fault, 2 wrong use, 3 internal error." in (
        " ".join((done.out + done.err).split())
    )


@pytest.mark.parametrize(
    "arguments",
    [["query", "ASK {}"], ["validate"], ["analyse", "degree"], ["export", "csv", "-o", "x.csv"]],
    ids=lambda arguments: arguments[0],
)
def test_no_release_is_exit_2_and_says_how_to_make_one(run, tmp_path, arguments) -> None:
    done = run(*arguments, "--release", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err == (f"kgraph: there is no release in {tmp_path}; make one with: kgraph build\n")


def test_an_inner_error_is_exit_3_and_one_sentence(kg, monkeypatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("something nobody thought of")

    monkeypatch.setattr("kgraph.cli.query.opened", fail)
    done = kg("query", "ASK {}")
    assert (done.code, done.out) == (3, "")
    said = "kgraph: internal error: RuntimeError: something nobody thought of"
    assert done.err.splitlines()[0] == said
    assert "Traceback" not in done.err


def test_an_inner_error_shows_itself_if_asked(kg, monkeypatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("something nobody thought of")

    monkeypatch.setattr("kgraph.cli.query.opened", fail)
    monkeypatch.setenv("KGRAPH_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["kgraph", "query", "ASK {}"])
    from kgraph.cli import main

    with pytest.raises(RuntimeError, match="something nobody thought of"):
        main()


def test_an_interrupt_ends_quietly(kg, monkeypatch) -> None:
    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kgraph.cli.query.opened", stop)
    done = kg("query", "ASK {}")
    assert (done.code, done.out, done.err) == (130, "", "")


def test_a_closed_pipe_ends_quietly(small) -> None:
    """`kgraph query … | head -1`: a release has more rows than a pipe holds."""
    command = [sys.executable, "-m", "kgraph", "query", "-f", "csv", "--release",
               str(small.path.parent), "SELECT ?s ?p ?o { ?s ?p ?o }"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().strip() == b"s,p,o"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
