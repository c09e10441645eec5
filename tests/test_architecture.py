"""The layout holds: imports run one way, SPARQL stands in .rq files, files stay small."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import kgraph
from kgraph.queries._run import header

ROOT = Path(__file__).parent.parent
SRC, API = ROOT / "src", ROOT / "api"

#: From the ground up; a module imports what stands in a line above it, and nothing beside it but
#: its own package. A new module gets a place here.
ORDER = [
    ["kgraph.errors"],
    ["kgraph.dates", "kgraph.namespaces", "kgraph.resources", "kgraph.tables"],
    ["kgraph.model", "kgraph.revision", "kgraph.store"],
    ["kgraph.codelists", "kgraph.disagreements", "kgraph.dumps", "kgraph.examples"],
    ["kgraph.analysis", "kgraph.queries"],
    ["kgraph.release"],
    ["kgraph.coverage", "kgraph.difference", "kgraph.export", "kgraph.feed", "kgraph.ingest",
     "kgraph.periods", "kgraph.validation"],
    ["kgraph.exchange", "kgraph.report"],
    ["kgraph.cli"],
    ["kgraph.__main__"],
]  # fmt: skip
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}

#: What the order does not say: who must not meet, although one stands above the other.
APART = [
    ("kgraph.analysis", ("kgraph.store", "kgraph.queries", "rdflib", "pyoxigraph")),
    ("kgraph.export", ("kgraph.store", "kgraph.queries", "kgraph.release")),
    ("kgraph.model", ("kgraph.store", "rdflib", "pyoxigraph")),
]

#: The engine may be named in one package only.
ENGINES = ("pyoxigraph", "oxrdflib")

#: A form of query and something in its braces.
SPARQL = re.compile(r"\b(?:SELECT|CONSTRUCT|ASK|DESCRIBE|WHERE)\b[^{]*\{\s*[^}\s]", re.DOTALL)


def python_files(folder: Path) -> list[Path]:
    files = sorted(folder.rglob("*.py"))
    assert files, f"found no Python in {folder}"
    return files


def module_of(file: Path, root: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports when it runs, inside of functions too."""
    tree = tree_of(file)
    only_typing = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in only_typing:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def group(module: str) -> str:
    """The file or package directly below ``kgraph``; empty for the package itself."""
    name = ".".join(module.split(".")[:2])
    return name if name in RANK else ""


def starts(module: str, *prefixes: str) -> bool:
    return any(module == prefix or module.startswith(prefix + ".") for prefix in prefixes)


LIBRARY = [(module_of(file, SRC), file) for file in python_files(SRC)]


def test_every_module_has_its_place() -> None:
    names = {".".join(module.split(".")[:2]) for module, _ in LIBRARY} - {"kgraph"}
    assert names == set(RANK)


@pytest.mark.parametrize(("module", "file"), LIBRARY, ids=[module for module, _ in LIBRARY])
def test_imports_run_one_way(module: str, file: Path) -> None:
    own = group(module)
    wrong = [
        name
        for name in imports(file)
        if own and (other := group(name)) and other != own and RANK[other] >= RANK[own]
    ]
    assert wrong == []


@pytest.mark.parametrize(("package", "others"), APART, ids=[package for package, _ in APART])
def test_who_must_not_meet(package: str, others: tuple[str, ...]) -> None:
    found = [(module, file) for module, file in LIBRARY if starts(module, package)]
    assert found
    assert [(m, name) for m, f in found for name in imports(f) if starts(name, *others)] == []


def test_only_the_build_meets_queries_store_and_release() -> None:
    found = [
        module
        for module, file in LIBRARY
        if starts(module, "kgraph.ingest")
        and any(starts(name, "kgraph.queries", "kgraph.release", "kgraph.store")
                for name in imports(file))
    ]  # fmt: skip
    assert found == [f"kgraph.ingest.{name}" for name in ("build", "derive", "publishing", "void")]


