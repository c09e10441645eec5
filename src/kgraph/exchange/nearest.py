"""The nearest names to one that is not known: for a person to choose from, never to be taken."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kgraph.namespaces import slug

__all__ = ["Candidate", "Nearest", "folded"]

#: What may stand in front of a municipality's name and is not part of it.
_TITLES = re.compile(
    r"^(?:(?:landes|kreis|hanse|bundes)?(?:haupt)?stadt|gemeinde|markt|landkreis|kreis"
    r"|commune de|gemeente) "
)
_SHORT = ((" a d ", " an der "), (" i d ", " in der "), (" v d ", " vor der "), (" b ", " bei "),
          (" st ", " sankt "), (" a ", " am "), (" r ", " ruhr "))  # fmt: skip


def folded(name: str) -> str:
    """A name without case, accents, titles and the usual abbreviations.

    >>> folded("Stadt Mülheim a.d. Ruhr"), folded("St. Wendel")
    ('muelheim an der ruhr', 'sankt wendel')
    """
    text = f" {slug(name).replace('-', ' ')} "
    for short, long in _SHORT:
        text = text.replace(short, long)
    return _TITLES.sub("", text.strip())


#: How many names are looked at more closely; what a match of a part is worth.
_MANY, _PART = 100, 0.9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a name may mean; ``score`` is 0 to 100, and 100 the same name.

    ``state`` is the name or the key of a state, whatever the index was made with.
    """

    path: str
    name: str
    kind: str
    state: str = ""
    score: float = 0.0

    def __str__(self) -> str:
        return f"{self.name} ({', '.join(part for part in (self.path, self.state) if part)})"


class Nearest:
    """An index of names.

    Parameters
    ----------
    candidates : iterable of Candidate
        One for each name of a thing.

    Examples
    --------
    >>> index = Nearest([Candidate("municipality/de-05570044", "Telgte", "municipality")])
    >>> [str(found) for found in index.find("Telgt")]
    ['Telgte (municipality/de-05570044)']
    """

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        by_text: defaultdict[str, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            if text := folded(candidate.name):
                by_text[text].append(candidate)
        self._by_text = dict(by_text)
        self._texts = list(self._by_text)

    def find(
        self, name: str, kind: str = "", state: str = "", limit: int = 3, least: float = 50.0
    ) -> list[Candidate]:
        """The nearest things, best first, each once.

        Parameters
        ----------
        name : str
        kind, state : str, optional
            What is known besides; who differs in one of them ranks lower.
        limit : int
            At most this many.
        least : float
            The lowest score that counts.

        Notes
        -----
        The score is rapidfuzz's ratio of the folded names. A name that begins like the one asked
        for, or has all its words, scores 90 at least: *Freiburg* is nearer to Freiburg im Breisgau
        than to Burg. O(names).
        """
        best: dict[str, Candidate] = {}
        for text, ratio in self._ratios(folded(name), least).items():
            for one in self._by_text[text]:
                score = ratio
                score -= 12 if kind and one.kind != kind else 0
                score -= 8 if state and one.state and one.state != state else 0
                if score >= least and (one.path not in best or best[one.path].score < score):
                    best[one.path] = replace(one, score=round(score, 1))
        return sorted(best.values(), key=lambda c: (-c.score, len(c.name), c.path))[:limit]

    def _ratios(self, asked: str, least: float) -> dict[str, float]:
        """The folded names that are near, with how near they are."""
        from rapidfuzz import fuzz, process

        near = process.extract(
            asked, self._texts, scorer=fuzz.ratio, limit=_MANY, score_cutoff=least
        )
        words = process.extract(
            asked, self._texts, scorer=fuzz.token_set_ratio, limit=_MANY, score_cutoff=least
        )
        found = {text: _PART * ratio for text, ratio, _ in words}
        if asked:
            found |= {text: _PART * 100 for text in self._texts if text.startswith(asked)}
        for text, ratio, _ in near:
            found[text] = max(ratio, found.get(text, 0.0))
        return found
