"""Eigenvector, HITS, BiRank and interlock against published numbers, networkx and pencil."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import networkx as nx
import numpy as np
import pytest

from kgraph.analysis import Affiliation, Incidence
from kgraph.analysis.eigenvector import eigenvector_centrality, hits, singular_vectors
from kgraph.analysis.interlock import ROLE_VALUES, interlock_connectivity, service_values
from kgraph.analysis.rank import birank
from kgraph.errors import NotFoundError, QueryParameterError

ViewOf = Callable[..., Incidence]
MODES = ("members", "networks")


def test_davis_e8_has_its_eigenvector_centrality(davis: Incidence) -> None:
    # .3582 by a singular value decomposition; a power iteration that is not shifted gives .3247.
    events = list(eigenvector_centrality(davis, "networks").values())
    assert events[7] == pytest.approx(0.3582, abs=5e-5)
    nodes = [*davis.iris("members"), *davis.iris("networks")]
    adjacent = nx.to_numpy_array(davis.to_networkx(), nodelist=nodes)
    unshifted = np.ones(32)
    for _ in range(100):
        unshifted = adjacent @ unshifted
        unshifted /= np.linalg.norm(unshifted)
    assert unshifted[18 + 7] == pytest.approx(0.3247, abs=5e-5)


@pytest.mark.parametrize("mode", MODES)
def test_eigenvector_equals_networkx(davis: Incidence, mode: str) -> None:
    theirs = nx.eigenvector_centrality_numpy(davis.to_networkx())
    ours = eigenvector_centrality(davis, mode)  # type: ignore[arg-type]
    assert ours == pytest.approx({iri: theirs[iri] for iri in ours}, abs=1e-9)


def test_hits_equals_networkx(davis: Incidence) -> None:
    directed = nx.DiGraph(
        (davis.members[i].iri, davis.networks[j].iri)
        for i, j in zip(davis.member_of_entry, davis.indices, strict=True)
    )
    hubs, authorities = nx.hits(directed, tol=1e-14)
    assert hits(davis) == pytest.approx({k: hubs[k] for k in davis.iris("members")}, abs=1e-8)
    assert hits(davis, "networks") == pytest.approx(
        {k: authorities[k] for k in davis.iris("networks")}, abs=1e-8
    )


def test_the_strongest_part_has_the_score(view_of: ViewOf) -> None:
    # Two members in two networks (singular value 2), and a member alone in a network (1).
    matrix = np.zeros((3, 3))
    matrix[:2, :2] = 1
    matrix[2, 2] = 1
    values = list(eigenvector_centrality(view_of(matrix), per_mode=True).values())
    assert values == pytest.approx([2**-0.5, 2**-0.5, 0])
    # Of equal parts the first counts, and the outcome is the same on every run.
    equal = view_of(np.eye(3))
    assert list(eigenvector_centrality(equal, per_mode=True).values()) == [1, 0, 0]


def test_sparse_and_dense_decomposition_agree(
    view_of: ViewOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(np.random.default_rng(1).random((40, 25)) < 0.2)
    dense = singular_vectors(view)
    monkeypatch.setattr("kgraph.analysis.eigenvector._DENSE", 0)
    for ours, theirs in zip(singular_vectors(view), dense, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("shape", [(300, 60), (60, 300)])
def test_vectors_of_a_larger_graph_are_those_of_its_strongest_part(
    view_of: ViewOf, shape: tuple[int, int]
) -> None:
    matrix = np.random.default_rng(7).random(shape) < 0.05
    matrix[:40, 20:] = matrix[40:, :20] = False  # two parts
    rows, columns, value = singular_vectors(view_of(matrix))
    left, values, right = np.linalg.svd(matrix.astype(float))
    assert value == pytest.approx(values[0], rel=1e-12)
    assert rows == pytest.approx(np.abs(left[:, 0]), abs=1e-9)
    assert columns == pytest.approx(np.abs(right[0]), abs=1e-9)
    assert set(rows[:40]) == {0.0}
    assert set(columns[:20]) == {0.0}


def test_a_long_line_has_its_vectors_too(view_of: ViewOf, monkeypatch: pytest.MonkeyPatch) -> None:
    # The values of a path lie close to each other, which takes more steps than are allowed here.
    monkeypatch.setattr("kgraph.analysis._lanczos._STEPS", 20)
    n = 130
    line = np.eye(n) + np.eye(n, k=1)
    rows, columns, value = singular_vectors(view_of(line))
    # The largest eigenvalue of a path of 2n nodes is 2 cos(π / (2n + 1)).
    assert value == pytest.approx(2 * np.cos(np.pi / (2 * n + 1)), rel=1e-12)
    places = np.sin(np.pi * np.arange(1, 2 * n + 1) / (2 * n + 1))
    places /= np.linalg.norm(places) / np.sqrt(2)
    assert sorted([*rows, *columns]) == pytest.approx(sorted(places), abs=1e-9)


def test_birank_equals_networkx(davis: Incidence) -> None:
    graph = davis.to_networkx()
    women, events = davis.iris("members"), davis.iris("networks")
    theirs = nx.bipartite.birank(
        graph, events, alpha=0.85, beta=0.7, tol=1e-14, max_iter=10_000,
        top_personalization={iri: 1 / len(events) for iri in events},
        bottom_personalization={iri: 1 / len(women) for iri in women},
    )  # fmt: skip
    for mode in MODES:
        ours = birank(davis, mode, alpha=0.85, beta=0.7)  # type: ignore[arg-type]
        assert ours == pytest.approx({iri: theirs[iri] for iri in ours}, abs=1e-9)


def test_birank_from_one_member_equals_the_closed_form(davis: Incidence) -> None:
    # u = (I − αβ S Sᵀ)⁻¹ (1 − β) u⁰
    b = davis.matrix.toarray()
    s = b / np.sqrt(b.sum(axis=1)[:, None] * b.sum(axis=0)[None, :])
    prior = np.eye(len(b))[0]
    expected = np.linalg.solve(np.eye(len(b)) - 0.85**2 * s @ s.T, 0.15 * prior)
    ours = birank(davis, member=davis.members[0].key)
    assert list(ours.values()) == pytest.approx(expected, abs=1e-9)


def test_birank_refuses_what_does_not_converge(today: Incidence) -> None:
    with pytest.raises(QueryParameterError, match="alpha is 1; give a number from 0 to below 1"):
        birank(today, alpha=1)
    with pytest.raises(NotFoundError):
        birank(today, member="nobody")


def test_interlock_by_hand(today: Incidence) -> None:
    # lead 5, member 2. water: Ahof 2, Berg 2, Chaus 5; rail: Berg 5 (its lead), Chaus 2;
    # climate: Chaus 2, Dorf 2; forest: Dorf 2, Eck 2.
    expected = {
        "Ahof": 2 * (2 + 5),
        "Berg": 2 * (2 + 5) + 5 * 2,
        "Chaus": 5 * (2 + 2) + 2 * 5 + 2 * 2,
        "Dorf": 2 * 2 + 2 * 2,
        "Eck": 2 * 2,
    }
    ours = interlock_connectivity(today, normalized=False)
    assert [ours[agent.iri] for agent in today.members] == list(expected.values())
    # For a network: what its members bring from their other networks.
    networks = interlock_connectivity(today, "networks", normalized=False)
    assert list(networks.values()) == [2 * 7 + 2 * 2, 2 * 2, 5 * 2 + 2 * 7, 2 * 5 + 5 * 4]


def test_interlock_by_two_formulas(davis: Incidence, towns: Affiliation) -> None:
    # Σ_j v_aj (V_j − v_aj), and the row of V Vᵀ without its diagonal.
    for view in (davis, towns.at(date(2012, 1, 1)), towns.at(None, roles=["lead", "funder"])):
        values = np.zeros(view.shape)
        values[view.member_of_entry, view.indices] = service_values(view)
        product = values @ values.T
        expected = product.sum(axis=1) - np.diag(product)
        ours = list(interlock_connectivity(view, normalized=False).values())
        assert ours == pytest.approx(expected, abs=1e-9)


def test_unweighted_interlock_counts_shared_networks(davis: Incidence) -> None:
    projected = nx.bipartite.weighted_projected_graph(davis.to_networkx(), davis.iris("members"))
    ours = interlock_connectivity(davis, values=None, normalized=False)
    assert ours == {iri: projected.degree(iri, weight="weight") for iri in davis.iris("members")}


def test_role_values_are_from_0_to_5_and_may_be_replaced(today: Incidence) -> None:
    assert set(ROLE_VALUES.values()) <= set(range(6))
    equal = interlock_connectivity(today, values={"lead": 2, "member": 2}, normalized=False)
    plain = interlock_connectivity(today, values=None, normalized=False)
    assert equal == {iri: 4 * value for iri, value in plain.items()}
    with pytest.raises(QueryParameterError, match="negative"):
        interlock_connectivity(today, values={"lead": -1})
