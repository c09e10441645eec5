"""The data report: what a release holds, how complete and how old it is, where sources disagree.

It stands in ``data/README.md`` between two markers; :func:`insert` puts it there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kgraph.coverage import NetworkCoverage, by, coverage
from kgraph.dates import PartialDate
from kgraph.errors import DataError
from kgraph.namespaces import path_of

if TYPE_CHECKING:
    from kgraph.release import Release

__all__ = ["BEGIN", "END", "insert", "last_day", "report"]

#: Between these two lines of a document the report stands.
BEGIN, END = "<!-- report:begin -->", "<!-- report:end -->"


def last_day(release: Release) -> date:
    """The first day of the latest date of publication: a day that needs no clock."""
    days = [PartialDate.parse(s.published).earliest for s in release.sources if s.published]
    return max(days, default=date(1, 1, 1))


def report(release: Release, warnings: Mapping[str, int] | None = None) -> str:
    """The data report as Markdown.

    Parameters
    ----------
    release : Release
    warnings : mapping of str to int, optional
        Shape → how many things it warns of, as :func:`kgraph.validation.validate` counts them;
        left out of the report if not given.

    Returns
    -------
    str
        The same for the same release: the day of the view is :func:`last_day`.
    """
    from kgraph.ingest.report import tally

    day = last_day(release)
    rows = coverage(release, day)
    parts = [
        f"<!-- tally:begin -->\n{tally(release.manifest)}\n<!-- tally:end -->",
        f"### How complete the rosters are on {day}\n\n{_coverage(rows)}",
        f"### How old the rosters are\n\n{_age(rows)}",
        f"### Which roster would complete a network\n\n{_missing((*rows, *_ended(release, rows)))}",
    ]
    if warnings is not None:
        parts.append(f"### What the shapes warn of\n\n{_warnings(warnings)}")
    parts.append(f"### Where sources contradict each other\n\n{_disagreements(release)}")
    return "\n\n".join(parts) + "\n"


def insert(document: str, text: str) -> str:
    """Put the report between the markers of a document.

    Raises
    ------
    DataError
        If the document lacks one of them.

    Examples
    --------
    >>> insert("# Data\\n<!-- report:begin -->\\nold\\n<!-- report:end -->\\n", "new\\n")
    '# Data\\n<!-- report:begin -->\\n\\nnew\\n\\n<!-- report:end -->\\n'
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise DataError(
            "README.md", 0, "", "", f"has no line {BEGIN} with {END} after it; add them"
        )
    return f"{before}{BEGIN}\n\n{text.strip()}\n\n{END}{after}"


def _table(header: tuple[str, ...], *rows: tuple[object, ...]) -> str:
    """A Markdown table; numbers to the right."""
    first = rows[0] if rows else header
    rule = ["---:" if isinstance(cell, int | float) else "---" for cell in first]
    lines = [header, tuple(rule), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(cell: object) -> str:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:,}"
    return str(cell).replace("|", "\\|").replace("\n", " ")


def _coverage(rows: tuple[NetworkCoverage, ...]) -> str:
    table = _table(
        ("kind", "networks", "listings", "without a member", "with a claimed count",
         "listed of these", "claimed", "share"),
        *((group.key or "(none)", group.n_networks, group.n_listed, group.n_without_member,
           group.n_with_claim, group.n_known, group.n_claimed, _percent(group.share))
          for group in by("kind", rows)),
    )  # fmt: skip
    full = sum(row.share is not None and row.share >= 1 for row in rows)
    return (
        f"{table}\n\nOf {sum(row.n_claimed is not None for row in rows)} networks with a claimed "
        f"count, {full} are listed completely. A listing is a member of one network."
    )


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def _age(rows: tuple[NetworkCoverage, ...]) -> str:
    years = Counter(row.roster.date[:4] for row in rows if row.roster)
    table = _table(("last roster", "networks"), *((year, years[year]) for year in sorted(years)))
    undated = sum(row.roster is None and row.n_listed > 0 for row in rows)
    return f"{table}\n\n{undated} more networks list members in undated documents only."


def _missing(rows: tuple[NetworkCoverage, ...]) -> str:
    """Every network: those that lack most members first, then the others by slug."""
    ordered = sorted(rows, key=lambda row: (min(_n_short(row), 0), row.slug))
    return _table(
        ("network", "listed", "claimed", "of", "last roster", "would complete it"),
        *((row.slug, row.n_listed, _claim(row),
           row.claimed.date or "undated" if row.claimed else "",
           row.roster.date if row.roster else "none dated", _wanted(row))
          for row in ordered),
    )  # fmt: skip


def _ended(release: Release, rows: tuple[NetworkCoverage, ...]) -> list[NetworkCoverage]:
    """Networks that a view of the day leaves out, with everybody who was ever listed."""
    there = {row.slug for row in rows}
    return [row for row in coverage(release, None) if row.slug not in there]


def _n_short(row: NetworkCoverage) -> int:
    """Listed minus claimed: below zero where members are missing."""
    return row.n_listed - row.n_claimed if row.n_claimed is not None else 0


def _wanted(row: NetworkCoverage) -> str:
    """The roster that would complete a network, as far as the facts tell."""
    known = [row.claimed.date if row.claimed else "", row.roster.date if row.roster else ""]
    since = f" of {max(known)} or later" if any(known) else ""
    if _n_short(row) < 0:
        return f"a roster{since} with all members ({_claim(row)})"
    if not row.n_listed:
        return "any roster"
    if row.roster is None:
        return "a dated roster"
    return f"a roster after {row.roster.date}"


def _claim(row: NetworkCoverage) -> str:
    """The claimed count with its qualifier: ``over 1,800``."""
    if row.claimed is None:
        return ""
    qualifier = "" if row.claimed.qualifier == "exactly" else f"{row.claimed.qualifier} "
    return f"{qualifier}{row.n_claimed:,}"


def _warnings(warnings: Mapping[str, int]) -> str:
    ordered = sorted(warnings.items(), key=lambda entry: (-entry[1], entry[0]))
    return _table(("shape", "warnings"), *ordered)


def _disagreements(release: Release) -> str:
    return _table(
        ("about", "on", "one source", "another"),
        *((path_of(one.about), one.on, f"{one.first.value} ({one.first.source})",
           f"{one.second.value} ({one.second.source})")
          for one in release.disagreements),
    )  # fmt: skip
