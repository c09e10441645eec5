"""What becomes of each row of an import, as lines for people and as records."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kgraph.cli._output import note

if TYPE_CHECKING:
    from kgraph.exchange.verdicts import Examination

__all__ = ["SHOWN", "print_verdicts", "verdict_rows"]

#: How many refusals are printed; ``--format csv`` prints all.
SHOWN = 50

#: What is said of so many rows alike is printed once.
_OFTEN = 4


def print_verdicts(result: Examination) -> None:
    """Print what becomes of each row; what is said of many rows alike once."""
    from kgraph.exchange.verdicts import What

    often = _often(result)
    for (sheet, told), n_rows in often.items():
        print(f"{sheet}: {n_rows} rows: {told}")
    for verdict in result.rows(What.CORRECTED, What.ACCEPTED):
        rest = [told for told in verdict.told if (verdict.sheet.name, told) not in often]
        if rest:
            print(f"{verdict.place}: {verdict.what}: {'; '.join(rest)}")
    refused = _refusals(result)
    for line in refused[:SHOWN]:
        print(line)
    if len(refused) > SHOWN:
        print(f"and {len(refused) - SHOWN} more refusals; all of them: --format csv")
    if any(verdict.candidates for verdict in result.refused):
        note(
            "a name that is not known: correct the cell; or, if the document prints it so, say on "
            "the sheet names whom it means (printed, kind, country, region, agent, reason); what "
            "is in no list needs a row on the sheet named instead"
        )
    counts = [(len(result.rows(what)), what.value) for what in What]
    rows = "1 row" if len(result.verdicts) == 1 else f"{len(result.verdicts)} rows"
    n_follow = sum(verdict.follows for verdict in result.refused)
    following = f"; {n_follow} of them only because another is" if n_follow else ""
    print(f"{rows}: " + ", ".join(f"{n} {what}" for n, what in counts if n) + following)


def _refusals(result: Examination) -> list[str]:
    """A line for each refused row, and one for many rows of a sheet refused alike."""
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, verdict in enumerate(result.refused):
        alike[verdict.row.path, "; ".join(verdict.told)].append(number)
    lines: dict[int, str] = {}
    for (place, told), found in alike.items():
        if len(found) < _OFTEN:
            lines |= {number: str(result.refused[number]) for number in found}
        else:
            rows = ", ".join(str(result.refused[number].row.line) for number in found[:_OFTEN])
            said = f"{place}: {len(found)} rows refused ({rows} …): {told}"
            lines[found[0]] = said
    return [lines[number] for number in sorted(lines)]


def _often(result: Examination) -> dict[tuple[str, str], int]:
    """What is said of many rows of a sheet alike, and of how many: it is printed once."""
    counted = Counter((verdict.sheet.name, told) for verdict in result.new for told in verdict.told)
    return {key: n for key, n in counted.items() if n >= _OFTEN}


def verdict_rows(result: Examination) -> list[dict[str, object]]:
    """A record for each row, for ``--format``."""
    return [
        {
            "sheet": verdict.sheet.name,
            "row": verdict.row.line,
            "verdict": verdict.what.value,
            "told": "; ".join(verdict.told),
            "candidates": [str(candidate) for candidate in verdict.candidates],
            "cells": "|".join(verdict.row.cells.values()),
        }
        for verdict in result.verdicts
    ]
