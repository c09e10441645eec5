"""``kgraph import``: what a filled-in workbook would change, and the change itself."""

from __future__ import annotations

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
