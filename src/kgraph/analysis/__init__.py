"""Two-mode analysis of memberships: incidence arrays in, plain results out; no RDF, no files.

:func:`run` computes any measure of :data:`MEASURES`. The functions behind them stand in one module
a family; those that are called as their module (``backbone.backbone``, ``communities.communities``,
``whatif.dissolve``, …) are imported from there.

>>> from datetime import date
>>> from kgraph.analysis import degree_centrality
>>> from kgraph.analysis.example import example
>>> degree_centrality(example().at(date(2024, 5, 1)))["https://w3id.org/imcoop/id/municipality/xx-3"]
0.75
"""

from kgraph.analysis.affiliation import Affiliation
from kgraph.analysis.betweenness import betweenness_centrality, sampled_betweenness
from kgraph.analysis.centrality import (
    closeness_centrality,
    degree_centrality,
    farness,
    harmonic_centrality,
)
from kgraph.analysis.change import turnover
from kgraph.analysis.clustering import (
    latapy_clustering,
    opsahl_clustering,
    robins_alexander_clustering,
)
from kgraph.analysis.communities import barber_modularity
from kgraph.analysis.cores import pq_core
from kgraph.analysis.coverage import Coverage, Roster
from kgraph.analysis.eigenvector import eigenvector_centrality, hits
from kgraph.analysis.incidence import Incidence, Level, Mode
from kgraph.analysis.interlock import interlock_connectivity
from kgraph.analysis.measures import MEASURES, Measure, run
from kgraph.analysis.nestedness import nodf
from kgraph.analysis.nulls import compare, sample_fixed_margins
from kgraph.analysis.pairs import best_partners
from kgraph.analysis.peers import peer_networks
from kgraph.analysis.rank import birank
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
    "barber_modularity",
    "best_partners",
    "betweenness_centrality",
    "birank",
    "closeness_centrality",
    "closest_partners",
    "compare",
    "degree_centrality",
    "eigenvector_centrality",
    "farness",
    "harmonic_centrality",
    "hits",
    "interlock_connectivity",
    "latapy_clustering",
    "network_overlap",
    "nodf",
    "opsahl_clustering",
    "peer_networks",
    "pq_core",
    "robins_alexander_clustering",
    "run",
    "sample_fixed_margins",
    "sampled_betweenness",
    "turnover",
]
