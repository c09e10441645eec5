"""What an editor of queries completes from, and the questions that it offers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from kgraph.namespaces import BASE, PREFIXES
from kgraph_api.dependencies import ServedDep
from kgraph_api.schemas.vocabulary import (
    CodeItem,
    Completion,
    ExampleItem,
    Examples,
    Labels,
    TermItem,
    bilingual,
)

router = APIRouter(tags=["query editor"])

#: Names asked for at once: as many as fit into one address.
MAX_IRIS = 100

IrisDep = Annotated[
    list[str],
    Query(
        max_length=MAX_IRIS,
        title="Things",
        description=f"IRIs, at most {MAX_IRIS}; give the parameter again for each.",
        examples=[f"{BASE}id/municipality/de-05515000"],
    ),
]


@router.get("/completion", summary="Terms to complete queries from")
def completion(served: ServedDep) -> Completion:
    """Prefixes, classes and properties that the data use, with counts and labels."""
    found = served.vocabulary
    schemes = served.release.codelists.schemes
    return Completion(
        version=served.version,
        prefixes=PREFIXES,
        classes=[TermItem.from_model(one) for one in found.classes],
        properties=[TermItem.from_model(one) for one in found.properties],
        by_class={name: dict(counts) for name, counts in found.by_class.items()},
        objects={name: dict(counts) for name, counts in served.object_classes.items()},
        codes={
            name: [CodeItem.from_model(codes[code]) for code in sorted(codes)]
            for name, codes in sorted(schemes.items())
        },
    )


@router.get("/examples", summary="Example questions")
def examples(served: ServedDep) -> Examples:
    """The questions that the ontology is held to, each with its SPARQL query."""
    items = [ExampleItem.from_model(one) for one in served.examples]
    return Examples(version=served.version, items=items)


@router.get("/labels", summary="Names of things")
def labels(served: ServedDep, iri: IrisDep) -> Labels:
    """The German and the English name of each thing, as far as sources give one."""
    known = served.labels
    found = {one: bilingual(known[one]) for one in iri if one in known}
    return Labels(version=served.version, labels=found)
