"""Settings from the environment, options of the command."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from kgraph.errors import QueryParameterError
from kgraph_api.__main__ import main
from kgraph_api.settings import Settings


def test_defaults_and_environment() -> None:
    assert Settings.from_env({}) == Settings()
    found = Settings.from_env({"KGRAPH_RELEASE": "/r", "KGRAPH_PORT": "0", "KGRAPH_HOST": "::1"})
    assert (found.release, found.port, found.host) == (Path("/r"), 0, "::1")


@pytest.mark.parametrize("text", ["x", "-1", "8.5", "٣"])
def test_a_number_that_is_none(text: str) -> None:
    with pytest.raises(QueryParameterError, match="KGRAPH_PORT is"):
        Settings.from_env({"KGRAPH_PORT": text})


def test_without_a_release_the_command_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--release", str(tmp_path)])
    assert ended.value.code == 1
    assert "kgraph build" in capsys.readouterr().err


def test_help_tells_each_option_and_its_variable(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    for name in ("host", "port", "release"):
        assert f"--{name}" in text and f"KGRAPH_{name.upper()}" in text


def test_the_settings_of_jobs_are_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")
    for name, default in asdict(Settings()).items():
        if name.startswith("analysis_"):
            assert f"| `KGRAPH_{name.upper()}` | {default} |" in guide
