"""How soon an answer of ten thousand rows begins, and how soon it has ended.

    python benchmarks/sparql/first_byte.py PORT [--rounds 20]

Asks a server that runs (``kgraph-api --port PORT --release FOLDER``). Each question differs from
all before. Printed are medians in milliseconds.
"""

from __future__ import annotations

import argparse
import http.client
import time
from statistics import median
from urllib.parse import urlencode

QUERY = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 10000 #"
KIND = {"Content-Type": "application/x-www-form-urlencoded"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    found = [_ask(given.port) for _ in range(given.rounds)]
    first, whole = (median(column) for column in zip(*found, strict=True))
    print(f"first byte {first:.1f} ms, whole answer {whole:.1f} ms ({first / whole:.0%})")


def _ask(port: int) -> tuple[float, float]:
    """Milliseconds to the first byte of the body, and to the last."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.connect()
    body = urlencode({"query": f"{QUERY}{time.time_ns()}"})
    started = time.perf_counter()
    connection.request("POST", "/sparql", body, KIND)
    answer = connection.getresponse()
    answer.read(1)
    first = time.perf_counter() - started
    n_bytes = len(answer.read())
    whole = time.perf_counter() - started
    connection.close()
    if answer.status != 200 or n_bytes < 100_000:
        raise SystemExit(f"no answer of ten thousand rows: status {answer.status}")
    return 1000 * first, 1000 * whole


if __name__ == "__main__":
    main()
