"""``kgraph query``: SPARQL from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli._options import Format, Output, ReleaseFolder, opened
from kgraph.cli._output import emit, emit_bytes
from kgraph.errors import QueryParameterError

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command of this group."""
    app.command()(query)


def query(
    question: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="SPARQL text, a .rq file, the name of a competency question, or - for stdin.",
        ),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format", "-f",
            help="table, or json, xml, csv, tsv; for graphs turtle, ntriples, jsonld, rdfxml.",
        ),
    ] = "table",
    output: Output = None,
    release: ReleaseFolder = None,
) -> None:  # fmt: skip
    """Ask the release a SPARQL question.

    kgraph query "SELECT ?name { ?n a imc:CooperationNetwork ; rdfs:label ?name } LIMIT 5"
    """
    answer = opened(release).query(_text(question))
    if form == "table" and answer.kind == "select":
        columns = answer.columns
        rows = (dict(zip(columns, row, strict=True)) for row in answer.rows())
        emit(rows, columns, Format.TABLE, output)
        return
    plain = {"select": "csv", "ask": "csv", "graph": "turtle"}[answer.kind]
    emit_bytes(answer.serialize(plain if form == "table" else form), output)


def _text(question: str) -> str:
    """The SPARQL text that the argument stands for."""
    from kgraph import resources

    if question == "-":
        return sys.stdin.read()
    if any(mark in question for mark in "{ \n"):
        return question
    for file in (Path(question), resources.ontology() / "competency" / f"{question}.rq"):
        if file.suffix == ".rq" and file.is_file():
            return file.read_text(encoding="utf-8")
    raise QueryParameterError(
        f"{question!r} is no SPARQL text, no .rq file and no competency question; "
        "the questions are the files of ontology/competency"
    )
