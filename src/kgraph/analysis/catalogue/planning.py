"""Measures for planners: what a member is in, what hangs on whom, what if."""

from __future__ import annotations

from kgraph.analysis import cost, whatif
from kgraph.analysis.bridges import bridges
from kgraph.analysis.catalogue.record import MODE, TOP, Measure, Row, Values, cited, node_of
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.memberships import counted, memberships
from kgraph.analysis.parameters import Parameter

__all__ = ["PLANNING"]


def _memberships(incidence: Incidence, values: Values) -> list[Row]:
    return [
        {**node_of(held.network), "themes": list(held.network.themes), "roles": list(held.roles),
         "start": held.start, "end": held.end, "last_said": held.last_said,
         "certainty": held.certainty.value, "via": list(held.via), "n_members": held.n_members,
         "sources": list(held.sources)}
        for held in memberships(incidence, values["member"])
    ]  # fmt: skip


def _counted(incidence: Incidence, values: Values) -> list[Row]:
    return [
        {"by": values["by"], "code": row.code, "n_networks": len(row.networks),
         "networks": [network.slug for network in row.networks],
         "names": [network.name for network in row.networks]}
        for row in counted(incidence, values["member"], values["by"])
    ]  # fmt: skip


def _bridges(incidence: Incidence, values: Values) -> list[Row]:
    return [
        {**node_of(row.node), "n_cut_off": len(row.cut_off),
         "cut_off": ["; ".join(node.name for node in piece) for piece in row.cut_off],
         "n_stranded": len(row.stranded), "stranded": [node.name for node in row.stranded],
         "n_pairs": row.n_pairs}
        for row in bridges(incidence, values["mode"])[: values["top"]]
    ]  # fmt: skip


def _effects(found: list[whatif.Effect]) -> list[Row]:
    return [
        {"effect": row.kind, "iri": row.node.iri if row.node else "", "names": list(row.names),
         "code": row.code, "before": row.before, "after": row.after}
        for row in found
    ]  # fmt: skip


def _dissolve(incidence: Incidence, values: Values) -> list[Row]:
    return _effects(whatif.dissolve(incidence, values["network"]))


def _leave(incidence: Incidence, values: Values) -> list[Row]:
    return _effects(whatif.leave(incidence, values["member"], values["network"]))


def _join(incidence: Incidence, values: Values) -> list[Row]:
    return _effects(whatif.join(incidence, values["member"], values["network"]))


def _merge(incidence: Incidence, values: Values) -> list[Row]:
    return _effects(whatif.merge(incidence, values["network"], values["other"]))


_MEMBER = Parameter("member", "member", "Mitglied", "Member", required=True)
_NETWORK = Parameter("network", "network", "Netzwerk", "Network", required=True)
_EFFECTS = ("effect", "iri", "names", "code", "before", "after")
_NOTHING_SAVED = (
    " Gespeichert wird nichts. Paare sind Mitglieder mit mindestens einem gemeinsamen Netzwerk.",
    " Nothing is saved. Pairs are members with at least one network in common.",
)

