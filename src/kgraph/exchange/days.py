"""The first and the last day that a date can mean, stated where a file states the date only.

A table has dates, and the build states their bounds; whoever writes RDF may leave them out too.
"""

from __future__ import annotations

from collections.abc import Iterable

from kgraph.dates import PartialDate
from kgraph.ingest.graphs import Triple
from kgraph.ingest.quads import term, text_of, typed

__all__ = ["with_days"]

#: Property of a date → the properties of its first and last day.
_BOUNDS = {
    term(f"imc:{name}"): (term(f"imc:{first}"), term(f"imc:{last}"))
    for name, first, last in (
        *((name, f"{name}Earliest", f"{name}Latest")
          for name in ("start", "end", "validFrom", "validUntil")),
        *((name, "earliest", "latest") for name in ("date", "attestedOn")),
    )
}  # fmt: skip
_DATES = ("#date>", "#gYearMonth>", "#gYear>")


def with_days(triples: Iterable[Triple]) -> set[Triple]:
    """The statements, and the bounds of every date that has none.

    What is no date stays as it is; the shapes refuse it.

    >>> from kgraph.ingest.quads import Term, text_of
    >>> said = (Term("<urn:m>"), term("imc:start"), typed("2019-05", "gYearMonth"))
    >>> [t[2].partition("^")[0] for t in sorted(with_days([said]))]
    ['"2019-05"', '"2019-05-01"', '"2019-05-31"']
    """
    found = set(triples)
    there = {(subject, predicate) for subject, predicate, _ in found}
    for subject, predicate, value in list(found):
        if predicate not in _BOUNDS or not value.endswith(_DATES):
            continue
        first, last = _BOUNDS[predicate]
        if (subject, first) in there or (subject, last) in there:
            continue
        try:
            date = PartialDate.parse(text_of(value))
        except ValueError:
            continue
        found.add((subject, first, typed(date.earliest, "date")))
        found.add((subject, last, typed(date.latest, "date")))
    return found
