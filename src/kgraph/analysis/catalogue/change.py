"""Measures of time: turnover and survival of memberships."""

from __future__ import annotations

from kgraph.analysis import cost
from kgraph.analysis.catalogue.record import Measure, Row, Values, cited
from kgraph.analysis.change import turnover
from kgraph.analysis.incidence import Incidence
from kgraph.analysis.parameters import Parameter
from kgraph.analysis.survival import kaplan_meier, spells

__all__ = ["CHANGE"]


def _turnover(incidence: Incidence, values: Values) -> list[Row]:
    found = turnover(
        incidence, first_year=values["first_year"], last_year=values["last_year"],
        member=values["member"], network=values["network"],
    )  # fmt: skip
    return [{name: getattr(year, name) for name in _YEAR} for year in found]


def _survival(incidence: Incidence, values: Values) -> list[Row]:
    found = spells(incidence, truncation=values["truncation"], network=values["network"])
    rest = {
        "n_spells": len(found.leave), "n_undated": found.n_undated,
        "n_unobserved": found.n_unobserved,
    }  # fmt: skip
    return [
        {name: getattr(step, name) for name in _STEP} | rest
        for step in kaplan_meier(found.entry, found.leave, found.ended)
    ]


_YEAR = (
    "year", "stock", "presumed", "joins", "leaves", "first_known", "no_longer_known", "persistence",
)  # fmt: skip
_STEP = ("years", "at_risk", "ended", "survival", "lower", "upper")
_NETWORK = Parameter("network", "network", "nur dieses Netzwerk", "only this network")

CHANGE: tuple[Measure, ...] = (
    Measure(
        "turnover", "Beitritte und Austritte", "Joins and leaves",
        "Mitgliedschaften am Ende jedes Jahres, belegte Beitritte und Austritte, und getrennt "
        "davon, was nur durch neue Listen bekannt wurde. Beständigkeit: was zwei Jahresenden "
        "gemeinsam haben, geteilt durch alles, was eines von beiden hat.",
        "Memberships at the end of each year, dated joins and leaves, and apart from them what "
        "only came to be known by new rosters. Persistence: what two ends of year have in common "
        "by what either has.",
        cited("snijders-2010"),
        (
            Parameter("member", "member", "nur dieses Mitglied", "only this member"),
            _NETWORK,
            Parameter(
                "first_year", "integer", "ab Jahr", "from year", minimum=1000, maximum=9998
            ),
            Parameter("last_year", "integer", "bis Jahr", "to year", minimum=1000, maximum=9998),
        ),
        _YEAR, _turnover, cost=cost.turnover,
    ),
    Measure(
        "survival", "Dauer von Mitgliedschaften", "Survival of memberships",
        "Anteil der Mitgliedschaften, die länger dauern (Kaplan–Meier, 95 %). Gezählt wird erst ab "
        "der ersten datierten Quelle, denn bekannt ist nur, was bis dahin gehalten hat; ohne "
        "belegten Beginn bleibt eine Mitgliedschaft außer Betracht.",
        "Share of memberships that last longer (Kaplan–Meier, 95 %). They count from the first "
        "dated source on, for only what lasted until then is known; those without a dated "
        "beginning are left out.",
        cited("kaplan-meier-1958"),
        (
            Parameter(
                "truncation", "choice", "zählt ab", "counts from", "evidence",
                choices=("evidence", "none"),
            ),
            _NETWORK,
        ),
        (*_STEP, "n_spells", "n_undated", "n_unobserved"), _survival,
    ),
)  # fmt: skip
