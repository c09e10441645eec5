"""Two-mode analysis of memberships: incidence arrays in, plain results out; no RDF, no files.

>>> from datetime import date
>>> from kgraph.analysis import degree_centrality
>>> from kgraph.analysis.example import example
>>> degree_centrality(example().at(date(2024, 5, 1)))["https://w3id.org/imcoop/id/municipality/xx-3"]
0.75
"""

from kgraph.analysis.affiliation import Affiliation
from kgraph.analysis.betweenness import betweenness_centrality
from kgraph.analysis.centrality import (
    closeness_centrality,
    degree_centrality,
    farness,
    harmonic_centrality,
)
from kgraph.analysis.coverage import Coverage, Roster
from kgraph.analysis.incidence import Incidence, Level, Mode
from kgraph.analysis.measures import MEASURES, Measure, run
from kgraph.analysis.results import Caution, Result
from kgraph.analysis.similarity import Overlap, Partner, closest_partners, network_overlap

__all__ = [
    "MEASURES",
    "Affiliation",
    "Caution",
    "Coverage",
    "Incidence",
    "Level",
    "Measure",
    "Mode",
    "Overlap",
    "Partner",
    "Result",
    "Roster",
    "betweenness_centrality",
    "closeness_centrality",
    "closest_partners",
    "degree_centrality",
    "farness",
    "harmonic_centrality",
    "network_overlap",
    "run",
]
