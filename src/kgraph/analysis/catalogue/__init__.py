"""The measures on offer, each a record: titles, definition, references, parameters, function."""

from kgraph.analysis.catalogue.centrality import CENTRALITY
from kgraph.analysis.catalogue.change import CHANGE
from kgraph.analysis.catalogue.pairs import BACKBONE, PAIRS
from kgraph.analysis.catalogue.partners import PARTNERS
from kgraph.analysis.catalogue.planning import PLANNING
from kgraph.analysis.catalogue.record import Measure
from kgraph.analysis.catalogue.structure import STRUCTURE

__all__ = ["CATALOGUE", "Measure"]

#: In the order in which to offer them: what planners ask first, then what researchers ask.
CATALOGUE: tuple[Measure, ...] = (
    *PLANNING[:2], *PARTNERS, *PAIRS, *PLANNING[2:], *CHANGE, *CENTRALITY, *STRUCTURE, *BACKBONE,
)  # fmt: skip
