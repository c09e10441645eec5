"""Each value of a thing leads to the source and the place that give it."""

from __future__ import annotations

import pytest

from kgraph import namespaces
from kgraph.errors import QueryParameterError
from kgraph.queries.receipts import receipts


def test_a_value_leads_to_its_place(small) -> None:
    """The city's page calls the city region an informal union, under "Organisation"."""
    found = receipts(small.store, namespaces.thing("network/stadtregion-muenster"))
    places = [
        (r.source, r.locator) for r in found
        if r.value == "informeller Zusammenschluss benachbarter Kommunen"
    ]  # fmt: skip
    assert places == [("muenster-stadtregion", "organisation")]
    assert {r.source for r in found} >= {"muenster-stadtregion"}


def test_a_thing_that_is_not_there_has_none(small) -> None:
    assert receipts(small.store, namespaces.thing("network/atlantis")) == ()


def test_a_hostile_value_stays_a_value(small) -> None:
    with pytest.raises(QueryParameterError, match="is no IRI"):
        receipts(small.store, 'http://x/> } DROP ALL # "')
