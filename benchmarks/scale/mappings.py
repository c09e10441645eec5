"""The four data sets of the folder ``scale`` → tables of ours: which column becomes what, and why.

Each function takes the folder of its data set and the part of the cooperations to take.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from folder import Folder, read, sample

from kgraph import resources
from kgraph.namespaces import slug

__all__ = ["DATA_SETS", "covenant", "france", "germany", "netherlands"]


def france(data: Path, part: float = 1.0) -> Folder:
    """Communes by INSEE code. A commune that a syndicate only covers is ``represented`` in it."""
    made = Folder()
    for row in read(data / "municipalities.csv.gz"):
        made.add("reference/municipalities-fr", **{
            name: row[name] for name in ("code", "name", "departement", "departement_name",
                                         "region", "region_name", "population")})  # fmt: skip
    source = {"publisher": "Insee; DGCL", "language": "fr"}
    made.add("facts/sources", source="dgcl-2026", title="EPCI, EPT", published="2026", **source)
    made.add("facts/sources", source="banatic-2021", title="BANATIC", published="2021", **source)
    made.add("mappings/legal-forms", printed="EPCI", form="epci", reason="name of the form")
    taken = {}
    for row in sample(list(read(data / "cooperations.csv.gz")), part):
        mixed = row["kind"] == "SM"
        taken[row["id"]] = "banatic-2021" if mixed else "dgcl-2026", row["year"]
        made.add(
            "facts/organisations", org=f"fr-{row['id']}", short_name=row["name"], country="FR",
            kind="special-purpose-association" if mixed else "municipal-association",
            legal_form="EPCI" if row["kind"] in ("CC", "CA", "CU", "METRO") else "",
            source=taken[row["id"]][0], locator=f"SIREN {row['id']}",
        )  # fmt: skip
    for row in read(data / "memberships.csv.gz"):
        if row["cooperation"] in taken:
            name, year = taken[row["cooperation"]]
            made.add(
                "facts/memberships", network=f"fr-{row['cooperation']}",
                member=row["municipality"], member_kind="municipality", member_country="FR",
                role="member" if row["direct"] == "1" else "represented",
                attested_on=year, source=name, locator=f"SIREN {row['cooperation']}",
            )  # fmt: skip
    return made


def netherlands(data: Path, part: float = 1.0) -> Folder:
    """Municipalities by CBS code; provinces, water boards and others are named without a key."""
    made = Folder()
    made.add("facts/sources", source="open-state-2016", language="nl", published="2016",
             title="Gemeenschappelijke regelingen", publisher="Open State Foundation")  # fmt: skip
    taken = sample(list(read(data / "cooperations.csv.gz")), part)
    joint = "joint-arrangement"
    for row in taken:
        made.add(
            "facts/organisations", org=row["id"], short_name=row["name"], country="NL",
            kind="special-purpose-association" if row["kind"] == joint else "network",
            seat=row["seat"], source="open-state-2016", locator=f"row {row['id']}",
        )  # fmt: skip
    known = {row["id"] for row in taken}
    rows = [row for row in read(data / "memberships.csv.gz") if row["cooperation"] in known]
    for code, name in {row["cbs_code"]: row["participant"] for row in rows}.items():
        if code:
            made.add("reference/municipalities-nl", code=code, name=name)
    kinds = {row["participant"]: row["participant_kind"] for row in rows if not row["cbs_code"]}
    for name, kind in kinds.items():
        _register(made, f"organisation/nl-{slug(name)}", name,
                  "DE" if kind == "german-body" else "NL", kind or "unknown kind")  # fmt: skip
    _decide_ambiguous(
        made, {name: ("other", "", f"organisation/nl-{slug(name)}") for name in kinds}
    )
    for row in rows:
        made.add(
            "facts/memberships", network=row["cooperation"],
            member=row["cbs_code"] or row["participant"],
            member_kind="municipality" if row["cbs_code"] else "other",
            member_country="NL" if row["cbs_code"] else "",
            role="member", source="open-state-2016", locator=f"row {row['cooperation']}",
        )  # fmt: skip
    return made


#: Role of the data set → code of ours. Whoever signs a commitment is a party to it; to be
#: coordinated or supported by somebody is no membership.
_ROLES = {"signatory": "member", "member": "member", "coordinated": "participant",
          "supported": "participant"}  # fmt: skip


def covenant(data: Path, part: float = 1.0) -> Folder:
    """Signatories by the key that the list prints: names are not unique, levels not told."""
    made = Folder()
    made.add("facts/sources", source="mycovenant-2024", language="en", published="2024-01",
             title="MyCovenant, 5th release", publisher="European Commission, JRC")  # fmt: skip
    known = {row["code"] for row in made.rows["reference/countries"]}
    signatories = {row["id"]: row for row in read(data / "signatories.csv.gz")}
    for row in signatories.values():
        if row["country"] not in known:
            known.add(row["country"])
            made.add("reference/countries", code=row["country"], name_de=row["country_name"],
                     name_en=row["country_name"])  # fmt: skip
        path = f"organisation/com-{slug(row['id'])}"
        _register(made, path, row["name"], row["country"], "authority of unknown level")
        made.add("mappings/names", printed=row["id"], kind="other", agent=path,
                 reason="key of the signatory in the list")  # fmt: skip
    taken = sample(list(read(data / "cooperations.csv.gz")), part)
    for row in taken:
        made.add("facts/organisations", org=slug(row["id"]), kind="network", name_en=row["name"],
                 source="mycovenant-2024", locator=f"row {row['id']}")  # fmt: skip
    chosen = {row["id"] for row in taken}
    for row in read(data / "memberships.csv.gz"):
        if row["cooperation"] in chosen:
            made.add(
                "facts/memberships", network=slug(row["cooperation"]), member=row["signatory"],
                member_kind="other", role=_ROLES[row["role"]], start=row["adhesion"],
                source="mycovenant-2024", locator=f"row {row['signatory']}",
            )  # fmt: skip
    return made


def germany(data: Path, part: float = 1.0) -> Folder:
    """Associations of the municipality register; members by AGS, over our own reference list."""
    made = Folder()
    for name in ("municipalities-de", "municipalities-de-former"):
        with (resources.data() / f"reference/{name}.csv").open(encoding="utf-8") as handle:
            made.rows[f"reference/{name}"] += csv.DictReader(handle)
    made.add("facts/sources", source="gv-2023", language="de", published="2023-03-31",
             title="Gemeindeverzeichnis", publisher="Statistisches Bundesamt")  # fmt: skip
    taken = sample(list(read(data / "cooperations.csv.gz")), part)
    for row in taken:
        made.add("facts/organisations", org=f"de-{row['id']}", kind="municipal-association",
                 name_de=row["name"], country="DE", source="gv-2023",
                 locator=f"ARS {row['id']}")  # fmt: skip
    chosen = {row["id"] for row in taken}
    for row in read(data / "memberships.csv.gz"):
        if row["cooperation"] in chosen:
            made.add("facts/memberships", network=f"de-{row['cooperation']}", member=row["ags"],
                     member_kind="municipality", member_country="DE", role="member",
                     attested_on="2023-03-31", source="gv-2023",
                     locator=f"ARS {row['cooperation']}")  # fmt: skip
    return made


def _register(made: Folder, path: str, name: str, country: str, reason: str) -> None:
    made.add("mappings/named", agent=path, name=name, country=country, reason=reason,
             **{"class": "Organisation"})  # fmt: skip


def _decide_ambiguous(made: Folder, agents: Mapping[str, tuple[str, str, str]]) -> None:
    """Decide on names that an organisation has as well: the exact name would leave it open."""
    organisations = {row["short_name"] for row in made.rows["facts/organisations"]}
    for name, (kind, country, path) in agents.items():
        if name in organisations:
            made.add("mappings/names", printed=name, kind=kind, country=country, agent=path,
                     reason="the participant of that name, not the cooperation")  # fmt: skip


#: Name → folder of the data set, its mapping, and two cooperations to ask about.
DATA_SETS: Mapping[str, tuple[str, Callable[..., Folder]]] = {
    "france": ("fr-intercommunalites", france),
    "netherlands": ("nl-gemeenschappelijke-regelingen", netherlands),
    "covenant": ("eu-covenant-of-mayors", covenant),
    "germany": ("de-gemeindeverbaende", germany),
}
