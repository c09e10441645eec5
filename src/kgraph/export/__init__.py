"""Writing a graph for people and for other tools: one format a file."""
