"""Long computations say how far they are, and what they will cost before they begin."""

from __future__ import annotations

import pytest

from kgraph.analysis import MEASURES, Incidence, run
from kgraph.analysis.parameters import checked
from kgraph.analysis.progress import STEPS, listening

#: Measures whose loops report, with parameters that make them loop.
LONG = [
    ("betweenness", {}), ("betweenness", {"n_sources": 5}), ("closeness", {}), ("harmonic", {}),
    ("clustering", {"n_samples": 3}), ("clustering", {"coefficient": "opsahl", "n_samples": 3}),
    ("nestedness", {"n_samples": 3}), ("communities", {"n_runs": 3}), ("brokerage", {}),
    ("backbone", {"model": "fdsm", "n_samples": 3}), ("backbone", {}), ("turnover", {}),
    ("best-partners", {}),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "parameters"), LONG)
def test_it_says_how_far_it_is(
    measure: str, parameters: dict[str, object], davis: Incidence
) -> None:
    said: list[tuple[float, str, int, int]] = []
    with listening(lambda *what: said.append(what)):
        heard = run(measure, davis, parameters)
    shares = [share for share, *_ in said]
    assert shares[0] == 0.0 and shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert {step for _, step, *_ in said} <= set(STEPS)
    assert run(measure, davis, parameters) == heard, "nobody has to listen"


@pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
def test_more_work_costs_more(measure, davis: Incidence) -> None:
    given = {p.name: "x" if p.kind in ("member", "network") else 2
             for p in measure.parameters if p.required}  # fmt: skip
    values = checked(measure.id, measure.parameters, given)
    cost = measure.cost(davis, values)
    assert 0 < cost < 1
    for name, more in (("n_samples", 5000), ("n_runs", 90)):
        if name in values and values.get("model") != "sdsm":
            assert measure.cost(davis, {**values, name: more}) > 5 * cost
