"""Everything that kgraph raises on purpose.

::

    KGraphError
    ├── DataError             a row of a table is at fault: file, line, value, what would be right
    ├── UnknownTermError      a code or a property that no code list and no ontology defines
    ├── QueryError            a SPARQL text that does not parse or cannot be evaluated
    │   └── QueryRefusedError a SPARQL text that is understood and not allowed
    ├── QueryParameterError   a query of ours called with a missing, unknown or wrong parameter
    ├── NotFoundError         no thing of that kind and key in this release
    ├── NonConformantError    the release breaks a ``must`` shape
    └── ReleaseError          no release, or one that cannot be read

They know nothing of HTTP. The command line turns them into exit codes, the API into problem bodies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgraph.validation import Report

__all__ = [
    "DataError",
    "KGraphError",
    "NonConformantError",
    "NotFoundError",
    "QueryError",
    "QueryParameterError",
    "QueryRefusedError",
    "ReleaseError",
    "UnknownTermError",
]

#: As much of a value is repeated in a message.
_REPEATED = 100


class KGraphError(Exception):
    """The root of the tree: catch it to catch whatever kgraph raises on purpose."""


class DataError(KGraphError):
    """A row of a table is at fault: file, line, value and the way out.

    Parameters
    ----------
    path : str
        The file, relative to the data folder where there is one.
    line : int
        The line of the file on which the row starts; the header is line 1.
    column : str
        The column that is at fault, or ``""`` for the row as a whole.
    value : str
        The value as it stands in the file.
    expected : str
        What would be right, as the end of a sentence.

    Examples
    --------
    >>> print(DataError("sources.csv", 17, "published", "31.2.2020", "is no day of the calendar"))
    sources.csv:17: published '31.2.2020' is no day of the calendar
    """

    def __init__(self, path: str, line: int, column: str, value: str, expected: str) -> None:
        self.path, self.line, self.column = path, line, column
        self.value, self.expected = value, expected
        place = f"{path}:{line}: " if line else f"{path}: "
        said = f"{column} {self.quoted(value)} " if column else ""
        super().__init__(f"{place}{said}{expected}")

    @staticmethod
    def quoted(value: str) -> str:
        """A value as a message repeats it: its beginning, if it is long.

        >>> DataError.quoted("Telgt"), len(DataError.quoted("x" * 9000))
        ("'Telgt'", 103)
        """
        return repr(value if len(value) <= _REPEATED else f"{value[:_REPEATED]}…")


class UnknownTermError(KGraphError):
    """A code or a property that no code list and no ontology defines."""


class QueryError(KGraphError):
    """A SPARQL text that does not parse or cannot be evaluated.

    ``line`` and ``column`` count from 1 and are 0 where the engine does not say where.
    """

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        self.line, self.column = line, column
        super().__init__(message)


class QueryRefusedError(QueryError):
    """A SPARQL text that is understood and not allowed: an update, or one that names a service."""


class QueryParameterError(KGraphError):
    """A query of ours was called with a missing, unknown or wrong parameter."""


class NotFoundError(KGraphError):
    """No thing of that kind and key in this release.

    Examples
    --------
    >>> print(NotFoundError("network", "atlantis"))
    there is no network 'atlantis' in this release
    """

    def __init__(self, kind: str, key: str, hint: str = "") -> None:
        self.kind, self.key = kind, key
        super().__init__(f"there is no {kind} {key!r} in this release{hint and '; ' + hint}")


class NonConformantError(KGraphError):
    """The release breaks a ``must`` shape; ``report`` lists each violation."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(f"{report.n_violations} violations of the must shapes")


class ReleaseError(KGraphError):
    """No release, or one that cannot be read."""
