"""Tables on the terminal, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kgraph.cli._options import Format

__all__ = ["emit", "emit_bytes", "emit_json", "note"]


def emit(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], form: Format, output: Path | None
) -> None:
    """Print rows, or write them to a file."""
    if form is Format.JSON:
        emit_json(list(rows), output)
        return
    if form is Format.CSV or output is not None:
        text = _csv(rows, columns)
    else:
        _table(rows, columns)
        return
    emit_bytes(text.encode(), output)


def emit_json(value: Any, output: Path | None) -> None:
    """Print a value as JSON, or write it to a file."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"
    emit_bytes(text.encode(), output)


def emit_bytes(content: bytes, output: Path | None) -> None:
    """Print bytes as they are, or write them to a file."""
    if output is None:
        sys.stdout.buffer.write(content)
        if content and not content.endswith(b"\n"):
            sys.stdout.buffer.write(b"\n")
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(content)
        note(f"wrote {output}")


def note(message: str) -> None:
    """Say something to the person, on stderr."""
    print(message, file=sys.stderr)


def _csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column, "")) for column in columns])
    return buffer.getvalue()


def _table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(column, ""))) for column in columns))
    console = Console(width=None if sys.stdout.isatty() else 200)
    console.print(table)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return "; ".join(map(_cell, value))
    return "" if value is None else str(value)
