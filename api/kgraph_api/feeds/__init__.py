"""What happened, as feeds that readers and programs subscribe to: Atom and JSON Feed."""

from kgraph_api.feeds.route import links, router

__all__ = ["links", "router"]
