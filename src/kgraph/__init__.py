"""kgraph: the knowledge graph of inter-municipal cooperation."""
