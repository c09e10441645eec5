"""Options that several commands share, declared once."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kgraph.errors import QueryParameterError
from kgraph.release import Release, open_release

__all__ = ["AsOf", "Format", "Output", "ReleaseFolder", "day", "opened"]


class Format(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


ReleaseFolder = Annotated[
    Path | None,
    typer.Option(
        "--release", metavar="DIR", envvar="KGRAPH_RELEASE",
        help="Folder of releases; the default is data/release of a checkout, else the user's.",
    ),
]  # fmt: skip
AsOf = Annotated[
    str,
    typer.Option("--as-of", metavar="DAY", help="Day of the view, YYYY-MM-DD; 'today', or 'ever'."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, not to stdout.")
]


def day(text: str) -> date | None:
    """The day that ``--as-of`` names; None for ``ever``."""
    if text == "ever":
        return None
    if text == "today":
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QueryParameterError(
            f"--as-of is {text!r}; give a day as YYYY-MM-DD, 'today' or 'ever'"
        ) from None


def opened(folder: Path | None) -> Release:
    """The release to work on."""
    return open_release(folder)
