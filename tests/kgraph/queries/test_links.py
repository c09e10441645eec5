"""Where properties lead, counted by hand over a store that can be read on one screen."""

from __future__ import annotations

from kgraph.namespaces import PREFIXES
from kgraph.queries.links import object_classes
from kgraph.store import Store

TURTLE = """
id:m a org:Membership ; org:member id:town ; org:organization id:net .
id:n a org:Membership ; org:member id:town , id:person ; org:role "chair" .
id:town a imc:Municipality . id:person a foaf:Person . id:net a imc:CooperationNetwork .
"""


def test_the_classes_of_what_a_property_leads_to() -> None:
    import pyoxigraph as ox

    prefixes = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    quads = ox.parse((prefixes + TURTLE).encode(), format=ox.RdfFormat.TURTLE)
    found = object_classes(Store([ox.serialize(quads, format=ox.RdfFormat.N_QUADS)]))
    assert found == {
        "org:member": {"imc:Municipality": 2, "foaf:Person": 1},
        "org:organization": {"imc:CooperationNetwork": 1},
    }
