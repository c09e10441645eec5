"""What kind of text a query is, read off its beginning: the engine need not run to know it."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Form", "form", "is_volatile"]

Form = Literal["rows", "graph", "update", ""]

#: Comments, white space and the prologue; possessive, so that no text makes it try twice.
_PROLOGUE = re.compile(
    r"(?:\s|#[^\n\r]*|BASE\s*+<[^>\s]*>|PREFIX\s*+[^\s:<>]*+:\s*+<[^>\s]*>)*+([A-Za-z]*)",
    re.IGNORECASE,
)
_FORMS: dict[str, Form] = {
    "select": "rows", "ask": "rows", "construct": "graph", "describe": "graph",
    **dict.fromkeys(
        ("insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"),
        "update",
    ),
}  # fmt: skip
_VOLATILE = re.compile(r"\b(?:rand|now|uuid|struuid)\s*\(")


def form(text: str) -> Form:
    """``rows`` or ``graph`` for a query, ``update``, or empty where it is not plain to see.

    >>> form("PREFIX a: <http://a/> # SELECT\\nconstruct { ?s ?p ?o } {}")
    'graph'
    >>> form("DROP ALL"), form("?")
    ('update', '')
    """
    match = _PROLOGUE.match(text)
    return _FORMS.get(match[1].lower(), "") if match else ""


def is_volatile(text: str) -> bool:
    """Whether two runs may differ: the clock, a random number. Such an answer is not kept.

    >>> is_volatile("SELECT (NOW() AS ?now) {}"), is_volatile("ASK {}")
    (True, False)
    """
    lower = text.lower()
    # Most texts have none of them, and need no reading.
    if "rand" not in lower and "now" not in lower and "uuid" not in lower:
        return False
    return _VOLATILE.search(lower) is not None