def test_the_library_knows_http_in_one_command_only() -> None:
    found = {
        module
        for module, file in LIBRARY
        if any(starts(name, "kgraph_api", "fastapi", "starlette", "uvicorn")
               for name in imports(file))
    }  # fmt: skip
    assert found == {"kgraph.cli.serve"}


def test_only_the_store_names_an_engine() -> None:
    files = [*LIBRARY, *((module_of(file, API), file) for file in python_files(API))]
    found = {module for module, file in files if any(starts(n, *ENGINES) for n in imports(file))}
    assert found
    assert [module for module in found if not starts(module, "kgraph.store")] == []


def test_no_sparql_in_python() -> None:
    """Docstrings show it; code does not hold it."""
    found = []
    for file in (*python_files(SRC), *python_files(API)):
        tree = tree_of(file)
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        found += [
            f"{file.relative_to(ROOT)}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and SPARQL.search(node.value)
        ]
    assert found == []


def test_files_stay_small() -> None:
    long = {
        file.relative_to(ROOT).as_posix(): n
        for file in (*python_files(SRC), *python_files(API))
        if (n := file.read_text(encoding="utf-8").count("\n")) > 350
    }
    assert long == {}


def test_importing_kgraph_loads_no_library() -> None:
    """Nothing heavy, and quickly: what a command does not need it does not wait for."""
    heavy = ["pyoxigraph", "rdflib", "pandas", "scipy", "numpy", "networkx", "fastapi", "pyshacl",
             "typer", "rich", "numba", "pyvis", "kgraph_api"]  # fmt: skip
    code = f"import kgraph, sys; print(*[m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True
    )
    assert (done.stdout.strip(), done.stderr) == ("", "")


# -- queries ---------------------------------------------------------------------------------------

QUERIES = sorted((SRC / "kgraph" / "queries").glob("*.rq"))


def outer(text: str) -> str:
    """A query without comments and without what stands in braces."""
    text = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    depth, kept = 0, []
    for mark in text:
        depth += (mark == "{") - (mark == "}")
        if depth == 0:
            kept.append(mark)
    return "".join(kept)


def named(text: str) -> str:
    """``(COUNT(?x) AS ?n)`` gives ``?n``."""
    return re.sub(r"\((?:[^()]|\([^()]*\))*\bAS\s+(\?\w+)\s*\)", r"\1", text)


def variables(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"\?(\w+)", text)))


def test_there_are_queries() -> None:
    assert len(QUERIES) > 10


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_a_query_has_a_header(file: Path) -> None:
    """What it is in the first line, then what it takes and gives; no prefixes, they are known."""
    text = file.read_text(encoding="utf-8")
    assert re.match(r"# [A-Z].+\.?\n", text)
    found = header(file.stem)
    body = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    assert "PREFIX" not in body
    for name in found.params:
        assert f"?{name}" in body, f"the parameter {name} does not occur"


SELECTS = [file for file in QUERIES if re.search(r"^SELECT", file.read_text(), re.MULTILINE)]


@pytest.mark.parametrize("file", SELECTS, ids=lambda file: file.stem)
def test_a_table_projects_its_columns_and_is_ordered(file: Path) -> None:
    projected, _, order = outer(file.read_text(encoding="utf-8")).partition("ORDER BY")
    found = header(file.stem)
    projected = projected.partition("GROUP BY")[0]
    assert variables(named(projected)) == list(found.columns)
    assert set(found.params) <= set(found.columns), "every parameter is projected"
    assert found.order, "it says how it is ordered"
    assert variables(order)[: len(found.order)] == list(found.order)


def test_statements_and_yes_or_no_say_so() -> None:
    others = [file for file in QUERIES if file not in SELECTS]
    assert others
    for file in others:
        text = file.read_text(encoding="utf-8")
        word = "statements" if "CONSTRUCT" in text else "yes or no"
        assert re.search(rf"^# gives +{word}$", text, re.MULTILINE), file.name


def test_the_version_of_the_package_is_stated_once() -> None:
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as handle:
        assert tomllib.load(handle)["project"]["version"] == kgraph.__version__
