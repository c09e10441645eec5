"""What can be set from outside: names, defaults and help in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from kgraph.errors import QueryParameterError

__all__ = ["PREFIX", "Settings"]

#: Every setting can be given as an environment variable of this prefix and its name in capitals.
PREFIX = "KGRAPH_"

_PAGES = Path(__file__).resolve().parent / "web"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one server; built once and handed down.

    Examples
    --------
    >>> Settings.from_env({"KGRAPH_PORT": "9000"}).port
    9000
    """

    release: Path | None = field(
        default=None, metadata={"help": "folder of the release to serve; without it, the newest"}
    )
    host: str = field(default="127.0.0.1", metadata={"help": "address to listen on"})
    port: int = field(default=8000, metadata={"help": "port to listen on; 0 takes a free one"})
    pages: Path = field(default=_PAGES, metadata={"help": "folder of the built pages"})
    max_query_bytes: int = field(
        default=1_048_576, metadata={"help": "longest body of a SPARQL request, in bytes"}
    )
    query_workers: int = field(
        default=6, metadata={"help": "processes that answer SPARQL queries, at least 3"}
    )
    query_seconds: int = field(
        default=10, metadata={"help": "seconds after which a SPARQL query is ended"}
    )
    query_memory_mb: int = field(
        default=512, metadata={"help": "memory of one SPARQL query beside the release, in MB"}
    )
    query_threads: int = field(
        default=4,
        metadata={"help": "SPARQL queries at the same time on systems without query workers"},
    )
    max_answer_bytes: int = field(
        default=67_108_864, metadata={"help": "longest answer to a SPARQL query, in bytes"}
    )
    max_answer_rows: int = field(
        default=1_000_000, metadata={"help": "longest answer to a SPARQL query, in rows"}
    )
    answer_cache_mb: int = field(
        default=64, metadata={"help": "memory for answers to SPARQL queries that are kept, in MB"}
    )
    request_seconds: int = field(
        default=30,
        metadata={"help": "seconds for the head of a request, the body of a query, a slow reader"},
    )
    analysis_seconds_at_once: int = field(
        default=3,
        metadata={"help": "estimated seconds up to which a measure is answered without a job"},
    )
    analysis_workers: int = field(
        default=2, metadata={"help": "measures that are computed as jobs at the same time"}
    )
    analysis_jobs: int = field(
        default=16, metadata={"help": "different jobs that wait or run at the same time"}
    )
    analysis_seconds: int = field(
        default=900, metadata={"help": "seconds after which a job is ended"}
    )
    analysis_memory_mb: int = field(
        default=4096, metadata={"help": "memory of a job beside the release, in MB"}
    )
    analysis_cache_mb: int = field(
        default=128, metadata={"help": "memory for results of measures that are kept, in MB"}
    )
    stop_seconds: int = field(
        default=15, metadata={"help": "seconds for running answers once the server is to stop"}
    )
    access_log: int = field(
        default=0,
        metadata={"help": "1 prints a line of JSON a request, with the address of its client"},
    )

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read ``KGRAPH_*``; what is not set keeps its default.

        Raises
        ------
        QueryParameterError
            If a number is none, or is below zero.
        """
        given = os.environ if environment is None else environment
        values = {
            f.name: _read(
                f"{PREFIX}{f.name.upper()}", f.default, given[f"{PREFIX}{f.name.upper()}"]
            )
            for f in fields(cls)
            if given.get(f"{PREFIX}{f.name.upper()}")
        }
        return cls(**values)


def _read(name: str, default: object, text: str) -> Any:
    """The text in the type of the default; a setting without default is a path."""
    if isinstance(default, int):
        if not text.isascii() or not text.isdigit():
            raise QueryParameterError(f"{name} is {text!r}; give a whole number")
        return int(text)
    return text if isinstance(default, str) else Path(text)
