"""The language of a page of the server's own, and its texts in German and English."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.requests import Request

__all__ = ["LANGUAGES", "language_of", "number", "say"]

LANGUAGES = ("de", "en")
_FILE = Path(__file__).with_name("words.csv")


def language_of(request: Request) -> str:
    """What ``?lang=`` says, else the first of ours that the browser asks for, else German.

    Quality values are left aside: browsers list their languages in the order of preference.
    """
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    header = request.headers.get("accept-language", "")
    tags = (part.strip()[:2].lower() for part in header.split(","))
    return next((tag for tag in tags if tag in LANGUAGES), "de")


def say(language: str, key: str, **values: object) -> str:
    """A text with its slots filled; numbers as the language writes them.

    >>> say("de", "all", n=1234), say("en", "all", n=1234)
    ('alle 1.234 zeigen', 'show all 1,234')
    """
    shown = {
        name: number(language, value) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return _words()[key][language].format(**shown)


def number(language: str, value: int) -> str:
    """A whole number in groups of three digits."""
    return f"{value:,}".replace(",", "." if language == "de" else ",")


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: {one: row[one] for one in LANGUAGES} for row in csv.DictReader(file)}
