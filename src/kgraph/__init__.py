"""kgraph: the knowledge graph of inter-municipal cooperation.

``kgraph.open()`` opens the release that ``kgraph build`` made; see :class:`kgraph.Release`.
"""

from kgraph.release import Release
from kgraph.release import open_release as open

__all__ = ["Release", "__version__", "open"]

__version__ = "0.1.0"
