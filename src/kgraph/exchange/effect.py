"""What an import would change, in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kgraph.exchange.verdicts import Examination, What
from kgraph.ingest.context import Context
from kgraph.ingest.resolve import NETWORK_KINDS
from kgraph.ingest.tables import Row, Tables

__all__ = ["effect", "listed", "told_of", "told_of_network", "undescribed"]

#: How many names a line lists before it counts the rest.
_LISTED = 8


def effect(result: Examination) -> list[str]:
    """The difference that the new rows would make, a line for each thing that changes.

    Parameters
    ----------
    result : Examination
        Without refused rows; nothing would change otherwise.

    Returns
    -------
    list of str
        Empty if everything is there already.
    """
    if result.context is None:
        return []
    new: defaultdict[str, list[Row]] = defaultdict(list)
    for verdict in result.new:
        new[verdict.sheet.name].append(verdict.row)
    kept = sum(
        verdict.sheet.name == "claims" and bool(verdict.told)
        for verdict in result.rows(What.ACCEPTED)
    )
    return [
        *told_of("source", (row["title"] for row in new["sources"])),
        *told_of("entry in the register", (row["name"] for row in new["named"])),
        *_organisations(new["organisations"], result),
        *told_of("decision on names", (row["printed"] for row in new["names"])),
        *_members(new["memberships"], result.before, result.context),
        *_claims(new["claims"], kept),
        *told_of("description", (row["org"] for row in new["descriptions"])),
    ]


def undescribed(result: Examination) -> list[str]:
    """The new networks that no row says in words what they are."""
    said = {row["org"] for row in result.after["mappings/descriptions"]}
    new = {
        verdict.row["org"]: verdict.row["name_de"] or verdict.row["name_en"] or verdict.row["org"]
        for verdict in result.new
        if verdict.sheet.name == "organisations" and verdict.row["kind"] in NETWORK_KINDS
    }
    return [name for org, name in new.items() if org not in said]


def told_of(what: str, names: Iterable[str]) -> Iterator[str]:
    """One line about new things: how many, of what kind, the first of them by name."""
    if found := list(names):
        plural = {"entry in the register": "entries in the register",
                  "decision on names": "decisions on names"}.get(what, f"{what}s")  # fmt: skip
        yield f"{len(found)} new {what if len(found) == 1 else plural}: {listed(found)}"


def _organisations(rows: list[Row], result: Examination) -> Iterator[str]:
    assert result.context is not None
    resolver = result.context.resolver
    there = {resolver.canonical(row["org"]) for row in result.before["facts/organisations"]}
    fresh, described = {}, []
    for row in rows:
        slug, name = resolver.canonical(row["org"]), row["name_de"] or row["name_en"] or row["org"]
        if slug in there or slug in fresh:
            described.append(name)
        else:
            fresh[slug] = f"{name} ({row['kind']})"
    yield from told_of("organisation", fresh.values())
    if described:
        yield f"described by one more source: {listed(described)}"


def _members(rows: list[Row], before: Tables, context: Context) -> Iterator[str]:
    """By network: who is new in it, who has a new role, who is only said once more."""
    resolver = context.resolver
    asked = {resolver.organisation(row["network"]) for row in rows}
    roles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in before["facts/memberships"]:
        network = resolver.organisation(row["network"])
        if network in asked and (found := resolver.resolve(row)):
            roles[str(network), found[0]].add(row["role"])
    by_network: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows:
        network, found = str(resolver.organisation(row["network"])), resolver.resolve(row)
        assert found is not None
        told, held = by_network[network], roles[network, found[0]]
        if row["role"] in held:
            told["confirmed"].append(row["member"])
        elif held:
            told["role"].append(f"{row['member']} ({row['role']})")
        else:
            told["member"].append(row["member"])
        if row["end"]:
            told["left"].append(f"{row['member']} ({row['end']})")
        held.add(row["role"])
    for network in sorted(by_network):
        name = context.labels.get(network, network)
        yield from told_of_network(name, by_network[network])


def told_of_network(name: str, told: Mapping[str, list[str]]) -> Iterator[str]:
    """What changes in a network: ``member role left gone confirmed``, each → names."""
    for key, singular, plural in (
        ("member", "new member", "new members"),
        ("role", "further role", "further roles"),
        ("left", "end of a membership", "ends of memberships"),
        ("gone", "withdrawn membership", "withdrawn memberships"),
    ):
        if found := told.get(key):
            what = singular if len(found) == 1 else plural
            yield f"{len(found)} {what} of {name}: {listed(found)}"
    if found := told.get("confirmed"):
        rows = "row says" if len(found) == 1 else "rows say"
        yield f"{len(found)} {rows} once more who is in {name}: {listed(found)}"


def _claims(rows: list[Row], kept: int) -> Iterator[str]:
    for subject, n_rows in sorted(Counter(row["subject"] for row in rows).items()):
        properties = Counter(row["property"] for row in rows if row["subject"] == subject)
        told = ", ".join(f"{name} ({n})" if n > 1 else name for name, n in properties.items())
        yield f"{n_rows} new claim{'s' if n_rows > 1 else ''} about {subject}: {told}"
    if kept:
        yield f"{kept} of the claims would be kept as they are said, without a typed home"


def listed(names: list[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:_LISTED])
    more = len(names) - _LISTED
    return f"{shown} and {more} more" if more > 0 else shown
