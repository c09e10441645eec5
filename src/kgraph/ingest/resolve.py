"""Names as printed → the things they stand for. Never guesses.

A name resolves, in this order, by a decision for this one network, by the official key where a
source prints the key instead of a name, by the exact name and state of a municipality or district,
by the exact name of an organisation of ours, by a decision that holds everywhere. Whatever is left
is an error that names the three nearest candidates.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kgraph import namespaces
from kgraph.ingest.tables import GRAPHS, Row, Tables

__all__ = ["NETWORK_KINDS", "PATH_KINDS", "Resolver"]

#: The kinds of organisations that are cooperations of municipalities themselves.
NETWORK_KINDS = frozenset({
    "network", "working-group", "umbrella-network", "city-region", "metropolitan-region",
    "transnational-network", "model-region", "special-purpose-association",
    "municipal-association",
})  # fmt: skip

#: Kind of organisation → first part of its path.
PATH_KINDS = dict.fromkeys(NETWORK_KINDS, "network") | {
    "governance-body": "body", "office": "body",
    "ministry": "organisation", "agency": "organisation", "district-government": "organisation",
    "company": "organisation", "chamber": "organisation", "university": "organisation",
    "funding-programme": "programme", "project": "project", "event": "event",
    "publication": "publication", "agreement": "agreement",
}  # fmt: skip

_WHERE = ("member_country", "member_region")
_DISTRICT_PREFIX = re.compile(r"^(?:Landkreis|Kreis|LK) ")
_DISTRICT_KINDS = frozenset({"Kreis", "Landkreis", "Regionalverband"})


@dataclass(slots=True)
class Resolver:
    """Knows every name and every decision; answers with paths (``municipality/de-05515000``).

    ``described`` are the organisations that RDF alone describes, with their names.
    """

    organisations: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    described: dict[str, str] = field(default_factory=dict)
    tally: Counter[str] = field(default_factory=Counter)
    _exact: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=dict)
    _municipalities: dict[str, list[str]] = field(default_factory=dict)
    _decided: dict[tuple[str, ...], str] = field(default_factory=dict)
    _reasons: dict[tuple[str, ...], str] = field(default_factory=dict)

    @classmethod
    def from_tables(cls, tables: Tables) -> Resolver:
        """Index the reference lists, the organisations and the decisions.

        Raises
        ------
        DataError
            If a decision points to something that is not there.
        """
        self = cls()
        self._index_reference(tables)
        self._index_organisations(tables)
        self._index_decisions(tables)
        return self

    def canonical(self, slug: str) -> str:
        """The slug under which an organisation is kept, whatever slug a table uses for it."""
        return self.aliases.get(slug, slug)

    def organisation(self, slug: str) -> str | None:
        """The path of an organisation by its slug or one of its aliases."""
        return self.organisations.get(self.canonical(slug))

    def member(self, row: Row) -> str:
        """The path of the member that a roster's row names.

        Raises
        ------
        DataError
            If nothing decides it; with the nearest candidates.
        """
        if found := self.resolve(row):
            path, how = found
            self.tally[self._how(path, how)] += 1
            return path
        raise row.error(
            "member",
            self._unresolved(*(row[c] for c in ("member", "member_kind", *_WHERE))),
        )

    def resolve(self, row: Row) -> tuple[str, str] | None:
        """The path of the member that a roster's row names and by what; None if nothing decides."""
        name, kind = row["member"], row["member_kind"]
        country, region = row["member_country"], row["member_region"]
        key = (name, kind, country, region)
        if path := self._decided.get((*key, row["network"])):
            return path, "by decision for this network"
        if path := self._keyed(name, kind, country):
            return path, "by official key, as printed"
        if path := self._official(name, kind, region):
            return path, "by official key, exact name"
        if path := self._named(name):
            return path, "by name of an organisation"
        if path := self._decided.get((*key, "")):
            return path, "by decision"
        return None

    def reason(self, row: Row) -> str:
        """Why the name in a roster's row was decided as it is; empty where nothing was decided."""
        key = tuple(row[c] for c in ("member", "member_kind", *_WHERE))
        return self._reasons.get((*key, row["network"])) or self._reasons.get((*key, ""), "")

    def value(self, text: str, subject: str) -> str | None:
        """The path of the thing that a claim's value names; None where nothing decides it."""
        return (
            (text if text in self.known else None)
            or self._decided.get((text, "", "", "", subject))
            or self.organisation(text)
            or self._named(text)
            or self._decided.get((text, "", "", "", ""))
        )

    def place(self, name: str) -> str | None:
        """The municipality that a seat names: the only one of that name, or a decided one."""
        found = self._municipalities.get(name, [])
        return found[0] if len(found) == 1 else self._decided.get((name, "", "", "", ""))

    def names(self) -> Iterator[tuple[str, str, str, str]]:
        """Every name that resolves exactly: the name, its kind, its state or ``""``, the path."""
        for (kind, name, region), paths in self._exact.items():
            yield from ((name, kind, region, path) for path in paths)
        for name, paths in self._by_name.items():
            yield from ((name, path.partition("/")[0], "", path) for path in paths)

    def subject(self, row: Row) -> str:
        """The path of what a claim speaks about."""
        slug = row["subject"]
        path = self.organisation(slug) or self.subjects.get(slug)
        if path is None:
            raise row.error(
                "subject",
                "is no organisation of ours; add it to facts/organisations or, for a municipality, "
                f"to mappings/subjects.csv{self.near(slug, [*self.organisations, *self.subjects])}",
            )
        return path

    # -- lookups -------------------------------------------------------------------------------

    def _official(self, name: str, kind: str, region: str) -> str | None:
        if kind == "district":
            name = _DISTRICT_PREFIX.sub("", name)
        found = self._exact.get((kind, name, region)) or []
        return found[0] if len(found) == 1 else None

    def _keyed(self, name: str, kind: str, country: str) -> str | None:
        """The agent of an official key: no municipality, district or state is called by one."""
        if not name[-1:].isdigit() or kind not in ("municipality", "district", "state"):
            return None
        path = f"{kind}/{country.lower()}-{name.lower()}"
        return path if path in self.known else None

    def _named(self, name: str) -> str | None:
        found = self._by_name.get(name) or []
        return found[0] if len(found) == 1 else None

    @staticmethod
    def _how(path: str, how: str) -> str:
        kind = path.partition("/")[0]
        if kind in ("municipality", "district", "state"):
            return how if how.startswith("by official") else f"by official key, {how[3:]}"
        return f"as a named {kind}, {how[3:]}"

    def _unresolved(self, name: str, kind: str, country: str, region: str) -> str:
        names = [n for (k, n, r) in self._exact if k == kind and r in (region, "")]
        return (
            f"({kind}, {country or 'no country'}, {region or 'no region'}) is not known; decide it "
            f"in mappings/names.csv{self.near(name, names or list(self._by_name))}"
        )

    @staticmethod
    def near(name: str, names: Iterable[str]) -> str:
        """The three nearest names, as the end of a message; empty where none is near."""
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
        return f"; nearest: {', '.join(near)}" if near else ""

    # -- indexing ------------------------------------------------------------------------------

    def _index_reference(self, tables: Tables) -> None:
        exact: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
        districts: dict[str, tuple[str, str]] = {}
        for row in tables["reference/municipalities-de"]:
            path = f"municipality/de-{row['ags']}"
            exact["municipality", row["name"], row["state"]].append(path)
            self.known.add(path)
            if row["district_kind"] in _DISTRICT_KINDS:
                districts[row["district_key"]] = (row["district"], row["state"])
        for key, (name, state) in districts.items():
            exact["district", name, state].append(f"district/de-{key}")
            self.known.add(f"district/de-{key}")
        for row in tables["reference/municipalities-de-former"]:
            self.known.add(f"municipality/de-{row['ags']}")
        for country in ("fr", "nl"):
            for row in tables[f"reference/municipalities-{country}"]:
                self.known.add(f"municipality/{country}-{row['code'].lower()}")
        for row in tables["reference/states-de"]:
            path = f"state/de-{row['key']}"
            self.known.add(path)
            exact["state", row["name_de"], ""].append(path)
            exact["state", row["name_de"], row["name_de"]].append(path)
        for row in tables["reference/countries"]:
            self.known.add(f"country/{row['code'].lower()}")
        self._exact = dict(exact)
        for (kind, name, _), paths in exact.items():
            if kind == "municipality":
                self._municipalities.setdefault(name, []).extend(paths)

    def _index_organisations(self, tables: Tables) -> None:
        self.aliases = {row["alias"]: row["org"] for row in tables["mappings/same-organisation"]}
        rows = tables["facts/organisations"]
        for row in sorted(rows, key=lambda row: row["org"] in self.aliases):
            if row["kind"] not in PATH_KINDS:
                raise row.error("kind", f"is none of {', '.join(sorted(PATH_KINDS))}")
            slug = self.canonical(row["org"])
            self.organisations.setdefault(slug, f"{PATH_KINDS[row['kind']]}/{slug}")
        self._index_described(tables)
        by_name: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for row in rows:
            path = self.organisations[self.canonical(row["org"])]
            self.known.add(path)
            for column in ("name_de", "name_en", "short_name"):
                if row[column]:
                    by_name[row[column]][path] = None
        for row in tables["mappings/named"]:
            if not namespaces.is_path(row["agent"]):
                raise row.error("agent", "is no path; write kind/key, such as organisation/my-slug")
            self.known.add(row["agent"])
            for column in ("name", "name_en"):
                if row[column]:
                    by_name[row[column]][row["agent"]] = None
        self._by_name = {name: list(paths) for name, paths in by_name.items()}

    def _index_described(self, tables: Tables) -> None:
        """Take in what only the RDF of a source describes: its slug, not the names it prints.

        So no name in a table comes to mean another thing because RDF came in.
        """
        for row in tables[GRAPHS]:
            kind, _, slug = row["agent"].partition("/")
            if kind in PATH_KINDS.values() and slug not in self.organisations:
                self.organisations[slug] = row["agent"]
                self.described[row["agent"]] = row["name"] or slug
                self.known.add(row["agent"])

    def _index_decisions(self, tables: Tables) -> None:
        for row in tables["mappings/same-organisation"]:
            if row["org"] not in self.organisations:
                raise row.error("org", "is no organisation of ours")
        for row in tables["mappings/subjects"]:
            self._expect_known(row, "agent")
            self.subjects[row["subject"]] = row["agent"]
        for row in tables["mappings/names"]:
            self._expect_known(row, "agent")
            key = tuple(row[c] for c in ("printed", "kind", "country", "region", "network"))
            if key in self._decided:
                raise row.error("printed", "is decided twice for the same kind, region and network")
            self._decided[key] = row["agent"]
            self._reasons[key] = row["reason"]
        for row in tables["mappings/named"]:
            if row["within"]:
                self._expect_known(row, "within")

    def _expect_known(self, row: Row, column: str) -> None:
        if row[column] not in self.known:
            near = self.near(row[column], sorted(self.known))
            raise row.error(column, f"is no thing that we know{near}")
