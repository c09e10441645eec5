"""A bar for long work, on the terminal only; nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["progress"]


@contextmanager
def progress() -> Iterator[None]:
    """Show how far the loops of a measure are that run inside."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from kgraph.analysis.progress import STEPS, listening

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[of]}"),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0, of="", visible=False)

        def show(share: float, step: str, n_done: int, n_all: int) -> None:
            of = f"{n_done} of {n_all}"
            bar.update(task, completed=share, description=STEPS[step][1], of=of, visible=True)

        with listening(show):
            yield
