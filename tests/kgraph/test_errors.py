"""The tree of errors is the one that the docstring draws, and messages are one sentence."""

from __future__ import annotations

import inspect
import re

import pytest

from kgraph import errors
from kgraph.errors import DataError, KGraphError, NonConformantError, NotFoundError, QueryError

CLASSES = dict(inspect.getmembers(errors, inspect.isclass))


def drawn() -> dict[str, str]:
    """Class → the class above it, as drawn."""
    assert errors.__doc__
    found, line = {}, ["KGraphError"]
    for bars, name in re.findall(r"^    ([│ ]*[├└]── )(\w+Error)", errors.__doc__, re.MULTILINE):
        depth = len(bars) // 4
        del line[depth:]
        found[name] = line[-1]
        line.append(name)
    return found


def test_the_drawing_is_true() -> None:
    real = {
        name: cls.__base__.__name__
        for name, cls in CLASSES.items()
        if issubclass(cls, KGraphError) and cls is not KGraphError
    }
    assert len(real) >= 8
    assert drawn() == real


def test_every_error_is_public_and_no_other_name_is() -> None:
    assert set(errors.__all__) == set(CLASSES)
    assert KGraphError.__base__ is Exception


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (DataError("x.csv", 17, "role", "chief", "is none"), "x.csv:17: role 'chief' is none"),
        (DataError("x.csv", 3, "", "", "has 2 cells"), "x.csv:3: has 2 cells"),
        (DataError("x.csv", 0, "", "", "is missing"), "x.csv: is missing"),
        (DataError("x.csv", 2, "name", "a\nb", "is odd"), "x.csv:2: name 'a\\nb' is odd"),
        (NotFoundError("network", "x"), "there is no network 'x' in this release"),
        (NotFoundError("network", "x", "near: y"),
         "there is no network 'x' in this release; near: y"),
    ],
)  # fmt: skip
def test_messages(error: KGraphError, message: str) -> None:
    assert str(error) == message


def test_a_query_error_without_a_place() -> None:
    assert (QueryError("no").line, QueryError("no").column) == (0, 0)


def test_a_report_comes_with_its_error() -> None:
    from kgraph.validation import Finding, Report

    report = Report((Finding("violation", "Membership", "http://a/x", "", "has two roles"),))
    with pytest.raises(NonConformantError) as caught:
        report.raise_if_violated()
    assert caught.value.report is report
    assert str(caught.value) == "1 violations of the must shapes"
