"""The notebooks run from top to bottom on the real release, and are committed without outputs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from kgraph.release import Release

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))

by_name = pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)


def cells(file: Path, kind: str) -> list[dict[str, object]]:
    found = json.loads(file.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def code(file: Path, *, figures: bool) -> str:
    """The code of a notebook; a cell that draws has the tag ``figure``."""
    sources = [
        "".join(cell["source"])  # type: ignore[arg-type]
        for cell in cells(file, "code")
        if figures or "figure" not in cell["metadata"].get("tags", ())  # type: ignore[attr-defined]
    ]
    return "\n\n".join(sources)


def test_there_is_one() -> None:
    assert NOTEBOOKS


@by_name
def test_no_output_is_committed(file: Path) -> None:
    for cell in cells(file, "code"):
        assert (cell["outputs"], cell["execution_count"]) == ([], None)


@by_name
def test_it_begins_with_a_german_summary(file: Path) -> None:
    assert "**Zusammenfassung.**" in "".join(cells(file, "markdown")[0]["source"])  # type: ignore[arg-type]


@by_name
@pytest.mark.parametrize("figures", [False, True], ids=["numbers", "figure"])
def test_it_runs(file: Path, figures: bool, release: Release, tmp_path: Path) -> None:
    if figures and find_spec("matplotlib") is None:
        pytest.skip('matplotlib is not installed; it comes with: pip install -e ".[notebook]"')
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = {
        **os.environ, "MPLBACKEND": "Agg", "KGRAPH_RELEASE": str(release.path.parent),
        "PYTHONPATH": path.rstrip(os.pathsep),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code(file, figures=figures)], env=environment, cwd=tmp_path,
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert release.version in done.stdout
    saved = re.findall(r'savefig\("([^"]+)"', code(file, figures=True))
    assert saved
    for name in saved:
        assert (tmp_path / name).exists() == figures
        if figures:
            assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
