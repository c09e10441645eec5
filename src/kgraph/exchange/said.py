"""What new statements would change, in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgraph import namespaces
from kgraph.exchange.attribution import SourceGraph
from kgraph.exchange.effect import listed, told_of, told_of_network
from kgraph.ingest.context import Context
from kgraph.ingest.graphs import Triple
from kgraph.ingest.quads import Term, term, text_of

__all__ = ["Before", "difference"]

#: Classes that a person counts: class → what to call one of them.
_THINGS = {
    "imc:CooperationNetwork": "network", "imc:GovernanceBody": "governance body",
    "org:Organization": "organisation", "foaf:Person": "person", "imc:Municipality": "municipality",
    "imc:District": "district", "imc:Region": "region", "imc:Place": "place",
    "imc:Project": "project", "imc:FundingProgramme": "funding programme", "imc:Event": "event",
    "imc:Publication": "publication", "imc:Agreement": "agreement", "org:ChangeEvent": "change",
    "imc:Figure": "figure", "imc:MemberCount": "figure", "imc:MembershipFee": "fee",
    "imc:Funding": "flow of money", "imc:Decision": "decision", "imc:Claim": "claim",
}  # fmt: skip
#: Statements that the lines about members and sources tell already.
_TOLD = frozenset(map(term, (
    "rdf:type", "org:member", "org:organization", "org:role", "imc:attestation",
    "prov:wasDerivedFrom", "imc:locator", "imc:basis", "imc:attestedOn", "imc:earliest",
    "imc:latest", "imc:nameAsPrinted",
)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Before:
    """What was stated before: who is in what in which role, the days, every subject, the names."""

    roles: dict[tuple[Term, Term], set[Term]]
    days: set[str]
    subjects: set[str]
    labels: dict[str, str]

    @classmethod
    def of(cls, context: Context) -> Before:
        """What a context states."""
        parts: defaultdict[str, dict[str, Term]] = defaultdict(dict)
        wanted = {term("org:organization"), term("org:member"), term("org:role")}
        subjects = set()
        for line in context.quads.merged():
            subject, predicate, value = line.split(" ", 2)
            subjects.add(subject)
            if predicate in wanted:
                parts[subject][predicate] = Term(value)
        roles: defaultdict[tuple[Term, Term], set[Term]] = defaultdict(set)
        for said in parts.values():
            if len(said) == len(wanted):
                pair = said[term("org:organization")], said[term("org:member")]
                roles[pair].add(said[term("org:role")])
        days = context.quads.merged(["derived"])
        return cls(dict(roles), days, subjects, dict(context.labels))

    def name(self, node: str) -> str:
        """What a thing was called."""
        path = namespaces.path_of(text_of(Term(node)))
        return self.labels.get(path, path)


def difference(
    graphs: Sequence[SourceGraph],
    withdrawn: Mapping[str, Sequence[Triple]],
    before: Before,
    context: Context,
) -> list[str]:
    """The difference that new statements make and those that go, a line for what changes.

    Parameters
    ----------
    graphs : sequence of SourceGraph
        With the new statements only.
    withdrawn : mapping of str to sequence of (subject, predicate, object)
        The statements that go, by source.
    before : Before
    context : Context
        With the new statements, and without those that go.
    """
    triples = [triple for graph in graphs for triple in graph.triples]
    n_other = sum(predicate not in _TOLD for _, predicate, _ in triples)
    return [
        *told_of("source", (graph.source["title"] for graph in graphs if graph.is_new)),
        *_things(triples, before, context),
        *_members(triples, before, context),
        *_withdrawn(before, context),
        *_days(before, context),
        *([f"{n_other} statements besides: {_properties(triples)}"] if n_other else []),
        *(f"{len(gone)} statements of {slug} go" for slug, gone in sorted(withdrawn.items())),
    ]


def _things(triples: Sequence[Triple], before: Before, context: Context) -> Iterator[str]:
    names = {term(name): what for name, what in _THINGS.items()}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in triples:
        if predicate == term("rdf:type") and value in names and subject not in before.subjects:
            found[names[value]].add(_name(subject, context))
    for what in dict.fromkeys(names.values()):
        yield from told_of(what, sorted(found[what]))


def _members(triples: Sequence[Triple], before: Before, context: Context) -> Iterator[str]:
    """By network: who is new in it, who has a further role, who is only said once more."""
    parts: defaultdict[Term, defaultdict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        parts[subject][predicate].append(value)
    told: defaultdict[Term, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for said in parts.values():
        for network in said.get(term("org:organization"), ()):
            for member in said.get(term("org:member"), ()):
                held = before.roles.get((network, member), set())
                role = next(iter(said.get(term("org:role"), ())), Term("<>"))
                name, code = _name(member, context), text_of(role).rpartition("/")[2]
                if role in held:
                    told[network]["confirmed"].add(name)
                elif held:
                    told[network]["role"].add(f"{name} ({code})")
                else:
                    told[network]["member"].add(name)
                for end in said.get(term("imc:end"), ()):
                    told[network]["left"].add(f"{name} ({text_of(end)})")
    for network in sorted(told, key=lambda node: _name(node, context)):
        lines = {key: sorted(names) for key, names in told[network].items()}
        yield from told_of_network(_name(network, context), lines)


def _withdrawn(before: Before, context: Context) -> Iterator[str]:
    """By network whom no source states to be in it any more, in which role; things left unsaid."""
    now = Before.of(context)
    gone: defaultdict[Term, list[str]] = defaultdict(list)
    for (network, member), roles in before.roles.items():
        for role in roles - now.roles.get((network, member), set()):
            gone[network].append(f"{before.name(member)} ({text_of(role).rpartition('/')[2]})")
    for network in sorted(gone, key=before.name):
        yield from told_of_network(before.name(network), {"gone": sorted(gone[network])})
    lost = {namespaces.path_of(node[1:-1]) for node in before.subjects - now.subjects}
    if named := sorted(before.labels[path] for path in lost & before.labels.keys()):
        yield f"no longer described: {listed(named)}"


def _days(before: Before, context: Context) -> Iterator[str]:
    """Memberships that were there and would hold for other days."""
    days = context.quads.merged(["derived"])
    changed = {line.partition(" ")[0] for line in days - before.days} & before.subjects
    if changed:
        names = sorted(namespaces.path_of(node[1:-1]) for node in changed)
        what = "is known for other days" if len(names) == 1 else "are known for other days"
        yield f"{len(names)} of the memberships that are there {what}: {listed(names)}"


def _properties(triples: Sequence[Triple]) -> str:
    counted = Counter(p for _, p, _ in triples if p not in _TOLD)
    return listed([f"{_prefixed(name)} ({n})" for name, n in counted.most_common()])


def _prefixed(node: Term) -> str:
    name = text_of(node)
    for prefix, root in namespaces.PREFIXES.items():
        if name.startswith(root):
            return f"{prefix}:{name.removeprefix(root)}"
    return name


def _name(node: Term, context: Context) -> str:
    path = namespaces.path_of(text_of(node))
    return context.labels.get(path, path)
