"""The command line: arguments → one library call → text.

Data go to stdout, messages to stderr. Exit codes: 0 good, 1 the data are at fault, 2 wrong use,
3 internal error.
"""

from __future__ import annotations

import os
import sys

import typer

from kgraph.cli import (
    analyse,
    build,
    coverage,
    diff,
    disagreements,
    export,
    importing,
    periods,
    query,
    report,
    serve,
    template,
)
from kgraph.errors import DataError, KGraphError, NonConformantError

__all__ = ["app", "main"]

app = typer.Typer(
    name="kgraph",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=(
        "The knowledge graph of inter-municipal cooperation.\n\n"
        "Exit codes: 0 good, 1 the data are at fault, 2 wrong use, 3 internal error."
    ),
)
for module in (
    build, template, importing, query, analyse, coverage, periods, diff, disagreements, report,
    export, serve,
):  # fmt: skip
    module.register(app)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except (DataError, NonConformantError) as error:
        _say(error)
        sys.exit(1)
    except KGraphError as error:
        _say(error)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except Exception as error:
        if callable(show := getattr(error, "show", None)):  # wrong use, by click or typer's own
            show()
            sys.exit(2)
        if os.environ.get("KGRAPH_DEBUG"):
            raise
        print(
            f"kgraph: internal error: {type(error).__name__}: {error}\n"
            "Please report it, with what KGRAPH_DEBUG=1 prints in front of the command.",
            file=sys.stderr,
        )
        sys.exit(3)


def _say(error: Exception) -> None:
    print(f"kgraph: {error}", file=sys.stderr)
