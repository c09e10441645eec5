"""What is asked of a release: a measure, its parameters, and the view to measure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from kgraph.analysis import Incidence, Level
from kgraph.analysis.affiliation import Affiliation
from kgraph_api.software import fingerprint

__all__ = ["Question"]


@dataclass(frozen=True, slots=True)
class Question:
    """One measure on one view of one release.

    ``parameters`` are checked, with their defaults; the rest are arguments of ``Affiliation.at``.

    Examples
    --------
    >>> asked = Question("v1", "degree", {"mode": "members"}, date(2024, 5, 1))
    >>> Question.unpacked(asked.packed()) == asked
    True
    >>> asked.key == Question("v2", "degree", {"mode": "members"}, date(2024, 5, 1)).key
    False
    >>> asked.address
    'api/v1/analysis/degree?as_of=2024-05-01&level=as-is&mode=members'
    """

    version: str
    measure: str
    parameters: dict[str, Any]
    as_of: date | None
    level: Level = "as-is"
    roles: tuple[str, ...] | None = None
    states: tuple[str, ...] | None = None
    network_kinds: tuple[str, ...] | None = None

    @property
    def key(self) -> str:
        """The same for the same question to the same release and software."""
        return hashlib.sha256(fingerprint().encode() + self.packed()).hexdigest()[:32]

    @property
    def address(self) -> str:
        """Where the JSON API answers it; as long as this release is served."""
        view = {
            "as_of": self.as_of.isoformat() if self.as_of else "all",
            "level": self.level,
            "role": ",".join(self.roles or ()),
            "state": ",".join(self.states or ()),
            "kind": ",".join(self.network_kinds or ()),
        }
        given = {**view, **self.parameters}
        said = {name: value for name, value in given.items() if value not in (None, "")}
        return f"api/v1/analysis/{self.measure}?{urlencode(said)}"

    def packed(self) -> bytes:
        """As one line of text, for another process."""
        return json.dumps(asdict(self), default=date.isoformat, sort_keys=True).encode()

    @classmethod
    def unpacked(cls, line: bytes) -> Question:
        """What :meth:`packed` made a line of."""
        found = json.loads(line)
        found["as_of"] = date.fromisoformat(found["as_of"]) if found["as_of"] else None
        for name in ("roles", "states", "network_kinds"):
            found[name] = None if found[name] is None else tuple(found[name])
        return cls(**found)

    def view(self, affiliation: Affiliation) -> Incidence:
        """The members and networks to measure."""
        return affiliation.at(
            self.as_of, level=self.level, roles=self.roles, states=self.states,
            network_kinds=self.network_kinds,
        )  # fmt: skip
