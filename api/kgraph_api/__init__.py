"""The HTTP side of kgraph: JSON API, SPARQL endpoint, pages. It computes nothing of its own."""
