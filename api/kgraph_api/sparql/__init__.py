"""The public SPARQL endpoint: SPARQL 1.1 Protocol, queries only.

https://www.w3.org/TR/sparql11-protocol/
"""

from kgraph_api.sparql.route import Endpoint

__all__ = ["Endpoint"]