PLANNING: tuple[Measure, ...] = (
    Measure(
        "memberships", "Mitgliedschaften", "Memberships",
        "In welchen Netzwerken ein Mitglied an diesem Tag ist: mit Rolle, Beginn, Ende, Gewissheit "
        "und Fundstelle; last_said ist das Datum der jüngsten Quelle, leer, wenn keine ein Datum "
        "hat. Keine Zeile heißt: keine bekannt.",
        "Which networks a member is in on this day: with role, beginning, end, certainty and place "
        "in the source; last_said is the date of the latest source, empty where none has a date. "
        "No row means none known.",
        cited("borgatti-everett-1997"), (_MEMBER,),
        (
            "iri", "key", "name", "kind", "themes", "roles", "start", "end", "last_said",
            "certainty", "via", "n_members", "sources",
        ),
        _memberships,
    ),
    Measure(
        "membership-counts", "Mitgliedschaften, gezählt", "Memberships, counted",
        "Wie viele Netzwerke ein Mitglied je Thema, je Rolle oder je Art hat, mit deren Namen. Ein "
        "Netzwerk mit zwei Themen zählt bei beiden; ohne Angabe steht der leere Code.",
        "How many networks a member has by theme, role or kind, with their names. A network with "
        "two themes counts with both; the empty code stands for none given.",
        cited("borgatti-everett-1997"),
        (
            _MEMBER,
            Parameter(
                "by", "choice", "nach", "by", "theme", choices=("theme", "role", "kind")
            ),
        ),
        ("by", "code", "n_networks", "networks", "names"), _counted,
    ),
    Measure(
        "bridges", "Brücken", "Bridges",
        "Was nur dieses Netzwerk oder dieses Mitglied zusammenhält: welche Teile ohne es abfielen, "
        "wer ohne Netzwerk bliebe, und wie viele Paare sonst nichts verbindet.",
        "What only this network or member ties together: which parts would fall off without it, "
        "who would be left without a network, and how many pairs nothing else joins.",
        cited("tarjan-1972"),
        (
            Parameter(
                "mode", "choice", MODE.label_de, MODE.label_en, "networks", choices=MODE.choices
            ),
            TOP,
        ),
        (
            "iri", "key", "name", "kind", "n_cut_off", "cut_off", "n_stranded", "stranded",
            "n_pairs",
        ),
        _bridges, cost=cost.bridges,
    ),
    Measure(
        "what-if-dissolved", "Was wäre, wenn ein Netzwerk endet", "What if a network dissolves",
        "Was sich ändert, wenn sich ein Netzwerk auflöst: wer ohne Netzwerk bleibt, wer den "
        "Anschluss verliert, welche Paare nichts mehr verbindet." + _NOTHING_SAVED[0],
        "What changes if a network dissolves: who is left without a network, who is cut off, how "
        "many pairs nothing joins any more." + _NOTHING_SAVED[1],
        cited("tarjan-1972"), (_NETWORK,), _EFFECTS, _dissolve, cost=cost.what_if,
    ),
    Measure(
        "what-if-left", "Was wäre, wenn ein Mitglied austritt", "What if a member leaves",
        "Was sich ändert, wenn ein Mitglied aus einem Netzwerk oder aus allen austritt: welche "
        "Partner und Themen es verliert und wen es sonst trifft." + _NOTHING_SAVED[0],
        "What changes if a member leaves one network or all: which partners and themes it loses, "
        "and whom else it concerns." + _NOTHING_SAVED[1],
        cited("tarjan-1972"),
        (_MEMBER, Parameter("network", "network", "nur aus diesem", "only this one")),
        _EFFECTS, _leave, cost=cost.what_if,
    ),
    Measure(
        "what-if-joined", "Was wäre, wenn ein Mitglied beitritt", "What if a member joins",
        "Was sich ändert, wenn ein Mitglied einem Netzwerk beitritt: welche Partner und Themen es "
        "gewinnt." + _NOTHING_SAVED[0],
        "What changes if a member joins a network: which partners and themes it gains."
        + _NOTHING_SAVED[1],
        cited("tarjan-1972"), (_MEMBER, _NETWORK), _EFFECTS, _join, cost=cost.what_if,
    ),
    Measure(
        "what-if-merged", "Was wäre, wenn zwei Netzwerke eins werden",
        "What if two networks merge",
        "Was sich ändert, wenn zwei Netzwerke eins werden: wer in beiden ist, und welche Paare neu "
        "zusammenkommen." + _NOTHING_SAVED[0],
        "What changes if two networks become one: who is in both, and how many pairs come "
        "together." + _NOTHING_SAVED[1],
        cited("tarjan-1972"),
        (
            _NETWORK,
            Parameter("other", "network", "mit diesem", "with this one", required=True),
        ),
        _EFFECTS, _merge, cost=cost.what_if,
    ),
)  # fmt: skip
