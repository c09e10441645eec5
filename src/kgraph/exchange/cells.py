"""What a cell says → what the table holds: dates, codes, spaces. Never guesses, and tells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from kgraph.dates import PartialDate
from kgraph.exchange.reading import Cell
from kgraph.exchange.sheets import OPEN_LISTS, Choice, Sheet, labels
from kgraph.ingest.tables import DATES
from kgraph.namespaces import slug

__all__ = ["CellError", "Cells"]

_GERMAN = re.compile(r"^(?:(\d{1,2})\.)?\s*(\d{1,2})\.\s*(\d{4})$")
_MONTH = re.compile(r"^(?:(\d{1,2})\.?\s+)?([^\W\d_]{3,})\.?,?\s+(\d{4})$")
_SLASH = re.compile(r"^(\d{1,2})\s*/\s*(\d{4})$")
#: How the months begin, in German and English.
_MONTHS = ("jan jän", "feb", "mär mar mae", "apr", "mai may", "jun", "jul", "aug", "sep", "okt oct",
           "nov", "dez dec")  # fmt: skip
#: Columns that hold the key of a row, which a person may write like a name.
_KEYS = frozenset({"source", "org", "network", "parent", "subject"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_STAMP = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2})?.*$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class CellError(ValueError):
    """A cell that cannot be read; the text is the end of a sentence about it."""


@dataclass(slots=True)
class Cells:
    """Reads the cells of a row; ``lists`` are those of :func:`kgraph.exchange.sheets.choices`."""

    lists: Mapping[str, list[Choice]]
    _codes: dict[str, frozenset[str]] = field(default_factory=dict)
    _labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, found in self.lists.items():
            self._codes[name] = frozenset(choice.code for choice in found)
            self._labels[name] = labels(found)

    def read(self, sheet: Sheet, column: str, cell: Cell) -> tuple[str, str]:
        """The value of a cell and what is to be said about it, ``""`` if nothing.

        Raises
        ------
        CellError
            If the cell is at fault.
        """
        text = _tidy(cell.text)
        if cell.formula and not text:
            raise CellError(f"is a formula without a value ({cell.formula}); write the value")
        if cell.formula.startswith("=") and cell.formula == cell.text:
            raise CellError("is a formula; write its value")
        said = f"the value of a formula ({cell.formula})" if cell.formula else ""
        if column in DATES and text:
            text, told = _date(text, cell.kind)
        elif column in _KEYS and text and not _SLUG.fullmatch(text) and slug(text):
            text = slug(text)
            told = f"read as {text}"
        elif cell.kind == "date":
            told = f"a date cell, read as the text {text}"
        elif cell.kind == "number" and column not in ("value", "locator"):
            told = "a number cell, read as text; leading zeros are lost in such cells"
        elif name := sheet.lists.get(column):
            text, told = self._code(name, text)
        else:
            told = ""
        return text, "; ".join(part for part in (said, told) if part)

    def _code(self, name: str, text: str) -> tuple[str, str]:
        """The code, where the label is written instead; each part of a list by itself."""
        read = []
        for part in [part.strip() for part in text.split("|")]:
            code = part if part in self._codes[name] else self._labels[name].get(part.casefold())
            if code is None and part and name not in OPEN_LISTS:
                raise CellError(self._unknown(name, part))
            read.append(code or part)
        joined = "|".join(read)
        return joined, "" if joined == text else f"read as {joined}"

    def _unknown(self, name: str, text: str) -> str:
        from rapidfuzz import process

        known = {choice.code: choice.code for choice in self.lists[name]} | self._labels[name]
        ranked = process.extract(text.casefold(), list(known), limit=8, score_cutoff=50)
        near = list(dict.fromkeys(known[label] for label, _, _ in ranked))[:3]
        hint = f"; nearest: {', '.join(near)}" if near else "; see the sheet codes"
        return f"is no code of the list {name}{hint}"


def _tidy(text: str) -> str:
    """The text without spaces around it, in composed characters, without control characters."""
    plain = text.replace("\u00a0", " ").replace("\r\n", "\n").replace("\u200b", "")
    return unicodedata.normalize("NFC", _CONTROL.sub("", plain)).strip()


def _date(text: str, kind: str) -> tuple[str, str]:
    """A date at the precision of its source.

    >>> _date("19.04.2013", "text"), _date("4.2013", "text")[0]
    (('2013-04-19', 'read as 2013-04-19'), '2013-04')
    """
    told = ""
    if kind == "date":
        told = f"a date cell, read as {text[:10]}; if the source says less, write that as text"
        text = text[:10]
    elif stamp := _STAMP.match(text):
        text = stamp[1]
        told = f"read as {text}"
    elif parts := _parts(text):
        day, month, year = parts
        text = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
        told = f"read as {text}"
    try:
        PartialDate.parse(text)
    except ValueError as error:
        what = "day of the calendar" if "calendar" in str(error) else "date"
        raise CellError(f"is no {what}; write 2013, 2013-04, 2013-04-19 or 19.04.2013") from None
    return text, told


def _parts(text: str) -> tuple[str | None, int, str] | None:
    """Day, month and year as people write them; two numbers before the year are left alone.

    >>> _parts("März 2024"), _parts("3. Mai 2019"), _parts("03/2024"), _parts("3/4/2024")
    ((None, 3, '2024'), ('3', 5, '2019'), (None, 3, '2024'), None)
    """
    if german := _GERMAN.match(text):
        return german[1], int(german[2]), german[3]
    if slash := _SLASH.match(text):
        return None, int(slash[1]), slash[2]
    if named := _MONTH.match(text):
        for number, begins in enumerate(_MONTHS, 1):
            if named[2].casefold().startswith(tuple(begins.split())):
                return named[1], number, named[3]
    return None
