"""Bounds on the text of a query, checked before the engine sees it.

The engine's parser and planner recurse: a few kilobytes of brackets or of ``!`` overflow its stack
and end the process. Measured with pyoxigraph 0.5.13 and a stack of 8 MB: the first crashes come
between one and five thousand, so the bounds below leave a wide margin to both sides.
"""

from __future__ import annotations

import re

from kgraph_api.errors import ProblemError

__all__ = ["MAX_DEPTH", "MAX_OPERATORS", "check"]

MAX_DEPTH = 100
MAX_OPERATORS = 1000

#: One linear pass; possessive, so that no text makes it try twice. What may be an address or a
#: comparison (``1<(((…``) counts as if it were none.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*+\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*+"|\'(?:[^\'\\\n\r]|\\.)*+\''
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*+>)"
    r"|#[^\n\r]*+"
    r"|(?:[A-Za-z_][\w.-]{0,100}+)?:(?:[\w.%:-]|\\.)*+"
    r"|(?P<word>[A-Za-z_]\w*+)"
    r"|(?P<open>[({\[])|(?P<close>[)}\]])"
    r"|(?P<operator>\|\||&&|[!+*/|^-])",
    re.DOTALL,
)
_WORDS = frozenset({"union", "optional", "minus", "exists", "filter", "bind"})


def check(text: str) -> None:
    """Refuse a text that is nested too deeply or has too many operators; O(length).

    Raises
    ------
    ProblemError
        400, with the bound.

    Examples
    --------
    >>> check("SELECT * { ?s ?p '((((' }")
    >>> check("ASK " + "{" * 101)
    Traceback (most recent call last):
    kgraph_api.errors.ProblemError: A query is nested at most 100 deep.
    """
    # Most texts are too short for either, and need no reading.
    if len(text) <= MAX_OPERATORS and sum(map(text.count, "({[")) <= MAX_DEPTH:
        return
    depth = n_operators = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "operator" or (kind == "word" and match[0].lower() in _WORDS):
            n_operators += 1
        elif kind == "iri":
            n_operators += match[0].count("!") + match[0].count("(")
        if depth > MAX_DEPTH:
            raise ProblemError(400, f"A query is nested at most {MAX_DEPTH} deep.")
        if n_operators > MAX_OPERATORS:
            raise ProblemError(400, f"A query has at most {MAX_OPERATORS} operators.")
