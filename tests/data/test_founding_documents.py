"""The five founding documents are covered completely: nothing of theirs stays a bare claim."""

from __future__ import annotations

import pytest

from kgraph import namespaces
from kgraph.release import Release

#: Source → how many claims its document makes (rows of data/facts/claims with that source).
DOCUMENTS = {
    "muenster-stadtregion": 38,
    "seed-001-moro-stadt-land-partnerschaften": 32,
    "imorde-netzwerk-innenstadt": 33,
    "dortmund-nwste-2024": 47,
    "seed-004-europaeisch-gut-vernetzt": 33,
}


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_every_claim_is_typed(release: Release, slug: str) -> None:
    graph = namespaces.graph(slug)
    every = list(release.query(f"SELECT ?c {{ GRAPH <{graph}> {{ ?c a imc:Claim }} }}").rows())
    bare = list(
        release.query(
            f"SELECT ?p ?v {{ GRAPH <{graph}> {{ ?c a imc:Claim ; imc:claimProperty ?p ; "
            "imc:claimValue ?v FILTER NOT EXISTS { ?c imc:typedAs ?node } } }"
        ).rows()
    )
    assert bare == []
    assert len(every) == DOCUMENTS[slug]
