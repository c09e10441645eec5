"""What a measure can be asked for: each parameter a record that a form can be drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kgraph.errors import QueryParameterError

__all__ = ["Parameter", "checked"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a measure.

    ``kind`` says which control suits it; ``member`` and ``network`` take an IRI, a path or a key.
    A parameter that is not required and has no default is None unless given.
    """

    name: str
    kind: Literal["choice", "integer", "number", "member", "network"]
    label_de: str
    label_en: str
    default: str | int | float | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None

    def check(self, value: object) -> str | int | float | None:
        """The value in its own type; text from a command line or a URL is read.

        Raises
        ------
        QueryParameterError
            With the parameter, the value and what is allowed.

        Examples
        --------
        >>> Parameter("k", "integer", "Anzahl", "Number", default=10, minimum=1).check("5")
        5
        >>> Parameter("k", "integer", "Anzahl", "Number", default=10, minimum=1).check("many")
        Traceback (most recent call last):
        kgraph.errors.QueryParameterError: k is 'many'; give an integer of at least 1
        """
        if value is None:
            if self.required:
                raise QueryParameterError(f"{self.name} is missing; give {self.expected}")
            return None
        read = self._read(value)
        if read is None:
            raise QueryParameterError(f"{self.name} is {value!r}; give {self.expected}")
        return read

    @property
    def expected(self) -> str:
        """What is allowed, as the end of a sentence."""
        if self.kind == "choice":
            return "one of " + ", ".join(self.choices)
        if self.kind in ("member", "network"):
            return f"the IRI, the path or the key of a {self.kind}"
        noun = "an integer" if self.kind == "integer" else "a number"
        if self.maximum is not None:
            return f"{noun} from {self.minimum:g} to {self.maximum:g}"
        return f"{noun} of at least {self.minimum:g}" if self.minimum is not None else noun

    def _read(self, value: object) -> str | int | float | None:
        """The value in its own type, or None if it is not allowed."""
        if self.kind == "choice":
            return value if isinstance(value, str) and value in self.choices else None
        if self.kind in ("member", "network"):
            return value if isinstance(value, str) else None
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        try:
            number = int(value) if self.kind == "integer" else float(value)
        except (ValueError, OverflowError):
            return None
        low = self.minimum if self.minimum is not None else float("-inf")
        high = self.maximum if self.maximum is not None else float("inf")
        whole = isinstance(value, str) or number == value
        return number if whole and low <= number <= high else None


def checked(
    measure: str, known: Sequence[Parameter], given: Mapping[str, object]
) -> dict[str, str | int | float | None]:
    """Every parameter with its value, defaults filled in.

    Raises
    ------
    QueryParameterError
        If one is unknown, missing or not allowed.
    """
    names = [parameter.name for parameter in known]
    for name in given:
        if name not in names:
            raise QueryParameterError(
                f"{measure} has no parameter {name!r}; it has {', '.join(names)}"
            )
    return {
        parameter.name: parameter.check(given.get(parameter.name, parameter.default))
        for parameter in known
    }
