"""The RDF dataset behind one interface; the only package that names an engine."""

from kgraph.store.answer import MEDIA_TYPES, Answer
from kgraph.store.embedded import Store

__all__ = ["MEDIA_TYPES", "Answer", "Store"]
