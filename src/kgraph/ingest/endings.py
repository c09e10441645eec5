"""What ended an organisation or a territory, and the six days of what began or ended so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kgraph.dates import ALWAYS, Bounds, PartialDate, bounds
from kgraph.ingest.context import Context, Ending
from kgraph.ingest.quads import Term, thing, typed

__all__ = ["add_existence", "before", "endings", "first", "name_the_present", "state_days"]

#: The day for which ``reference/municipalities-de`` lists what there is.
REGISTER_DAY = PartialDate.parse("2023-03-31")
#: A span without limits: of a territory that a list names, not since when.
_SINCE_EVER = (PartialDate("", ALWAYS, ALWAYS), None)


def state_days(context: Context, node: Term, found: Bounds) -> None:
    """State the six days of a node in ``graph/derived``."""
    for name, day in (
        ("attestedFrom", found.attested_from),
        ("attestedUntil", found.attested_until),
        ("heldFrom", found.held_from),
        ("heldUntil", found.held_until),
        ("notYetBefore", found.not_yet_before),
        ("endedAfter", found.ended_after),
    ):
        context.quads.add("derived", node, f"imc:{name}", typed(day, "date"))


def endings(context: Context) -> dict[str, Ending]:
    """Path → when and by what an organisation or a territory ended.

    What was founded again after its dissolution is not dissolved (Deutscher Städtetag, 1933). What
    merged goes on where it became a part of what came after, or where a source speaks of its
    members, offices or money for a later day.
    """
    spoken = _spoken(context)
    found: dict[str, Ending] = {}
    for path, several in context.replaced.items():
        ending = min(several, key=_preference)
        part = any((path, result) in context.parts for result in ending.results)
        later = (last := spoken.get(path)) and last.earliest > ending.last.latest
        if not part and (path in context.territories or not later):
            found[path] = replace(ending, last=before(ending.last))
    for path, dates in context.dissolved.items():
        last = max(dates, key=lambda date: date.latest)
        if not any(again.earliest > last.latest for again in context.founded.get(path, [])):
            found[path] = Ending(last, context.causes.get((path, last)))
    return found


def _preference(ending: Ending) -> tuple[timedelta, str]:
    """The most precise of several dates; a merger before the succession of the same day."""
    return ending.last.latest - ending.last.earliest, ending.kind


def before(date: PartialDate) -> PartialDate:
    """The last day before a change of which the day is known; else the month or year of it.

    On the day of a merger the new organisation is there and the old ones are no longer.
    """
    if date.earliest < date.latest:
        return date
    return PartialDate.parse((date.earliest - timedelta(days=1)).isoformat())


def _spoken(context: Context) -> dict[str, PartialDate]:
    """Path → the last date for which a source speaks of a membership, an office, a fee in it."""
    found: dict[str, PartialDate] = {}
    for node, evidence in context.evidence.items():
        if node in context.naming:
            continue
        carrier = context.carriers[node]
        for when in (*evidence.points, *evidence.starts):
            if carrier not in found or when.earliest > found[carrier].earliest:
                found[carrier] = when
    return found


def name_the_present(context: Context) -> None:
    """Let the names of today begin with the last renaming of which the date is known."""
    for path, dates in context.renamed.items():
        last = max(dates, key=lambda date: date.latest)
        for node in context.names.get(path, {}):
            if node not in context.former:
                context.evidence[node].starts.append(last)


def first(dates: list[PartialDate]) -> PartialDate | None:
    """The earliest of several dates."""
    return min(dates, key=lambda d: d.earliest, default=None)


def add_existence(context: Context, ended: dict[str, Ending]) -> None:
    """State the six days of each territory and network of which a beginning or an end is known.

    A list of keys says what there is, not since when: towns are older than the lists. So a
    territory is presumed before its first evidence unless a source dates its beginning.
    """
    rows = context.tables["reference/municipalities-de"]
    listed = {f"municipality/de-{row['ags']}" for row in rows}
    changed = (context.formed.keys() | ended.keys()) & context.territories
    networks = {path for path in context.founded | ended if path.startswith("network/")}
    spoken = _spoken(context)
    for path in sorted(changed | networks):
        known = context.formed if path in context.territories else context.founded
        starts, ending = known.get(path, []), ended.get(path)
        last = REGISTER_DAY if path in listed else spoken.get(path)
        found = bounds(
            starts=starts,
            ends=[ending.last] if ending else [],
            points=[last] if last and path not in ended else [],
            spans=[] if starts else [_SINCE_EVER],
        )
        state_days(context, thing(path), found)
        if ending and ending.change:
            context.quads.add("derived", thing(path), "imc:endedBy", ending.change)
